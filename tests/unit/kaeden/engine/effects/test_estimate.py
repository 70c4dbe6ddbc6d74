import numpy as np
import pytest

from kaeden.engine.effects.estimate import estimate
from kaeden.engine.effects.panel import figures_of
from kaeden.engine.effects.values import Comparison, Refusal, Refused, UnitYear
from kaeden.goals.indicator_parts import Direction
from tests.builders.staggered import planted

YEAR = 2016


def ask(data, *, n=None, direction=Direction.LOWER, begin=None, **options):
    """Ask for the effect in a planted table, the years as school years."""
    rows = [
        UnitYear(unit=f"u{unit:02}", year=YEAR + year, value=value, n=n and n(unit))
        for (unit, year), value in np.ndenumerate(data.value)
        if np.isfinite(value)
    ]
    began = {
        f"u{unit:02}": YEAR + int(first)
        for unit, first in enumerate(data.first)
        if np.isfinite(first)
    }
    some = dict(list(began.items())[:begin])
    return estimate(rows, some, direction=direction, draws=499, **options)


@pytest.fixture(scope="module")
def data():
    return planted(np.random.default_rng(3), effect=-2.0)


@pytest.fixture(scope="module")
def effect(data):
    return ask(data)


def test_the_effect_has_its_interval_and_what_it_was_compared_with(effect):
    assert effect.low < effect.effect < effect.high < 0
    assert (effect.adopting, effect.comparison) == (7, Comparison.NOT_YET)
    assert effect.comparing >= 17
    assert effect.years == (2016, 2023)
    assert effect.p_value < 0.05


def test_less_of_what_should_fall_is_better_and_no_judgement_says_nothing(data, effect):
    assert effect.verdict == 1
    assert ask(data, direction=Direction.HIGHER).verdict == -1
    assert ask(data, direction=Direction.NO_JUDGEMENT).verdict == 0


def test_what_chance_can_give_is_no_verdict():
    found = ask(planted(np.random.default_rng(5), effect=0.0))

    assert not found.is_certain
    assert found.verdict == 0
    assert found.breakdown == 0.0


def test_the_same_figures_give_the_same_numbers_and_others_another_digest(data, effect):
    assert ask(data) == effect
    assert ask(data, begin=6).digest != effect.digest


def test_years_before_and_after_the_start_are_measured_from_the_year_before_it(effect):
    years = [one.years_since for one in effect.events]

    assert -1 not in years
    assert min(years) < 0 < max(years)
    assert all(one.low <= one.effect <= one.high for one in effect.events)


def test_the_imputation_estimate_stands_beside(effect):
    assert "Borusyak" in effect.second.method
    assert effect.second.effect == pytest.approx(effect.effect, abs=1.0)
    assert effect.second.standard_error > 0


def test_how_strong_a_hidden_difference_must_be_is_told(effect):
    assert effect.breakdown > 0
    assert ask(planted(np.random.default_rng(3), effect=-9.0)).breakdown > (
        effect.breakdown
    )


def test_each_unit_that_began_has_its_own_effect(effect):
    assert [one.unit for one in effect.units] == [f"u{unit:02}" for unit in range(7)]
    assert np.mean([one.effect for one in effect.units]) == pytest.approx(effect.effect)


def test_units_count_by_their_children_where_all_are_known(data, effect):
    weighed = ask(data, n=lambda unit: 10.0 + 40 * (unit == 0))

    assert weighed.by_children
    assert not effect.by_children
    assert weighed.effect != effect.effect


def test_one_unit_without_children_known_lets_all_count_alike(data, effect):
    found = ask(data, n=lambda unit: 20.0 if unit else None)

    assert not found.by_children
    assert found.effect == effect.effect


@pytest.mark.parametrize("begin", [0, 1, 4])
def test_fewer_than_five_that_began_is_refused_with_the_number(data, begin):
    assert ask(data, begin=begin) == Refused(
        why=Refusal.TOO_FEW_ADOPTING, number=begin, needed=5
    )


def test_five_that_began_are_enough(data):
    assert ask(data, begin=5).adopting == 5


def test_without_years_before_the_start_there_is_no_effect(data):
    late = data._replace(value=np.where(np.arange(8) < 6, np.nan, data.value))

    assert ask(late).why is Refusal.TOO_FEW_YEARS_BEFORE


def test_without_years_after_the_start_there_is_no_effect(data):
    early = data._replace(value=np.where(np.arange(8) > 3, np.nan, data.value))

    found = ask(early)

    assert found.why is Refusal.TOO_FEW_YEARS_AFTER
    assert found.number < 5


def test_where_all_began_at_once_there_is_nobody_to_compare_with(data):
    together = data._replace(first=np.full(24, 4.0))

    assert ask(together) == Refused(why=Refusal.NO_COMPARISON, number=0, needed=5)


def test_a_unit_that_can_not_be_compared_is_left_out_and_counted():
    data = planted(np.random.default_rng(6), units=30, begin=8)
    data.first[0] = 0.0

    found = ask(data)

    assert found.adopting == 7
    assert sum(found.left_out.values()) == 1


def test_with_one_year_before_the_development_before_can_not_be_judged():
    data = planted(np.random.default_rng(7), periods=6)
    data = data._replace(first=np.where(np.isfinite(data.first), 1.0, np.inf))

    found = ask(data)

    assert found.before_p is None
    assert found.breakdown is None


def test_with_a_year_of_anticipation_the_year_before_the_start_is_no_base(data):
    found = ask(data, anticipation=1)

    assert -1 in [one.years_since for one in found.events]
    assert found.breakdown is None


def test_figures_in_any_order_are_the_same_figures():
    rows = [UnitYear(unit=u, year=y, value=1.0) for u in "ab" for y in (2020, 2021)]

    assert figures_of(rows, {"a": 2021}).digest == (
        figures_of(rows[::-1], {"a": 2021}).digest
    )
