import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kaeden.engine import scan as scanning
from kaeden.goals.indicators import catalogue
from tests.builders.figures import a_result

BETTER = {one.id: one.direction for one in catalogue().values()}


def scan(results):
    return scanning.scan(results, BETTER)


p_values = st.none() | st.floats(0, 1)
outcomes = st.lists(
    st.builds(
        lambda code, compared, moved, direction: a_result(
            str(code), comparison_p=compared, development_p=moved, direction=direction
        ),
        st.integers(1, 999),
        p_values,
        p_values,
        st.sampled_from([None, -1, 0, 1]),
    ),
    max_size=40,
)


def moved(p, direction=1, **facts):
    return a_result(development_p=p, direction=direction, **facts)


def compared(p):
    return a_result(comparison_p=p)


def test_of_nothing_nothing_is_found():
    done = scan([a_result(), a_result("999002")])

    assert (done.scanned, done.found) == (0, 0)
    assert [one.signal for one in done.results] == ["", ""]


def test_a_result_far_outside_chance_is_found():
    done = scan([compared(0.0001), compared(0.9)])

    assert [one.signal for one in done.results] == ["comparison", ""]
    assert (done.scanned, done.found) == (2, 1)


def test_a_result_has_one_signal_and_its_own_development_comes_first():
    done = scan([moved(0.001, comparison_p=0.0001)])

    assert [one.signal for one in done.results] == ["development"]
    assert (done.scanned, done.found) == (2, 1)


def test_a_development_without_a_claim_counts_as_tested_and_is_never_found():
    done = scan([moved(0.0001, direction=0), compared(0.9)])

    assert [one.signal for one in done.results] == ["", ""]
    assert done.scanned == 2


def test_the_more_that_is_tested_the_further_outside_a_result_must_lie():
    alone = scan([compared(0.04)])
    among_many = scan([compared(0.04), *[moved(0.9, direction=0)] * 9])

    assert (alone.found, among_many.found) == (1, 0)


def test_results_are_held_up_by_benjamini_and_hochberg():
    rng = np.random.default_rng(3)
    p = np.concatenate([rng.uniform(0, 0.004, 10), rng.uniform(0, 1, 90)])

    found = [bool(one.signal) for one in scan([compared(one) for one in p]).results]

    ranked = np.sort(p)
    passing = ranked[ranked <= 0.05 * np.arange(1, 101) / 100]
    assert found == list(p <= passing.max())


@given(outcomes)
def test_the_counts_are_those_of_the_results(results):
    done = scan(results)

    tested = [
        p
        for one in results
        for p in (one.comparison_p, one.development_p)
        if p is not None
    ]
    assert done.scanned == len(tested)
    assert done.found == sum(bool(one.signal) for one in done.results)
    assert [one.code for one in done.results] == [one.code for one in results]


@given(outcomes)
def test_a_signal_rests_on_a_test_that_was_made(results):
    for one in scan(results).results:
        if one.signal == "comparison":
            assert one.comparison_p is not None
        if one.signal == "development":
            assert one.direction
            assert one.development_p is not None
