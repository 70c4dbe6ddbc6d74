"""A brief is one page, whatever is on it."""

from dataclasses import replace

import pytest

from kaeden.presentation.brief import BriefView, Words, shortened
from kaeden.presentation.charts.curve import CurveData, CurvePoint, draw_curve
from kaeden.presentation.numbers import Form
from kaeden.reports.briefs import sheet, slide
from kaeden.reports.document import Shape
from kaeden.reports.paper import pdf
from tests.builders.documents import opened, text_of, told_of_pictures

CURVE = draw_curve(
    CurveData(
        title="Fravær i procent – lavere er bedre",
        form=Form(unit="%"),
        points=tuple(
            CurvePoint(label=f"20{n}/{n + 1}", value=6.0 + n / 20, low=5.5, high=7.9)
            for n in range(16, 26)
        ),
    )
)
VIEW = BriefView(
    title="Alle elever er i skole og er en del af fællesskabet.",
    subtitle="Nordskolen, november 2026",
    aim="",
    result=("Eleverne er væk 6,5 % af dagene.", "Udvikling: Ingen sikker ændring."),
    meanings=(Words(who="Hos os", words="Klasselæreren ringer hjem."),),
    tries=("Morgensang hver dag.",),
    curve=CURVE,
    signal="",
    caveat="Små tal svinger.",
    footer="Fjordby er opdigtet.",
)
LONG = "Ord, der bliver ved og ved, fordi nogen havde meget på hjerte den dag. " * 15
FULL = replace(
    VIEW,
    title="Et mål med " + "mange ord " * 22,
    result=(LONG[:280], *[LONG[:120]] * 3),
    aim=LONG[:90],
    meanings=tuple(Words(who="Børne- og ungedirektør", words=LONG) for _n in range(3)),
    tries=(LONG[:600],) * 4,
    signal=LONG[:280],
    caveat=LONG[:300],
    footer=LONG[:300],
)
EMPTY = replace(VIEW, result=("Intet tal.",), meanings=(), tries=(), curve=None)
EMPTY = replace(EMPTY, caveat="")


@pytest.mark.parametrize("view", [VIEW, FULL, EMPTY], ids=["usual", "full", "empty"])
@pytest.mark.parametrize("paper", [sheet, slide])
def test_it_is_exactly_one_page(paper, view):
    assert len(opened(pdf(paper(view))).pages) == 1


@pytest.mark.parametrize(("paper", "size"), [(sheet, (210, 297)), (slide, (320, 180))])
def test_it_has_the_size_of_a_sheet_or_of_a_screen(paper, size):
    box = opened(pdf(paper(VIEW))).pages[0].mediabox

    assert (
        tuple(round(float(one) / 72 * 25.4) for one in (box.width, box.height)) == size
    )


@pytest.mark.parametrize("paper", [sheet, slide])
def test_it_says_the_goal_the_result_what_it_means_and_what_is_tried(paper):
    text = " ".join(text_of(pdf(paper(VIEW))).split())

    said = (VIEW.title, *VIEW.result, "Klasselæreren ringer hjem.", *VIEW.tries)
    assert [one for one in said if one not in text] == []


@pytest.mark.parametrize("paper", [sheet, slide])
def test_the_curve_is_told_in_words_to_those_who_do_not_see_it(paper):
    assert [CURVE.summary in one for one in told_of_pictures(pdf(paper(VIEW)))] == [
        True
    ]


def test_what_nobody_has_written_is_something_to_talk_about():
    text = text_of(pdf(sheet(EMPTY))).replace("\n", " ")

    assert "Tal om det: Hvad betyder det hos os?" in text
    assert "Tal om det: Hvad prøver vi" in text


def test_a_slide_has_no_notes_of_what_can_not_be_read_from_the_back():
    assert slide(VIEW).shape is Shape.SLIDE
    assert VIEW.caveat not in text_of(pdf(slide(VIEW)))


def test_long_words_are_cut_between_words():
    assert shortened("kort", 10) == "kort"
    assert shortened("noget, der er for langt", 15) == "noget, der er…"
