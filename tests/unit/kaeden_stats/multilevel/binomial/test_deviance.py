"""The deviance and its slope, against a model with one row per trial and all of Z."""

from functools import partial

import numpy as np
import pytest

from kaeden_stats.multilevel._summed import wanted
from kaeden_stats.multilevel.binomial import _mode
from kaeden_stats.multilevel.binomial._arranged import arranged
from kaeden_stats.multilevel.binomial._counts import counted
from kaeden_stats.multilevel.binomial._laplace import laplace
from kaeden_stats.multilevel.binomial._quadrature import quadrature
from tests.builders.passes import passes
from tests.plain.logistic_model import laplace_deviance, marginal_deviance

BETA = np.array([-0.2, 0.5, 0.3])
NESTED = (
    np.array([[0.7, 0.0], [0.3, 0.5]]),
    np.array([[0.4, 0.0, 0.0], [-0.1, 0.2, 0.0], [0.1, 0.1, 0.3]]),
)
INTERCEPT = (np.array([[0.9]]),)


def ready(levels, slopes):
    terms = ["prior", *(term for one in slopes.values() for term in one)]
    counts = counted(passes(), wanted("passed", terms, levels))
    fixed = ["prior", "prior:prior"]
    return arranged(counts, fixed=fixed, slopes=slopes, uncorrelated=())


@pytest.fixture(scope="module")
def nested():
    slopes = {"school": ["prior"], "authority": ["C(choice)"]}
    return ready(["authority", "school"], slopes)


@pytest.fixture(scope="module")
def alone():
    return ready(["school"], {})


def start(cells):
    return tuple(np.zeros((t.groups, t.design.shape[1])) for t in cells.tiers)


def ask(how, arranged_rows, beta, factors):
    return how(arranged_rows.cells, beta, factors, start(arranged_rows.cells))


def rows_of(made):
    """Return outcome, X and place of each trial, in the scale of the cells."""
    cells = made.cells
    group = np.repeat(np.arange(len(cells.starts)), cells.sizes)
    y, which, groups = [], [], []
    for place, (s, t) in enumerate(zip(cells.successes, cells.trials, strict=True)):
        y += [1] * int(s) + [0] * int(t - s)
        which += [cells.which[place]] * int(t)
        groups += [group[place]] * int(t)
    return np.array(y), np.array(which), np.array(groups)


def test_nested_levels_with_a_slope_are_integrated_out_as_by_hand(nested):
    cells = nested.cells
    y, which, group = rows_of(nested)
    ones = np.ones((len(y), 1))
    first, *others = np.hsplit(cells.slopes[which], cells.slopes.shape[1])
    sigma = [factor @ factor.T for factor in NESTED]
    effects = [
        (np.hstack([ones, first]), group, sigma[0]),
        (np.hstack([ones, *others]), cells.tiers[0].parent[group], sigma[1]),
    ]

    found = ask(laplace, nested, BETA, NESTED)

    assert found.value == pytest.approx(
        laplace_deviance(y, cells.fixed[which], effects, BETA), abs=1e-9
    )


def test_quadrature_adds_up_to_the_integral(alone):
    y, which, group = rows_of(alone)

    found = ask(partial(quadrature, nodes=25), alone, BETA, INTERCEPT)

    assert found.value == pytest.approx(
        marginal_deviance(y, alone.cells.fixed[which], group, BETA, 0.9), abs=1e-8
    )


def test_one_point_of_quadrature_is_the_laplace_approximation(alone):
    one, other = (
        ask(how, alone, BETA, INTERCEPT)
        for how in (laplace, partial(quadrature, nodes=1))
    )

    assert one.value == pytest.approx(other.value, abs=1e-10)
    assert one.by_beta == pytest.approx(other.by_beta, abs=1e-10)
    assert one.by_sigma[0] == pytest.approx(other.by_sigma[0], abs=1e-10)


@pytest.mark.parametrize(
    ("rows", "factors", "how"),
    [
        ("nested", NESTED, laplace),
        ("alone", INTERCEPT, laplace),
        ("alone", INTERCEPT, partial(quadrature, nodes=5)),
    ],
)
def test_the_slope_is_what_differences_say(rows, factors, how, request):
    made = request.getfixturevalue(rows)
    found, step = ask(how, made, BETA, factors), 1e-5

    for place in range(len(BETA)):
        move = step * np.eye(len(BETA))[place]
        ahead, behind = (
            ask(how, made, BETA + sign * move, factors).value for sign in (1, -1)
        )
        slope = (ahead - behind) / (2 * step)
        assert found.by_beta[place] == pytest.approx(slope, abs=1e-5)

    for level, factor in enumerate(factors):
        for i, j in zip(*np.tril_indices(len(factor)), strict=True):
            values = []
            for sign in (1, -1):
                moved = [one.copy() for one in factors]
                moved[level][i, j] += sign * step
                values.append(ask(how, made, BETA, tuple(moved)).value)
            slope = (2 * found.by_sigma[level] @ factor)[i, j]
            assert slope == pytest.approx(
                (values[0] - values[1]) / (2 * step), abs=1e-5
            )


@pytest.mark.parametrize("how", [laplace, partial(quadrature, nodes=9)])
def test_the_slope_by_a_variance_of_zero_is_that_of_the_likelihood(alone, how):
    y, which, group = rows_of(alone)
    at = [
        marginal_deviance(y, alone.cells.fixed[which], group, BETA, np.sqrt(variance))
        for variance in (0.0, 1e-6)
    ]

    found = ask(how, alone, BETA, (np.zeros((1, 1)),))

    assert found.by_sigma[0][0, 0] == pytest.approx((at[1] - at[0]) / 1e-6, rel=1e-3)


def test_the_mode_is_found_from_afar(alone):
    cells = alone.cells
    afar = tuple(np.full_like(one, 25.0) for one in start(cells))
    truth = ask(laplace, alone, BETA, INTERCEPT)

    found = laplace(cells, BETA, INTERCEPT, afar)

    assert found.value == pytest.approx(truth.value, abs=1e-9)
    assert found.mode.effect == pytest.approx(truth.mode.effect, abs=1e-9)


def test_the_way_to_the_mode_ends_in_time(alone, monkeypatch):
    monkeypatch.setattr(_mode, "STEPS", 1)

    found = ask(laplace, alone, BETA, INTERCEPT)

    assert found.mode.effect.any()
