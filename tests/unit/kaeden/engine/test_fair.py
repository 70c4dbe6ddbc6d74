import numpy as np
import pytest

from kaeden.engine import fair
from kaeden.goals.indicators import UnknownVariance, catalogue
from kaeden_stats import fit_area, within_variance_from_shares
from tests.builders.figures import an_indicator
from tests.builders.panels import a_panel

UNITS = 40
RNG = np.random.default_rng(5)
VALUE = np.round(8 + RNG.normal(0, 1.2, UNITS), 1)
SIZE = RNG.integers(40, 700, UNITS).astype(float)
GROUPS = [f"{101 + row // 5}" for row in range(UNITS)]


def fitted(name="school-absence", value=VALUE, n=SIZE, **changes):
    return fair.fit(
        a_panel(value, n=n, indicator=an_indicator(name, **changes)), GROUPS
    )


def agrees(found, variance):
    expected = fit_area(VALUE, GROUPS, sampling_variance=variance)
    np.testing.assert_allclose(found.fit.estimate, expected.estimate)
    np.testing.assert_allclose(found.fit.standard_error, expected.standard_error)
    np.testing.assert_allclose(found.variance, variance)


def test_a_known_variance_is_shared_out_by_children_and_the_sources_rounding_added():
    agrees(fitted(), 36.0 / SIZE + 0.1**2 / 12)


def test_a_variance_from_published_shares():
    kind = catalogue()["exam-mark"].within_variance
    within = within_variance_from_shares(
        VALUE, SIZE, GROUPS, unit_share=kind.unit_share, group_share=kind.group_share
    )

    agrees(fitted("exam-mark"), within / SIZE + 0.1**2 / 12)


def test_a_share_of_children_has_the_variance_of_a_share():
    found = fitted("progression-to-youth-education", value=VALUE * 10)
    share = np.average(VALUE * 10, weights=SIZE) / 100

    variance = 100**2 * share * (1 - share) / SIZE + 0.1**2 / 12
    np.testing.assert_allclose(found.variance, variance)
    assert found.origin == "binomial"


def unknown():
    text = {"da": "Ukendt.", "en": "Unknown."}
    return UnknownVariance(kind="unknown", why=text)


def test_an_unknown_variance_is_found_from_how_the_spread_grows():
    n = np.tile([20.0, 500.0], UNITS // 2)
    value = 8 + RNG.normal(0, 1, UNITS) + RNG.normal(0, 1, UNITS) * 12 / np.sqrt(n)

    found = fitted(value=value, n=n, within_variance=unknown())

    assert found.origin == "unknown"
    np.testing.assert_allclose(found.variance, found.fit.within_variance / n)


def test_no_fair_result_where_chance_would_explain_everything():
    n = np.tile([20.0, 500.0], UNITS // 2)
    chance = np.random.default_rng(0).normal(0, 12, UNITS) / np.sqrt(n)

    assert fitted(value=8 + chance, n=n, within_variance=unknown()) is None


def test_units_without_a_number_or_a_size_are_left_out_and_counted():
    value, n = VALUE.copy(), SIZE.copy()
    value[:3], n[2:5] = np.nan, [np.nan, 0.2, np.nan]

    found = fitted(value=value, n=n)

    assert list(found.used) == list(range(5, UNITS))
    assert found.left_out == {"no number": 3, "number of children not known": 2}


@pytest.mark.parametrize(("units", "is_fitted"), [(19, False), (20, True)])
def test_fewer_than_twenty_units_have_no_fair_result(units, is_fitted):
    value = np.where(np.arange(UNITS) < units, VALUE, np.nan)

    assert (fitted(value=value) is not None) is is_fitted


def test_an_indicator_of_unknown_spread_has_no_fair_result():
    assert fitted("teacher-qualification") is None


def test_units_of_one_size_do_not_tell_how_chance_falls_with_size():
    assert fitted(n=100.0, within_variance=unknown()) is None
