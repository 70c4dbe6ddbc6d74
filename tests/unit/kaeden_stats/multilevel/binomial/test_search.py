"""The search ends where the first-order conditions hold, and at no false stop."""

import numpy as np
import pytest

from kaeden_stats.multilevel._summed import wanted
from kaeden_stats.multilevel.binomial import _search
from kaeden_stats.multilevel.binomial._arranged import arranged
from kaeden_stats.multilevel.binomial._counted import Counted
from kaeden_stats.multilevel.binomial._counts import counted
from kaeden_stats.multilevel.binomial._laplace import laplace
from kaeden_stats.multilevel.binomial._search import lowest
from kaeden_stats.multilevel.binomial._separation import start
from tests.builders.passes import passes


@pytest.fixture(scope="module")
def ready():
    counts = counted(passes(800), wanted("passed", ["prior"], ["authority", "school"]))
    return arranged(
        counts, fixed=["prior"], slopes={"school": ["prior"]}, uncorrelated=()
    )


def held(made):
    return Counted(cells=made.cells, ask=laplace)


@pytest.fixture(scope="module")
def optimum(ready):
    return lowest(held(ready), start(ready))


def test_a_factor_of_zero_is_left_where_a_variance_lowers_the_deviance(
    ready, optimum, monkeypatch
):
    monkeypatch.setattr(
        _search.Search, "first", lambda self: np.zeros(len(self.scale) + 2)
    )

    found = lowest(held(ready), start(ready))

    assert found.restarts > 0
    assert found.certificate < _search.ENOUGH
    assert found.deviance.value == pytest.approx(optimum.deviance.value, abs=1e-8)


def test_a_restart_that_leads_nowhere_ends_the_search(ready, monkeypatch):
    monkeypatch.setattr(_search, "ENOUGH", -1.0)
    higher = iter(range(100))
    true = _search._descend

    def uphill(search, point):
        found, curvature = true(search, point)
        return found + 0.5 * next(higher), curvature

    monkeypatch.setattr(_search, "_descend", uphill)

    assert lowest(held(ready), start(ready)).restarts == 1


def test_no_direction_in_the_neighbourhood_leads_down(ready, optimum):
    draw, cells = np.random.default_rng(1), ready.cells
    for _try in range(10):
        beta = optimum.beta + draw.normal(0, 1e-3, len(optimum.beta))
        factors = tuple(
            factor + np.tril(draw.normal(0, 1e-3, factor.shape))
            for factor in optimum.factors
        )
        there = laplace(cells, beta, factors, optimum.deviance.mode.standard)

        assert there.value >= optimum.deviance.value


def test_standard_errors_are_those_of_the_curvature_over_everything(ready, optimum):
    search = _search.Search(held(ready), optimum.beta)
    theta = [
        factor[tuple(tier.free.T)]
        for tier, factor in zip(ready.cells.tiers, optimum.factors, strict=True)
    ]
    point = np.concatenate([np.concatenate(theta) * search.scale, np.zeros(2)])
    step = 1e-2
    moves = step * np.eye(len(point))
    values = [
        [
            sum(
                a * b * search.at(point + a * one + b * other).value
                for a in (1, -1)
                for b in (1, -1)
            )
            for other in moves
        ]
        for one in moves
    ]
    inverse = np.linalg.inv(np.array(values) / (4 * step**2))[-2:, -2:]

    assert optimum.covariance == pytest.approx(
        2 * search.back @ inverse @ search.back.T, rel=1e-4
    )


@pytest.fixture
def search(ready):
    return _search.Search(held(ready), start(ready))


def test_newton_steps_find_the_end_from_afar(search, optimum):
    point, _curvature = _search._polished(search, search.first() + 2.0)

    assert search.at(point).value == pytest.approx(optimum.deviance.value, abs=1e-8)


def test_a_step_that_leads_up_is_shortened_until_nothing_is_left(search):
    point = search.first()
    here = search.at(point)
    up = search.slope(point, here)

    assert not _search._shortened(search, point, up, here.value).any()


def test_a_small_factor_that_lowers_the_deviance_is_not_set_to_zero(search):
    point = search.first()
    point[0] = 5e-4 * search.scale[0]

    assert _search._snapped(search, point)[0] == point[0]


def test_newton_steps_end_in_time(search, monkeypatch):
    monkeypatch.setattr(_search, "POLISHES", 1)
    point, _curvature = _search._polished(search, search.first())

    assert search.at(point).value < search.at(search.first()).value
