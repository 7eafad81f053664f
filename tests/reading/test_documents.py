"""What is read of documents that other packages made.

These are reportlab, python-docx, python-pptx, openpyxl and odfpy.
"""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

import pytest

from summarize import segment, summarize
from summarize.errors import InputError
from summarize.places import find_places
from summarize.reading import decode

TITLE = "The weir of Kelvik"
BUILT = "The weir of Kelvik was built by the town in 1821 to feed the mill below the bridge."
LEAKED = "It leaked from the first day, and nobody in the town knew why it did."
CLOSED = "The council voted in May to close the old weir for the whole of the summer."
COSTS = "The first part of the work costs the town forty thousand crowns."
DIVERS = "The second part depends on what the divers find in June."
LADDER = "A ladder for salmon and trout is built beside the weir."
SENTENCES = [BUILT, LEAKED, CLOSED, COSTS, DIVERS, LADDER]


def make_pdf(**choices: object) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer

    styles = getSampleStyleSheet()
    file = io.BytesIO()

    def draw_head(canvas, document):
        canvas.setFont("Helvetica", 8)
        canvas.drawString(72, A4[1] - 40, "Kelvik Town Council, yearly report")
        canvas.drawString(280, 30, str(document.page))

    story = [
        Paragraph(TITLE, styles["Title"]),
        Paragraph(f"{BUILT} {LEAKED}", styles["BodyText"]),
        Paragraph("1. Repairs", styles["Heading2"]),
        Paragraph(CLOSED, styles["BodyText"]),
        PageBreak(),
        Paragraph(f"\u2022 {COSTS}", styles["BodyText"]),
        Paragraph(f"\u2022 {DIVERS}", styles["BodyText"]),
        Spacer(1, 12),
        PageBreak(),
        Paragraph("1.1 Fish", styles["Heading3"]),
        Paragraph(LADDER, styles["BodyText"]),
    ]
    SimpleDocTemplate(file, pagesize=A4, **choices).build(
        story, onFirstPage=draw_head, onLaterPages=draw_head
    )
    return file.getvalue()


def make_docx() -> bytes:
    from docx import Document

    document = Document()
    document.add_heading(TITLE, 0)
    document.add_paragraph(f"{BUILT} {LEAKED}")
    document.add_heading("Repairs", 1)
    document.add_paragraph(CLOSED)
    document.add_paragraph(COSTS, style="List Bullet")
    document.add_paragraph(DIVERS, style="List Bullet")
    document.add_heading("Fish", 2)
    document.add_paragraph(LADDER)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Year of the first repair", "1824"
    document.sections[0].header.paragraphs[0].text = "Kelvik Town Council"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def make_pptx() -> bytes:
    from pptx import Presentation

    presentation = Presentation()
    for heading, lines in ((TITLE, [BUILT, LEAKED, CLOSED]), ("Repairs", [COSTS, DIVERS, LADDER])):
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = heading
        slide.placeholders[1].text = "\n".join(lines)
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()


def make_xlsx() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Notes"
    for number, sentence in enumerate(SENTENCES):
        book.active.append([number, "yes", sentence])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def make_odt() -> bytes:
    from odf.opendocument import OpenDocumentText
    from odf.text import H, List, ListItem, P

    document = OpenDocumentText()
    document.text.addElement(H(outlinelevel=1, text=TITLE))
    document.text.addElement(P(text=f"{BUILT} {LEAKED}"))
    document.text.addElement(H(outlinelevel=2, text="Repairs"))
    document.text.addElement(P(text=CLOSED))
    items = List()
    for sentence in (COSTS, DIVERS):
        item = ListItem()
        item.addElement(P(text=sentence))
        items.addElement(item)
    document.text.addElement(items)
    document.text.addElement(H(outlinelevel=3, text="Fish"))
    document.text.addElement(P(text=LADDER))
    file = io.BytesIO()
    document.write(file)
    return file.getvalue()


def make_ods() -> bytes:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    table = Table(name="Notes")
    for number, sentence in enumerate(SENTENCES):
        row = TableRow()
        for kind, text in (("float", str(number)), ("string", sentence)):
            cell = TableCell(valuetype=kind)
            cell.addElement(P(text=text))
            row.addElement(cell)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    file = io.BytesIO()
    document.write(file)
    return file.getvalue()


def make_epub() -> bytes:
    chapters = {
        "cover.xhtml": "<p>Cover of a book that is not read here.</p>",
        "one.xhtml": f"<h1>The mill</h1><p>{BUILT} {LEAKED}</p><p>{CLOSED}<a epub:type='noteref'>1</a></p>",
        "two.xhtml": f"<h1>The fish</h1><ul><li>{COSTS}</li><li>{DIVERS}</li></ul><p>{LADDER}</p>",
    }
    items = "".join(
        f'<item id="c{k}" href="text/{name}" media-type="application/xhtml+xml"/>'
        for k, name in enumerate(chapters)
    )
    # The second chapter of the archive is the first of the spine's readable ones.
    spine = "".join(f'<itemref idref="c{k}"/>' for k in range(len(chapters)))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="book/content.opf"/></rootfiles></container>',
        )
        archive.writestr(
            "book/content.opf",
            '<package xmlns="http://www.idpf.org/2007/opf">'
            f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{TITLE}</dc:title></metadata>'
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
        )
        for name, body in chapters.items():
            archive.writestr(
                f"book/text/{name}", f"<html><head><title>x</title></head><body>{body}</body></html>"
            )
    return file.getvalue()


def make_rtf() -> bytes:
    paragraphs = "\\par\n".join([f"{BUILT} {LEAKED}", CLOSED, COSTS, DIVERS, LADDER])
    head = f"{{\\header Kelvik Town Council}}{{\\info{{\\title {TITLE}}}}}"
    return f"{{\\rtf1\\ansi{head}{paragraphs}\\par}}".encode()


def make_mail() -> bytes:
    mail = EmailMessage()
    mail["From"] = "Ada Holm <ada@kelvik.example>"
    mail["Date"] = "Mon, 01 Jun 2009 06:28:20 +0200"
    mail["Subject"] = f"Re: {TITLE}"
    mail.set_content("\n\n".join(["Dear Bob,", *SENTENCES, "Regards\nAda"]))
    mail.add_alternative("<p>" + "</p><p>".join(SENTENCES) + "</p>", subtype="html")
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="plan.pdf")
    return mail.as_bytes()


DOCUMENTS = {
    "pdf": make_pdf,
    "docx": make_docx,
    "pptx": make_pptx,
    "xlsx": make_xlsx,
    "odt": make_odt,
    "ods": make_ods,
    "epub": make_epub,
    "rtf": make_rtf,
    "eml": make_mail,
}


@pytest.fixture(params=DOCUMENTS)
def document(request):
    return request.param, DOCUMENTS[request.param]()


def test_exactly_the_sentences_of_the_document_may_be_chosen(document):
    suffix, data = document
    sentences = segment(decode(data, f"weir.{suffix}"), language="en").sentences
    assert [each.printed for each in sentences if each.candidate] == SENTENCES


def test_a_document_is_recognized_whatever_its_name_is(document):
    _, data = document
    assert decode(data, "weir.txt").text == decode(data, "-").text


def test_offsets_are_those_of_the_text_of_the_document(document):
    suffix, data = document
    text = decode(data, f"weir.{suffix}")
    read = segment(text)
    assert all(text.text[each.start : each.end] == each.text for each in read.sentences)


def test_the_title_of_the_document_is_found(document):
    suffix, data = document
    expected = None if suffix in ("xlsx", "ods") else TITLE
    assert decode(data, f"weir.{suffix}").title == expected


@pytest.mark.parametrize(
    ("suffix", "label", "expected"),
    [
        ("pdf", "page", [1, 1, 1, 2, 2, 3]),
        ("pptx", "slide", [1, 1, 1, 2, 2, 2]),
        ("xlsx", "sheet", ["Notes"] * 6),
        ("ods", "sheet", ["Notes"] * 6),
        ("epub", "chapter", ["The mill"] * 3 + ["The fish"] * 3),
        ("eml", "speaker", ["Ada Holm"] * 6),
        ("eml", "time", ["2009-06-01 06:28"] * 6),
        ("pdf", "section", [(), (), *[("1. Repairs",)] * 3, ("1. Repairs", "1.1 Fish")]),
        ("docx", "section", [(), (), *[("Repairs",)] * 3, ("Repairs", "Fish")]),
        ("odt", "section", [(), (), *[("Repairs",)] * 3, ("Repairs", "Fish")]),
    ],
)
def test_each_sentence_has_its_place(suffix, label, expected):
    read = segment(decode(DOCUMENTS[suffix](), f"weir.{suffix}"), language="en")
    chosen = [each.index for each in read.sentences if each.candidate]
    assert [getattr(place, label) for place in find_places(read, chosen)] == expected


def test_attachments_are_named():
    assert decode(make_mail(), "a.eml").warnings == ("a.eml: left out what is attached: plan.pdf",)


def test_the_password_of_a_pdf_opens_it():
    data = make_pdf(encrypt="sesame")
    with pytest.raises(InputError, match="is an encrypted PDF document; accepted: with --password"):
        decode(data, "a.pdf")
    with pytest.raises(InputError, match="the password is wrong"):
        decode(data, "a.pdf", password="open")
    assert decode(data, "a.pdf", password="sesame").title == TITLE


def test_pages_without_text_are_named():
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file)
    for number in range(1, 5):
        if number in (1, 4):
            canvas.drawString(72, 700, "The weir leaks again, and we must close it soon.")
        else:
            canvas.rect(72, 600, 100, 100, fill=1)
        canvas.showPage()
    canvas.save()
    [warning] = decode(file.getvalue(), "a.pdf").warnings
    assert warning == "a.pdf: pages 2 to 3 have no text; they are blank or scanned"


def test_paragraphs_of_a_pdf_that_run_from_right_to_left_are_whole():
    from pathlib import Path
    from textwrap import wrap

    import matplotlib
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    registerFont(TTFont("DejaVu", Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans.ttf"))
    paragraphs = [
        "הגשר הישן קרס במאי ואיש לא נפגע מבין התושבים. ראש העיר אמר כי התיקונים יעלו ארבעים אלף כתרים.",
        "המועצה התכנסה ביום שני כדי לדון בבניית הגשר החדש במרכז העיר העתיקה. הבנייה תחל באביב.",
    ]
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.setFont("DejaVu", 11)
    height = 700
    for paragraph in paragraphs:
        for line in wrap(paragraph, 40):
            canvas.drawRightString(500, height, line[::-1])  # The letters in the order of their places.
            height -= 14
        height -= 10
    canvas.save()
    read = decode(file.getvalue(), "a.pdf")
    assert [read.text[block.start : block.end] for block in read.blocks] == paragraphs


def test_a_pdf_of_pictures_is_refused():
    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.rect(72, 600, 100, 100, fill=1)
    canvas.showPage()
    canvas.save()
    with pytest.raises(InputError, match="its page has no text, as if scanned; .* ocrmypdf"):
        decode(file.getvalue(), "a.pdf")


def test_deleted_text_and_the_code_of_fields_are_left_out():
    from docx import Document
    from docx.oxml import parse_xml

    document = Document()
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document.element.body.insert(
        0,
        parse_xml(
            f"<w:p {space}><w:r><w:t xml:space='preserve'>The weir leaks </w:t></w:r>"
            "<w:del w:id='1' w:author='a'><w:r><w:delText>now and then</w:delText></w:r></w:del>"
            "<w:ins w:id='2' w:author='a'><w:r><w:t>every day.</w:t></w:r></w:ins>"
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>"
            "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t xml:space='preserve"
            "'> It is page 7.</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
        ),
    )
    file = io.BytesIO()
    document.save(file)
    assert decode(file.getvalue(), "a.docx").text == "The weir leaks every day. It is page 7."


def test_a_summary_of_some_pages_comes_from_these():
    summary = summarize(decode(make_pdf(), "a.pdf"), length=9, pages="2-3")
    assert [each.printed for each in summary.sentences] == [COSTS, DIVERS, LADDER]
    with pytest.raises(InputError, match=r"has no text on the pages 7; it has pages 1 to 3"):
        summarize(decode(make_pdf(), "a.pdf"), pages="7")


def test_a_summary_of_a_section_comes_from_it():
    text = decode(make_docx(), "a.docx")
    assert [each.printed for each in summarize(text, length=9, section="fish").sentences] == [LADDER]
    rest = summarize(text, length=9, exclude_section="repairs").sentences
    assert [each.printed for each in rest] == [BUILT, LEAKED]
    with pytest.raises(InputError, match="has no text in the section 'Mill'; it has 'Repairs', 'Fish'"):
        summarize(text, section="Mill")


def test_a_package_may_bring_a_reader(monkeypatch):
    from importlib import metadata

    from summarize.document import Text
    from summarize.reading import documents

    entry = documents.DocumentFormat(
        "tests.none:read", "a picture", (".png",), lambda data: data.startswith(b"\x89PNG")
    )
    monkeypatch.setattr(
        documents.DocumentFormat, "load", lambda self: lambda data, source: Text("It rained.")
    )
    point = metadata.EntryPoint("picture", "module:name", documents._ENTRY_POINTS)
    monkeypatch.setattr(metadata.EntryPoint, "load", lambda self: entry)
    monkeypatch.setattr(metadata, "entry_points", lambda group: [point] if group == point.group else [])
    documents.load_readers.cache_clear()
    try:
        assert decode(b"\x89PNG\r\n\x1a\n\x00\x00", "a.png").text == "It rained."
    finally:
        documents.load_readers.cache_clear()


@pytest.mark.parametrize("suffix", DOCUMENTS)
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_cut_document_is_an_input_error_or_what_is_left(suffix, share):
    data = DOCUMENTS[suffix]()
    cut = data[: int(share * len(data))]
    try:
        decode(cut, f"a.{suffix}")
    except InputError as error:
        assert str(error).startswith(f"a.{suffix}: ")


def make_bomb(member: str, content: bytes, *, kind: str = "") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        if kind:
            archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        if member.startswith("word"):
            archive.writestr(
                "_rels/.rels",
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                '<Relationship Id="r" Type="http://x/officeDocument" Target="word/document.xml"/>'
                "</Relationships>",
            )
        archive.writestr(member, content)
    return file.getvalue()


ENTITIES = (
    b'<!DOCTYPE a [<!ENTITY a0 "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (k, b"&a%d;" % (k - 1) * 20) for k in range(1, 12))
    + b"]><a>&a11;</a>"
)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (make_bomb("word/document.xml", b"<a>" * 300_000), "found too many elements in word/document.xml"),
        (make_bomb("word/document.xml", ENTITIES), "word/document.xml is not valid XML: .*amplification"),
        (
            make_bomb("content.xml", ENTITIES, kind="application/vnd.oasis.opendocument.text"),
            "content.xml is not valid XML: .*amplification",
        ),
        (make_bomb("word/document.xml", b"<a/>" + b" " * (300 << 20)), "found 314,572,804 bytes in word"),
    ],
    ids=["depth", "entities", "entities in OpenDocument", "size"],
)
def test_a_bomb_is_refused(data, problem):
    with pytest.raises(InputError, match=problem):
        decode(data, "a.docx")


def test_there_is_a_document_of_every_format():
    from summarize.reading.documents import DOCUMENTS as FORMATS
    from summarize.reading.documents import recognize_document

    assert {recognize_document(make()) for make in DOCUMENTS.values()} | {"xml"} == set(FORMATS)


def test_a_drop_cap_belongs_to_its_word():
    from reportlab.pdfgen.canvas import Canvas

    lines = ["E close the weir of Kelvik, which the town has built beside the mill in the year", "1821."]
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.setFont("Helvetica", 30)
    canvas.drawString(72, 690, "W")
    canvas.setFont("Helvetica", 10)
    for k, line in enumerate(lines):
        canvas.drawString(104, 704 - 12 * k, line)
    canvas.showPage()
    canvas.save()
    assert decode(file.getvalue(), "a.pdf").text == f"W{' '.join(lines)}"
