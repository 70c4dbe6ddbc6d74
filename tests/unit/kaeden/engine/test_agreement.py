import pytest

from kaeden.engine.agreement import (
    between,
    direction,
    gap_in_link,
    gap_of_level,
    scores,
    spread_of,
    within,
)


def rows(*people):
    return [(score,) * 4 for score in people]


def test_a_person_scores_the_mean_of_their_answers():
    assert scores([(1, 2, 3, 4), (5, 5, 5, 5)]) == [2.5, 5.0]


@pytest.mark.parametrize("values", [[], [3.0]])
def test_a_mean_of_fewer_than_two_has_no_spread(values):
    assert spread_of(values) is None


def test_the_gap_in_a_link_is_what_the_led_see_less_what_the_leader_sees():
    gap = gap_in_link(rows(3, 3, 4, 2), (4, 4, 4, 4))

    assert (gap.mean, gap.n) == (-1.0, 4)
    assert gap.low < -1 < gap.high


def test_the_gap_of_a_level_counts_each_link_once_and_only_those_with_both_ends():
    led = {"a": rows(2), "b": rows(*[4] * 30), "c": rows(1)}
    own = {"a": (3,) * 4, "b": (4,) * 4, "d": (5,) * 4}

    gap = gap_of_level(led, own)

    assert (gap.mean, gap.n) == (-0.5, 2)


def test_agreement_within_is_the_mean_of_links_that_are_large_enough():
    led = {"a": rows(3, 3, 3, 3, 3), "b": rows(1, 5, 1, 5, 3), "c": rows(1, 5)}

    said = within(led, points=5, fewest=5)

    assert (said.links, said.uniform, said.slight_skew) == (2, 0.5, 0.5)
    assert within({"c": rows(1, 5)}, points=5, fewest=5) is None


def test_what_hangs_on_the_link_is_found_where_anything_can_tell():
    said = between({"a": rows(1, 2), "b": rows(4, 5)})

    assert (round(said.single, 3), round(said.mean, 3), said.links) == (0.895, 0.944, 2)
    assert said.standard_error > 0
    assert between({"a": rows(1, 2)}) is None


def test_a_direction_is_claimed_only_from_five_points():
    rising = [(2025 + at / 4, [at, at + 1.0, at + 0.5]) for at in range(5)]

    assert (direction(rising).sign, direction(rising).preliminary) == (1, False)
    assert direction(rising[:4]).preliminary
    assert direction(rising[:1]).preliminary
    assert direction([(2025, [3.0])]).preliminary


def test_a_level_where_all_always_say_the_same_goes_nowhere():
    flat = [(2025 + at / 4, [3.0, 3.0]) for at in range(5)]

    assert direction(flat).sign == 0
