"""Web pages: their text and title, without the markup."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from summarize.errors import InputError, MissingExtraError
from summarize.reading import decode

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>The bridge &amp; the river</title>
<script>var markup = "<p>never</p>";</script><style>p { color: red }</style></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>The bridge &amp; the river</h1>
<p>The city council decided yesterday to build a <b>new</b> bridge over the <a href="/river">river</a>.
Work will begin in March and last two years.</p>
<h2>Costs</h2>
<p>The mayor said that it had not been easy to find the money, but residents are happy. Nobody
spoke against it &ndash; not even the ferryman.</p>
<ul><li>It will cost three million.</li><li>It will be eighty metres long.</li></ul>
<p>The council meets again in May, and until then the ferry will run as it has run for ninety years.</p>
</article><footer>Copyright. All rights reserved.</footer></body></html>
"""


def seed(name: str) -> str:
    return (SEEDS / f"{name}.txt").read_text(encoding="utf-8")


def test_markup_is_removed():
    assert decode(PAGE.encode(), "page.html").text == (
        "# The bridge & the river\n\n"
        "The city council decided yesterday to build a new bridge over the river. Work will begin in March"
        " and last two years.\n\n## Costs\n\n"
        "The mayor said that it had not been easy to find the money, but residents are happy. Nobody spoke"
        " against it – not even the ferryman.\n\n"
        "- It will cost three million.\n- It will be eighty metres long.\n\n"
        "The council meets again in May, and until then the ferry will run as it has run for ninety years."
    )


def test_page_has_a_title():
    assert decode(PAGE.encode(), "page.html").title == "The bridge & the river"


def test_plain_text_has_no_title():
    assert decode(b"The bridge\n\nIt is open.", "x").title is None


@pytest.mark.parametrize(
    "markup",
    [
        PAGE,
        PAGE.upper().replace("&AMP;", "&amp;").replace("&NDASH;", "&ndash;"),
        PAGE.replace("<!DOCTYPE html>\n", ""),
        "<!-- saved -->\n" + PAGE,
        '<?xml version="1.0" encoding="utf-8"?>\n' + PAGE,
        "HTTP/1.1 200 OK\n\n" + PAGE,
        PAGE[PAGE.index("<body") :],
        PAGE[PAGE.index("<article") : PAGE.index("<footer")],
        "\ufeff\n\n" + PAGE,
    ],
    ids=["page", "capitals", "no doctype", "comment", "xhtml", "headers", "body", "piece", "mark"],
)
def test_markup_never_reaches_the_text(markup):
    text = decode(markup.encode(), "page.html").text
    assert "ferry" in text.lower()
    assert not any(sign in text for sign in ("<", "href", "HREF", "&amp;", "never", "NEVER"))


@pytest.mark.parametrize(
    "text",
    [
        "a < b and b > c",
        "<3 this song",
        "Use the <head> element for metadata.\n\nIt stands before <body>.",
        '<div align="center">\n\n# A project\n\n</div>\n\nIt does much.',
        "<Nadia> Are we there yet?\n<Tom> No.",
    ],
)
def test_text_with_a_few_tags_is_not_a_page(text):
    assert decode(text.encode(), "x").text == text


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "utf-8"])
def test_declared_charset_of_a_page_is_used(encoding):
    page = f"<html><head><meta charset={encoding}></head><body><p>{seed('article.ru')}</p></body></html>"
    assert (
        "В следующий раз я попрошу два запасных насоса" in decode(page.encode(encoding, "ignore"), "x").text
    )


def test_short_page_is_read():
    assert decode(b"<html><body><p>It is open.</p></body></html>", "x").text == "It is open."


def test_page_without_text_is_an_input_error():
    with pytest.raises(InputError, match="a web page without text"):
        decode(b"<html><head><title>x</title></head><body></body></html>", "x")


def test_error_names_the_missing_extra_and_the_page(monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(MissingExtraError, match=r"page\.html: .*summarize\[html\]"):
        decode(PAGE.encode(), "page.html")


BODY = (
    "<p>The council of the island met on Monday to decide how the old bridge is to be replaced before the "
    "winter storms arrive.</p>{}<p>Engineers told the members that the steel of it has rusted through "
    "in eleven places and will not bear lorries for another year.</p>"
)


def read(markup):
    article = f"<article>{BODY.format(markup)}</article>"
    page = f"<html><head><title>Bridge</title></head><body>{article}</body></html>"
    return decode(page.encode(), "page.html")


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<ul><li>One boat.</li><li>Two boats.</li></ul>", ["- One boat.", "- Two boats."]),
        ("<ul><li>Old<ul><li>rusty steel</li></ul></li></ul>", ["- Old", "  - rusty steel"]),
        ("<ul><li><p>It is dear.</p><p>It never ends.</p></li></ul>", ["- It is dear.", "- It never ends."]),
        ("<h2>What it costs</h2><p>It costs four million a year.</p>", ["## What it costs"]),
        ("<table><tr><th>Plan</th><td>The deck is thin.<br>It is old.</td></tr></table>",
         ["| Plan | The deck is thin. It is old. |"]),
        ("<p>It opened.<sup>4</sup> It is 5 m<sup>2</sup> wide.</p>", ["It opened. It is 5 m2 wide."]),
        ("<pre>  deck\n    rail</pre>", ["  deck", "    rail"]),
        ("<p>First line<br>second line</p>", ["First line", "second line"]),
    ],
)  # fmt: skip
def test_parts_of_a_page_keep_their_form(markup, lines):
    assert not set(lines) - set(read(markup).text.split("\n"))


@pytest.mark.parametrize(
    "markup",
    [
        "<p hidden>Nobody sees this line of the page.</p>",
        '<p style="display: none">Nobody sees this line of the page.</p>',
        '<p aria-hidden="true">Nobody sees this line of the page.</p>',
        '<div class="share-buttons">Nobody sees this line of the page.</div>',
        '<ul class="breadcrumb"><li>Nobody</li><li>sees this</li></ul>',
        "<nav><p>Nobody sees this line of the page.</p></nav>",
        "<!-- Nobody sees this line of the page. -->",
    ],
)
def test_what_is_hidden_or_around_the_text_is_not_read(markup):
    assert "Nobody" not in read(markup).text


def test_a_table_for_layout_becomes_paragraphs():
    cells = f"<td><a href=/>Home</a></td><td><h1>Bridge</h1>{BODY.format('')}</td>"
    page = f"<html><body><table><tr>{cells}</tr></table></body></html>"
    text = decode(page.encode(), "page.html").text
    assert text.startswith("# Bridge\n\nThe council of the island met on Monday")
    assert "|" not in text


def test_a_bread_crumb_is_no_sentence():
    text = read("<p>Home | Gauges | Weirs | Rivers | Bridges</p>")
    kinds = {text.text[block.start : block.end]: block.kind for block in text.blocks}
    assert kinds.get("Home | Gauges | Weirs | Rivers | Bridges", "boilerplate") == "boilerplate"


def test_blocks_are_in_order_and_inside_the_text():
    text = decode(PAGE.encode(), "page.html")
    assert [block.kind for block in text.blocks] == [
        "heading", "paragraph", "heading", "paragraph", "item", "item", "paragraph",
    ]  # fmt: skip
    ends = [0]
    for block in text.blocks:
        assert ends[-1] <= block.start < block.end <= len(text.text)
        ends.append(block.end)
