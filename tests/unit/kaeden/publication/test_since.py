"""What a series has done since a day."""

from datetime import date

import pytest

from kaeden.publication.since import Moved, since
from tests.builders.figures import a_figure

AGREED = date(2025, 8, 10)


def year(period, value, half=None):
    low, high = (None, None) if half is None else (value - half, value + half)
    return a_figure(period=period, value=value, low=low, high=high)


def test_the_last_figure_before_and_the_newest_after_are_held_together():
    series = [year("2023/24", 9, 1), year("2024/25", 7.9, 1), year("2025/26", 7.1, 1)]

    found = since(series, AGREED)

    assert (found.before.period, found.newest.period) == ("2024/25", "2025/26")
    assert found.moved is Moved.WITHIN_CHANCE


@pytest.mark.parametrize(
    ("later", "half", "moved"),
    [
        (6.4, 1.0, Moved.BEYOND_CHANCE),
        (9.4, 1.0, Moved.BEYOND_CHANCE),
        (6.5, 1.0, Moved.WITHIN_CHANCE),
        (7.0, None, Moved.UNKNOWN),
    ],
)
def test_chance_is_what_both_intervals_together_leave_room_for(later, half, moved):
    series = [year("2024/25", 7.9, 1.0), year("2025/26", later, half)]
    assert since(series, AGREED).moved is moved


def test_figures_made_in_another_way_are_not_compared():
    series = [year("2024/25", 7.9, 1), year("2025/26", 2, 1)]
    assert since(series, AGREED, breaks={"2025/26"}).moved is Moved.MADE_ANEW
    assert since(series, AGREED, breaks={"2024/25"}).moved is Moved.BEYOND_CHANCE


def test_a_period_that_had_begun_is_told_apart():
    series = [year("2024/25", 7.9, 1), year("2025/26", 7, 1)]
    assert since(series, AGREED).is_mixed
    assert not since(series, date(2025, 8, 1)).is_mixed


def test_few_later_figures_are_preliminary():
    series = [year(f"{y}/{y + 1 - 2000}", 7, 1) for y in range(2021, 2026)]
    assert since(series, AGREED).is_preliminary
    assert not since(series, date(2023, 8, 1)).is_preliminary


def test_without_a_later_or_an_earlier_figure_nothing_is_said():
    hidden = a_figure(period="2025/26", value=None)
    only_before = since([year("2024/25", 7.9, 1), hidden], AGREED)
    only_after = since([year("2025/26", 7.9, 1)], AGREED)

    assert (only_before.newest, only_before.moved) == (None, Moved.UNKNOWN)
    assert (only_after.before, only_after.moved) == (None, Moved.UNKNOWN)
    assert not only_before.is_mixed
