import math
from dataclasses import replace

import numpy as np
import pytest

from kaeden.engine.effects.values import Refusal, Refused
from kaeden.engine.synthesis import Column, Fit, LeftOut, foretell
from kaeden_stats.synthesis import random_effects
from tests.builders.foretold import a_context, a_place, places

GAINS = (-2.0, -1.0, -0.5, -1.5, 0.2, -0.8)


def alike(gains=GAINS, **facts):
    return [a_place(i, gain=gain, **facts) for i, gain in enumerate(gains)]


def match(told, column):
    return next(one for one in told.matches if one.column is column)


def test_fewer_than_five_places_foretell_nothing_and_the_number_is_told():
    assert foretell(alike(GAINS[:4]), a_context()) == Refused(
        why=Refusal.TOO_FEW_ADOPTING, number=4, needed=5
    )


@pytest.mark.parametrize("error", [0.0, math.nan, math.inf])
def test_a_place_without_an_error_does_not_count(error):
    odd = a_place(9, error=error)

    assert foretell([*alike(GAINS[:4]), odd], a_context()).number == 4
    told = foretell([*alike(), odd], a_context())
    assert (told.places, told.unusable) == (6, 1)


def test_without_differences_in_context_it_is_the_random_effects_forecast():
    told = foretell(alike(), a_context())

    plain = random_effects(GAINS, [0.25] * 6).forecast(level=0.9)
    assert (told.mean, told.low, told.high) == pytest.approx(
        (plain.mean, plain.expected_low, plain.expected_high)
    )
    assert (told.mean_low, told.mean_high) == pytest.approx((plain.low, plain.high))
    assert told.left_out == dict.fromkeys(Column, LeftOut.SAME_EVERYWHERE)
    assert told.weighed == ()


def test_the_interval_of_one_place_is_wider_than_that_of_the_mean():
    told = foretell(alike(), a_context())

    assert told.low < told.mean_low < told.mean < told.mean_high < told.high


def test_a_column_takes_part_only_where_it_is_known_and_differs():
    there = [replace(one, context=a_context(size=None)) for one in alike()]

    told = foretell(there, a_context(earlier=None, form=""))

    assert told.left_out == {
        Column.SIZE: LeftOut.NOT_KNOWN_THERE,
        Column.EARLIER: LeftOut.NOT_KNOWN_HERE,
        Column.FORM: LeftOut.NOT_KNOWN_HERE,
    }
    assert {one.fit for one in told.matches} == {Fit.NOT_KNOWN}


def test_size_carries_over_where_it_matters_and_is_drawn_towards_nothing():
    found = places(np.random.default_rng(7), 40, between=0.1, error=0.1, per_size=-1.0)

    small, large = (foretell(found, a_context(size=size)) for size in (150, 700))

    assert large.mean < small.mean - 1
    adds = {one.column: one.adds for one in large.weighed}
    assert -1.3 < adds[Column.SIZE] < -0.7
    assert abs(adds[Column.EARLIER]) < 0.1


def test_a_place_among_the_others_is_told_so_with_their_range():
    sizes = [100, 200, 300, 400, 500, 600]
    there = [a_place(i, size=size) for i, size in enumerate(sizes)]

    told = match(foretell(there, a_context(size=300)), Column.SIZE)

    assert (told.fit, told.beyond) == (Fit.AMONG, 0)
    assert told.here == pytest.approx(300)
    assert 100 < told.low < 200
    assert 500 < told.high < 600
    assert told.alike == 4


@pytest.mark.parametrize(
    ("size", "fit"),
    [(110, Fit.AT_THE_EDGE), (600, Fit.AT_THE_EDGE), (601, Fit.OUTSIDE)],
)
def test_a_place_at_the_edge_or_outside_is_told_so(size, fit):
    sizes = [100, 200, 300, 400, 500, 600]
    there = [a_place(i, size=one) for i, one in enumerate(sizes)]

    told = foretell(there, a_context(size=size))

    assert match(told, Column.SIZE).fit is fit
    assert told.is_outside is (fit is Fit.OUTSIDE)


def test_how_far_outside_is_counted_in_the_others_standard_deviations():
    there = [a_place(i, earlier=level) for i, level in enumerate([4, 6, 4, 6, 4, 6])]

    assert match(foretell(there, a_context(earlier=9)), Column.EARLIER).beyond == 3
    below = foretell(there, a_context(earlier=3))
    assert match(below, Column.EARLIER).beyond == 1


def test_where_all_others_are_the_same_another_is_outside():
    told = match(foretell(alike(earlier=5.0), a_context(earlier=6.0)), Column.EARLIER)

    assert (told.fit, told.beyond) == (Fit.OUTSIDE, 1)


@pytest.mark.parametrize(
    ("of_the_form", "fit"), [(0, Fit.OUTSIDE), (1, Fit.AT_THE_EDGE), (2, Fit.AMONG)]
)
def test_a_form_is_known_by_how_many_others_have_it(of_the_form, fit):
    there = [
        a_place(i, form="Specialskole" if i < of_the_form else "Folkeskole")
        for i in range(6)
    ]

    told = match(foretell(there, a_context(form="Specialskole")), Column.FORM)

    assert (told.fit, told.alike) == (fit, of_the_form)


def test_a_context_unlike_the_others_makes_the_forecast_less_sure():
    found = places(np.random.default_rng(8), 20, per_size=-0.8)

    near, far = (foretell(found, a_context(size=size)) for size in (300, 3000))

    assert far.spread > 1.2 * near.spread


def test_municipalities_are_told_where_there_are_several_with_enough_places():
    here, there = alike(), alike(municipality="998")

    assert foretell(here, a_context()).municipalities == ()
    few = foretell([*here, *there[:4]], a_context()).municipalities
    assert [one.municipality for one in few] == ["999"]
    both = foretell([*here, *there], a_context()).municipalities
    assert [(one.municipality, one.places) for one in both] == [("998", 6), ("999", 6)]
    assert both[0].low < both[0].gain < both[0].high


def test_what_is_measured_is_expected_further_out_the_less_sure_it_is():
    told = foretell(alike(), a_context())

    assert told.around(0.0) == pytest.approx((told.low, told.high))
    low, high = told.around(1.0)
    assert low < told.low < told.high < high


def test_the_digest_is_of_places_and_context_in_any_order():
    first = foretell(alike(), a_context())

    assert foretell(alike()[::-1], a_context()).digest == first.digest
    assert foretell(alike(), a_context(size=401)).digest != first.digest
    assert foretell(alike(), a_context(), level=0.8).digest != first.digest
