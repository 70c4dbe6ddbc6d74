"""How many minutes a week were given back, and how sure that is. Pure.

A month's answers are told when the month is over and there are enough of them; until
then they wait, and are told with the next. So nobody can take the number of today from
that of yesterday, and read what one leader has answered.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from kaeden.conditions.rules.time_robbers import FEWEST, Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """Where the sum stood at the end of a month, and how many had answered by then."""

    first: date
    minutes: int
    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """Minutes a week given back to all who have been asked.

    `minutes` is what those who `answered` have got. Those who did not may have got
    nothing, or all that they had reported: between `low` and `high` lies the truth.
    """

    minutes: int
    answered: int
    asked: int
    high: int
    months: tuple[Month, ...]

    @property
    def low(self) -> int:
        """What is given back if those who did not answer got nothing."""
        return self.minutes


def returned(asked: Iterable[Told], *, on: date) -> Returned:
    """Return what is given back, from what each has said before and after."""
    everybody = list(asked)
    told: list[Month] = []
    answered: list[Told] = []
    for month in _months(everybody, on):
        answered += month
        if len(answered) - (told[-1].answered if told else 0) >= FEWEST:
            told.append(_month(month[0].measured_on, answered))
    last = told[-1] if told else None
    minutes, count = (last.minutes, last.answered) if last else (0, 0)
    silent = sum(one.minutes for one in everybody) - sum(
        one.minutes for one in answered[:count]
    )
    return Returned(
        minutes=minutes,
        answered=count,
        asked=len(everybody),
        high=minutes + silent,
        months=tuple(told),
    )


def _months(everybody: list[Told], on: date) -> Iterator[list[Told]]:
    """Give the answers of each month that is over, the oldest first."""
    given = [one for one in everybody if one.measured_on is not None]
    given.sort(key=lambda one: (str(one.measured_on), one.post_id))
    for first, month in groupby(given, key=lambda one: _first(one.measured_on)):
        if first < on.replace(day=1):
            yield list(month)


def _first(day: date | None) -> date:
    assert day is not None, "only answers have a day"
    return day.replace(day=1)


def _month(day: date | None, answered: list[Told]) -> Month:
    given = sum(one.minutes - (one.minutes_now or 0) for one in answered)
    return Month(first=_first(day), minutes=given, answered=len(answered))
