"""A document that holds every kind of part."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pypdf

from kaeden.reports.document import (
    Beside,
    Bullets,
    Document,
    Heading,
    Paragraph,
    Picture,
    Table,
)

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="40" height="20">'
    '<path d="M2 18L20 6L38 2" stroke="#0059b3" fill="none"/></svg>'
)

EVERYTHING = Document(
    title="Direktionens møde 3. december 2026",
    subtitle="Rådhuset, kl. 9",
    day=date(2026, 12, 3),
    footer="Fjordby Kommune",
    parts=(
        Heading("Fravær"),
        Paragraph("Hvorfor nu?", is_strong=True),
        Paragraph("7 af 23 børn.\nÅrets højeste."),
        Heading("Beslutninger", level=2),
        Bullets(("Ring hjem.", "Følg op.")),
        Bullets(("Først det ene.",), is_numbered=True),
        Table(("Mål", "Møder"), (("Alle børn trives", "3"),), caption="Opmærksomhed"),
        Picture(SVG, "Kurven falder."),
        Beside((Paragraph("Til venstre."),), (Picture(SVG, "Kurven stiger."),)),
    ),
)


def saying(text):
    """Return a document of one paragraph."""
    return replace(EVERYTHING, parts=(Paragraph(text),))


def opened(made):
    """Return a PDF as it is read, by another program than the one that made it."""
    return pypdf.PdfReader(BytesIO(made))


def told_of_pictures(made):
    """Return what the pictures of a PDF show, in words, for those who don't see them."""

    def below(node):
        node = node.get_object()
        if isinstance(node, list):
            return [words for one in node for words in below(one)]
        if not isinstance(node, dict):
            return []
        own = [str(node["/Alt"])] if "/Alt" in node else []
        return own + (below(node["/K"]) if "/K" in node else [])

    return below(opened(made).trailer["/Root"]["/StructTreeRoot"])


def text_of(made):
    """Return all words in a PDF."""
    return "\n".join(page.extract_text() for page in opened(made).pages)


def sheet_of(made):
    """Return a DOCX as it is read."""
    return docx.Document(BytesIO(made))


def words_of(made):
    """Return all words in a DOCX: those in tables last."""
    sheet = sheet_of(made)
    rows = [row for table in sheet.tables for row in table.rows]
    cells = [cell.text for row in rows for cell in row.cells]
    return "\n".join([*(one.text for one in sheet.paragraphs), *cells])
