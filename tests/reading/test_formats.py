"""Every reader of a format keeps to the text, whatever it is given."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarize import segment
from summarize.reading.formats import FORMATS, read_range, read_text, recognize
from summarize.reading.structure import Builder

PIECES = (
    "# ", "## a\n", "\n\n", "\n", "a b c.", "A sentence about the sea. ", "- ", "* ", "1. ", "> ", "    x\n",
    "```\n",
    "[a](b)", "![a](b)", "[a]: b\n", "[^1]", "**", "_", "`", "<p>", "</p>", "<!--", "-->", "{{", "}}", "{|",
    "|}\n",
    "[[", "]]", "|", "'''", "== a ==\n", "<ref>", "</ref>", "<ref/>", ".. note:: a\n", ".. image:: b\n",
    "::\n", ":a:`b`",
    "====\n", "----\n", "#+TITLE: a\n", "#+BEGIN_SRC\n", "#+END_SRC\n", ":a:\n", ":END:\n",
    "\\begin{document}",
    "\\end{document}", "\\begin{equation}", "\\emph{", "}", "{", "$", "$$", "%", "\\item ", "\\section{a}",
    "~", "\\",
    "Title: a\n", "INT. A\n\n", "ADA\n", "(b)\n", "[source]\n", "= a\n", ":toc:\n", "++++\n", "/*", "*/",
    "---\n",
    "From: a\n", "00:01,0 --> 00:02,0\n", '{"cells": [', "]}", "\r\n", "\t", "\x00", "\u2028", "。", "é",
    "\f",
)  # fmt: skip
texts = st.text() | st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def read(name: str, text: str) -> Builder:
    builder = Builder(text)
    read_range(builder, 0, len(text), "", name)
    return builder


@pytest.mark.parametrize("name", FORMATS)
@settings(deadline=None, max_examples=60)
@given(text=texts)
@example(text="")
@example(text="\n")
def test_reader_lists_blocks_in_order_and_inside_the_text(name, text):
    read_ = read(name, text).build(None)
    place = 0
    for block in read_.blocks:
        assert place <= block.start < block.end <= len(read_.text)
        place = block.end
    assert all(0 <= start < end <= len(read_.text) for start, end in read_.holes)


@pytest.mark.parametrize("name", FORMATS)
@settings(deadline=None, max_examples=20)
@given(text=texts)
def test_sentences_of_every_format_slice_back_from_the_text(name, text):
    read_ = read(name, text).build(None)
    document = segment(read_, language="en")
    assert all(each.text == read_.text[each.start : each.end] and each.text for each in document.sentences)


HOSTILE = (
    "{{a|", "[[a|", "[", "![", "[](", "<ref>", "<a ", "<!--", "\\emph{", "{", "$", "`a``", "**a", "*a _b ",
    "{|\n",
    "> ", "- ", "- a\n", "a::\n", ".. note::\n\n", ":a:`b", "|a|\n", "=\n", "a\n==\n", "#+BEGIN_SRC\n",
    "[fn:", "\\begin{figure}",
    "\\footnote{", "/*", "''", "<<a", "'", "a[b", "{% a ", "\\[", "INT. A\n", "ADA\n", '"', "<b '", "a_",
    "~a~ ", "\n\n", "%\n",
    ":a:\n", "*a", "=a", "`a", "+---+\n", "===  ==\n\n",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("piece", HOSTILE)
def test_reader_is_linear(name, piece):
    text = piece * (160_000 // len(piece))
    begin = time.process_time()
    read(name, text)
    # Quadratic time would be minutes; linear time is a second on a slow machine.
    assert time.process_time() - begin < 15


def test_the_suffix_is_known_inside_front_matter():
    text = read_text("---\ntitle: Gas\n---\n## Sea\n\nIt *rained*.", "sea.md")
    assert [block.kind for block in text.blocks] == ["metadata", "heading", "paragraph"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[![Build](b.svg)](https://ci.example)\n\n# Weir\n\nIt keeps a diary.", "markdown"),
        ("# Install\n\n```sh\npip install weir\n```\n\nIt keeps a diary.", "markdown"),
        ("{{Short description|A weir}}\n'''Weir''' is a [[dam]].", "wikitext"),
        ("{{Infobox Fluss}}\nDie '''Tarn''' ist ein [[Fluss]].", "wikitext"),
        ("\\documentclass{article}\n\\begin{document}\nIt rained.", "latex"),
        ("#+TITLE: Diary\n\n* Monday\nIt rained.", "org"),
        ("Diary\n=====\n\n.. note:: It rained.\n", "rst"),
        ("= Diary\n:toc:\n\nIt rained.", "asciidoc"),
        ("Title: Diary\n\nEXT. RIVER - DAY\n\nIt rains.", "fountain"),
        ('{"cells": [{"cell_type": "markdown", "source": []}], "nbformat": 4}', "notebook"),
        ("# Diary\n\n- Monday\n- Tuesday\n\nIt rained.", None),
        ("Diary\n=====\n\nIt rained. We stayed at home.", None),
        ("We met on 3/4 and said [sic] that it rained. See http://a.example (in English).", None),
        ("He wrote {{name}} on the form and went home.", None),
        ("C# and F# are languages. Use :: to scope a name, as in std::vector.", None),
        ("The result [1] is $5, which {some} say ~ is a lot.", None),
    ],
)
def test_format_is_recognized_by_its_content(text, name):
    assert recognize(text) == name
