"""The desk, a result and the sources."""

import pytest
from django.utils import translation

from kaeden.access.rules import Role
from kaeden.data import queries as data
from kaeden.data.queries import ImportedSource
from kaeden.dialogue.queries.assessments import Desk, Queue
from kaeden.organisation.models import Unit
from kaeden.presentation import (
    desk,
    result,
    sources,
)
from kaeden.shared.clock import now
from tests.builders.figures import (
    a_current_release,
    a_figure,
    a_town,
    a_unit,
    an_indicator,
)

pytestmark = pytest.mark.usefixtures("english")
ABSENCE = an_indicator()
RELEASE = a_current_release()
SOURCE = data.contract("schools")


def a_place(path="dk/999/schools/999001", kind="school", name="Nordskolen", **facts):
    parent = None
    parts = path.split("/")
    if len(parts) == 4:
        town = Unit(path="/".join(parts[:2]), code=parts[1], kind="municipality")
        town.name = "Fjordby"
        parent = Unit(path="/".join(parts[:3]), code=parts[2], kind="area", parent=town)
    return Unit(
        pk=7, path=path, code=parts[-1], kind=kind, name=name, parent=parent, **facts
    )


def a_desk(queue):
    area = a_place("dk/999/schools", "area", "schools")
    area.parent = Unit(path="dk/999", code="999", kind="municipality", name="Fjordby")
    return desk.build(Desk(role=Role.CHIEF_SCHOOLS, place=area, queue=queue), RELEASE)


@pytest.mark.parametrize(
    ("waiting", "assessed", "more"),
    [
        (1, 0, ""),
        (2, 0, "1 more waits; the strongest come first."),
        (4, 1, "3 more wait; the strongest come first. You have assessed 1 result."),
        (1, 2, "You have assessed 2 results."),
    ],
)
def test_a_chiefs_desk_says_what_waits_beyond_what_is_shown(waiting, assessed, more):
    figure = a_figure(signal="comparison", compared=1, difference=2.0, swing=1.0)

    page = a_desk(Queue(figures=(figure,), waiting=waiting, assessed=assessed))

    assert page.more == more
    assert (page.post, page.place) == ("Chief of schools", "Fjordby Municipality")
    assert page.waiting[0].mark.label == "Comparison"
    assert page.waiting[0].href == "/vurder/999001/school-absence/"


def test_a_signal_of_development_is_asked_about_as_one():
    figure = a_figure(signal="development", slope=1.0, slope_half=0.2, direction=1)

    page = a_desk(Queue(figures=(figure,), waiting=1, assessed=0))

    assert page.waiting[0].mark.label == "Development"


@pytest.mark.parametrize(
    ("unit", "code", "href"),
    [(a_unit(), "999001", "/institution/999001/"), (a_town(), "999", "/kommune/999/")],
)
def test_a_results_page_leads_back_to_its_place(unit, code, href):
    figure = a_figure(unit=unit)

    page = result.build(ABSENCE, figure, [figure], RELEASE)

    assert (page.code, page.crumbs[1].href) == (code, href)
    assert page.card.id == ABSENCE.id


def an_import(**changes):
    facts = {"import_id": 1, "source": "schools", "period": "2024/25", "rows": 2303}
    facts |= {"statuses": {"value": 9000, "missing": 120}, "quality": {}, "batch": "b"}
    facts |= {"imported_at": now(), "file_digest": "f"}
    return ImportedSource(**(facts | changes))


def test_a_source_shows_how_many_places_hold_a_number_and_why_others_do_not():
    (view,) = sources.build([SOURCE], [an_import()])

    assert (view.rows, view.period) == ("2,303", "2024/25")
    cells = {row.name: row.cells[0] for row in view.statuses.rows}
    assert len(cells) == 5
    assert (cells["a number"], cells["zero"]) == ("9,000", "0")


def test_a_source_that_is_not_imported_is_shown_all_the_same():
    (view,) = sources.build([SOURCE], [])

    assert (view.rows, view.period, view.statuses) == ("", "", None)


def test_each_source_of_a_page_is_named_once():
    line = sources.attribution(["school-absence", "exam-mark"])

    assert line == sources.attribution(["exam-mark"]) == str(SOURCE.attribution)
    assert sources.attribution([]) == ""


def test_sources_are_named_in_the_readers_language():
    with translation.override("da"):
        assert sources.attribution(["school-absence"]).startswith("Kilde: ")
