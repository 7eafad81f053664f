# Markup stands here as it stands in files, in long lines.
# ruff: noqa: E501
"""What is read of papers, manuals and feeds in XML, and of web pages that a browser has saved."""

from __future__ import annotations

import pytest

from summarize import segment
from summarize.errors import InputError
from summarize.places import find_places
from summarize.reading import decode

JATS = """<?xml version="1.0"?><article article-type="research-article"><front><journal-meta><journal-title>Weirs
</journal-title></journal-meta><article-meta><title-group><article-title>The weir of <italic>Kelvik</italic>
</article-title></title-group><contrib-group><contrib><name><surname>Holm</surname></name></contrib></contrib-group>
<abstract><p>The weir was built by the town.</p></abstract></article-meta></front><body><sec><title>Methods</title>
<p>We measured the flow<xref ref-type="bibr" rid="b1">[1]</xref>. The gauge<fn><p>By Holm.</p></fn> is old.</p>
<fig><label>Figure 1</label><caption><p>The weir.</p></caption></fig><disp-formula>x = 1</disp-formula>
<sec><title>Fish</title><p>They climb a ladder.<list><list-item><p>Salmon climb in May.</p></list-item></list></p>
</sec></sec></body><back><ref-list><ref>Holm 2001</ref></ref-list></back></article>"""
TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>The weir of Kelvik</title>
</titleStmt></fileDesc></teiHeader><text><body><div><head>Methods</head><p>The weir was built<note>In May.</note> by
the town.</p><lg><l>The snow falls,</l><l>the fire burns.</l></lg></div></body></text></TEI>"""
DOCBOOK = """<?xml version="1.0"?><book xmlns="http://docbook.org/ns/docbook"><title>The weir of Kelvik</title>
<chapter><title>Methods</title><para>Close the <emphasis>weir</emphasis> first.</para><programlisting>weir close
</programlisting><note><para>It may leak for days.</para></note><itemizedlist><listitem><para>Mend the stones.</para>
</listitem></itemizedlist></chapter></book>"""
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>The weir of Kelvik</title><item><title>Methods</title>
<description>&lt;p&gt;The weir is &lt;b&gt;closed&lt;/b&gt; in May.&lt;/p&gt;</description></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The weir of Kelvik</title><entry><title>Methods</title>
<content type="html">&lt;p&gt;The weir is closed in May.&lt;/p&gt;</content></entry></feed>"""


WIKI = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.10/"><page><title>Weir</title><ns>0</ns><revision>
<text>{{Infobox}}
The '''weir''' of [[Kelvik|the town]] leaks.&lt;ref&gt;Holm&lt;/ref&gt;

== Fish ==
They climb a ladder.</text></revision></page><page><title>Talk:Weir</title><ns>1</ns><revision><text>Hello there.
</text></revision></page></mediawiki>"""


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (
            JATS,
            {
                "The weir was built by the town.": ("Abstract",),
                "We measured the flow.": ("Methods",),
                "The gauge is old.": ("Methods",),
                "They climb a ladder.": ("Methods", "Fish"),
                "Salmon climb in May.": ("Methods", "Fish"),
            },
        ),
        (
            TEI,
            {
                "The weir was built by the town.": ("Methods",),
                "The snow falls, / the fire burns.": ("Methods",),
            },
        ),
        (
            DOCBOOK,
            {
                "Close the weir first.": ("Methods",),
                "It may leak for days.": ("Methods",),
                "Mend the stones.": ("Methods",),
            },
        ),
        (RSS, {"The weir is closed in May.": ("Methods",)}),
        (ATOM, {"The weir is closed in May.": ("Methods",)}),
    ],
    ids=["JATS", "TEI", "DocBook", "RSS", "Atom"],
)
def test_sentences_and_their_sections_are_read(markup, expected):
    text = decode(markup.encode(), "a.xml")
    document = segment(text, language="en")
    chosen = [each.index for each in document.sentences if each.candidate]
    found = {
        document.sentences[i].printed: place.section
        for i, place in zip(chosen, find_places(document, chosen), strict=True)
    }
    assert found == expected
    assert text.title == "The weir of Kelvik"


def test_xml_of_another_kind_is_refused():
    with pytest.raises(InputError, match="seems to be an XML document"):
        decode(b'<?xml version="1.0"?><settings><p>It rained.</p></settings>', "a.xml")


def test_a_page_that_a_browser_has_saved_is_a_page():
    body = "<h1>Weir</h1>" + "<p>The weir of Kelvik was built by the town in 1821 to feed the mill.</p>" * 3
    saved = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/\nSubject: Weir\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html\n\n'
        f"<html><head><title>Weir</title></head><body>{body}</body></html>\n--b--\n"
    )
    text = decode(saved.encode(), "a.mhtml")
    assert text.format == "html"
    assert text.text.startswith("# Weir")


def test_the_articles_of_a_wiki_are_sections():
    document = segment(decode(WIKI.encode(), "a.xml"), language="en")
    chosen = [each.index for each in document.sentences if each.candidate]
    assert [document.sentences[i].printed for i in chosen] == [
        "The weir of the town leaks.",
        "They climb a ladder.",
    ]
    assert [place.section for place in find_places(document, chosen)] == [(), ("Fish",)]
