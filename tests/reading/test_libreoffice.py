"""What LibreOffice makes of a page is read as the page itself; skipped where it is not installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from summarize import segment
from summarize.places import find_places
from summarize.reading import read_path

OFFICE = shutil.which("soffice")
PAGE = """<html><head><title>The weir of Kelvik</title></head><body>
<h1>The weir of Kelvik</h1> <p>The weir of Kelvik was built by the town in 1821 to feed the mill below
the bridge. It leaked from the first day, and nobody knew why it did.</p>
<h2>Repairs</h2>
<p>The council voted in May to close the old weir for the whole of the summer.</p>
<ul>
<li>The first part of the work costs the town forty thousand crowns.</li>
<li>The second part depends on what the divers find in June.</li></ul>
<h3>Fish</h3>
<p>A ladder for salmon and trout is built beside the weir. The <b>club</b> of the <i>anglers</i> pays for
half of it.</p>
<table border=1><tr><td>Year</td><td>Crowns</td></tr><tr> <td>1821</td><td>300</td></tr></table>
<h2>What comes next</h2>
<p>Work begins on the first day of June and ends before the floods of the autumn.</p></body></html>"""
SENTENCES = {
    "The weir of Kelvik was built by the town in 1821 to feed the mill below the bridge.": (),
    "It leaked from the first day, and nobody knew why it did.": (),
    "The council voted in May to close the old weir for the whole of the summer.": ("Repairs",),
    "The first part of the work costs the town forty thousand crowns.": ("Repairs",),
    "The second part depends on what the divers find in June.": ("Repairs",),
    "A ladder for salmon and trout is built beside the weir.": ("Repairs", "Fish"),
    "The club of the anglers pays for half of it.": ("Repairs", "Fish"),
    "Work begins on the first day of June and ends before the floods of the autumn.": ("What comes next",),
}
# The filter that LibreOffice needs to be told, and whether it keeps headings.
FORMATS = {"docx": ("docx:MS Word 2007 XML", True), "odt": ("odt", True), "pdf": ("pdf", True)}
FORMATS |= {"rtf": ("rtf:Rich Text Format", False), "epub": ("epub", False)}


def convert(page: str, name: str, folder: Path) -> None:
    """Convert a page in HTML to ``weir`` in another format."""
    (folder / "weir.html").write_text(page, encoding="utf-8")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    source = ["--infilter=HTML (StarWriter)", "--convert-to", name, "--outdir", str(folder)]
    subprocess.run(
        [str(OFFICE), profile, "--headless", *source, str(folder / "weir.html")],
        check=True,
        capture_output=True,
        timeout=180,
    )


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", FORMATS)
def test_sentences_and_sections_are_those_of_the_source(suffix, tmp_path):
    name, has_sections = FORMATS[suffix]
    convert(PAGE, name, tmp_path)
    text = read_path(tmp_path / f"weir.{suffix}")
    document = segment(text, language="en")
    chosen = [each.index for each in document.sentences if each.candidate]
    printed = [document.sentences[i].printed for i in chosen]
    assert printed == list(SENTENCES)
    assert text.title == "The weir of Kelvik"
    if has_sections:
        assert [place.section for place in find_places(document, chosen)] == list(SENTENCES.values())


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_arabic_in_a_pdf_is_that_of_the_source(tmp_path):
    # Of an alef and a lam that are one sign, most readers of PDF give the letters in the wrong order.
    paragraph = "قرر المجلس أن يبدأ البناء في الربيع المقبل لأن الأموال لا تكفي الآن. " * 4
    page = f'<html><meta charset="utf-8"><p dir="rtl" align="right">{paragraph}</p></html>'
    convert(page, "pdf", tmp_path)
    assert read_path(tmp_path / "weir.pdf").text == paragraph.strip()
