"""A result and the sources."""

import pytest
from django.utils import translation

from kaeden.data import queries as data
from kaeden.data.queries import ImportedSource
from kaeden.presentation import (
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


@pytest.mark.parametrize(
    ("scope", "says"),
    [
        ("dk", "Source: Uddannelsesstatistik.dk"),
        ("101", "Source: the municipality's own figures"),
        ("999", "Source: Fjordby's invented figures"),
    ],
)
def test_the_source_named_is_that_of_the_release_that_is_shown(scope, says):
    assert sources.attribution(["school-absence"], scope).startswith(says)
