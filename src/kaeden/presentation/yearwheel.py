"""The year month by month: what comes back, what it prepares, what is next for me."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kaeden.presentation.charts.marks import ListItem
from kaeden.shared.cycles import Cycle, Stop
from kaeden.shared.periods import Period
from kaeden.yearwheel.catalogue import cycles
from kaeden.yearwheel.queries import Wheel

MOST_NEXT = 3
MONTHS = 12
LEFT, COLUMN, TOP, ROW, DOT = 12, 28, 26, 40, 8
"""The picture's measures: a row for each cycle, its name above its dots."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopView:
    """One stop, ready to be read."""

    title: str
    words: str
    day: str
    prepares: str
    href: str
    is_mine: bool
    is_done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthView:
    """A month with its stops; `is_now` marks the present one."""

    name: str
    is_now: bool
    stops: tuple[StopView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """How many stops of a cycle a month has."""

    x: int
    count: int
    is_mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """One cycle's row in the picture."""

    name: str
    name_y: int
    y: int
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The year as a picture; `now_x` is today, 0 in another year."""

    width: int
    height: int
    months: tuple[tuple[int, str], ...]
    strips: tuple[Strip, ...]
    now_x: float
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPage:
    """The whole page."""

    title: str
    next: tuple[StopView, ...]
    months: tuple[MonthView, ...]
    undated: tuple[ListItem, ...]
    picture: Picture
    earlier: ListItem
    later: ListItem


def build(found: Wheel, code: str, *, today: date) -> YearPage:
    """Return the page of a school year."""
    return YearPage(
        title=_("The year %(year)s") % {"year": found.year},
        next=tuple(_stop(one) for one in found.next_of_mine(today)[:MOST_NEXT]),
        months=tuple(_months(found, today)),
        undated=tuple(
            ListItem(text=str(one.title), note=f"{one.how_often}. {one.prepares}.")
            for one in found.undated
        ),
        picture=picture(found, today),
        earlier=_other(code, found.year, -1),
        later=_other(code, found.year, 1),
    )


def _other(code: str, year: Period, ahead: int) -> ListItem:
    other = Period(start=year.start + ahead, is_school_year=True)
    return ListItem(
        text=str(other), href=f"{reverse('web:year', args=[code])}?aar={other}"
    )


def _months(found: Wheel, today: date) -> Iterator[MonthView]:
    """Give the twelve months, those without a stop as well."""
    by_month = {
        month: tuple(_stop(one) for one in stops)
        for month, stops in groupby(found.stops, key=lambda one: one.day.replace(day=1))
    }
    for first in months_of(found.year):
        yield MonthView(
            name=date_format(first, "F Y"),
            is_now=first == today.replace(day=1),
            stops=by_month.get(first, ()),
        )


def months_of(year: Period) -> list[date]:
    """Return the first day of each month of a school year."""
    begins = year.begins
    return [
        date(begins.year + (begins.month - 1 + n) // MONTHS, (7 + n) % MONTHS + 1, 1)
        for n in range(MONTHS)
    ]


def _stop(one: Stop) -> StopView:
    known = cycles()[one.cycle]
    whole_month = one.count > 1 or not one.words
    return StopView(
        title=str(known.title),
        words=one.words,
        day="" if whole_month else date_format(one.day, "j. F"),
        prepares=str(known.prepares),
        href=one.path,
        is_mine=one.is_mine,
        is_done=one.is_done,
    )


def picture(found: Wheel, today: date) -> Picture:
    """Return the year as strips of dots, a strip for each cycle that has a stop."""
    firsts = months_of(found.year)
    shown = [one for one in cycles() if any(s.cycle is one for s in found.stops)]
    strips = tuple(
        _strip(cycle, place, found.stops, firsts) for place, cycle in enumerate(shown)
    )
    is_now = found.year.begins <= today < found.year.ends
    return Picture(
        width=2 * LEFT + MONTHS * COLUMN,
        height=TOP + len(shown) * ROW + LEFT,
        months=tuple(
            (_middle(n), date_format(first, "M")[:3]) for n, first in enumerate(firsts)
        ),
        strips=strips,
        now_x=_now(found.year, today) if is_now else 0,
        summary=_("%(stops)d stops in %(cycles)d cycles. The list below says them all.")
        % {"stops": sum(one.count for one in found.stops), "cycles": len(shown)},
    )


def _strip(
    cycle: Cycle, place: int, stops: Sequence[Stop], firsts: Sequence[date]
) -> Strip:
    top = TOP + place * ROW
    mine = [one for one in stops if one.cycle is cycle]
    dots = []
    for number, first in enumerate(firsts):
        here = [one for one in mine if one.day.replace(day=1) == first]
        if here:
            count = sum(one.count for one in here)
            own = any(one.is_mine for one in here)
            dots.append(Dot(x=_middle(number), count=count, is_mine=own))
    name = str(cycles()[cycle].title)
    return Strip(name=name, name_y=top + 12, y=top + 26, dots=tuple(dots))


def _middle(number: int) -> int:
    return LEFT + number * COLUMN + COLUMN // 2


def _now(year: Period, today: date) -> float:
    part = (today - year.begins).days / (year.ends - year.begins).days
    return round(LEFT + part * MONTHS * COLUMN, 1)
