# Markup stands here as it stands in files, in long lines.
# ruff: noqa: E501
"""What is read of a text in each format: the sentences that may be printed, in their printed form.

The expected sentences are what a person sees who opens the text in a program for its format.
"""

from __future__ import annotations

import pytest

from summarize import segment
from summarize.reading.formats import read_text

CASES = {
    "front matter": (
        "",
        "---\ntitle: Gas at sea\ntags: [sea]\n---\n\nGas was found at sea. It is new.\n",
        ["Gas was found at sea.", "It is new."],
    ),
    "TOML front matter": (".md", '+++\ntitle = "Gas"\n+++\n\nGas was *found* at sea.\n', ["Gas was found at sea."]),
    "Markdown": (
        ".md",
        "# Gas\n\n[![Tests](t.svg)](t)\n\nThe **old** [weir](b.md) was closed in `May`.[^1]\n\n```sh\nmake all\n```\n\n"
        "- It leaked for a year.\n- It was mended.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[^1]: By the council.\n",
        ["The old weir was closed in May.", "It leaked for a year.", "It was mended."],
    ),
    "Markdown quotation": (
        ".md",
        "> The weir is old\n> and it leaks.\n\nShe said so.\n",
        ["The weir is old and it leaks.", "She said so."],
    ),
    "Markdown emphasis over sentences": (
        ".md",
        "*The weir is old. It leaks.* She said so.\n",
        ["The weir is old.", "It leaks.", "She said so."],
    ),
    "Markdown interview": (
        ".md",
        "**Ada Holm:** The weir is old and it leaks.\n\n**Bob Lee:** When was it built by the town?\n\n"
        "**Ada Holm:** Nobody knows when it was built.\n\n**Bob Lee:** Thank you.\n",
        [
            "Ada Holm: The weir is old and it leaks.",
            "Bob Lee: When was it built by the town?",
            "Ada Holm: Nobody knows when it was built.",
        ],
    ),
    "reStructuredText": (
        ".rst",
        "Gas\n===\n\n:Author: Ada\n\nThe ``weir`` was *closed* [1]_. See :ref:`weirs`::\n\n    make all\n\n"
        ".. note:: It leaks a lot.\n\n.. image:: weir.png\n\n.. [1] By the council.\n",
        ["The weir was closed.", "See weirs:", "It leaks a lot."],
    ),
    "AsciiDoc": (
        ".adoc",
        "= Gas\n:toc:\n\nThe *weir* was _closed_ in https://a.example[May].\n\n----\nmake all\n----\n\n"
        "// A comment.\n* It leaked.\n",
        ["The weir was closed in May.", "It leaked."],
    ),
    "Org": (
        ".org",
        "#+TITLE: Gas\n\n* Weirs\n:PROPERTIES:\n:ID: 7\n:END:\nThe *weir* was /closed/ in [[https://a.example][=May=]].\n\n"
        "#+BEGIN_SRC sh\nmake all\n#+END_SRC\n- It leaked.\n",
        ["The weir was closed in May.", "It leaked."],
    ),
    "wikitext": (
        ".wiki",
        "{{Short description|A weir}}\n'''Tarn Weir''' is a [[dam|weir]].<ref>Holm, p. 7</ref> It leaks.\n\n"
        "== History ==\n[[File:Weir.jpg|thumb|The weir]]\nIt was built in 1821.\n\n[[Category:Weirs]]\n",
        ["Tarn Weir is a weir.", "It leaks.", "It was built in 1821."],
    ),
    "LaTeX": (
        ".tex",
        "\\documentclass{article}\n\\newtheorem{thm}{Theorem}\n\\title{Gas}\n\\begin{document}\n\\section{Weirs}\n"
        "The \\emph{weir} was closed~\\cite{holm}. % why?\nIt costs \\$5.\n\\begin{equation}x = 1\\end{equation}\n"
        "\\begin{itemize}\\item It leaked.\\end{itemize}\n\\end{document}\n",
        ["The weir was closed.", "It costs $5.", "It leaked."],
    ),
    "LaTeX macros": (
        ".tex",
        "\\newcommand{\\x}[1]{\\emph{#1} and so on.}\n\\crefname{lem}{Lemma}{Lemmas}\n\\foo{It is #1 of #2.}\n\n"
        "The weir was closed.\n",
        ["The weir was closed."],
    ),
    "Fountain": (
        ".fountain",
        "Title: Weir\nAuthor: Ada\n\nEXT. RIVER - DAY\n\nThe river is high.\n\nADA\n(quietly)\nIt leaks.\n",
        ["The river is high.", "It leaks."],
    ),
    "notebook": (
        ".ipynb",
        '{"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["# Gas\\n", "\\n", "The *weir* leaks."]},'
        ' {"cell_type": "code", "source": ["print(1)"], "outputs": []}], "nbformat": 4, "metadata": {}}',
        ["The weir leaks."],
    ),
    "subtitles": (
        ".srt",
        "1\n00:00:01,000 --> 00:00:02,000\n<i>The weir\nis old</i>\n\n2\n00:00:02,500 --> 00:00:04,000\nand it leaks.\n",
        ["The weir is old and it leaks."],
    ),
    "WebVTT": (
        ".vtt",
        "WEBVTT\n\nNOTE made by hand\n\n00:01.000 --> 00:02.000\n<v Ada>The weir is old.\n",
        ["The weir is old."],
    ),
    "SubStation Alpha": (
        ".ass",
        "[Script Info]\nTitle: x\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
        "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,The {\\i1}weir{\\i0} was\n"
        "Dialogue: 0,0:01:03.00,0:01:04.00,Default,,0,0,0,,built in 1821.\\NIt leaks a lot.\n",
        ["The weir was built in 1821.", "It leaks a lot."],
    ),
    "Whisper": (
        ".json",
        '{"text": "x", "segments": [{"id": 0, "start": 0.0, "text": " The weir was built"}, '
        '{"id": 1, "start": 62.5, "text": " in 1821. It leaks a lot."}]}',
        ["The weir was built in 1821.", "It leaks a lot."],
    ),
    "YouTube": (
        ".json3",
        '{"events": [{"tStartMs": 0, "segs": [{"utf8": "The weir "}, {"utf8": "was built"}]}, '
        '{"tStartMs": 900, "aAppend": 1, "segs": [{"utf8": "\\n"}]}, {"tStartMs": 1000, "segs": [{"utf8": "in 1821. It leaks a lot."}]}]}',
        ["The weir was built in 1821.", "It leaks a lot."],
    ),
    "Telegram": (
        ".json",
        '{"name": "Kelvik", "messages": [{"id": 1, "type": "message", "date": "2024-05-04T09:14:22", "from": "Ada", '
        '"text": ["The weir leaks, see ", {"type": "link", "text": "the map"}, "."]}, {"id": 2, "type": "service", "actor": "Bob"}, '
        '{"id": 3, "type": "message", "date": "2024-05-04T09:15:22", "from": "Bob", "text": "We must close it soon."}]}',
        ["The weir leaks, see the map.", "We must close it soon."],
    ),
    "Discord": (
        ".json",
        '{"guild": {"name": "K"}, "messages": [{"id": "1", "timestamp": "2024-05-04T09:14:22", "content": "The weir leaks again today.", '
        '"author": {"name": "ada"}}, {"id": "2", "timestamp": "2024-05-04T09:15:22", "content": "lol", "author": {"name": "bob"}}]}',
        ["The weir leaks again today."],
    ),
    "Slack": (
        ".json",
        '[{"type": "message", "user": "U1", "ts": "1.2", "text": "The weir leaks again <https://a.example|here>.", '
        '"user_profile": {"real_name": "Ada"}}, {"type": "message", "subtype": "channel_join", "ts": "1.3", "text": "<@U2> joined"}]',
        ["The weir leaks again here."],
    ),
    "mail": (
        ".eml",
        "From: Ada <ada@a.example>\nTo: Bob\nSubject: Weir\n\nDear Bob,\n\nthe weir leaks again. We must close it.\n\n"
        "Regards,\nAda\n-- \nAda Holm\nKelvik Town Council\n",
        ["the weir leaks again.", "We must close it."],
    ),
    "reply": (
        "",
        "I think that we must close the weir.\n\nOn 4 May 2024, Ada Holm wrote:\n> The weir leaks.\n> It is old.\n",
        ["I think that we must close the weir."],
    ),
    "transcript": (
        "",
        "[00:01] Ada: The weir is old and it leaks.\n[00:04] Bob: Okay.\n[00:09] Ada: We must close the weir soon.\n",
        ["The weir is old and it leaks.", "We must close the weir soon."],
    ),
    "chat": (
        "",
        "[12/03/2024, 09:14:22] Ada: The weir leaks again.\n[12/03/2024, 09:15:00] Ada: <image omitted>\n"
        "[12/03/2024, 09:15:09] Bob: We must close the weir.\n[12/03/2024, 09:16:09] Bob: Ada left the group\n",
        ["The weir leaks again.", "We must close the weir."],
    ),
    "Project Gutenberg": (
        "",
        "The Project Gutenberg eBook of The Weir\n\nTitle: The Weir\nAuthor: Ada Holm\n\n"
        "*** START OF THE PROJECT GUTENBERG EBOOK THE WEIR ***\n\nThe weir was old. It leaked.\n\n"
        "*** END OF THE PROJECT GUTENBERG EBOOK THE WEIR ***\n\nThis licence is long.\n",
        ["The weir was old.", "It leaked."],
    ),
    "settings of an editor": (
        "",
        "Weir NEWS        -*- outline -*-\n\n* Changes in release 9\n\n  The weir no longer leaks when it is closed.\n\n"
        "Local Variables:\nmode: outline\nEnd:\n",
        ["The weir no longer leaks when it is closed."],
    ),
    "prompt": ("", "List the weirs of the town.\n\n$ weir list --all\n\nEach weir has a line.\n",
        ["List the weirs of the town.", "Each weir has a line."]),
    "hyphens at numbers": (
        "",
        "The programs of the weir run on every old machine that has an x86-\n"
        "64 processor; those that were written by the town in the years 1990-\n"
        "1995 are kept beside the gauge in a large com-\n"
        "puter.\n",
        [
            "The programs of the weir run on every old machine that has an x86-64 processor; those that were written "
            "by the town in the years 1990-1995 are kept beside the gauge in a large computer.",
        ],
    ),
    "page headers": (
        "",
        "Nobody knows who built it. The weir lies in that part\n\n2\n\nHARBOUR v. NORVIK\n\nof the river which belongs to Kelvik.\n",
        ["Nobody knows who built it.", "The weir lies in that part of the river which belongs to Kelvik."],
    ),
    "licence": (
        "",
        "Copyright (c) 2024 Ada Holm\n\nPermission is hereby granted, free of charge, to any person obtaining a copy of this "
        "software, to deal in it without restriction.\n\nThe weir keeps a diary of the river. It is written in C.\n",
        ["The weir keeps a diary of the river.", "It is written in C."],
    ),
}  # fmt: skip


def test_lines_of_chinese_are_joined_without_a_space():
    text = "市议会周一开会讨论新桥的建设计划，费用由市政府承担，居民\n希望新桥能够尽快完工。旧桥在五月的洪水中倒塌了，没有人受\n伤，议会将在六月再次开会讨论。"
    assert [each.printed for each in segment(text, language="zh").sentences] == [
        "市议会周一开会讨论新桥的建设计划，费用由市政府承担，居民希望新桥能够尽快完工。",
        "旧桥在五月的洪水中倒塌了，没有人受伤，议会将在六月再次开会讨论。",
    ]


@pytest.mark.parametrize("name", CASES)
def test_sentences_are_printed_as_a_reader_of_the_format_sees_them(name):
    suffix, text, expected = CASES[name]
    document = segment(read_text(text, f"text{suffix}"), language="en")
    assert [each.printed for each in document.sentences if each.kind == "sentence"] == expected


@pytest.mark.parametrize("name", CASES)
def test_windows_line_ends_change_nothing_that_is_printed(name):
    suffix, text, expected = CASES[name]
    windows = text.replace("\n", "\r\n")
    document = segment(read_text(windows, f"text{suffix}"), language="en")
    assert [each.printed for each in document.sentences if each.kind == "sentence"] == expected
    assert all(document.text[each.start : each.end] == each.text for each in document.sentences)
