import numpy as np
import pytest

from kaeden_stats import InvalidInput, NotIdentified, within_variance_from_shares

SHARES = {"unit_share": 0.04, "group_share": 0.01}


def test_pupils_alone_make_the_spread_when_no_share_lies_between():
    found = within_variance_from_shares(
        [3.4, 3.6], [25, 25], unit_share=0, group_share=0
    )

    assert found == pytest.approx(0.02 * 25)


def test_in_one_municipality_its_share_does_not_show():
    alone = within_variance_from_shares([3.4, 3.6], [25, 25], ["a", "a"], **SHARES)
    apart = within_variance_from_shares([3.4, 3.6], [25, 25], ["a", "b"], **SHARES)

    assert alone == pytest.approx(0.95 * 0.02 / (0.04 + 0.95 / 25))
    assert apart == pytest.approx(0.95 * 0.02 / (0.05 + 0.95 / 25))


@pytest.mark.slow
def test_the_planted_variance_is_found():
    rng = np.random.default_rng(3)
    groups, n = rng.integers(0, 98, 2000), rng.integers(10, 300, 2000)
    value = rng.normal(0, 0.1, 98)[groups] + rng.normal(0, 0.2, 2000)
    value += rng.normal(0, np.sqrt(0.95 / n))

    found = within_variance_from_shares(value, n, groups, **SHARES)

    assert found == pytest.approx(0.95, rel=0.1)


@pytest.mark.parametrize("shares", [(-0.1, 0.0), (0.0, -0.1), (0.6, 0.4)])
def test_shares_that_leave_nothing_for_pupils_are_refused(shares):
    with pytest.raises(InvalidInput, match="together below 1"):
        within_variance_from_shares(
            [3.4, 3.6], [25, 25], unit_share=shares[0], group_share=shares[1]
        )


@pytest.mark.parametrize("value", [[3.4], [3.4, 3.4]])
def test_units_that_do_not_differ_tell_nothing(value):
    with pytest.raises(NotIdentified, match="do not differ"):
        within_variance_from_shares(value, [25] * len(value), **SHARES)
