"""Small groups that are alike are turned into fewer, and nothing that is found moves."""

import numpy as np
import polars as pl
import pytest

from kaeden_stats import multilevel
from kaeden_stats.multilevel._deviance import gradient, profile
from kaeden_stats.multilevel._freedom import moves
from kaeden_stats.multilevel._satterthwaite import uncertain
from tests.builders.mixed_fits import fit_of

COLUMNS = ("prior", "girl")


def small_groups(*, groups=900, around=3, most=2, weighted=False):
    """Return rows in many small groups that lie in a few larger ones."""
    rng = np.random.default_rng(11)
    pair = np.repeat(np.arange(groups), rng.integers(1, most + 1, groups))
    n = len(pair)
    prior, girl = rng.normal(size=n), rng.integers(0, 2, n)
    level = rng.normal(0, 0.7, (groups, 2))[pair]
    place = pair * around // groups
    score = prior + level[:, 0] + level[:, 1] * girl + 0.3 * place + rng.normal(size=n)
    weight = rng.uniform(0.5, 2, n) if weighted else np.ones(n)
    return pl.DataFrame(
        {
            "score": score,
            "prior": prior,
            "girl": girl,
            "place": place,
            "pair": pair,
            "weight": weight,
        }
    )


def problem_of(rows, *, levels=("place", "pair"), slopes=(), weights=None, alone=False):
    fit = fit_of(
        rows,
        fixed=COLUMNS,
        levels=levels,
        slopes={"pair": slopes},
        weights=weights,
        uncorrelated=["pair"] if alone else [],
    )
    return fit._scaled.problem


KINDS = {
    "intercepts": {},
    "one level": {"levels": ("pair",)},
    "a slope of few values": {"slopes": ("girl",)},
    "uncorrelated": {"slopes": ("girl",), "alone": True},
}


@pytest.fixture(params=KINDS, name="problem")
def _problem(request):
    found = problem_of(small_groups(groups=2500, most=5), **KINDS[request.param])
    assert len(found.turned.count) < len(found.data.count) / 2
    return found


def factors_of(problem):
    return tuple(
        0.4 * np.linalg.cholesky(np.eye(n) + 0.2)
        for n in (level.design.shape[1] for level in problem.levels)
    )


@pytest.mark.parametrize("reml", [True, False])
def test_the_deviance_and_its_slope_stay(problem, reml):
    data, turned, factors = problem.data, problem.turned, factors_of(problem)
    here, there = (profile(one, factors, reml=reml) for one in (data, turned))

    assert there.deviance == pytest.approx(here.deviance, rel=1e-12)
    assert there.beta == pytest.approx(here.beta, rel=1e-9, abs=1e-11)
    for slope, other in zip(
        gradient(data, here, reml=reml), gradient(turned, there, reml=reml), strict=True
    ):
        assert other == pytest.approx(slope, rel=1e-9, abs=1e-8)


def test_degrees_of_freedom_stay(problem):
    data, turned, factors = problem.data, problem.turned, factors_of(problem)
    here, there = (moves(one, factors, 0.8) for one in (data, turned))
    one, other = (uncertain(some, factors, 0.8, reml=True) for some in (data, turned))

    assert there.second == pytest.approx(here.second, rel=1e-8, abs=1e-8)
    assert there.traces == pytest.approx(here.traces, rel=1e-9)
    assert other.spread == pytest.approx(one.spread, rel=1e-8)


def test_every_group_is_counted(problem):
    turned, data = problem.turned, problem.data

    assert turned.count.sum() == pytest.approx(len(data.count))
    there = np.bincount(turned.levels[0].parent, turned.count)
    assert there == pytest.approx(np.bincount(data.levels[0].parent, data.count))
    assert problem.levels[0].groups == len(data.count)


@pytest.mark.parametrize(
    ("rows", "slopes", "weights"),
    [
        (small_groups(most=5), ("prior",), None),
        (small_groups(weighted=True), (), "weight"),
        (small_groups(groups=12, most=9), (), None),
        (small_groups(around=450), (), None),
    ],
    ids=["another slope", "weights", "few groups", "few in each place"],
)
def test_groups_that_differ_stay_as_they_are(rows, slopes, weights):
    problem = problem_of(rows, slopes=slopes, weights=weights)

    assert problem.turned is problem.data


def test_each_group_still_has_an_effect_of_its_own():
    """Of two rows each: what a group's mean lies off, shrunk, where nothing else is."""
    rows = small_groups(most=1)
    rows = pl.concat([rows, rows.with_columns(score=pl.col("score") + 1)])
    fit = multilevel.fit(rows, "score", levels=["pair"])
    mean = rows.group_by("pair").agg(pl.col("score").mean()).sort("pair")["score"]
    between, within = fit.variances["pair"][0, 0], fit.residual_variance
    off = mean.to_numpy() - fit.coefficients["estimate"][0]

    effects = fit.effects("pair")
    assert len(fit._scaled.problem.turned.count) < 10
    assert effects["effect"] == pytest.approx(off * between / (between + within / 2))
