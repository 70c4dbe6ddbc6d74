"""Laws that every fit of a multilevel model keeps, whatever the rows."""

import warnings

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaeden_stats import multilevel
from tests.builders.pupils import pupils

FEW = settings(max_examples=12, deadline=None)
SEEDS = st.integers(0, 10_000)
MODEL = {
    "outcome": "score",
    "fixed": ["prior", "C(choice)"],
    "levels": ["authority", "school"],
    "slopes": {"school": ["prior"]},
}


def fitted(rows, **changes):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", multilevel.ModelWarning)
        return multilevel.fit(pl.DataFrame(rows), **MODEL | changes)


def the_same(one, other, *, within=1e-10):
    assert one.log_likelihood == pytest.approx(other.log_likelihood, abs=within)
    for column in ("estimate", "standard_error"):
        here, there = one.coefficients[column], other.coefficients[column]
        assert here == pytest.approx(there, rel=1e-8, abs=within)


@FEW
@given(seed=SEEDS)
def test_the_order_of_rows_means_nothing(seed):
    rows = pupils(150, seed=seed)
    order = np.random.default_rng(seed).permutation(len(rows))

    the_same(fitted(rows), fitted([rows[at] for at in order]))


@FEW
@given(seed=SEEDS)
def test_the_names_of_groups_mean_nothing(seed):
    rows = pupils(150, seed=seed)
    names = np.random.default_rng(seed).permutation(1000)
    renamed = [
        row
        | {
            "authority": f"authority {names[row['authority']]}",
            "school": f"school {names[row['school']]}",
        }
        for row in rows
    ]

    the_same(fitted(rows), fitted(renamed))


@FEW
@given(seed=SEEDS)
def test_schools_may_share_a_number_across_authorities(seed):
    rows = pupils(150, seed=seed)
    reused = [row | {"school": row["school"] // 4} for row in rows]

    the_same(fitted(rows), fitted(reused))


@FEW
@given(seed=SEEDS, unit=st.sampled_from([1e-6, 0.01, 100.0, 1e6]))
def test_another_unit_of_the_outcome_scales_what_is_found(seed, unit):
    rows = pupils(150, seed=seed)
    one, other = (
        fitted(rows),
        fitted([row | {"score": row["score"] * unit} for row in rows]),
    )

    assert other.coefficients["estimate"] == pytest.approx(
        one.coefficients["estimate"] * unit, rel=1e-7
    )
    assert other.residual_variance == pytest.approx(
        one.residual_variance * unit**2, rel=1e-8
    )
    for level, share in one.variance_shares.items():
        assert other.variance_shares[level] == pytest.approx(share, abs=1e-7)


@FEW
@given(seed=SEEDS)
def test_shares_add_up_to_one_and_effects_to_almost_nothing(seed):
    found = fitted(pupils(150, seed=seed), slopes={})

    assert sum(found.variance_shares.values()) == pytest.approx(1.0)
    for level in found.levels:
        effects = found.effects(level)
        assert abs(effects["effect"].mean()) < effects["standard_error"].max() + 1e-12
        assert ((effects["reliability"] >= 0) & (effects["reliability"] <= 1)).all()


@FEW
@given(seed=SEEDS)
def test_a_larger_model_never_fits_worse(seed):
    rows = pupils(150, seed=seed)
    small, large = (
        fitted(rows, reml=False, slopes={}, fixed=["prior"]),
        fitted(rows, reml=False),
    )

    assert large.log_likelihood >= small.log_likelihood - 1e-9


@FEW
@given(seed=SEEDS)
def test_a_fit_is_an_optimum_and_says_so(seed):
    assert fitted(pupils(150, seed=seed)).run.is_optimum


@FEW
@given(seed=SEEDS)
def test_a_weight_of_two_on_all_rows_changes_no_estimate(seed):
    rows = [row | {"weight": 2.0} for row in pupils(150, seed=seed)]
    plain, weighted = fitted(rows), fitted(rows, weights="weight")

    assert weighted.coefficients["estimate"] == pytest.approx(
        plain.coefficients["estimate"], rel=1e-8, abs=1e-10
    )
    assert weighted.residual_variance == pytest.approx(
        2 * plain.residual_variance, rel=1e-8
    )


@FEW
@given(seed=SEEDS)
def test_one_factor_alone_is_a_level(seed):
    rows = pupils(150, seed=seed)

    the_same(
        fitted(rows, levels=["school"]),
        fitted(rows, levels=[], crossed=["school"]),
    )
