"""What is known of a practice's effect, in words."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from kaeden.engine.effects.values import Comparison, Refusal, Refused, Second
from kaeden.goals.indicators import Direction, Sector, catalogue
from kaeden.learning.cards import catalogue as cards
from kaeden.learning.queries.evidence import Known, Weighed
from kaeden.learning.rules.evidence import Rung
from kaeden.presentation.evidence import (
    WHY,
    build,
    build_all,
    in_short,
    refused,
    rung_words,
)
from tests.builders.evidence import ABSENCE, an_effect
from tests.builders.figures import an_indicator
from tests.builders.practices import TALKS


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def weighed(found, **changes):
    facts = {
        "practice": TALKS,
        "indicator": ABSENCE,
        "found": found,
        "drawn_by_lot": False,
        "release": 3,
        "snapshot": "s" * 64,
        "method": "staggered-effect@1",
        "digest": "d" * 64,
        "weighed_at": datetime(2026, 11, 24, tzinfo=UTC),
    }
    return Weighed(**(facts | changes))


def page(lot=False, **changes):
    found = weighed(an_effect(**changes), drawn_by_lot=lot)
    return build(an_indicator(), cards()[TALKS], "Fjordby Kommune", found)


def test_the_effect_comes_first_then_how_sure_it_is_and_whether_it_is_better():
    assert page().said == (
        "7 schools have used it and can be followed.",
        (
            "“Absence from school” has come to lie 0.8\N{NO-BREAK SPACE}percentage "
            "points lower, beside those that had not begun."
        ),
        (
            "With 95 per cent certainty the effect lies between −1.3 and −0.3"
            "\N{NO-BREAK SPACE}percentage points."
        ),
        "That is better, and more than chance usually gives.",
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"effect": 0.8, "low": 0.3, "high": 1.3}, "That is worse"),
        ({"low": -1.9, "high": 0.3}, "It can be chance"),
        ({"direction": Direction.NO_JUDGEMENT}, "That is more than chance"),
    ],
)
def test_the_verdict_follows_the_interval_and_the_direction(changes, said):
    assert page(**changes).said[-1].startswith(said)


def test_higher_is_said_as_higher_and_nothing_as_nothing():
    assert "higher" in page(effect=0.8, low=-0.3, high=1.9).said[1]
    assert "as it has where they had not begun" in page(effect=0.01).said[1]


def test_an_interval_without_an_end_says_so():
    assert "can't be said from so few" in page(low=-float("inf")).said[2]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "compared with 9 schools in Fjordby Kommune"),
        ({"comparison": Comparison.ALIKE}, "the 9 schools that are most like them"),
        ({}, "by their number of children"),
        ({"by_children": False}, "Units count alike"),
        ({}, "they developed alike"),
        ({"before_p": 0.01}, "developed differently already before"),
        ({"before_p": None}, "only one year before the start"),
        ({}, "if it is 1.4 times as large"),
        ({"breakdown": 10.0}, "more than ten times larger"),
        ({"breakdown": 0.0}, "need not be large"),
        ({"low": -1.9, "high": 0.2}, "need not be large"),
        ({"breakdown": None}, "takes more years before the start"),
        ({}, "Estimated in another way, the effect is −0.9"),
        (
            {"second": Second(method="m", effect=0.4, standard_error=0.1)},
            "The two do not agree",
        ),
        ({"left_out": {"why": 1}}, "One unit that has begun is left out"),
        ({"left_out": {"why": 2}}, "2 units that have begun are left out"),
    ],
)
def test_what_trust_rests_on_is_said(changes, said):
    assert said in " ".join(page(**changes).trust)


def test_without_a_second_estimate_nothing_is_said_of_it():
    assert "another way" not in " ".join(page(second=None).trust)


def test_what_it_can_not_show_is_said_unless_lots_decided_who_began():
    assert "chose themselves" in page().limits[0]
    assert "chose themselves" not in " ".join(page(lot=True).limits)


def test_the_numbers_say_where_they_come_from():
    assert "release 3 by staggered-effect@1" in page().method
    assert "dddddddddddd" in page().method


def test_the_picture_starts_at_nothing_in_the_year_before_the_start():
    points = page().chart.wide.points

    assert [one.label for one in points] == ["−2", "−1", "0", "+1"]
    assert points[1].low is None


def test_an_open_end_is_not_drawn():
    assert page().chart.wide.points[-1].low is None


@pytest.mark.parametrize("why", Refusal)
def test_every_refusal_says_how_many_there_are_and_how_many_it_takes(why):
    said = refused(Refused(why=why, number=4, needed=5), Sector.SCHOOL)

    assert "4 schools" in said
    assert "takes 5" in said


def test_every_refusal_has_its_sentence():
    assert set(WHY) == set(Refusal)


@pytest.mark.parametrize(
    ("sector", "said"),
    [(Sector.DAYCARE, "1 institution "), (Sector.SOCIAL, "1 unit ")],
)
def test_units_are_called_what_they_are(sector, said):
    found = Refused(why=Refusal.TOO_FEW_ADOPTING, number=1, needed=5)

    assert said in refused(found, sector)


def test_without_an_effect_the_page_says_why_and_draws_nothing():
    found = weighed(Refused(why=Refusal.TOO_FEW_ADOPTING, number=4, needed=5))

    view = build(an_indicator(), cards()[TALKS], "Fjordby Kommune", found)

    assert (view.said, view.chart) == ((), None)
    assert view.refused.startswith("No effect is estimated yet: 4 schools")


def test_what_was_never_estimated_says_so():
    assert in_short(an_indicator(), None) == "It has not been estimated yet."


def known(**changes):
    facts = {
        "by_indicator": {ABSENCE: weighed(an_effect())},
        "users": 7,
        "rung": Rung.COMPARED,
    }
    return Known(**(facts | changes))


def test_each_indicator_that_it_should_move_has_its_line():
    practice = cards()[TALKS]

    view = build_all(known(), practice, catalogue())

    assert [one.indicator for one in view.lines] == list(practice.indicators)
    line = next(one for one in view.lines if one.indicator == ABSENCE)
    assert line.has_effect
    assert "lower" in line.said
    assert "That is better" in line.said


def test_an_indicator_that_is_no_longer_there_has_no_line():
    assert build_all(known(), cards()[TALKS], {}).lines == ()


def test_the_ladder_marks_one_rung():
    view = build_all(known(), cards()[TALKS], catalogue())

    assert [one.name for one in view.rungs if one.is_here] == ["compared here"]
    assert rung_words(Rung.TRIAL) == "drawn by lot"


@pytest.mark.parametrize(
    ("users", "said"),
    [
        (0, "Nobody here has used it yet."),
        (1, "One unit here uses it or has used it."),
        (3, "3 units here use it or have used it."),
    ],
)
def test_those_who_use_it_are_counted(users, said):
    assert build_all(known(users=users), cards()[TALKS], catalogue()).users == said
