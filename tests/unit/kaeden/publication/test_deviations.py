"""An accepted deviation warns when its released figures have got worse."""

from datetime import date, timedelta

import pytest

from kaeden.goals.actions import following, writing
from kaeden.organisation.snapshot import all_chains
from kaeden.publication.deviations import breaks
from kaeden.shared.breaks import BreakKind
from kaeden.shared.clock import today
from tests.builders.figures import a_release, a_town_result
from tests.builders.goals import a_level, a_written_goal, acting, fjordby

pytestmark = pytest.mark.django_db


@pytest.fixture
def goal():
    fjordby()
    return a_written_goal(indicator="school-absence")


def accepted(goal, *, value=7.0, **wanted):
    target = following.set_target(
        goal, a_level(**wanted), unit=goal.unit, by=acting("udvalg")
    )
    return following.accept_deviation(
        target,
        reason="Ombygning",
        until=today() + timedelta(days=90),
        by=acting("direktor"),
        value=value,
    )


def released(value, indicator="school-absence", **facts):
    known = {"indicator": indicator, "period": "2024/25", "value": value}
    return a_release(a_town_result(**(known | facts)))


def found(on=None):
    day = on or today()
    return list(breaks(all_chains(day), day))


@pytest.mark.parametrize(
    ("figure", "is_worse"),
    [
        ({"value": 7.5}, True),
        ({"value": 7.0}, False),
        ({"value": 6.0}, False),
        ({"value": 7.5, "estimate": 7.5, "low": 7.2, "high": 7.8}, True),
        ({"value": 7.5, "estimate": 7.5, "low": 6.9, "high": 8.1}, False),
    ],
)
def test_it_warns_when_the_whole_interval_is_worse(figure, is_worse, goal):
    accepted(goal)
    released(**figure)

    assert bool(found()) is is_worse


def test_the_break_belongs_to_the_post_that_accepted_it(goal):
    deviation = accepted(goal)
    released(9.0)

    (one,) = found()
    assert one.kind is BreakKind.DEVIATION_WORSE
    assert (one.owner, one.about, one.unit) == ("direktor", "goal:en-ven", "999")
    assert one.path == f"/kommune/999/maaltal/{deviation.target_id}/"
    assert one.since == today()


def test_where_higher_is_better_lower_is_worse(goal):
    accepted(goal, indicator="exam-mark", value=7.0)
    deviation = goal.targets.get().deviations.get()
    assert not deviation.target.at_most

    released(6.5, indicator="exam-mark")

    assert len(found()) == 1


def test_without_a_figure_or_a_release_nothing_is_said(goal):
    assert found() == []
    accepted(goal)
    assert found() == []
    released(9.0, indicator="high-absence")
    assert found() == []


def test_a_release_of_a_later_day_says_nothing_of_an_earlier(goal):
    accepted(goal)
    released(9.0)

    assert found(on=date(2025, 1, 1)) == []


def test_what_has_ended_or_was_not_asked_about_is_not_told_of(goal):
    accepted(goal)
    released(9.0)

    assert list(breaks({}, today())) == []
    writing.end_goal(goal, by=acting("udvalg"))
    assert found() == []


def test_many_deviations_cost_the_same(goal, django_assert_num_queries):
    for year in ("2027/28", "2028/29", "2029/30"):
        accepted(goal, by_period=year)
    released(9.0)
    chains = all_chains(today())

    with django_assert_num_queries(5):
        assert len(list(breaks(chains, today()))) == 3
