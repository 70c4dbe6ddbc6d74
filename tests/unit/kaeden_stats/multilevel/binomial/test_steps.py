"""What readings of the rows add up to, against counts and against all of Z."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from kaeden_stats.multilevel._summed import wanted
from kaeden_stats.multilevel.binomial import _passes, _steps
from kaeden_stats.multilevel.binomial._arranged import arranged
from kaeden_stats.multilevel.binomial._counted import Counted
from kaeden_stats.multilevel.binomial._counts import counted
from kaeden_stats.multilevel.binomial._laplace import laplace
from kaeden_stats.multilevel.binomial._passes import Passes, arranged_rows
from kaeden_stats.multilevel.binomial._quadrature import quadrature
from kaeden_stats.multilevel.binomial._rows import Rows
from tests.builders.measured import measured
from tests.plain.logistic_model import laplace_deviance, marginal_deviance

FIXED = ["prior", "hours"]
BETA = np.array([-0.2, 0.5, 0.3])
NESTED = (
    np.array([[0.7, 0.0], [0.3, 0.5]]),
    np.array([[0.4, 0.0, 0.0], [-0.1, 0.2, 0.0], [0.1, 0.1, 0.3]]),
)
INTERCEPT = (np.array([[0.9]]),)
SLOPES = {"school": ["prior"], "area": ["C(choice)"]}


def both(levels, slopes, nodes=1):
    """Return the same model from readings and from counts."""
    table = measured()
    asked = wanted("passed", [*FIXED, "C(choice)"], levels)
    words = {"fixed": FIXED, "slopes": slopes, "uncorrelated": ()}
    rows = Rows(table, asked)
    looked = rows.look()
    made, design = arranged_rows(rows, looked, **words)
    ask = partial(quadrature, nodes=nodes) if nodes > 1 else laplace
    held = Counted(cells=arranged(counted(table, asked), **words).cells, ask=ask)
    return Passes(rows, looked, made, design, nodes), held


@pytest.fixture(scope="module")
def nested():
    return both(["area", "school"], SLOPES)


@pytest.fixture(scope="module")
def alone():
    return both(["school"], {})


def first(problem, factors, near=None, beta=BETA):
    return next(problem.at([(beta, factors)], near))


@pytest.mark.parametrize(
    ("levels", "slopes", "factors", "nodes"),
    [
        (["area", "school"], SLOPES, NESTED, 1),
        (["school"], {}, INTERCEPT, 1),
        (["school"], {}, (np.zeros((1, 1)),), 1),
        (["school"], {}, INTERCEPT, 7),
        (["school"], {}, (np.zeros((1, 1)),), 7),
    ],
)
def test_deviance_and_slope_are_those_of_counts(levels, slopes, factors, nodes):
    read, held = (first(one, factors) for one in both(levels, slopes, nodes))

    assert read.value == pytest.approx(held.value, rel=1e-13)
    assert read.by_beta == pytest.approx(held.by_beta, abs=1e-9)
    for one, other in zip(read.by_sigma, held.by_sigma, strict=True):
        assert one == pytest.approx(other, rel=1e-9, abs=1e-9)
    for one, other in zip(read.mode.standard, held.mode.standard, strict=True):
        assert one == pytest.approx(other, abs=2e-10)


def test_what_is_known_at_the_start_is_that_of_counts(nested):
    read, held = (one.known((BETA, NESTED))[0] for one in nested)

    assert read == pytest.approx(held, rel=1e-10)


def test_nested_levels_with_slopes_are_integrated_out_as_by_hand(nested):
    table = measured()
    numbers = table.select("prior", "hours").to_numpy()
    x = np.column_stack(
        [np.ones(len(table)), (numbers - numbers.mean(0)) / numbers.std(0)]
    )
    music, sport = (
        (table["choice"] == one).cast(float).to_numpy() for one in ("music", "sport")
    )
    dummies = [(one - one.mean()) / one.std() for one in (music, sport)]
    sigma = [factor @ factor.T for factor in NESTED]
    effects = [
        (x[:, :2], table["school"].to_numpy(), sigma[0]),
        (np.column_stack([x[:, 0], *dummies]), table["area"].to_numpy(), sigma[1]),
    ]

    assert first(nested[0], NESTED).value == pytest.approx(
        laplace_deviance(table["passed"].to_numpy(), x, effects, BETA), abs=1e-9
    )


def test_quadrature_adds_up_to_the_integral():
    table = measured()
    numbers = table.select("prior", "hours").to_numpy()
    x = np.column_stack(
        [np.ones(len(table)), (numbers - numbers.mean(0)) / numbers.std(0)]
    )
    y, group = table["passed"].to_numpy(), table["school"].to_numpy()

    found = first(both(["school"], {}, 25)[0], INTERCEPT)

    assert found.value == pytest.approx(
        marginal_deviance(y, x, group, BETA, 0.9), abs=1e-8
    )


def test_a_place_near_by_is_reached_in_two_readings(nested):
    read, _held = nested
    here = first(read, NESTED)
    before = read.readings

    there = first(read, NESTED, here.mode, BETA + 1e-3)

    assert read.readings - before == 2
    assert there.value == pytest.approx(
        first(read, NESTED, beta=BETA + 1e-3).value, rel=1e-13
    )


def test_several_places_share_their_readings(nested):
    read, _held = nested
    places = [(BETA + 1e-3 * shift, NESTED) for shift in range(6)]
    alone = [first(read, NESTED, beta=beta).value for beta, _factors in places]
    before = read.readings

    together = [one.value for one in read.at(places, None)]

    assert together == alone
    assert read.readings - before < 8


def test_places_that_there_is_no_room_for_together_are_read_apart(nested, monkeypatch):
    read, _held = nested
    places = [(BETA + shift, NESTED) for shift in (0.0, 0.1)]
    together = [one.value for one in read.at(places, None)]
    monkeypatch.setattr(_passes, "ROOM", 1)

    assert [one.value for one in read.at(places, None)] == together


def test_the_mode_is_found_from_afar(alone):
    read, _held = alone
    here = first(read, INTERCEPT)
    afar = replace(here.mode, effect=here.mode.effect + 30.0)

    found = first(read, INTERCEPT, afar)

    assert found.value == pytest.approx(here.value, rel=1e-12)


def test_the_way_to_the_mode_ends_in_time(alone, monkeypatch):
    monkeypatch.setattr(_steps, "STEPS", 1)

    assert first(alone[0], INTERCEPT).mode.effect.any()
