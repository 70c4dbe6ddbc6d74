"""How freely fixed effects are known when variances were estimated."""

import warnings
from functools import cache

import numpy as np
import polars as pl
import pytest

from kaeden_stats import multilevel
from kaeden_stats.errors import InvalidInput, NotIdentified
from kaeden_stats.multilevel import degrees_of_freedom, joint_test
from tests.builders.mixed_fits import days, fit_of, fitted
from tests.builders.pupils import pupils
from tests.plain.mixed_dense import dense
from tests.plain.mixed_freedom import directions, kenward_roger, satterthwaite

SMALL = {"fixed": ["prior", "C(choice)"], "levels": ["authority", "school"]}


@cache
def rows():
    return pl.DataFrame(pupils(130, schools=14)).with_columns(
        pl.format("{} {}", "authority", "school").alias("school")
    )


@cache
def made(name):
    if name == "days":
        return fitted("days"), days()
    slopes = {"slopes": {"school": ["prior"]}} if name == "slope" else {}
    return fit_of(rows(), **(SMALL | slopes)), rows()


def by_hand(name, contrast):
    fit, table = made(name)
    whole = dense(fit, table)
    return kenward_roger(whole.X, whole.V, directions(fit, whole), contrast)


@pytest.mark.parametrize("name", ["days", "intercepts", "slope"])
def test_each_coefficient_has_kenward_and_rogers_freedom(name):
    fit, _table = made(name)
    ours = degrees_of_freedom(fit)

    for place in range(len(ours["term"])):
        contrast = np.eye(len(ours["term"]))[[place]]
        adjusted, _scale, df = by_hand(name, contrast)
        assert ours["df"][place] == pytest.approx(df, rel=1e-6)
        error = np.sqrt(contrast[0] @ adjusted @ contrast[0])
        assert ours["standard_error"][place] == pytest.approx(error, rel=1e-7)


@pytest.mark.parametrize("name", ["intercepts", "slope"])
def test_all_of_a_category_are_tested_together(name):
    fit, _table = made(name)
    ours = joint_test(fit, ["C(choice)"])

    contrast = np.eye(4)[2:]
    adjusted, scale, df = by_hand(name, contrast)
    estimate = fit.coefficients["estimate"][2:]
    wald = estimate @ np.linalg.solve(contrast @ adjusted @ contrast.T, estimate) / 2
    assert ours.terms == ("C(choice)[music]", "C(choice)[sport]")
    assert (ours.df, ours.scale) == pytest.approx((df, scale), rel=1e-6)
    assert ours.f == pytest.approx(scale * wald, rel=1e-6)
    assert 0 < ours.p_value < 1


def test_one_coefficient_tested_together_is_its_own_t_test():
    fit, _table = made("slope")
    table = degrees_of_freedom(fit)

    for method in ("kenward-roger", "satterthwaite"):
        table = degrees_of_freedom(fit, method)
        ours = joint_test(fit, ["prior"], method)
        assert ours.f == pytest.approx(table["t"][1] ** 2, rel=1e-9)
        assert ours.df == pytest.approx(table["df"][1], rel=1e-9)
        assert ours.p_value == pytest.approx(table["p_value"][1], rel=1e-7)


def test_satterthwaites_freedom_is_that_of_differences():
    fit, table = made("days")
    whole = dense(fit, table)
    moves = directions(fit, whole)
    matrix = fit.variances["person"]
    at = np.array([matrix[0, 0], matrix[1, 0], matrix[1, 1], fit.residual_variance])

    def v_of(psi):
        return sum(value * one for value, one in zip(psi, moves, strict=True))

    ours = degrees_of_freedom(fit, "satterthwaite")
    for place, contrast in enumerate(np.eye(2)):
        df = satterthwaite(whole.X, whole.y, v_of, at, contrast, reml=True)
        assert ours["df"][place] == pytest.approx(df, rel=1e-4)


def test_satterthwaites_joint_freedom_lies_between_those_of_its_parts():
    fit, _table = made("slope")
    ours = joint_test(fit, ["1", "C(choice)"], "satterthwaite")

    assert ours.numerator_df == 3
    assert ours.scale == 1.0
    assert 2 < ours.df < degrees_of_freedom(fit, "satterthwaite")["df"].max()


def test_balanced_groups_have_the_freedom_of_an_analysis_of_variance():
    rng = np.random.default_rng(3)
    group = np.repeat(np.arange(6), 5)
    table = pl.DataFrame(
        {"y": rng.normal(size=30) + 2 * rng.normal(size=6)[group], "group": group}
    )
    fit = fit_of(table, "y", levels=["group"])

    for method in ("kenward-roger", "satterthwaite"):
        assert degrees_of_freedom(fit, method)["df"] == pytest.approx([5], rel=1e-8)


def test_a_variance_of_zero_leaves_satterthwaite_the_freedom_of_the_rows():
    fit = no_variance()
    df = degrees_of_freedom(fit, "satterthwaite")["df"]

    assert fit.run.singular == ("group",)
    assert df == pytest.approx([28, 28], rel=1e-8)


def test_a_variance_of_zero_counts_as_estimated_with_kenward_and_roger():
    fit = no_variance()
    df = degrees_of_freedom(fit)["df"]

    assert np.all((df > 2) & (df < 28))


def no_variance():
    rng = np.random.default_rng(1)
    group = np.repeat(np.arange(6), 5)
    y = rng.normal(size=30)
    y -= np.array([y[group == one].mean() for one in range(6)])[group]
    table = pl.DataFrame({"y": y, "x": rng.normal(size=30), "group": group})
    return fit_of(table, "y", fixed=["x"], levels=["group"])


def test_a_part_with_hardly_any_freedom_leaves_the_joint_test_two():
    rng = np.random.default_rng(5)
    table = pl.DataFrame(
        {
            "y": rng.normal(size=12) + np.repeat([0.0, 4.0, 9.0], 4),
            "between": np.repeat([0.0, 0.0, 1.0], 4),
            "within": np.tile([0.0, 1.0, 2.0, 3.0], 3),
            "group": np.repeat([0, 1, 2], 4),
        }
    )
    fit = fit_of(table, "y", fixed=["between", "within"], levels=["group"])

    assert degrees_of_freedom(fit, "satterthwaite")["df"][1] < 2
    assert joint_test(fit, ["between", "within"], "satterthwaite").df == 2.0


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (lambda fit: degrees_of_freedom(fit, "guess"), "Use 'kenward-roger'"),
        (lambda fit: joint_test(fit, ["C(prior)"]), "no coefficient of 'C\\(prior\\)'"),
    ],
)
def test_what_is_not_there_is_said(asked, words):
    with pytest.raises(InvalidInput, match=words):
        asked(made("intercepts")[0])


def test_kenward_and_roger_want_restricted_likelihood():
    with pytest.raises(InvalidInput, match="reml=True"):
        degrees_of_freedom(fitted("days", reml=False))


def test_satterthwaite_takes_maximum_likelihood_too():
    restricted = degrees_of_freedom(fitted("days"), "satterthwaite")
    likely = degrees_of_freedom(fitted("days", reml=False), "satterthwaite")

    assert np.all(likely["df"] > restricted["df"])


def test_levels_that_are_the_same_leave_kenward_and_roger_nothing_to_go_by():
    table = rows().with_columns(pl.col("school").alias("twin"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", multilevel.ModelWarning)
        fit = multilevel.fit(table, "score", ["prior"], ["twin", "school"])

    with pytest.raises(NotIdentified, match="tell the variances apart"):
        degrees_of_freedom(fit)
