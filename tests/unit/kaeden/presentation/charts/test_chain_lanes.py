"""In which order threads run across."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaeden.presentation.charts.chain_lanes import Net, best_order, cost, lanes_of

places = st.integers(0, 20).map(lambda place: place * 17.0)


def nets(most):
    feet = st.lists(places, min_size=1, max_size=3, unique=True).map(tuple)
    pairs = st.lists(st.tuples(places, feet), max_size=most)
    return pairs.map(
        lambda found: [
            Net(key=f"g{number}", top=top, feet=feet)
            for number, (top, feet) in enumerate(found)
        ]
    )


def crossings(order):
    return sum(
        cost(upper, lower)
        for place, upper in enumerate(order)
        for lower in order[place + 1 :]
    )


@given(nets(5))
def test_no_order_crosses_less_than_the_one_that_is_chosen(found):
    chosen = best_order(found)

    assert sorted(net.key for net in chosen) == [net.key for net in found]
    assert crossings(chosen) == min(map(crossings, permutations(found)))


@given(nets(9))
def test_two_threads_in_one_lane_never_touch(found):
    lanes = lanes_of(found)
    spans = {net.key: net.span for net in found if not net.is_straight}

    assert set(lanes) == set(spans)
    for one, (left, right) in spans.items():
        for other, (begin, end) in spans.items():
            if one < other and lanes[one] == lanes[other]:
                assert right < begin or end < left


def test_a_thread_that_runs_straight_down_needs_no_lane():
    assert lanes_of([Net(key="g", top=100.0, feet=(100.0,))]) == {}


def test_threads_that_go_left_nest_within_each_other():
    outer = Net(key="outer", top=300.0, feet=(100.0,))
    inner = Net(key="inner", top=200.0, feet=(83.0,))

    lanes = lanes_of([outer, inner])

    assert lanes["inner"] < lanes["outer"]
    assert crossings(best_order([outer, inner])) == 0


def test_two_threads_do_not_run_on_top_of_each_other():
    down = Net(key="down", top=300.0, feet=(100.0,))
    same = Net(key="same", top=100.0, feet=(400.0,))

    assert lanes_of([down, same])["same"] < lanes_of([down, same])["down"]


@pytest.mark.parametrize("count", [0, 12])
def test_none_and_very_many_keep_the_order_they_have(count):
    found = [Net(key=f"g{n}", top=0.0, feet=(50.0 + n,)) for n in range(count)]

    assert best_order(found) == found
