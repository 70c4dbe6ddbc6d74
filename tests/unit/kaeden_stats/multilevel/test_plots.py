"""Pictures of a fit as plain numbers."""

import json
from dataclasses import asdict

import numpy as np
import pytest

from kaeden_stats.errors import InvalidInput
from kaeden_stats.multilevel import plots, share_intervals
from tests.builders.mixed_fits import fitted, pupils


def test_a_caterpillar_has_each_unit_with_its_interval():
    fit = fitted("three_slope")
    picture, table = plots.caterpillar(fit, "school", "prior"), fit.effects("school")
    own = table["term"] == "prior"

    assert list(picture.effect) == table["effect"][own].tolist()
    reach = 1.959964 * table["standard_error"][own]
    assert np.subtract(picture.high, picture.effect) == pytest.approx(reach, rel=1e-6)
    assert picture.units[0] == "K0 K0 S01"
    assert sum(picture.rows) == len(pupils())
    ordered = [picture.effect[place] for place in picture.by_effect]
    assert ordered == sorted(picture.effect)


def test_the_variance_by_level_is_that_of_the_shares():
    fit = fitted("three")
    picture, table = plots.variance_by_level(fit), share_intervals(fit)

    assert list(picture.levels) == table["level"].tolist()
    assert list(picture.low) == table["low"].tolist()
    residual = picture.levels.index("residual")
    assert picture.deviation[residual] == pytest.approx(fit.residual_variance**0.5)


def test_a_fan_has_a_line_for_each_unit():
    fit = fitted("slope")
    picture = plots.slope_fan(fit, "school", "prior", at=(-2.0, 2.0))
    slope = dict(zip(*(fit.coefficients[c] for c in ("term", "estimate")), strict=True))
    effects = fit.effects("school")["effect"].reshape(-1, 2)

    rise = np.subtract(picture.end, picture.start) / 4
    assert rise == pytest.approx(slope["prior"] + effects[:, 1])
    start = slope["1"] + slope["girl"] * pupils()["girl"].mean() - 2 * slope["prior"]
    assert picture.overall[0] == pytest.approx(start)
    assert picture.start[3] == pytest.approx(start + effects[3, 0] - 2 * effects[3, 1])


def test_pictures_are_plain_numbers():
    fit = fitted("slope")
    pictures = (
        plots.caterpillar(fit, "school"),
        plots.variance_by_level(fit),
        plots.slope_fan(fit, "school", "prior", at=(-2, 2)),
    )

    assert all(json.dumps(asdict(one)) for one in pictures)


def test_a_term_without_random_effect_is_refused():
    with pytest.raises(InvalidInput, match="no random effect of 'girl'"):
        plots.slope_fan(fitted("slope"), "school", "girl", at=(0, 1))
