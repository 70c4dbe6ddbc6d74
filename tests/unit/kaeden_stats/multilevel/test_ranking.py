"""Ranks with what is not known of them, and the difference between two units."""

import numpy as np
import pytest

from kaeden_stats import multilevel
from kaeden_stats.errors import InvalidInput
from kaeden_stats.multilevel._equations import equations
from tests.builders.mixed_fits import fit_of, fitted, pupils, rows_of
from tests.plain.mixed_dense import dense

MODELS = ("days", "days_uncorrelated", "three_slope", "crossed", "weighted")


@pytest.mark.parametrize("name", MODELS)
def test_a_difference_is_known_as_well_as_all_matrices_say(name):
    fit = fitted(name)
    level, width = fit.levels[-1], len(fit.effect_terms[fit.levels[-1]])
    plain = dense(fit, rows_of(name))
    units = fit.effects(level)["unit"][::width]
    found = multilevel.differences(fit, level, units[0], units[4])

    contrast = np.zeros(len(units) * width)
    contrast[0], contrast[4 * width] = 1, -1
    error = np.sqrt(contrast @ plain.uncertainty(level) @ contrast)
    assert found["standard_error"][0] == pytest.approx(error)
    assert found["difference"][0] == pytest.approx(contrast @ plain.effects(level))


@pytest.mark.parametrize("name", ["days", "crossed"])
def test_draws_spread_as_all_matrices_say(name):
    fit = fitted(name)
    level, width = fit.levels[-1], len(fit.effect_terms[fit.levels[-1]])
    known = equations(fit)
    place, weights = known.effect_weights(level, "1")
    drawn = known.draws(8000, np.random.default_rng(5))
    effects = np.einsum("uqd,q->ud", drawn[place], weights)

    truth = dense(fit, rows_of(name)).uncertainty(level)[::width, ::width]
    assert np.abs(np.cov(effects) - truth).max() < 0.06 * np.diag(truth).max()


def test_ranks_hold_what_the_order_of_effects_says():
    fit = fitted("slope")
    table = multilevel.ranks(fit, "school", np.random.default_rng(1), term="prior")
    again = multilevel.ranks(fit, "school", np.random.default_rng(1), term="prior")

    assert table["rank"].sum() == pytest.approx(47 * 48 / 2)
    assert (table["low"] <= table["rank"]).all()
    assert (table["rank"] <= table["high"]).all()
    assert np.corrcoef(table["rank"], table["effect"])[0, 1] < -0.9
    assert (table["rank"] == again["rank"]).all()


def test_units_that_do_not_differ_share_the_middle_rank():
    table = multilevel.ranks(fitted("singular"), "school", np.random.default_rng(1))

    assert set(table["rank"].tolist()) == {24.0}


def test_the_levels_around_a_unit_can_count_as_its_own():
    fit = fitted("three_slope")
    own = multilevel.ranks(fit, "school", np.random.default_rng(1), draws=50)
    whole = multilevel.ranks(
        fit, "school", np.random.default_rng(1), draws=50, with_outer=True
    )

    outer = fit.effects("authority")
    of = dict(zip(outer["unit"].tolist(), outer["effect"].tolist(), strict=True))
    added = [of[name] for name in whole["authority"].tolist()]
    assert whole["effect"] - own["effect"] == pytest.approx(added)


def test_a_slope_that_outer_levels_lack_is_the_units_own():
    fit = fitted("three_slope")
    found = multilevel.differences(
        fit, "school", "K0 S01", "K1 S04", term="prior", with_outer=True
    )

    alone = multilevel.differences(fit, "school", "K0 S01", "K1 S04", term="prior")
    assert found["difference"] == alone["difference"]
    assert found["unit_a"].tolist() == ["K0 S01"]


def test_units_of_one_parent_share_what_is_not_known_of_it():
    fit = fitted("three")
    near = multilevel.differences(fit, "school", "K0 S01", "K0 S02")
    whole = multilevel.differences(fit, "school", "K0 S01", "K0 S02", with_outer=True)

    assert whole["standard_error"] == pytest.approx(near["standard_error"])
    table = fit.effects("school")
    errors = table["standard_error"][:2]
    assert near["standard_error"][0] != pytest.approx(np.hypot(*errors), rel=0.01)


def test_repeated_labels_need_those_around_them():
    rows = pupils().with_columns(school=pupils()["former"])
    fit = fit_of(rows, levels=["authority", "school"])

    with pytest.raises(InvalidInput, match="9 units of school are called 'B01'"):
        multilevel.differences(fit, "school", "B01", "B02")
    found = multilevel.differences(fit, "school", ("K0", "B01"), ("K1", "B01"))
    assert found["unit_b"].tolist() == ["K1 B01"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("no unit 'Nowhere'", {"unit_b": "Nowhere"}),
        ("no random effect of 'girl'", {"term": "girl"}),
        ("no level 'class'", {"level": "class"}),
        ("confidence must lie", {"confidence": 95}),
    ],
)
def test_what_is_not_there_is_refused(words, said):
    asked = {"level": "school", "unit_a": "K0 S01", "unit_b": "K0 S02"} | said

    with pytest.raises(InvalidInput, match=words):
        multilevel.differences(fitted("slope"), **asked)


def test_no_draws_are_refused():
    with pytest.raises(InvalidInput, match="draws is 0"):
        multilevel.ranks(fitted("slope"), "school", np.random.default_rng(1), draws=0)
