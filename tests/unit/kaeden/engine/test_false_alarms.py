"""What the kept figures on false alarms say, and that they are of today's engine."""

import json
from dataclasses import asdict

import pytest

from kaeden.engine import own
from kaeden.engine.false_alarms import (
    FEW,
    KEPT,
    Rate,
    RuleName,
    Size,
    World,
    false_alarms,
    from_json,
)

OTHERS = [rule for rule in RuleName if rule is not RuleName.OURS]
DANISH = World(
    countries=1,
    towns=98,
    units=20,
    indicators=5,
    fewest_years=5,
    most_years=8,
    fewest_children=12,
    most_children=60,
    child_sd=0.6,
    unit_share=0.04,
    town_share=0.01,
    changed=0.1,
    decimals=2,
)


def test_the_figures_are_of_the_recipe_in_use():
    assert false_alarms().engine == own.METHOD, "run: python -m bench.calibration"


def test_figures_are_read_as_they_were_written():
    kept = json.loads(KEPT.read_text(encoding="utf-8"))

    assert json.loads(json.dumps(asdict(from_json(kept)))) == kept


def test_variances_between_follow_from_the_shares_of_the_whole():
    whole = 0.36 / 0.95

    assert DANISH.unit_sd**2 == pytest.approx(0.04 * whole)
    assert DANISH.town_sd**2 == pytest.approx(0.01 * whole)


def test_a_rate_of_nothing_is_none_and_its_error_is_large():
    assert Rate(count=0, of=0).share == 0
    assert Rate(count=0, of=0).error > 0.3


def test_a_rate_that_never_happened_still_has_an_error():
    never = Rate(count=0, of=998)

    assert never.share == 0
    assert 0.0005 < never.error < 0.002


def test_our_signals_seldom_cry_wolf():
    assert false_alarms().of(RuleName.OURS).false_alarms.share < FEW / 5


@pytest.mark.parametrize("rule", OTHERS)
def test_the_others_cry_wolf_many_times_as_often(rule):
    ours = false_alarms().of(RuleName.OURS).false_alarms

    assert false_alarms().of(rule).false_alarms.share > 10 * ours.share


@pytest.mark.parametrize("rule", OTHERS)
@pytest.mark.parametrize("size", [Size.ONE, Size.TWO])
def test_made_equally_strict_they_find_no_more_than_our_signals(rule, size):
    ours = false_alarms().of(RuleName.OURS).found_at_our_rate[size]
    theirs = false_alarms().of(rule).found_at_our_rate[size]

    assert theirs.share <= ours.share


@pytest.mark.parametrize("rule", OTHERS)
@pytest.mark.parametrize("size", list(Size))
def test_with_five_in_a_hundred_false_they_find_no_more_than_our_tests(rule, size):
    ours = false_alarms().of(RuleName.OURS).found_at_few[size]
    theirs = false_alarms().of(rule).found_at_few[size]

    assert theirs.share <= ours.share + 2 * (ours.error + theirs.error)


def test_nearly_all_that_our_signals_say_of_large_changes_is_right():
    assert false_alarms().of(RuleName.OURS).right[Size.TWO].share > 0.9
