import pytest

from kaeden.engine.model_results import LevelShare
from kaeden.publication.model_rules import (
    EXAMPLE_LIMITS,
    FEWEST_FOR_A_DECIMAL,
    FEWEST_FOR_A_SPREAD,
    FEWEST_UNITS,
    TOO_FEW_UNITS,
    UNIT_NUMBERS,
    in_lots,
    protect_model,
    protect_unit,
)
from kaeden.publication.rules import Limits
from tests.builders.figures import a_model_result, a_unit_result

FIVE, TEN = (Limits(minimum_group=limit, decimals=1) for limit in (5, 10))


def a_share(level, groups, **changes):
    facts = {"share": 0.5, "low": 0.4, "high": 0.6}
    return LevelShare(level=level, groups=groups, **(facts | changes))


@pytest.mark.parametrize(("n", "limits"), [(4, FIVE), (1, FIVE), (9, TEN)])
def test_a_unit_under_the_limit_leaves_with_no_number_at_all(n, limits):
    left = protect_unit(a_unit_result(n=n), limits)

    assert (left["status"], left["reliability"]) == ("hidden", "")
    assert [left[name] for name in UNIT_NUMBERS] == [None] * len(UNIT_NUMBERS)


def test_a_unit_at_the_limit_is_shown():
    left = protect_unit(a_unit_result(n=5), FIVE)

    assert (left["status"], left["n"], left["raw"], left["fair"]) == (
        *("value", 5, 3.8, 3.7),
    )


def test_neither_spread_nor_gradient_of_few_children_leaves():
    few = protect_unit(a_unit_result(n=FEWEST_FOR_A_SPREAD - 1), FIVE)
    enough = protect_unit(a_unit_result(n=FEWEST_FOR_A_SPREAD), FIVE)

    names = ("spread", "gradient", "gradient_low", "gradient_high")
    assert [few[name] for name in names] == [None] * 4
    assert [enough[name] for name in names] == [0.6, 0.1, 0.02, 0.18]


def test_a_raw_mean_of_few_has_no_more_decimals_than_its_indicator():
    few = protect_unit(a_unit_result(n=FEWEST_FOR_A_DECIMAL - 1, raw=3.7777), FIVE)
    many = protect_unit(a_unit_result(n=FEWEST_FOR_A_DECIMAL, raw=3.7777), FIVE)

    assert (few["raw"], many["raw"]) == (3.8, 3.78)


def test_an_interval_is_rounded_outwards_and_a_reliability_to_its_class():
    left = protect_unit(a_unit_result(low=3.619, high=3.781, reliability=0.6), FIVE)

    assert (left["low"], left["high"], left["reliability"]) == (3.61, 3.79, "medium")


def test_shares_leave_whole_or_not_at_all():
    outer = a_share("institution", FEWEST_UNITS - 1)
    few = protect_model(a_model_result(shares=(outer, a_share("child", 90))), FIVE)
    enough = a_share("institution", FEWEST_UNITS)
    told = protect_model(a_model_result(shares=(enough, a_share("child", 90))), FIVE)

    assert (few.shares, few.why_no_shares) == ((), TOO_FEW_UNITS)
    assert ([one.level for one in told.shares], told.why_no_shares) == (
        ["institution", "child"],
        "",
    )


def test_a_share_without_an_interval_is_shown_without_one():
    share = a_share("child", 90, low=None, high=None)
    (left,) = protect_model(a_model_result(shares=(share,)), FIVE).shares

    assert (left.share, left.low, left.high) == (0.5, None, None)


def test_no_count_of_children_is_told_more_finely_than_in_tens():
    outer = a_share("institution", 12)
    found = a_model_result(
        rows=2338,
        left_out={"wellbeing": 3, "language": 0},
        shares=(outer, a_share("child", 2338)),
    )
    left = protect_model(found, FIVE)

    assert (left.rows, left.left_out) == (2340, {"wellbeing": 10, "language": 0})
    assert [one.groups for one in left.shares] == [12, 2340]


def test_a_coefficient_leaves_with_its_interval_and_no_degrees_of_freedom():
    (left,) = protect_model(a_model_result(), FIVE).coefficients

    assert (left.column, left.estimate, left.low, left.high) == (
        *("parents_education", 0.03, 0.01, 0.05),
    )
    assert not hasattr(left, "df")


def test_a_worked_example_is_told_in_whole_points():
    left = protect_unit(a_unit_result(raw=514.26, fair=513.26, n=30), EXAMPLE_LIMITS)

    assert (left["raw"], left["fair"]) == (514.0, 513.3)


@pytest.mark.parametrize(("count", "told"), [(0, 0), (1, 10), (14, 10), (16, 20)])
def test_a_few_are_one_lot(count, told):
    assert in_lots(count) == told
