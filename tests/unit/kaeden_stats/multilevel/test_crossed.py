"""Crossed factors against whole n × n matrices, and where they can't be fitted."""

import os
import warnings
from functools import cache
from itertools import pairwise

import numpy as np
import polars as pl
import pytest

from kaeden_stats import InvalidInput, NotIdentified, multilevel
from kaeden_stats.multilevel import _crossing, _pairs
from kaeden_stats.multilevel._crossed_curves import average_information, curves
from kaeden_stats.multilevel._ways import ways_of
from tests.builders.pupils import pupils
from tests.plain import mixed_model as plain

MODEL = {"outcome": "score", "fixed": ["prior"], "reml": True}
FACTORS = {"crossed": ["school", "former", "choice"]}
SLOPES = {"slopes": {"school": ["prior"], "former": ["prior"]}}


@pytest.fixture(autouse=True)
def _quiet():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", multilevel.ModelWarning)
        yield


def rows():
    return pl.DataFrame(pupils(120, seed=3, schools=12))


@cache
def fitted():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", multilevel.ModelWarning)
        return multilevel.fit(rows(), **MODEL, **FACTORS, **SLOPES)


@pytest.fixture
def problem():
    return fitted()._scaled.problem


def factors_of(problem, *, seed=1, none=None, flat=None):
    """Return some Cholesky factors: with one of none, and one of perfect correlation."""
    rng = np.random.default_rng(seed)
    found = []
    for place, level in enumerate(problem.levels):
        size = level.design.shape[1]
        one = np.tril(rng.uniform(0.2, 0.6, (size, size)))
        one *= 0.0 if place == none else 1.0
        if place == flat:
            one[1, 1] = 0.0
        found.append(one)
    return tuple(found)


def written_out(problem, factors):
    """Return y, X, V and each factor's Z in the scale of the fit."""
    table, scaled = rows(), fitted()._scaled
    prior, score = table["prior"].to_numpy(), table["score"].to_numpy()
    ones = np.ones(len(table))
    columns = {"1": ones, "prior": prior}
    x = np.column_stack([columns[term] for term in scaled.terms])
    x = x @ scaled.back / scaled.size
    designs = [
        plain.design(table[part.name].to_list(), [columns[t] for t in part.terms])
        @ np.kron(np.eye(part.groups.count), part.back)
        for part in scaled.parts
    ]
    sigmas = [factor @ factor.T for factor in factors]
    v = plain.covariance(designs, sigmas)
    return (score - scaled.shift) / scaled.size, x, v, designs


EDGES = [{}, {"none": 0}, {"none": 1}, {"none": 2}, {"flat": 0}, {"flat": 1}]


@pytest.mark.parametrize("reml", [True, False])
@pytest.mark.parametrize("edge", EDGES)
def test_the_deviance_is_that_of_whole_matrices(problem, edge, reml):
    factors = factors_of(problem, **edge)
    y, x, v, _designs = written_out(problem, factors)

    ours = problem.profile(factors, reml=reml).deviance

    assert ours == pytest.approx(plain.deviance(y, x, v, reml=reml), rel=1e-11)


@pytest.mark.parametrize("edge", EDGES)
def test_the_slope_is_that_of_the_deviance(problem, edge):
    factors = factors_of(problem, **edge)
    slopes = problem.slopes(problem.profile(factors, reml=True), reml=True)

    for place, slope in enumerate(slopes):
        way = np.eye(len(slope)) + 0.5

        def at(step, place=place, way=way):
            sigmas = [one @ one.T for one in factors]
            sigmas[place] = sigmas[place] + step * way
            y, x, _v, designs = written_out(problem, factors)
            v = plain.covariance(designs, sigmas)
            return plain.deviance(y, x, v, reml=True)

        difference = (at(1e-5) - at(-1e-5)) / 2e-5
        assert np.sum(slope * way) == pytest.approx(difference, rel=1e-6, abs=1e-4)


def test_covariances_without_bounds_are_refused(problem):
    factors = tuple(1e12 * factor for factor in factors_of(problem))

    with pytest.raises(NotIdentified, match="No variance is left"):
        problem.profile(factors, reml=True)


def changes(problem, factors):
    ways = ways_of(problem.levels, factors)
    return ways, [(place, way) for place, some in enumerate(ways) for way in some]


def moved_by(designs, place, way):
    z = designs[place]
    return z @ np.kron(np.eye(z.shape[1] // len(way)), way) @ z.T


@pytest.mark.parametrize("edge", [EDGES[0], EDGES[1], EDGES[5]])
def test_second_derivatives_are_those_of_whole_matrices(problem, edge):
    factors = factors_of(problem, **edge)
    ways, each = changes(problem, factors_of(problem, seed=2))
    y, x, v, designs = written_out(problem, factors)
    inverse, w = np.linalg.inv(v), np.column_stack([x, y])
    changed = [moved_by(designs, place, way) for place, way in each]
    turned = [inverse @ one for one in changed]
    pulled = [one @ (inverse @ w) for one in changed]

    at = problem.profile(factors, reml=True)
    places = [*problem.data.fixed, problem.data.outcome]
    found = curves(problem.data, at, ways)

    for i, one in enumerate(pulled):
        first = found.first[i][np.ix_(places, places)]
        wanted = -(w.T @ inverse) @ one
        assert first == pytest.approx(wanted, rel=1e-8, abs=1e-8)
        assert found.logs[i] == pytest.approx(np.trace(turned[i]), rel=1e-8, abs=1e-8)
        for j, other in enumerate(turned):
            second = pulled[j].T @ (inverse @ one)
            ours = found.second[i, j][np.ix_(places, places)]
            assert ours == pytest.approx(second + second.T, rel=1e-7, abs=1e-7)
            trace = np.vdot(turned[i].T, other)
            assert found.traces[i, j] == pytest.approx(trace, rel=1e-7, abs=1e-7)


@pytest.mark.parametrize("reml", [True, False])
def test_the_average_information_is_that_of_whole_matrices(problem, reml):
    factors = factors_of(problem)
    ways, each = changes(problem, factors)
    y, x, v, designs = written_out(problem, factors)
    inverse = np.linalg.inv(v)
    phi = np.linalg.inv(x.T @ inverse @ x)
    projected = inverse - inverse @ x @ phi @ x.T @ inverse
    pulls = [moved_by(designs, place, way) @ projected @ y for place, way in each]
    df = len(y) - (2 if reml else 0)
    variance = y @ projected @ y / df
    slopes = np.array([y @ projected @ pull for pull in pulls])
    wanted = np.array([[a @ projected @ b for b in pulls] for a in pulls]) / variance
    wanted -= np.outer(slopes, slopes) / (variance**2 * df)

    at = problem.profile(factors, reml=reml)
    ours = average_information(problem.data, at, ways, reml=reml)

    assert ours == pytest.approx(wanted, rel=1e-8, abs=1e-8)


@pytest.mark.parametrize("compiled", [True, False])
def test_pairs_that_meet_in_a_group_are_summed(compiled):
    rng = np.random.default_rng(4)
    start, place = np.array([0, 2, 2, 5]), np.array([0, 3, 1, 2, 3])
    values, weighted = rng.normal(size=(2, 5, 2))
    wide = np.zeros((2, 3, 2, 4))
    for group, (a, b) in enumerate(pairwise(start)):
        wide[0, group][:, place[a:b]] = values[a:b].T
        wide[1, group][:, place[a:b]] = weighted[a:b].T
    whole = rng.normal(size=(4, 4))
    whole = whole + whole.T
    taken, seen = np.tril(whole), np.zeros((3, 2, 2))
    take_away = _pairs.take_away if compiled else _pairs._take_away
    seen_by = _pairs.seen_by if compiled else _pairs._seen_by

    take_away(start, place, weighted, values, taken)
    seen_by(start, place, values, np.tril(whole), seen)

    less = np.einsum("gqi,gqj->ij", wide[1], wide[0])
    assert taken == pytest.approx(np.tril(whole - less))
    assert seen == pytest.approx(wide[0] @ whole @ wide[0].swapaxes(1, 2))


@pytest.mark.parametrize("reml", [True, False])
@pytest.mark.parametrize(
    "slopes", [{}, {"school": ["prior"]}, {"authority": ["prior"]}]
)
def test_levels_given_as_crossed_are_the_same_model(slopes, reml):
    model = MODEL | {"reml": reml, "slopes": slopes}
    nested = multilevel.fit(rows(), **model, levels=["authority", "school"])
    crossed = multilevel.fit(rows(), **model, crossed=["school", "authority"])

    assert crossed.log_likelihood == pytest.approx(nested.log_likelihood, abs=1e-9)
    for level in nested.levels:
        ours, theirs = crossed.effects(level), nested.effects(level)
        order = np.argsort(theirs["unit"], kind="stable")
        for column in ("effect", "standard_error", "n"):
            wanted = theirs[column][order]
            assert ours[column] == pytest.approx(wanted, rel=1e-6, abs=1e-7)
    for method in ("satterthwaite", "kenward-roger")[: 1 + reml]:
        ours = multilevel.degrees_of_freedom(crossed, method)
        theirs = multilevel.degrees_of_freedom(nested, method)
        for column in ("standard_error", "df"):
            assert ours[column] == pytest.approx(theirs[column], rel=1e-5)


def test_levels_and_factors_stand_side_by_side():
    made = multilevel.fit(
        rows(), **MODEL, levels=["authority", "school"], crossed=["former"]
    )

    assert made.run.is_optimum
    assert made.run.groups == {"school": 12, "former": 7, "authority": 4}
    assert set(made.effects("school")) >= {"unit", "authority"}
    assert "authority" not in made.effects("former")
    assert sum(made.variance_shares.values()) == pytest.approx(1)


def test_a_factor_that_says_nothing_has_a_variance_of_exactly_zero():
    ranks = rows()["score"].rank("ordinal").to_numpy()
    table = rows().with_columns(noise=pl.Series(ranks % 12))
    made = multilevel.fit(table, **MODEL, crossed=["school", "noise"])

    assert made.variances["noise"].item() == 0.0
    assert made.run.singular == ("noise",)
    assert made.run.is_optimum
    assert not made.effects("noise")["effect"].any()


def test_groups_of_one_row_are_groups():
    table = rows().with_columns(
        once=pl.Series([f"{min(row, 60)}" for row in range(120)])
    )
    made = multilevel.fit(table, **MODEL, crossed=["once", "school"])

    assert made.run.is_optimum
    assert made.run.groups["once"] == 61
    assert sorted(set(made.effects("once")["n"])) == [1, 60]


def test_a_factor_of_one_group_is_refused():
    table = rows().with_columns(same=pl.lit("all"))

    with pytest.raises(InvalidInput, match="same has only one group"):
        multilevel.fit(table, **MODEL, crossed=["school", "same"])


def test_two_names_for_the_same_groups_are_refused():
    table = rows().with_columns(again=-pl.col("school"))

    with pytest.raises(
        NotIdentified, match="school and again put the rows into the same"
    ):
        multilevel.fit(table, **MODEL, crossed=["school", "again"])


def test_more_effects_than_memory_holds_are_refused(monkeypatch):
    monkeypatch.setattr(_crossing, "memory", lambda: 300)

    with pytest.raises(InvalidInput, match="have 7 effects together"):
        multilevel.fit(rows(), **MODEL, crossed=["school", "former"])


def test_the_memory_is_that_of_the_machine(monkeypatch):
    assert 2**28 < _crossing.memory() < 2**50

    monkeypatch.delattr(os, "sysconf")
    assert _crossing.memory() == 2**40
