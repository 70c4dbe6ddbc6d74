"""Laws of inference from mixed models, whatever the unit and the order of the rows."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaeden_stats import multilevel
from tests.builders.mixed_fits import days, fit_of, fitted

MODEL = {"fixed": ["day"], "levels": ["person"], "slopes": {"person": ["day"]}}


@settings(max_examples=8)
@given(unit=st.floats(1e-3, 1e3), shift=st.floats(-1e4, 1e4), seed=st.integers(0, 1000))
def test_shares_and_ranks_know_no_unit_and_no_order(unit, shift, seed):
    rows = days().sample(fraction=1.0, shuffle=True, seed=seed)
    rows = rows.with_columns(time=rows["time"] * unit + shift)
    fit, usual = fit_of(rows, "time", **MODEL), fitted("days")

    for one in ("low", "high"):
        found = multilevel.share_intervals(fit)[one]
        assert found == pytest.approx(multilevel.share_intervals(usual)[one], abs=1e-6)
    here, there = (
        multilevel.ranks(one, "person", np.random.default_rng(3), draws=200)
        for one in (fit, usual)
    )
    assert here["rank"] == pytest.approx(there["rank"], abs=0.5)


@settings(max_examples=8)
@given(unit=st.floats(1e-3, 1e3), step=st.floats(1e-2, 1e2))
def test_intervals_follow_the_units_of_outcome_and_term(unit, step):
    rows = days()
    rows = rows.with_columns(time=rows["time"] * unit, day=rows["day"] * step)
    found = multilevel.profile_intervals(fit_of(rows, "time", **MODEL))
    usual = multilevel.profile_intervals(fitted("days"))

    scale = dict.fromkeys(usual["parameter"].tolist(), unit)
    scale |= {"sd(day|person)": unit / step, "day": unit / step}
    scale["cor(1,day|person)"] = 1.0
    for one in ("low", "high"):
        wanted = usual[one] * np.array(list(scale.values()))
        assert found[one] == pytest.approx(wanted, rel=1e-5, abs=1e-6)
