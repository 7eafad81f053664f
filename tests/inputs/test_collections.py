"""Dumps of wikis, and feeds: each article or entry is a document."""

from __future__ import annotations

import gzip

import pytest

from summarize.inputs import Reading, find_items
from summarize.inputs.loading import read_texts

PAGE = "<page><title>{0}</title><ns>{1}</ns><revision><text>{2}</text></revision></page>"
DUMP = "".join(
    [
        '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.10/">',
        "<siteinfo><sitename>Kelvik</sitename></siteinfo>",
        PAGE.format("Weir/Old", 0, "{{Infobox}}\nThe '''weir''' of [[Kelvik|the town]] leaks."),
        PAGE.format("Talk:Weir", 1, "Hello there."),
        "<page><title>Dam</title><ns>0</ns><redirect title='Weir'/>",
        "<revision><text>#REDIRECT</text></revision></page>",
        PAGE.format("Fish", 0, "They climb a [[ladder]] in '''May'''."),
        "</mediawiki>",
    ]
)
FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Kelvik</title>'
    "<item><title>Weir</title>"
    "<description>&lt;p&gt;It is &lt;b&gt;closed&lt;/b&gt; in May.&lt;/p&gt;</description></item>"
    "<item><title>Fish</title><description>They climb a ladder.</description></item></channel></rss>"
)


@pytest.mark.parametrize("suffix", [".xml", ".xml.gz"])
def test_each_article_of_a_dump_is_a_document(tmp_path, suffix):
    path = tmp_path / f"wiki{suffix}"
    path.write_bytes(gzip.compress(DUMP.encode()) if suffix.endswith("gz") else DUMP.encode())
    items = list(find_items([str(path)], Reading()))
    assert [item.source.removeprefix(f"{path}/") for item in items] == ["Weir_Old.wiki", "Fish.wiki"]
    assert all(text.format == "wikitext" for text in read_texts([str(path)], Reading()))


def test_each_entry_of_a_feed_is_a_document(tmp_path):
    (tmp_path / "news.rss").write_text(FEED)
    texts = list(read_texts([str(tmp_path)], Reading()))
    assert [text.title for text in texts] == ["Weir", "Fish"]
    assert "It is closed in May." in texts[0].text


def test_a_damaged_dump_keeps_what_was_read(tmp_path):
    path = tmp_path / "wiki.xml"
    path.write_text(DUMP.replace("</mediawiki>", "</mediawi"))
    *items, problem = find_items([str(path)], Reading())
    assert len(items) == 2
    assert problem.kind == "problem"
    assert "is not valid XML" in str(problem.content)


def test_a_dump_without_articles_is_a_problem(tmp_path):
    (tmp_path / "wiki.xml").write_text("<mediawiki></mediawiki>")
    [problem] = find_items([str(tmp_path / "wiki.xml")], Reading())
    assert problem.content == "holds no articles or entries"


def test_another_document_in_xml_is_one(tmp_path):
    (tmp_path / "a.xml").write_text('<?xml version="1.0"?><book xmlns="x"><para>It rained.</para></book>')
    [item] = find_items([str(tmp_path / "a.xml")], Reading())
    assert item.kind == "path"
