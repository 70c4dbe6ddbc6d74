"""A document as DOCX, for those who go on writing and for case systems."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any, TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx as python_docx
from docx.document import Document as Sheet
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from kaeden.reports.document import (
    Beside,
    Bullets,
    Document,
    DocumentPart,
    Heading,
    Paragraph,
    Picture,
    Shape,
    Table,
    plain,
)

SIZES: Mapping[Shape, tuple[int, int]] = {Shape.A4: (210, 297), Shape.SLIDE: (320, 180)}
FONT = "Arial"
LANGUAGE = "da-DK"
FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)


def docx(document: Document) -> bytes:
    """Return a document as DOCX in Danish, with headings, lists and tables as such."""
    sheet = python_docx.Document()
    _set(sheet, document)
    sheet.add_paragraph(plain(document.title), style="Title")
    if document.subtitle:
        sheet.add_paragraph(plain(document.subtitle), style="Subtitle")
    for part in document.parts:
        WRITE[type(part)](sheet, part)
    kept = BytesIO()
    sheet.save(kept)
    return _without_the_hour(kept)


def _set(sheet: Sheet, document: Document) -> None:
    """Set language, size and letters, and what the file says of itself."""
    about, noon = sheet.core_properties, datetime.combine(document.day, time(12), UTC)
    about.title, about.subject = plain(document.title), plain(document.subtitle)
    about.author = about.last_modified_by = "Kæden"
    about.language, about.comments = LANGUAGE, ""
    about.created = about.modified = noon
    section, (width, height) = sheet.sections[0], SIZES[document.shape]
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.footer.paragraphs[0].text = plain(document.footer)
    for name in ("Normal", "Title", "Subtitle", "Heading 1", "Heading 2"):
        _set_style(sheet.styles[name])
    sheet.styles["Normal"].font.size = Pt(11)
    _drop_picture(sheet)
    for kept in sheet.styles.element.iter(qn("w:lang")):
        kept.set(qn("w:val"), LANGUAGE)


def _drop_picture(sheet: Sheet) -> None:
    """Leave out the little picture of the empty document that the template brings."""
    rels = sheet.part.package.rels
    for name in [one for one in rels if rels[one].reltype.endswith("/thumbnail")]:
        del rels[name]


def _set_style(style: Any) -> None:
    """Write a style in our letters and in black."""
    style.font.name, style.font.color.rgb = FONT, RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for name in [one for one in fonts.attrib if one.endswith("Theme")]:
        del fonts.attrib[name]


def _heading(sheet: Sheet, part: Heading) -> None:
    sheet.add_heading(plain(part.text), level=part.level)


def _paragraph(sheet: Sheet, part: Paragraph) -> None:
    sheet.add_paragraph().add_run(plain(part.text)).bold = part.is_strong


def _bullets(sheet: Sheet, part: Bullets) -> None:
    style = "List Number" if part.is_numbered else "List Bullet"
    for line in part.lines:
        sheet.add_paragraph(plain(line), style=style)


def _table(sheet: Sheet, part: Table) -> None:
    if part.caption:
        _paragraph(sheet, Paragraph(part.caption, is_strong=True))
    table = sheet.add_table(rows=0, cols=len(part.columns), style="Table Grid")
    for row in (part.columns, *part.rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = plain(text)
    first = table.rows[0]._tr.get_or_add_trPr()
    first.append(OxmlElement("w:tblHeader"))
    sheet.add_paragraph()


def _picture(sheet: Sheet, part: Picture) -> None:
    """Write what a drawing shows: Word takes no SVG from us."""
    _paragraph(sheet, Paragraph(part.words))


def _beside(sheet: Sheet, part: Beside) -> None:
    for one in (*part.left, *part.right):
        WRITE[type(one)](sheet, one)


Write: TypeAlias = Callable[[Sheet, Any], None]
WRITE: Mapping[type[DocumentPart], Write] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Bullets: _bullets,
    Table: _table,
    Picture: _picture,
    Beside: _beside,
}


def _without_the_hour(kept: BytesIO) -> bytes:
    """Return the same file, without when it was made: the same words, the same bytes."""
    again = BytesIO()
    with ZipFile(kept) as old, ZipFile(again, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            same = ZipInfo(entry.filename, FIRST_DAY_OF_ZIP)
            same.compress_type = ZIP_DEFLATED
            new.writestr(same, old.read(entry))
    return again.getvalue()
