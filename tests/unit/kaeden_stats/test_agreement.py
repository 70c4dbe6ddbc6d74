import numpy as np
import pytest

from kaeden_stats import (
    SLIGHTLY_SKEWED,
    InvalidInput,
    NotIdentified,
    NullDistribution,
    intraclass_correlation,
    within_group_agreement,
)

FIVE = NullDistribution.uniform(5)


def test_the_nulls_have_the_published_variances():
    """James, Demaree & Wolf 1984; LeBreton & Senter 2008, table 2."""
    assert FIVE.variance == pytest.approx(2)
    assert NullDistribution.uniform(7).variance == pytest.approx(4)
    assert SLIGHTLY_SKEWED.variance == pytest.approx(1.34)
    assert sum(SLIGHTLY_SKEWED.shares) == pytest.approx(1)


def test_a_null_has_something_to_choose_between():
    with pytest.raises(InvalidInput, match="at least 2, got 1"):
        NullDistribution.uniform(1)


def test_what_differs_more_than_by_chance_is_no_agreement():
    said = within_group_agreement([[1], [5]], ["a", "a"], null=FIVE)

    assert said.mean_variance.tolist() == [8]
    assert said.agreement.tolist() == [0]


def test_a_group_of_one_is_there_and_has_no_agreement():
    said = within_group_agreement([[1], [2], [2]], ["b", "a", "a"], null=FIVE)

    assert said.groups.tolist() == ["a", "b"]
    assert said.n.tolist() == [2, 1]
    assert np.isnan(said.agreement).tolist() == [False, True]
    assert said.null is FIVE


@pytest.mark.parametrize(
    ("answers", "groups", "why"),
    [
        ([1, 2], ["a", "a"], "a row a person"),
        ([[]], ["a"], "a row a person"),
        ([[1], [np.nan]], ["a", "a"], "1 missing"),
        ([[1], [6]], ["a", "a"], "5 steps apart"),
        ([[1], [2]], ["a"], "one label for each"),
    ],
)
def test_answers_that_do_not_belong_together_are_refused(answers, groups, why):
    with pytest.raises(InvalidInput, match=why):
        within_group_agreement(answers, groups, null=FIVE)


@pytest.mark.parametrize(
    ("values", "groups", "why"),
    [
        ([1.0, 2.0], ["a", "a"], "2 people in 1 groups"),
        ([1.0, 2.0], ["a", "b"], "2 people in 2 groups"),
        ([3.0, 3.0, 3.0], ["a", "a", "b"], "All answers are equal"),
    ],
)
def test_a_share_that_nothing_can_tell_is_said_so(values, groups, why):
    with pytest.raises(NotIdentified, match=why):
        intraclass_correlation(values, groups)


def test_groups_that_are_wholly_alike_have_a_mean_that_tells_nothing():
    said = intraclass_correlation([1.0, 2.0, 1.0, 2.0], ["a", "a", "b", "b"])

    assert said.between == pytest.approx(0)
    assert said.single == pytest.approx(-1)
    assert said.mean == 0


def test_a_planted_share_between_groups_is_found():
    rng = np.random.default_rng(20261124)
    groups = np.repeat(np.arange(400), 10)
    values = rng.normal(0, 0.5, 400)[groups] + rng.normal(0, 1.0, 4000)

    said = intraclass_correlation(values, groups)

    assert said.single == pytest.approx(0.2, abs=2.5 * said.standard_error)
    assert said.standard_error < 0.02
    assert said.mean == pytest.approx(10 * 0.2 / (1 + 9 * 0.2), abs=0.03)
