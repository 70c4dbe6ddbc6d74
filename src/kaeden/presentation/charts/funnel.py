"""A funnel: how far each unit is from what is expected, against its size.

The limits come with the figures; nothing is estimated here.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.presentation.charts.parts import (
    FigureTable,
    Scale,
    TableRow,
    Tick,
    alphabetical,
    path,
    scale_over,
    shortened,
)
from kaeden.presentation.numbers import Form, number


@dataclass(frozen=True, kw_only=True, slots=True)
class FunnelDot:
    """One unit: how many children, and its difference from what is expected."""

    name: str
    size: int
    difference: float
    flagged: bool = False
    own: bool = False
    href: str = ""
    words: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FunnelLimit:
    """How far chance reaches at one size: 95 and 99.8 per cent limits."""

    size: int
    low95: float
    high95: float
    low998: float
    high998: float


@dataclass(frozen=True, kw_only=True, slots=True)
class FunnelData:
    """What a funnel is drawn from."""

    title: str
    form: Form
    dots: tuple[FunnelDot, ...]
    limits: tuple[FunnelLimit, ...]
    axis: Form | None = None
    summary: str = ""
    size_head: str = ""
    download_href: str = ""
    download_words: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnDot:
    """A dot that is named or marked."""

    name: str
    x: float
    y: float
    own: bool
    flagged: bool
    label: str
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FunnelPicture:
    """One size of the picture; `crowd` is all plain dots as one path."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    zero: float
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    inner: str
    outer: str
    inner_edges: str
    outer_edges: str
    crowd: str
    dots: tuple[DrawnDot, ...]
    size_words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Funnel:
    """The funnel in words, in two sizes, and the marked units as a table."""

    title: str
    summary: str
    wide: FunnelPicture
    narrow: FunnelPicture
    table: FigureTable
    download_href: str
    download_words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """The room for the picture and how wide a name may be in it."""

    width: float
    height: float
    left: float
    right: float
    name_width: float
    sizes: int


WIDE = Frame(width=1120, height=500, left=62, right=1104, name_width=240, sizes=14)
NARROW = Frame(width=344, height=380, left=48, right=336, name_width=120, sizes=7)
SIZES = (5, 10, 20, 50, 100, 200, 300, 400, 500, 750, 1000, 1500, 2000, 5000, 10000)
TOP = 12.0

Edge = tuple[int, float, float]  # a size, and the lower and upper limit there


def draw_funnel(data: FunnelData) -> Funnel:
    """Turn the figures into words and coordinates."""
    return Funnel(
        title=data.title,
        summary=data.summary or own_summary(data),
        wide=picture(data, WIDE),
        narrow=picture(data, NARROW),
        table=table(data),
        download_href=data.download_href,
        download_words=data.download_words or _("Download all units"),
    )


def marked(data: FunnelData) -> list[FunnelDot]:
    """The dots that are told apart: signals and the reader's own, by name."""
    found = [dot for dot in data.dots if dot.flagged or dot.own]
    return sorted(found, key=lambda dot: alphabetical(dot.name))


def picture(data: FunnelData, frame: Frame) -> FunnelPicture:
    """The funnel in one size."""
    bottom = frame.height - 52
    axis = data.axis or Form(decimals=data.form.decimals)
    x, y = size_scale(data, frame), height_scale(data, bottom)
    plain = [d for d in data.dots if not d.flagged and not d.own]
    edges = [limit for limit in data.limits if x.low <= root(limit.size) <= x.high]
    inner = [(e.size, e.low95, e.high95) for e in edges]
    outer = [(e.size, e.low998, e.high998) for e in edges]
    return FunnelPicture(
        width=frame.width,
        height=frame.height,
        left=frame.left,
        right=frame.right,
        top=TOP,
        bottom=bottom,
        zero=y.at(0.0),
        x_ticks=size_ticks(x, frame),
        y_ticks=y.ticks(axis, 6, signed=True),
        inner=area(inner, x, y),
        outer=area(outer, x, y),
        inner_edges=borders(inner, x, y),
        outer_edges=borders(outer, x, y),
        crowd=crowd(plain, x, y),
        dots=tuple(named(marked(data), x, y, frame)),
        size_words=data.size_head or _("Number of children"),
    )


def root(size: float) -> float:
    """The axis of sizes runs with the square root, as chance does."""
    return math.sqrt(size)


def size_scale(data: FunnelData, frame: Frame) -> Scale:
    """A scale that holds every size."""
    sizes = [dot.size for dot in data.dots] or [10, 100]
    low, high = root(min(sizes)), root(max(sizes))
    air = (high - low) * 0.04 or 1.0
    return Scale(
        low=max(low - air, 0.0), high=high + air, start=frame.left, end=frame.right
    )


def height_scale(data: FunnelData, bottom: float) -> Scale:
    """A scale that holds every difference, as far up as down."""
    reach = max([abs(dot.difference) for dot in data.dots] or [1.0])
    return scale_over([-reach, 0.0, reach], bottom, TOP)


def size_ticks(x: Scale, frame: Frame) -> tuple[Tick, ...]:
    """Round numbers of children that do not stand in each other's way."""
    ticks: list[Tick] = []
    apart = (frame.right - frame.left) / (frame.sizes + 1)
    for size in SIZES:
        if x.low <= root(size) <= x.high:
            at = x.at(root(size))
            clear = not ticks or at - ticks[-1].at >= apart
            if clear and at <= frame.right - 14:
                ticks.append(Tick(at=at, label=number(size)))
    return tuple(ticks)


def area(edges: Sequence[Edge], x: Scale, y: Scale) -> str:
    """The area between two limits, as far as the picture reaches."""
    places = sorted(edges)
    if len(places) < 2:
        return ""
    lows = [(x.at(root(size)), y.at(max(low, y.low))) for size, low, _high in places]
    highs = [(x.at(root(size)), y.at(min(high, y.high))) for size, _low, high in places]
    return path(highs + lows[::-1]) + "Z"


def borders(edges: Sequence[Edge], x: Scale, y: Scale) -> str:
    """The two limits as lines, where they are within the picture."""
    places = [edge for edge in sorted(edges) if y.low <= edge[1] <= edge[2] <= y.high]
    if len(places) < 2:
        return ""
    lows = [(x.at(root(size)), y.at(low)) for size, low, _high in places]
    highs = [(x.at(root(size)), y.at(high)) for size, _low, high in places]
    return path(highs) + path(lows)


def crowd(dots: Iterable[FunnelDot], x: Scale, y: Scale) -> str:
    """Plain dots as one path of round points, since thousands weigh too much."""
    places = sorted({(x.at(root(d.size)), y.at(d.difference)) for d in dots})
    return "".join(f"M{left:g} {top:g}h0" for left, top in places)


def named(
    dots: Iterable[FunnelDot], x: Scale, y: Scale, frame: Frame
) -> Iterable[DrawnDot]:
    """Marked dots; a name that would cover another's is left to the table."""
    drawn = [
        drawn_dot(dot, x.at(root(dot.size)), y.at(dot.difference), frame)
        for dot in sorted(dots, key=lambda dot: not dot.own)
    ]
    taken = [(dot, (dot.x - 6, dot.x + 6, dot.y)) for dot in drawn]
    for dot in drawn:
        span = label_span(dot)
        if all(other is dot or apart(span, place) for other, place in taken):
            taken.append((dot, span))
            yield dot
        else:
            yield replace(dot, label="")


def drawn_dot(dot: FunnelDot, x: float, y: float, frame: Frame) -> DrawnDot:
    """One marked dot, its name towards the middle of the picture."""
    leftwards = x > (frame.left + frame.right) / 2
    return DrawnDot(
        name=dot.name,
        x=x,
        y=y,
        own=dot.own,
        flagged=dot.flagged,
        label=shortened(dot.name, frame.name_width, 13),
        label_x=x - 9 if leftwards else x + 9,
        label_y=y + 4,
        anchor="end" if leftwards else "start",
    )


def label_span(dot: DrawnDot) -> tuple[float, float, float]:
    """From where to where the dot and its name reach, and at which height."""
    width = len(dot.label) * 7.4 + 10
    if dot.anchor == "end":
        return dot.x - width, dot.x + 6, dot.y
    return dot.x - 6, dot.x + width, dot.y


def apart(one: tuple[float, float, float], other: tuple[float, float, float]) -> bool:
    """Whether two spans leave each other alone."""
    return abs(one[2] - other[2]) >= 15 or one[1] < other[0] or other[1] < one[0]


def own_summary(data: FunnelData) -> str:
    """How many units lie outside what chance explains."""
    flagged = sum(dot.flagged for dot in data.dots)
    return ngettext(
        "%(flagged)s of %(all)s units differs by more than chance explains.",
        "%(flagged)s of %(all)s units differ by more than chance explains.",
        flagged,
    ) % {"flagged": number(flagged), "all": number(len(data.dots))}


def table(data: FunnelData) -> FigureTable:
    """The marked units, with words on which ones these are."""
    heads = (_("Unit"), data.size_head or _("Number of children"), _("Difference"))
    note = _("The table shows the units that differ clearly, and your own.")
    if data.download_href:
        more = _("All %(all)s are in the file that can be downloaded.")
        note = f"{note} {more}" % {"all": number(len(data.dots))}
    return FigureTable(
        caption=data.title,
        heads=(*heads, _("Finding")),
        rows=tuple(table_row(dot, data.form) for dot in marked(data)),
        note=note,
    )


def table_row(dot: FunnelDot, form: Form) -> TableRow:
    """One marked unit in the table."""
    return TableRow(
        name=dot.name,
        cells=(number(dot.size), form.signed(dot.difference), dot.words),
        href=dot.href,
    )
