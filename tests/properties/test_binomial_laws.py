"""Laws that a logistic model with random effects keeps whatever the data."""

import warnings
from dataclasses import replace

import numpy as np
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaeden_stats import multilevel
from kaeden_stats.multilevel._summed import wanted
from kaeden_stats.multilevel.binomial import _rows, model
from kaeden_stats.multilevel.binomial._counts import counted
from tests.builders.measured import measured
from tests.builders.passes import passes

few = settings(max_examples=12)
MODELS = (
    {"levels": ["school"]},
    {"levels": ["authority", "school"]},
    {"levels": ["authority", "school"], "slopes": {"school": ["prior"]}},
    {"levels": ["school"], "adaptive_quadrature": 5},
)
models = st.sampled_from(MODELS)
rows = st.builds(
    passes,
    st.integers(150, 400),
    seed=st.integers(0, 10_000),
    sd=st.floats(0.3, 1.2),
    slope=st.floats(0.1, 0.6),
)


def fit(table, *, outcome="passed", fixed=("C(choice)", "prior"), **model_of):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", multilevel.ModelWarning)
        return multilevel.fit_binomial(table, outcome, fixed, **model_of)


def the_same(one, other, *, sign=1.0):
    error = one.coefficients["standard_error"]
    here, there = (each.coefficients["estimate"] for each in (one, other))
    assert np.abs((here - sign * there) / error).max() < 1e-6
    assert error == pytest.approx(other.coefficients["standard_error"], rel=1e-4)
    for level, variance in one.variances.items():
        assert variance == pytest.approx(other.variances[level], rel=1e-5, abs=1e-6)


@few
@given(rows, models)
def test_every_fit_is_certified(table, how):
    assert fit(table, **how).run.is_optimum


@few
@given(rows, models, st.randoms())
def test_the_order_of_rows_changes_no_bit(table, how, chance):
    order = list(range(len(table)))
    chance.shuffle(order)
    one, other = fit(table, **how), fit(table[order], **how)

    assert one.coefficients["estimate"].tolist() == (
        other.coefficients["estimate"].tolist()
    )
    assert one.log_likelihood == other.log_likelihood


@few
@given(rows, models)
def test_failures_are_explained_as_successes_with_signs_turned(table, how):
    turned = table.with_columns(failed=1 - pl.col("passed"))
    one, other = fit(table, **how), fit(turned, outcome="failed", **how)

    the_same(one, other, sign=-1.0)
    assert one.log_likelihood == pytest.approx(other.log_likelihood, abs=1e-8)


@few
@given(rows, models)
def test_trials_that_are_counted_are_fitted_as_their_rows(table, how):
    keys = ["authority", "school", "choice", "prior"]
    counts = table.group_by(keys).agg(pl.col("passed").sum(), n=pl.len())

    the_same(fit(table, **how), fit(counts, trials="n", **how))


@few
@given(rows, models)
def test_rows_that_are_not_compressed_are_fitted_alike(table, how):
    terms = ["C(choice)", "prior"]
    counts = counted(table, wanted("passed", terms, how["levels"]))
    apart = one_by_one(counts)
    assert len(apart.which) == len(table) > len(counts.which)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model, "counted", lambda _table, _asked: apart)
        single = fit(table, **how)

    the_same(fit(table, **how), single)
    assert single.run.patterns == len(table)


def one_by_one(counts):
    """Return the same counts with each trial as a pattern of its own."""
    times = counts.trials.astype(int)
    place = np.concatenate([np.arange(t) for t in times])
    group = np.repeat(
        np.arange(len(counts.starts)), np.diff(counts.starts, append=len(counts.which))
    )
    return replace(
        counts,
        which=np.repeat(counts.which, times),
        starts=np.flatnonzero(np.diff(np.repeat(group, times), prepend=-1)),
        successes=(place < np.repeat(counts.successes, times)).astype(float),
        trials=np.ones(len(place)),
    )


@few
@given(rows, models, st.floats(-1e6, 1e6), st.floats(1e-3, 1e3))
def test_the_unit_of_a_covariate_and_its_zero_change_nothing_else(
    table, how, shift, scale
):
    if "slopes" in how:
        how = how | {"levels": how["levels"][1:]}
    moved = table.with_columns(prior=(pl.col("prior") * scale + shift))
    one, other = fit(table, **how), fit(moved, **how)

    assert one.log_likelihood == pytest.approx(other.log_likelihood, abs=1e-6)
    here, there = (each.coefficients["estimate"][1:] for each in (one, other))
    error = one.coefficients["standard_error"][1:]
    assert np.abs((here - there * [1, 1, scale]) / error).max() < 1e-5


measures = st.builds(
    measured, st.integers(200, 500), seed=st.integers(0, 10_000), sd=st.floats(0.4, 1.2)
)
READ_AGAIN = (
    {"levels": ["school"]},
    {"levels": ["area", "school"]},
    {"levels": ["school"], "slopes": {"school": ["prior"]}},
    {"levels": ["school"], "adaptive_quadrature": 5},
)


@pytest.fixture(scope="module")
def read_again():
    """Read the rows again, however few."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model, "FEW", 0)
        yield


def close(one, other):
    """Hold two fits equal to 1e-10 standard errors and relative deviance."""
    error = one.coefficients["standard_error"]
    here, there = (each.coefficients["estimate"] for each in (one, other))
    assert np.abs((here - there) / error).max() < 1e-10
    assert one.log_likelihood == pytest.approx(other.log_likelihood, rel=1e-10)
    for level, variance in one.variances.items():
        assert variance == pytest.approx(other.variances[level], rel=1e-9, abs=1e-10)


@few
@given(measures, st.sampled_from(READ_AGAIN), st.randoms(), st.integers(40, 200))
def test_neither_order_nor_batches_matter_to_rows_that_are_read_again(
    read_again, table, how, chance, size
):
    order = list(range(len(table)))
    chance.shuffle(order)
    pieces = pa.Table.from_batches(table[order].to_arrow().to_batches(size))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_rows, "ROWS", size)
        other = fit(pieces, fixed=["prior", "hours"], **how)

    close(fit(table, fixed=["prior", "hours"], **how), other)


@few
@given(measures, st.sampled_from(READ_AGAIN))
def test_rows_that_are_read_again_are_fitted_as_those_that_are_held(
    read_again, table, how
):
    rows = fit(table, fixed=["prior", "hours"], **how)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model, "FEW", len(table))
        held = fit(table, fixed=["prior", "hours"], **how)

    assert (held.run.readings, rows.run.readings > 0) == (0, True)
    close(rows, held)
