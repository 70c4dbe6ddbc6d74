"""What a model explains, and how reliable units' results are."""

import numpy as np
import pytest

from kaeden_stats import multilevel
from tests.builders.mixed_fits import fit_of, fitted, pupils
from tests.plain.mixed_dense import dense


def test_without_terms_the_fixed_part_explains_nothing():
    found = multilevel.explained_variance(fit_of(pupils(), levels=["school"]))

    assert found.marginal == 0
    assert found.fixed_variance == 0
    assert found.conditional > 0.1


def test_the_variance_of_the_fixed_part_is_that_of_its_values():
    fit, rows = fitted("three"), pupils()
    plain = dense(fit, rows)

    found = multilevel.explained_variance(fit)
    values = plain.X @ fit.coefficients["estimate"]
    assert found.fixed_variance == pytest.approx(values.var(ddof=1))


def test_reliability_is_told_for_each_level_and_term():
    fit = fitted("three_slope")
    table = multilevel.reliability(fit)

    assert table["level"].tolist() == ["authority", "school", "school"]
    assert table["term"].tolist() == ["1", "1", "prior"]
    effects = fit.effects("school")
    own = effects["reliability"][effects["term"] == "prior"]
    assert table["median"][2] == np.median(own)
    assert table["share_above"][2] == np.mean(own >= 0.7)
    assert (table["low"] <= table["median"]).all()


def test_the_reliability_of_a_mean_is_that_of_the_textbook():
    fit = fit_of(pupils(), levels=["school"])
    n, between = fit.effects("school")["n"], fit.variances["school"][0, 0]

    textbook = between / (between + fit.residual_variance / n)
    table = multilevel.reliability(fit)
    assert table["median"][0] == pytest.approx(np.median(textbook))
