"""What is planted in Fjordby's figures is found, and little else is."""

import pytest

from kaeden.chaincheck.queries import check
from kaeden.data.models import DataImport
from kaeden.demo.figures import truth
from kaeden.demo.practised import practised
from kaeden.engine.models import Run
from kaeden.publication import actions
from kaeden.publication.models import Figure, Release
from kaeden.shared.breaks import BreakKind
from tests.builders.fjordby import TODAY
from tests.docs.reading import read, rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]
PLANTED = {
    (one.unit, one.indicator): one.by for one in (*truth().changed, *truth().apart)
}
LIFTED = {
    (unit, one.indicator) for one in practised() if one.by for unit in one.adopted
}
"""Where a practice has truly moved something; those beside them truly lie apart then."""


@pytest.fixture
def newest():
    return Release.objects.latest("version")


def signals(release):
    rows = Figure.objects.filter(release=release, is_latest=True).exclude(signal="")
    return {(one.unit.code, one.indicator): one for one in rows.select_related("unit")}


def test_all_that_truly_changed_or_lies_apart_is_found_and_hardly_anything_else(newest):
    found = signals(newest)
    of_practices = {indicator for _unit, indicator in LIFTED}
    lifted = {place for place in found if place[1] in of_practices}

    assert PLANTED.keys() <= found.keys()
    assert len(found.keys() - PLANTED.keys() - lifted) <= 1


def test_where_a_practice_lifts_some_nobody_else_is_said_to_have_moved(newest):
    lifted = {indicator for _unit, indicator in LIFTED}
    moved = {
        place
        for place, figure in signals(newest).items()
        if place[1] in lifted and figure.direction
    }

    assert moved <= LIFTED


def test_what_is_found_goes_the_way_it_was_planted(newest):
    found = signals(newest)

    for one in truth().changed:
        figure = found[one.unit, one.indicator]
        assert figure.direction == (1 if one.by > 0 else -1)
        assert abs(figure.slope - one.by) < figure.slope_half * 1.5
    for one in truth().apart:
        assert found[one.unit, one.indicator].difference * one.by > 0


def test_the_figures_came_twice_and_each_time_a_release_was_made(newest):
    first, last = Release.objects.order_by("version")

    assert [one.run.scope for one in (first, last)] == ["999", "999"]
    assert 365 < (TODAY - first.made_at.date()).days < 380
    assert (TODAY - last.made_at.date()).days == 40
    assert max(first.figures.values_list("period", flat=True)) == "2024/25"
    assert max(last.figures.values_list("period", flat=True)) == "2025/26"
    states = DataImport.objects.filter(source="own_999").order_by("pk")
    assert [one.state for one in states] == ["superseded", "current"]


def test_its_releases_are_intact_and_its_engine_is_fast():
    for one in Release.objects.all():
        actions.verify(one)

    assert all(run.seconds < 5 for run in Run.objects.all())


def test_a_merged_school_is_carried_on_from_those_it_came_of(newest):
    def years(code):
        of = Figure.objects.filter(release=newest, indicator="school-absence")
        return sorted(of.filter(unit__code=code).values_list("period", flat=True))

    assert years("999004") == ["2024/25", "2025/26"]
    assert years("999011") == years("999012")
    assert years("999011")[-1] == "2023/24"


def test_one_goal_has_no_figures_and_results_wait_to_be_assessed():
    found = check(TODAY, "999").breaks
    stale = {o.about for o in found if o.kind is BreakKind.INDICATOR_WITHOUT_FRESH_DATA}

    assert stale == {"indicator:notifications-assessed-in-time"}
    assert any(one.kind is BreakKind.RESULT_NOT_ASSESSED for one in found)


def test_the_page_tells_the_planted_truth():
    page = read("docs/demo.md").split("## What is true in the figures")[1]
    page = page.split("## What is true in the rows")[0]
    rows = [row for row in rows_of(page) if row[1].startswith("`")]
    written = {
        (row[0].rsplit(" ", 1)[-1].strip("()"), row[1].strip("`")) for row in rows
    }

    assert written == PLANTED.keys()
    assert {row[2].split(" ")[0] for row in rows} == {
        f"{by:+g}".replace("-", "−") for by in PLANTED.values()
    }
