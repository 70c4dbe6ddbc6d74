"""Laws that every fit with crossed factors keeps, whatever the rows."""

import warnings

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaeden_stats import multilevel
from tests.builders.pupils import pupils

FEW = settings(max_examples=8, deadline=None)
SEEDS = st.integers(0, 10_000)
MODEL = {
    "outcome": "score",
    "fixed": ["prior"],
    "levels": ["authority", "school"],
    "crossed": ["former", "choice"],
}


def fitted(rows, **changes):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", multilevel.ModelWarning)
        return multilevel.fit(pl.DataFrame(rows), **MODEL | changes)


def the_same(one, other):
    assert one.run.is_optimum
    assert one.log_likelihood == pytest.approx(other.log_likelihood, abs=1e-8)
    for column in ("estimate", "standard_error"):
        ours, theirs = one.coefficients[column], other.coefficients[column]
        assert ours == pytest.approx(theirs, rel=1e-6, abs=1e-8)
    for level, matrix in one.variances.items():
        assert matrix == pytest.approx(other.variances[level], rel=1e-5, abs=1e-7)


@FEW
@given(seed=SEEDS)
def test_the_order_of_rows_means_nothing(seed):
    rows = pupils(150, seed=seed)
    order = np.random.default_rng(seed).permutation(len(rows))

    the_same(fitted(rows), fitted([rows[at] for at in order]))


@FEW
@given(seed=SEEDS)
def test_the_order_of_factors_means_nothing(seed):
    rows = pupils(150, seed=seed)

    the_same(fitted(rows), fitted(rows, crossed=["choice", "former"]))


@FEW
@given(seed=SEEDS)
def test_the_names_of_groups_mean_nothing(seed):
    rows = pupils(150, seed=seed)
    names = np.random.default_rng(seed).permutation(1000).tolist()
    renamed = [
        row
        | {
            "authority": names[row["authority"]],
            "school": names[row["school"]],
            "former": names[int(row["former"].split()[1])],
        }
        for row in rows
    ]

    the_same(fitted(rows), fitted(renamed))


@FEW
@given(seed=SEEDS)
def test_no_other_covariances_have_a_lower_deviance(seed):
    made = fitted(pupils(150, seed=seed))
    problem, optimum = made._scaled.problem, made._optimum
    rng = np.random.default_rng(seed)

    for _try in range(5):
        moved = tuple(
            factor + rng.normal(size=factor.shape) * 10.0 ** -rng.integers(0, 4)
            for factor in optimum.factors
        )
        there = problem.profile(moved, reml=True).deviance
        assert there >= optimum.profile.deviance - 1e-9
