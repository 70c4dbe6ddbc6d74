from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from django.utils import translation

from kaeden.dialogue.queries.pulse_results import (
    Agreed,
    Hanging,
    LevelResult,
    OwnLink,
    PulseResults,
    SideResult,
    TimePoint,
    TimeSeries,
)
from kaeden.dialogue.rules.pulse import Shown, Side, Strength, TimeLevel
from kaeden.presentation.pulse import LEVEL_NAMES, STRENGTHS, build


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


SEEN = Shown(mean=3.4, low=3.2, high=3.6)
TEAM = SideResult(
    side=Side.TEAM,
    mean=SEEN,
    agreed=Agreed(strength=Strength.STRONG, slight_skew=0.82, uniform=0.88),
    hanging=Hanging(single=0.11, mean=0.41, links=12),
    gap=Shown(mean=-0.6, low=-0.9, high=-0.3),
)
HIDDEN = SideResult(side=Side.LOWER, mean=None, agreed=None, hanging=None, gap=None)


def a_round(pk=1, quarter="2026-4"):
    return SimpleNamespace(pk=pk, quarter=quarter, closed_on=date(2026, 12, 1))


def a_series(*shares, direction=0, preliminary=False):
    return TimeSeries(
        level=TimeLevel.LEADERS,
        points=tuple(
            TimePoint(quarter=f"2026-{at}", share=share)
            for at, share in enumerate(shares, start=1)
        ),
        direction=direction,
        preliminary=preliminary,
    )


def a_page(**changes):
    known = {
        "municipality": None,
        "round": a_round(),
        "rounds": (a_round(),),
        "answered": 41,
        "asked": 63,
        "levels": (LevelResult(level=4, leaders=SEEN, led=(TEAM,)),),
        "own": None,
        "time": (),
    }
    return build(PulseResults(**(known | changes)))


def sides(page):
    return page.levels[0].sides


def with_team(**changes):
    level = LevelResult(level=4, leaders=None, led=(replace(TEAM, **changes),))
    return sides(a_page(levels=(level,)))[1]


def test_a_level_is_said_in_sentences_with_the_numbers_after():
    leaders, team = sides(a_page())

    assert (leaders.name, leaders.mean) == (
        "Those who lead",
        "3.4 of 5 (between 3.2 and 3.6)",
    )
    assert team.sentences == (
        "Those who are led see it 0.6 lower than who leads them (between 0.3 and 0.9).",
        "They agree well among themselves.",
    )
    assert (
        "0.82 against a slightly skewed null, 0.88 against a uniform" in team.details[0]
    )
    assert "Between 12 links: ICC(1) 0.11" in team.details[1]


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (Shown(mean=0.6, low=0.3, high=0.9), "0.6 higher than"),
        (Shown(mean=-0.1, low=-0.4, high=0.2), "No sure difference"),
        (Shown(mean=0.2, low=0.0, high=0.4), "No sure difference"),
    ],
)
def test_a_gap_is_claimed_only_outside_chance(gap, said):
    assert said in with_team(gap=gap).sentences[0]


@pytest.mark.parametrize("strength", Strength)
def test_every_strength_has_its_words(strength):
    agreed = Agreed(strength=strength, slight_skew=None, uniform=None)

    side = with_team(agreed=agreed, hanging=None)

    assert side.sentences[1] == str(STRENGTHS[strength])
    assert side.details == ()


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (None, "hidden: too few have answered"),
        (Shown(mean=4.8, low=None, high=None, end=1), "4.8 of 5 or more"),
        (Shown(mean=1.2, low=None, high=None, end=-1), "1.2 of 5 or less"),
    ],
)
def test_what_is_not_told_exactly_is_said_so(shown, said):
    assert (
        sides(a_page(levels=(LevelResult(level=4, leaders=shown, led=(TEAM,)),)))[
            0
        ].mean
        == said
    )


def test_levels_of_which_nothing_may_be_read_are_named_in_one_line():
    hidden = LevelResult(level=0, leaders=None, led=(HIDDEN,))
    also = LevelResult(level=1, leaders=None, led=())

    page = a_page(levels=(hidden, also))

    assert page.levels == ()
    assert page.hidden == (
        "Hidden, because too few have answered: The committee and the director; "
        "The director and those the director leads."
    )
    assert a_page().hidden == ""
    assert len(LEVEL_NAMES) == 6


def test_the_own_link_stands_beside_the_own_answer():
    page = a_page(own=OwnLink(own=4.25, led=(TEAM,)))

    assert page.own.sides[0].mean == "4.3 of 5"
    assert page.own.sides[1].name == "The teams"
    assert (
        a_page(own=OwnLink(own=None, led=(TEAM,))).own.sides[0].mean == "not answered"
    )


@pytest.mark.parametrize(
    ("series", "newest", "direction"),
    [
        (
            a_series(Shown(mean=38, low=29, high=47)),
            "38% (between 29 and 47)",
            "No sure change.",
        ),
        (
            a_series(Shown(mean=38, low=29, high=47), direction=1),
            "38% (between 29 and 47)",
            "It rises.",
        ),
        (
            a_series(Shown(mean=38, low=29, high=47), direction=-1),
            "38% (between 29 and 47)",
            "It falls.",
        ),
        (
            a_series(Shown(mean=5, low=None, high=None, end=-1)),
            "5% or less",
            "No sure change.",
        ),
        (
            a_series(Shown(mean=95, low=None, high=None, end=1)),
            "95% or more",
            "No sure change.",
        ),
        (a_series(None, preliminary=True), "hidden: too few have answered", ""),
    ],
)
def test_a_share_of_time_is_told_with_its_direction(series, newest, direction):
    (time,) = a_page(time=(series,)).time

    assert (time.newest, time.direction) == (newest, direction)
    assert time.points == (("quarter 1 of 2026", newest),)


def test_too_few_rounds_are_preliminary():
    shown = Shown(mean=38, low=29, high=47)

    (time,) = a_page(time=(a_series(shown, preliminary=True),)).time

    assert time.direction.startswith("Preliminary")


def test_other_rounds_can_be_reached_the_newest_first():
    rounds = (a_round(3, "2026-2"), a_round(2, "2026-3"), a_round())

    page = a_page(rounds=rounds)

    assert page.title == "The pulse, quarter 4 of 2026"
    assert page.answered == "41 of 63 have answered."
    assert [one.text for one in page.rounds] == [
        "quarter 3 of 2026",
        "quarter 2 of 2026",
    ]
    assert page.rounds[0].href == "/puls/resultat/2/"
    assert a_page(answered=5, asked=4).answered == "5 of 5 have answered."
