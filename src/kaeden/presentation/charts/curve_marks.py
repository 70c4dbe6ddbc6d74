"""Marks on a curve: a thin line with a number where something happened, told below it.

The words stand under the picture and in its table, never in it: so they can be of any
length, and marks that lie close stand in rows above each other.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from kaeden.presentation.charts.parts import text_width
from kaeden.shared.periods import Period

SIZE = 12
ROW = 18
LEAST_WIDTH = 18.0
APART = 4.0


@dataclass(frozen=True, kw_only=True, slots=True)
class CurveMark:
    """Something that happened, on a day or at the point labelled `at`; `href` leads on.

    A day has its place where the points are days, or are labelled by years.
    """

    at: str | date
    words: str
    href: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedMark:
    """A mark as it is told under the picture; it has its number by its place."""

    when: str
    words: str
    href: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnMark:
    """A line in the picture with the numbers of the marks that it stands for."""

    x: float
    label: str
    row: int
    width: float

    @property
    def down(self) -> int:
        """How far below the first row its number stands."""
        return ROW * self.row

    @property
    def left(self) -> float:
        """Where the room of its number begins."""
        return round(self.x - self.width / 2, 1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Axis:
    """The points that marks stand among: their labels, places, and the edges.

    `days` are those of points that are days; others are labelled by their period.
    """

    labels: tuple[str, ...]
    places: tuple[float, ...]
    left: float
    right: float
    days: tuple[date, ...] = ()

    def place_of(self, at: str | date) -> float | None:
        """Return where a mark stands; None when no point has its label."""
        if isinstance(at, str):
            return dict(zip(self.labels, self.places, strict=True)).get(at)
        return round(min(max(self._among(at), self.left), self.right), 1)

    def _among(self, day: date) -> float:
        """Return the place of a day: each period reaches halfway to its neighbours."""
        knots = list(self._knots())
        days = [when for when, _x in knots]
        after = min(max(bisect_right(days, day.toordinal()), 1), len(knots) - 1)
        (start, low), (end, high) = knots[after - 1], knots[after]
        share = (day.toordinal() - start) / max(end - start, 1)
        return low + min(max(share, 0.0), 1.0) * (high - low)

    def _knots(self) -> Iterable[tuple[int, float]]:
        width = self.right - self.left
        step = self.places[1] - self.places[0] if len(self.places) > 1 else width / 2
        if self.days:
            places = self.places[0] - step / 2, *self.places, self.places[-1] + step / 2
            first, last = self.days[0].toordinal() - 1, self.days[-1].toordinal() + 1
            numbers = first, *(day.toordinal() for day in self.days), last
            yield from zip(numbers, places, strict=True)
            return
        for label, x in zip(self.labels, self.places, strict=True):
            period = Period.parse(label)
            yield period.begins.toordinal(), x - step / 2
            yield period.ends.toordinal(), x + step / 2


def in_order(marks: Iterable[CurveMark], axis: Axis) -> tuple[CurveMark, ...]:
    """Return the marks that have a place, from left to right: so they are numbered."""
    placed = [(axis.place_of(mark.at), str(mark.at), mark) for mark in marks]
    found = [(x, key, mark) for x, key, mark in placed if x is not None]
    return tuple(mark for _x, _key, mark in sorted(found, key=lambda one: one[:2]))


def listed(marks: Iterable[CurveMark]) -> tuple[ListedMark, ...]:
    """Return marks as they are told under the picture."""
    return tuple(
        ListedMark(
            when=one.at if isinstance(one.at, str) else date_format(one.at),
            words=one.words,
            href=one.href,
        )
        for one in marks
    )


def drawn_marks(marks: Sequence[CurveMark], axis: Axis) -> tuple[DrawnMark, ...]:
    """Return the lines of marks in their order; what is at one place shares a line."""
    numbers: dict[float, list[int]] = {}
    for number, mark in enumerate(marks, start=1):
        numbers.setdefault(axis.place_of(mark.at) or 0.0, []).append(number)
    ends: list[float] = []
    return tuple(_drawn(x, own, ends) for x, own in numbers.items())


def _drawn(x: float, numbers: Sequence[int], ends: list[float]) -> DrawnMark:
    """Return one line, its number in the first row with room; `ends` are the rows'."""
    first, last = numbers[0], numbers[-1]
    label = str(first) if first == last else f"{first}–{last}"
    width = max(text_width(label, SIZE) + 8, LEAST_WIDTH)
    left = x - width / 2 - APART
    row = next((at for at, end in enumerate(ends) if end <= left), len(ends))
    ends[row : row + 1] = [x + width / 2]
    return DrawnMark(x=x, label=label, row=row, width=width)


def rows_of(marks: Iterable[DrawnMark]) -> int:
    """Return how many rows of numbers stand above the picture."""
    return 1 + max((one.row for one in marks), default=-1)
