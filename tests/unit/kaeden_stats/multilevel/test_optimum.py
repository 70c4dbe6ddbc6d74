"""The lowest deviance is found, proved, and reached on the edge where it lies there."""

import warnings
from functools import cache

import numpy as np
import polars as pl
import pytest

from kaeden_stats import multilevel
from kaeden_stats.errors import InvalidInput, NotIdentified
from kaeden_stats.multilevel import _optimum
from kaeden_stats.multilevel._charts import Search
from kaeden_stats.multilevel._deviance import Degenerate, Spread, at_top, integrated
from kaeden_stats.multilevel._optimum import lowest, violation
from tests.builders.mixed_fits import fit_of
from tests.plain import mixed_model as plain

COLUMNS = ("x0", "x1")


@cache
def problem(seed):
    """Return a small set of rows, and a model of one to three levels of them."""
    rng = np.random.default_rng(seed)
    depth, slopes = int(rng.integers(1, 4)), int(rng.integers(0, 3))
    n = int(rng.integers(20, 50))
    group = np.sort(rng.integers(0, rng.integers(3, 8), n))
    names = [f"level{place}" for place in range(depth)]
    columns = {names[-1]: group}
    for name in names[-2::-1]:
        lower = np.unique(group)
        group = rng.permutation(np.arange(lower.max() + 1) % max(2, len(lower) // 2))[
            group
        ]
        columns[name] = group
    x = rng.normal(size=(n, 2))
    y = rng.normal(size=n) + x[:, 0]
    for one in columns.values():
        effect = rng.normal(size=(one.max() + 1, 2)) * rng.choice([0.0, 0.3, 2.0])
        y = y + effect[one, 0] + effect[one, 1] * x[:, 0] * (slopes > 0)
    rows = pl.DataFrame(
        {"y": y, "x0": x[:, 0], "x1": x[:, 1]} | {k: columns[k] for k in names}
    )
    alone = [names[-1]] if rng.random() < 0.3 else []
    return rows, names, {names[-1]: COLUMNS[:slopes]}, alone


def lowest_by_hand(rows, names, slopes, alone, *, reml):
    """Return the lowest deviance that many searches over whole matrices find."""
    x = np.column_stack([np.ones(len(rows)), *(rows[name] for name in COLUMNS)])
    designs, widths, whole = [], [], []
    for place in range(len(names)):
        keys = rows.select(pl.concat_str(names[: place + 1], separator=" "))
        terms = slopes.get(names[place], ())
        shown = [np.ones(len(rows)), *(rows[name].to_numpy() for name in terms)]
        designs.append(plain.design(keys.to_series().to_numpy(), shown))
        widths.append(len(shown))
        whole.append(names[place] not in alone)
    return plain.lowest_deviance(
        rows["y"].to_numpy(),
        x,
        designs,
        widths,
        whole,
        reml=reml,
        starts=2,
        rng=np.random.default_rng(0),
    )


def fit_problem(seed, *, reml=True):
    rows, names, slopes, alone = problem(seed)
    return fit_of(
        rows,
        "y",
        fixed=COLUMNS,
        levels=names,
        slopes=slopes,
        uncorrelated=alone,
        reml=reml,
    )


@pytest.mark.parametrize("seed", [1, 4, 6, 8])
def test_no_search_over_whole_matrices_finds_a_lower_deviance(seed):
    rows, names, slopes, alone = problem(seed)
    reml = seed % 2 == 0
    ours = -2 * fit_problem(seed, reml=reml).log_likelihood

    assert ours < lowest_by_hand(rows, names, slopes, alone, reml=reml) + 1e-7


@pytest.mark.parametrize("reml", [True, False])
def test_every_fit_of_many_small_data_sets_is_proved(reml):
    for seed in range(15):
        try:
            run = fit_problem(seed, reml=reml).run
        except (InvalidInput, NotIdentified):
            continue
        assert run.is_optimum
        assert run.certificate < 1e-9


@cache
def searched():
    """Return a search of a problem of two levels with a slope."""
    return Search(fit_problem(8)._scaled.problem, reml=True)


def test_a_search_that_begins_at_zero_where_all_is_flat_steps_out():
    search = searched()
    nowhere = search.at(tuple(0.0 * np.diag(size) for size in search.sizes))
    found, restarts = _optimum._settled(search, nowhere)

    assert violation(search, nowhere) > 0.1
    assert restarts > 0
    assert found.deviance == pytest.approx(lowest_of(search), abs=1e-9)


def lowest_of(search):
    return lowest(search.problem, reml=True).profile.deviance


def test_a_search_that_cannot_be_proved_ends_where_it_gets_no_lower(monkeypatch):
    monkeypatch.setattr(_optimum, "ENOUGH", -1.0)
    found = lowest(searched().problem, reml=True)
    monkeypatch.setattr(_optimum, "RESTARTS", 0)
    at_once = lowest(searched().problem, reml=True)

    assert found.restarts > at_once.restarts
    assert found.profile.deviance == pytest.approx(at_once.profile.deviance)


def test_a_search_that_runs_away_without_proof_is_refused(monkeypatch):
    monkeypatch.setattr(_optimum, "ENOUGH", -1.0)
    monkeypatch.setattr(_optimum, "ALL_BUT_NOTHING", 2.0)

    with pytest.raises(NotIdentified, match="No variance is left"):
        lowest(searched().problem, reml=True)


def test_covariances_that_take_all_that_is_left_are_refused():
    outside = Spread(sigma=np.array([[-1.0]]), determinant=-1.0)

    with pytest.raises(Degenerate):
        integrated(outside, np.full((3, 1, 1), 2.0))


def test_fixed_effects_that_rounding_made_alike_are_refused():
    data = searched().problem.data

    with pytest.raises(Degenerate):
        at_top(data, -data.total, 0.0, reml=True)


def grouped(groups, rows, *, between, seed=0, within=1.0):
    """Return rows in groups whose means lie apart."""
    rng = np.random.default_rng(seed)
    group = np.repeat(np.arange(groups), rows)
    x = rng.normal(size=len(group))
    y = within * rng.normal(size=len(group)) + between * rng.normal(size=groups)[group]
    return pl.DataFrame({"y": y + x, "x": x, "group": group})


def test_groups_that_are_more_alike_than_chance_have_a_variance_of_exactly_zero():
    rows = grouped(8, 6, between=0.0)
    rows = rows.with_columns(y=pl.col("y") - pl.col("y").mean().over("group"))
    fit = fit_of(rows, "y", fixed=["x"], levels=["group"])

    assert fit.variances["group"][0, 0] == 0.0
    assert fit.run.singular == ("group",)
    assert "group lies on the edge: a variance of zero" in fit.run.warnings[0]
    assert fit.run.is_optimum


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_slopes_that_follow_the_intercepts_have_a_correlation_of_exactly_one(seed):
    rng = np.random.default_rng(seed)
    group, x = np.repeat(np.arange(6), 6), np.tile(np.linspace(0.0, 2.0, 6), 6)
    y = 2 * rng.normal(size=6)[group] * (1 + x) + rng.normal(size=36)
    rows = pl.DataFrame({"y": y, "x": x, "group": group})
    fit = fit_of(
        rows, "y", fixed=["x"], levels=["group"], slopes={"group": ["x"]}, reml=False
    )
    matrix = fit.variances["group"]

    correlation = matrix[0, 1] / np.sqrt(matrix[0, 0] * matrix[1, 1])
    assert abs(correlation) == pytest.approx(1.0, abs=1e-14)
    assert "group lies on the edge: a correlation of one" in fit.run.warnings[0]
    assert fit.run.is_optimum


@pytest.mark.parametrize("far", [1e-4, 1e2, 1e4])
def test_groups_far_apart_or_close_are_found_as_far_as_they_are(far):
    rows = grouped(12, 10, between=far, seed=3)
    fit = fit_of(rows, "y", fixed=["x"], levels=["group"])

    assert fit.run.is_optimum
    if far > 1:
        found = np.sqrt(fit.variances["group"][0, 0])
        assert found == pytest.approx(far, rel=0.5)


@pytest.mark.parametrize("size", [1e-8, 1.0, 1e8])
def test_the_unit_of_the_outcome_means_nothing(size):
    rows = grouped(7, 9, between=0.7, seed=4)
    plainly = fit_of(rows, "y", fixed=["x"], levels=["group"])
    scaled = fit_of(
        rows.with_columns(pl.col("y") * size), "y", fixed=["x"], levels=["group"]
    )

    share = scaled.variances["group"] / size**2
    assert share == pytest.approx(plainly.variances["group"], rel=1e-9)
    assert scaled.run.is_optimum


def test_an_outcome_that_groups_explain_wholly_is_refused():
    rows = grouped(6, 5, between=1.0).with_columns(y=pl.col("group") * 1.5)

    with pytest.raises(NotIdentified, match="No variance is left between rows"):
        fit_of(rows, "y", levels=["group"])


def test_an_outcome_that_fixed_effects_explain_wholly_is_refused():
    rows = grouped(6, 5, between=1.0).with_columns(y=2 * pl.col("x") + 1)

    with pytest.raises(NotIdentified, match="No variance is left between rows"):
        fit_of(rows, "y", fixed=["x"], levels=["group"])


def test_an_outcome_without_variation_is_refused():
    rows = grouped(6, 5, between=1.0).with_columns(y=pl.lit(3.0))

    with pytest.raises(NotIdentified):
        fit_of(rows, "y", fixed=["x"], levels=["group"])


def test_groups_of_one_row_each_are_refused():
    rows = grouped(12, 1, between=1.0)

    with pytest.raises(NotIdentified, match="12 groups and 12 rows"):
        fit_of(rows, "y", levels=["group"])


def test_as_many_effects_as_rows_are_refused():
    rows = grouped(12, 2, between=1.0)

    with pytest.raises(NotIdentified, match="or its slopes"):
        fit_of(rows, "y", levels=["group"], slopes={"group": ["x"]})


def test_one_group_is_refused():
    rows = grouped(1, 9, between=1.0)

    with pytest.raises(InvalidInput, match="only one group"):
        fit_of(rows, "y", levels=["group"])


def test_three_correlated_effects_are_integrated_out_as_two_are():
    rows, names, _slopes, _alone = problem(4)
    slopes = {names[-1]: COLUMNS}
    fit = fit_of(rows, "y", fixed=COLUMNS, levels=names, slopes=slopes)
    by_hand = lowest_by_hand(rows, names, slopes, [], reml=True)

    assert -2 * fit.log_likelihood < by_hand + 1e-7


def test_levels_that_are_the_same_share_a_variance_between_them():
    rows = grouped(9, 5, between=1.0, seed=6).with_columns(twin=pl.col("group"))
    alone = fit_of(rows, "y", fixed=["x"], levels=["group"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", multilevel.ModelWarning)
        both = multilevel.fit(rows, "y", ["x"], ["twin", "group"])

    assert both.log_likelihood == pytest.approx(alone.log_likelihood, abs=1e-9)
    together = sum(matrix[0, 0] for matrix in both.variances.values())
    assert together == pytest.approx(alone.variances["group"][0, 0], rel=1e-6)
