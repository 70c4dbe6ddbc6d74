import pytest

from kaeden.engine.effects.matched import NEIGHBOURS, matched
from kaeden.engine.effects.values import Refusal, UnitYear


def town(*, begin=6, others=12, effect=2.0):
    """Units on a line of conditions; their trend follows it, and six gain by a practice."""
    units = [f"u{n:02}" for n in range(begin + others)]
    conditions = {u: (float(n % 6),) for n, u in enumerate(units)}
    began = dict.fromkeys(units[:begin], 2022)
    figures = [
        UnitYear(
            unit=u,
            year=year,
            value=10
            + conditions[u][0] * (year - 2020)
            + effect * (u in began and year >= 2022),
        )
        for u in units
        for year in range(2020, 2024)
    ]
    return figures, began, conditions


def test_those_alike_show_what_would_have_come_anyhow():
    found = matched(*town(others=36))

    assert found.effect == pytest.approx(2.0, abs=0.35)
    assert found.standard_error >= 0


def test_fewer_than_five_that_began_are_refused():
    assert matched(*town(begin=4)).why is Refusal.TOO_FEW_ADOPTING


def test_too_few_to_compare_with_are_refused():
    found = matched(*town(others=4))

    assert (found.why, found.number) == (Refusal.NO_COMPARISON, NEIGHBOURS - 1)


def test_a_unit_without_figures_before_its_start_does_not_count():
    figures, began, conditions = town(begin=5)

    found = matched(figures, began | {"u00": 2020}, conditions)

    assert (found.why, found.number) == (Refusal.TOO_FEW_ADOPTING, 4)
