from dataclasses import replace

import pytest

from kaeden.reports.document import Bullets, Heading, Paragraph, Shape, Table
from kaeden.reports.paper import pdf
from tests.builders.documents import EVERYTHING, opened, saying, text_of


@pytest.mark.parametrize(
    "words",
    [
        EVERYTHING.title,
        EVERYTHING.subtitle,
        EVERYTHING.footer,
        "Fravær",
        "Hvorfor nu?",
        "7 af 23 børn.",
        "Årets højeste.",
        "Følg op.",
        "Først det ene.",
        "Opmærksomhed",
        "Alle børn trives",
    ],
)
def test_all_that_is_in_the_document_is_on_the_paper(words):
    assert words in text_of(pdf(EVERYTHING))


def test_it_can_be_read_aloud_in_danish():
    root = opened(pdf(EVERYTHING)).trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("da")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_it_says_which_standards_it_keeps_to():
    about = opened(pdf(EVERYTHING)).xmp_metadata.stream.get_data().decode()

    assert "<pdfuaid:part>1</pdfuaid:part>" in about
    assert "<pdfaid:part>2</pdfaid:part>" in about
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in about


def test_the_same_document_gives_the_same_bytes():
    assert pdf(EVERYTHING) == pdf(replace(EVERYTHING))


def test_it_is_one_sheet_of_a4():
    [page] = opened(pdf(EVERYTHING)).pages

    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)


def test_a_slide_is_wide():
    page = opened(pdf(replace(EVERYTHING, shape=Shape.SLIDE))).pages[0]

    assert round(page.mediabox.width / page.mediabox.height, 2) == 1.78


@pytest.mark.parametrize(
    "text",
    [
        "#panic() *fed* $x^2$ `kode` <mærke> @navn \\ // note",
        '"]) #read("/etc/passwd")',
        "= Ikke en overskrift",
    ],
)
def test_what_people_write_is_shown_and_never_obeyed(text):
    assert text in text_of(pdf(saying(text)))


def test_a_sign_that_the_fonts_do_not_have_is_a_dot():
    assert "Godt gået ·!" in text_of(pdf(saying("Godt gået \N{GRINNING FACE}!")))


@pytest.mark.parametrize(
    "part",
    [Bullets(()), Table(("Mål",), ()), Paragraph(""), Heading("Mål: “æøå”")],
)
def test_what_is_empty_can_be_printed(part):
    assert opened(pdf(replace(EVERYTHING, subtitle="", parts=(part,)))).pages
