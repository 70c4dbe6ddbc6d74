"""Intervals by profiling."""

import numpy as np
import polars as pl
import pytest
from scipy.optimize import minimize

from kaeden_stats import multilevel
from kaeden_stats.errors import InvalidInput
from kaeden_stats.multilevel import _profiling
from kaeden_stats.multilevel._deviance import Degenerate
from kaeden_stats.multilevel._held import Ground, shares, variance_parameters
from tests.builders.mixed_fits import days, fit_of, fitted


def interval(table, name, key="parameter"):
    row = table[key].tolist().index(name)
    return float(table["low"][row]), float(table["high"][row])


def test_a_share_at_the_end_of_its_interval_costs_what_the_level_allows():
    fit, times = fitted("days", reml=False), days()["time"].to_numpy().reshape(18, 10)
    low, _high = interval(multilevel.share_intervals(fit), "person", "level")
    z = np.column_stack([np.ones(10), np.arange(10.0)])

    def held(free):
        """Return the plain deviance where the people's share is `low`."""
        factor = np.array([[free[0], 0], [free[1], free[2]]])
        between = factor @ factor.T
        residual = np.sum(between * (z.T @ z)) / 10 * (1 - low) / low
        v = z @ between @ z.T + residual * np.eye(10)
        beta = np.linalg.solve(
            z.T @ np.linalg.solve(v, z), z.T @ np.linalg.solve(v, times.mean(axis=0))
        )
        r = times - z @ beta
        squares = np.sum(r.T * np.linalg.solve(v, r.T))
        return 18 * np.linalg.slogdet(2 * np.pi * v)[1] + squares

    start = np.linalg.cholesky(fit.variances["person"])[np.tril_indices(2)] * 0.9
    lowest = minimize(held, start, method="Nelder-Mead", options={"fatol": 1e-8})
    rise = lowest.fun + 2 * fit.log_likelihood
    assert rise == pytest.approx(3.841459, abs=1e-4)


def test_the_only_level_and_the_residual_share_what_there_is():
    shares = multilevel.share_intervals(fitted("days_uncorrelated"))

    low, high = interval(shares, "person", "level")
    assert interval(shares, "residual", "level") == pytest.approx((1 - high, 1 - low))
    assert shares["share"].sum() == pytest.approx(1)


def test_shares_stand_as_in_the_fit_between_their_ends():
    fit = fitted("three")
    shares = multilevel.share_intervals(fit)

    assert shares["level"].tolist() == list(fit.variance_shares)
    assert shares["share"] == pytest.approx(list(fit.variance_shares.values()))
    assert (shares["low"] < shares["share"]).all()
    assert (shares["share"] < shares["high"]).all()


def test_a_level_without_variance_may_still_have_some():
    shares = multilevel.share_intervals(fitted("singular"))

    low, high = interval(shares, "school", "level")
    assert low == 0.0
    assert 0 < high < 0.05
    assert interval(shares, "residual", "level")[1] == 1.0


def test_a_correlation_may_be_perfect():
    intervals = multilevel.profile_intervals(fitted("days"))

    assert interval(intervals, "cor(1,day|person)")[1] == 1.0


def test_an_effect_without_variance_correlates_with_nothing():
    fit = fit_of(
        parallel_lines(), "y", fixed=["x"], levels=["group"], slopes={"group": ["x"]}
    )
    intervals = multilevel.profile_intervals(fit)

    assert interval(intervals, "sd(x|group)")[0] == 0.0
    assert interval(intervals, "cor(1,x|group)") == (-1.0, 1.0)
    assert np.isnan(intervals["estimate"][intervals["parameter"] == "cor(1,x|group)"])


def parallel_lines():
    """Return rows of groups whose slopes differ less than by chance: not at all."""
    draw, x = np.random.default_rng(7), np.arange(8.0) - 3.5
    noise = draw.normal(0, 1, (12, 8))
    noise -= np.outer(noise @ x / (x @ x), x)
    level = draw.normal(0, 1, 12)
    level -= level @ np.ones(12) / 12
    return pl.DataFrame(
        {
            "group": [f"G{i // 8:02d}" for i in range(96)],
            "x": np.tile(x, 12),
            "y": (noise + level[:, None]).ravel(),
        }
    )


def test_restricted_intervals_reach_higher_and_have_no_fixed_effects():
    fit = fitted("three")
    plain = multilevel.profile_intervals(fit)
    restricted = multilevel.profile_intervals(fit, reml=True)

    assert "prior" not in restricted["parameter"].tolist()
    name = "sd(1|authority)"
    assert interval(restricted, name)[1] > interval(plain, name)[1]


def test_a_higher_level_gives_wider_intervals():
    fit = fitted("slope")
    usual = multilevel.profile_intervals(fit)
    wide = multilevel.profile_intervals(fit, 0.99)

    assert (wide["low"] < usual["low"]).all()
    assert (wide["high"] > usual["high"]).all()


def test_only_what_is_asked_for_is_profiled():
    table = multilevel.profile_intervals(fitted("slope"), only=["prior"])

    assert table["parameter"].tolist() == ["prior"]
    with pytest.raises(InvalidInput, match="no parameter sd\\(2\\|school\\)"):
        multilevel.profile_intervals(fitted("slope"), only=["sd(2|school)"])


def test_an_impossible_level_is_refused():
    with pytest.raises(InvalidInput, match="level must lie between 0 and 1"):
        multilevel.share_intervals(fitted("slope"), 95)


def test_a_quantity_that_the_data_do_not_bound_ends_at_its_limit(monkeypatch):
    monkeypatch.setattr(_profiling, "EXPANSIONS", 1)
    found = multilevel.profile_intervals(fitted("slope"), only=["sd(1|school)"])

    assert interval(found, "sd(1|school)") == (0.0, np.inf)


@pytest.mark.parametrize(("name", "value"), [("DESCENTS", 1), ("NOISE", -1.0)])
def test_a_search_that_is_cut_short_errs_to_the_narrow_side(monkeypatch, name, value):
    fit, asked = fitted("days"), ["sd(1|person)", "cor(1,day|person)"]
    usual = multilevel.profile_intervals(fit, only=asked)
    monkeypatch.setattr(_profiling, name, value)
    found = multilevel.profile_intervals(fit, only=asked)

    assert (found["low"] >= usual["low"] - 1e-6).all()
    assert (found["high"] <= usual["high"] + 1e-6).all()


def test_where_no_variance_is_left_the_deviance_is_out_of_reach():
    fit = fitted("slope")
    ground = Ground(ready=fit._scaled, optimum=fit._optimum, reml=True)
    held = next(variance_parameters(ground))
    valley = _profiling.Valley(Nowhere(), fit._optimum, held, reml=True)

    assert valley.both(held.start, 1.0)[0] == np.inf
    assert valley.root(held.estimate + 1) == _profiling.FARTHEST**0.5


class Nowhere:
    """A problem without a deviance."""

    n = 862

    def profile(self, _factors, *, reml):
        raise Degenerate


def test_a_share_of_nothing_is_out_of_reach():
    fit = fitted("slope")
    ground = Ground(ready=fit._scaled, optimum=fit._optimum, reml=True)
    held = next(shares(ground))

    assert held.place(np.zeros(3), 0.5).fine == _profiling.FARTHEST
