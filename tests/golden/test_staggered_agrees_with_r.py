"""Staggered effects against R's did and against diff-diff: see README.md."""

import json
import warnings
from pathlib import Path

import diff_diff
import numpy as np
import pandas as pd
import pytest

from kaeden_stats.staggered import fit_paths, paths_of, randomised_effect
from tests.builders.staggered import counties, planted

GOLDEN = json.loads((Path(__file__).parent / "staggered.json").read_text())
KINDS = {"group": "by_group", "dynamic": "by_event", "calendar": "by_period"}


@pytest.fixture(scope="module")
def ours():
    value, first, periods = counties()
    paths = paths_of(value, first, periods=periods)
    return {name: fit_paths(paths, comparison=name) for name in ("never", "not yet")}


def close(ours, theirs):
    np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("comparison", ["never", "not yet"])
def test_each_effect_is_that_of_did(ours, comparison):
    found, rows = ours[comparison].group_time, GOLDEN[comparison]["att_gt"]

    assert found.group.tolist() == [row["group"] for row in rows]
    assert found.period.tolist() == [row["t"] for row in rows]
    close(found.effect, [row["att"] for row in rows])
    close(found.standard_error, [row["se"] for row in rows])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("comparison", ["never", "not yet"])
def test_averages_are_those_of_did(ours, comparison, kind):
    found = getattr(ours[comparison], KINDS[kind])
    rows = [row for row in GOLDEN[comparison]["aggte"] if row["type"] == kind]

    close(found.at, [row["egt"] for row in rows])
    close(found.effect, [row["att_egt"] for row in rows])
    close(found.standard_error, [row["se_egt"] for row in rows])
    close(found.overall, rows[0]["overall_att"])
    close(found.overall_error, rows[0]["overall_se"])


@pytest.mark.parametrize("comparison", ["never", "not yet"])
def test_the_simple_average_is_that_of_did(ours, comparison):
    row = next(row for row in GOLDEN[comparison]["aggte"] if row["type"] == "simple")

    close(ours[comparison].simple, row["overall_att"])
    close(ours[comparison].simple_error, row["overall_se"])


def test_the_published_digits_come_out(ours):
    found = ours["never"]

    assert f"{found.simple:.4f} {found.simple_error:.4f}" == "-0.0400 0.0120"
    assert f"{found.by_group.overall:.4f} {found.by_group.overall_error:.4f}" == (
        "-0.0310 0.0124"
    )
    assert f"{found.by_event.overall:.4f} {found.by_event.overall_error:.4f}" == (
        "-0.0772 0.0200"
    )


def test_the_effect_that_is_drawn_around_is_the_one_that_is_estimated(ours):
    value, first, periods = counties()

    drawn = randomised_effect(
        value, first, periods=periods, draws=99, rng=np.random.default_rng(1)
    )

    close(drawn.effect, ours["not yet"].by_group.overall)
    close(drawn.events.effect, ours["not yet"].by_event.effect)


def library(value, first, weights=None, **options):
    """Return diff-diff's fit of a table of units by periods."""
    unit, period = np.nonzero(np.isfinite(value))
    rows = pd.DataFrame(
        {
            "unit": unit,
            "period": period,
            "value": value[unit, period],
            "first": np.where(np.isfinite(first), first, 0)[unit].astype(int),
            "weight": (np.ones(len(value)) if weights is None else weights)[unit],
        }
    )
    design = None if weights is None else diff_diff.SurveyDesign(weights="weight")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return diff_diff.CallawaySantAnna(
            control_group="not_yet_treated", estimation_method="reg", **options
        ).fit(
            rows,
            outcome="value",
            unit="unit",
            time="period",
            first_treat="first",
            survey_design=design,
        )


def cells_of(fit, found):
    at = zip(found.group_time.group, found.group_time.period, strict=True)
    return [fit.group_time_effects[int(g), int(t)] for g, t in at]


def test_weighed_effects_are_those_of_diff_diff():
    rng = np.random.default_rng(2)
    data, weights = planted(rng, effect=1.0), rng.uniform(10, 60, 24)

    found = fit_paths(paths_of(data.value, data.first, weights=weights))
    theirs = library(data.value, data.first, weights)

    close(found.simple, theirs.overall_att)
    close(found.simple_error, theirs.overall_se)
    each = cells_of(theirs, found)
    close(found.group_time.effect, [one["effect"] for one in each])
    close(found.group_time.standard_error, [one["se"] for one in each])


def test_effects_with_gaps_in_the_panel_are_those_of_diff_diff():
    rng = np.random.default_rng(3)
    data = planted(rng, units=60, begin=25, effect=1.0)
    value = np.where(rng.random(data.value.shape) < 0.1, np.nan, data.value)

    found = fit_paths(paths_of(value, data.first))
    each = cells_of(library(value, data.first), found)

    close(found.group_time.effect, [one["effect"] for one in each])
    close(found.group_time.standard_error, [one["se"] for one in each])


@pytest.mark.parametrize("base", ["varying", "universal"])
@pytest.mark.parametrize("anticipation", [0, 1])
def test_other_designs_are_those_of_diff_diff(base, anticipation):
    data = planted(np.random.default_rng(4), units=40, begin=20, effect=1.0)

    found = fit_paths(
        paths_of(data.value, data.first), base=base, anticipation=anticipation
    )
    theirs = library(
        data.value, data.first, base_period=base, anticipation=anticipation
    )

    each = cells_of(theirs, found)
    close(found.group_time.effect, [one["effect"] for one in each])
    close(found.group_time.standard_error, [one["se"] for one in each])
    if not anticipation:  # diff-diff averages over the years of anticipation too
        close(found.simple, theirs.overall_att)
        close(found.simple_error, theirs.overall_se)


def test_without_a_group_that_never_begins_diff_diff_says_the_same():
    data = planted(np.random.default_rng(5), units=30, begin=30, effect=1.0)

    found = fit_paths(paths_of(data.value, data.first))
    theirs = library(data.value, data.first)

    close(found.simple, theirs.overall_att)
    close(found.simple_error, theirs.overall_se)
