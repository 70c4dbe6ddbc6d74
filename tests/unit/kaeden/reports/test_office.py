from dataclasses import replace

import pytest
from docx.oxml.ns import qn

from kaeden.reports import office
from kaeden.reports.document import Shape, Table
from kaeden.reports.office import docx
from tests.builders.documents import EVERYTHING, saying, sheet_of, words_of


@pytest.mark.parametrize(
    ("words", "style"),
    [
        (EVERYTHING.title, "Title"),
        (EVERYTHING.subtitle, "Subtitle"),
        ("Fravær", "Heading 1"),
        ("Beslutninger", "Heading 2"),
        ("7 af 23 børn.\nÅrets højeste.", "Normal"),
        ("Følg op.", "List Bullet"),
        ("Først det ene.", "List Number"),
        ("Opmærksomhed", "Normal"),
    ],
)
def test_each_part_is_what_it_is_called(words, style):
    styles = {one.text: one.style.name for one in sheet_of(docx(EVERYTHING)).paragraphs}

    assert styles[words] == style


def test_a_table_has_its_rows_and_says_which_one_is_the_heading():
    [table] = sheet_of(docx(EVERYTHING)).tables

    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Mål", "Møder"],
        ["Alle børn trives", "3"],
    ]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_it_is_in_danish_and_says_what_it_is():
    sheet = sheet_of(docx(EVERYTHING))

    assert sheet.core_properties.language == "da-DK"
    assert sheet.core_properties.title == EVERYTHING.title
    assert sheet.core_properties.author == "Kæden"
    assert sheet.core_properties.created.date() == EVERYTHING.day
    assert sheet.sections[0].footer.paragraphs[0].text == EVERYTHING.footer
    assert {
        one.get(qn("w:val")) for one in sheet.styles.element.iter(qn("w:lang"))
    } == {"da-DK"}


@pytest.mark.parametrize(
    ("shape", "size"), [(Shape.A4, (210, 297)), (Shape.SLIDE, (320, 180))]
)
def test_it_has_its_size(shape, size):
    section = sheet_of(docx(replace(EVERYTHING, shape=shape))).sections[0]

    assert (round(section.page_width.mm), round(section.page_height.mm)) == size


def test_the_same_document_gives_the_same_bytes(monkeypatch):
    first = docx(EVERYTHING)
    monkeypatch.setattr("zipfile.time.time", lambda: 1.9e9)

    assert docx(EVERYTHING) == first


def test_signs_that_a_file_cannot_hold_are_left_out():
    assert "Fravær steg" in words_of(docx(saying("Fra\x00vær\x0b steg")))


def test_without_a_subtitle_and_a_caption_there_are_none():
    bare = replace(EVERYTHING, subtitle="", parts=(Table(("Mål",), (("Trivsel",),)),))

    assert words_of(docx(bare)) == f"{EVERYTHING.title}\n\nMål\nTrivsel"


def test_every_kind_of_part_can_be_written():
    assert {type(part) for part in EVERYTHING.parts} == set(office.WRITE)
