"""The 98 municipalities, drawn in classes by pattern and colour."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _

from kaeden.presentation.charts.borders import BORDERS, shapes
from kaeden.presentation.charts.parts import FigureTable, TableRow, alphabetical
from kaeden.presentation.numbers import number


class MapCategory(StrEnum):
    """Where a municipality stands against what it is held up to."""

    LOWER = "lower"
    SAME = "same"
    HIGHER = "higher"
    NONE = "none"


@dataclass(frozen=True, kw_only=True, slots=True)
class MapArea:
    """One municipality: its class, its figure in words, and its page."""

    code: str
    name: str
    category: MapCategory
    words: str
    href: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class MapData:
    """What the map is drawn from; `own` is the code of the reader's municipality."""

    title: str
    areas: tuple[MapArea, ...]
    summary: str = ""
    own: str = ""
    labels: Mapping[MapCategory, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnArea:
    """One municipality in the picture."""

    name: str
    words: str
    href: str
    category: MapCategory
    outline: str
    own: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class LegendEntry:
    """A class, what it is called, and how many municipalities are in it."""

    category: MapCategory
    words: str
    count: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DenmarkMap:
    """The map in words, as a picture and as a table."""

    title: str
    summary: str
    width: int
    height: int
    inset: tuple[int, int, int, int]
    areas: tuple[DrawnArea, ...]
    legend: tuple[LegendEntry, ...]
    table: FigureTable


def draw_map(data: MapData) -> DenmarkMap:
    """Turn the classes into words and outlines."""
    found = shapes(BORDERS)
    areas = sorted(data.areas, key=lambda area: alphabetical(area.name))
    drawn = tuple(
        drawn_area(area, found.outlines[area.code], own=area.code == data.own)
        for area in areas
        if area.code in found.outlines
    )
    legend = tuple(legend_of(data))
    return DenmarkMap(
        title=data.title,
        summary=data.summary or own_summary(legend),
        width=found.width,
        height=found.height,
        inset=found.inset,
        areas=tuple(sorted(drawn, key=lambda area: area.own)),
        legend=legend,
        table=table(data, areas),
    )


def drawn_area(area: MapArea, outline: str, *, own: bool) -> DrawnArea:
    """One municipality in the picture."""
    return DrawnArea(
        name=area.name,
        words=area.words,
        href=area.href,
        category=area.category,
        outline=outline,
        own=own,
    )


def label_of(category: MapCategory, labels: Mapping[MapCategory, str]) -> str:
    """What a class is called."""
    return (
        labels.get(category)
        or {
            MapCategory.LOWER: _("lower"),
            MapCategory.SAME: _("like the country"),
            MapCategory.HIGHER: _("higher"),
            MapCategory.NONE: _("no number"),
        }[category]
    )


def legend_of(data: MapData) -> Iterable[LegendEntry]:
    """The classes that are on the map, each with its count."""
    for category in MapCategory:
        count = sum(area.category is category for area in data.areas)
        if count:
            words = label_of(category, data.labels)
            yield LegendEntry(category=category, words=words, count=number(count))


def own_summary(legend: Iterable[LegendEntry]) -> str:
    """How many municipalities are in each class."""
    counts = (f"{entry.words} {entry.count}" for entry in legend)
    return _("Municipalities: %(counts)s.") % {"counts": ", ".join(counts)}


def table(data: MapData, areas: Iterable[MapArea]) -> FigureTable:
    """The same municipalities as the picture."""
    rows = (
        TableRow(
            name=area.name,
            cells=(area.words, label_of(area.category, data.labels)),
            href=area.href,
        )
        for area in areas
    )
    heads = (_("Municipality"), _("Value"), _("Finding"))
    return FigureTable(caption=data.title, heads=heads, rows=tuple(rows))
