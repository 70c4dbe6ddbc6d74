"""The page of the country: one indicator on the map, and what the numbers say."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from kaeden.goals.indicators import Indicator, Unit, published
from kaeden.organisation.rules import Kind
from kaeden.presentation.charts.map import (
    DenmarkMap,
    MapArea,
    MapCategory,
    MapData,
    draw_map,
)
from kaeden.presentation.charts.marks import ListItem
from kaeden.presentation.charts.parts import alphabetical
from kaeden.presentation.figures import headline, origin_words, value_words
from kaeden.presentation.numbers import number
from kaeden.presentation.words import SECTOR_NAMES
from kaeden.publication.queries import CurrentRelease, ReleasedFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An indicator that the map can show."""

    id: str
    title: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DenmarkPage:
    """What the page shows."""

    indicator: Indicator
    country: str
    origin: str
    map: DenmarkMap
    choices: tuple[tuple[str, tuple[Choice, ...]], ...]
    places: tuple[tuple[str, str], ...]
    towns: tuple[ListItem, ...]
    counts: str
    scanned: str


def choices(chosen: str) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """Return the indicators that municipalities have figures for, by sector."""
    groups: dict[str, list[Choice]] = {}
    for one in published().values():
        if one.unit is not Unit.VERDICT:
            groups.setdefault(str(SECTOR_NAMES[one.sector]), []).append(
                Choice(id=one.id, title=str(one.title), is_chosen=one.id == chosen)
            )
    return tuple((sector, tuple(ones)) for sector, ones in groups.items())


def build(
    indicator: Indicator, release: CurrentRelease, figures: Sequence[ReleasedFigure]
) -> DenmarkPage:
    """Return the page with one indicator on the map."""
    towns = sorted(
        (f for f in figures if f.unit.kind == Kind.MUNICIPALITY.value),
        key=lambda figure: alphabetical(figure.unit.name),
    )
    country = next((f for f in figures if f.unit.kind == Kind.COUNTRY.value), None)
    return DenmarkPage(
        indicator=indicator,
        country=headline(indicator, country) if country else "",
        origin=origin_words(indicator, country) if country else "",
        map=draw_map(
            MapData(
                title=str(indicator.title),
                areas=tuple(_area(indicator, figure) for figure in towns),
                summary=_summary(towns),
                labels={
                    MapCategory.LOWER: _("lower than municipalities like it"),
                    MapCategory.SAME: _("as municipalities like it"),
                    MapCategory.HIGHER: _("higher than municipalities like it"),
                    MapCategory.NONE: _("no number"),
                },
            )
        ),
        choices=choices(indicator.id),
        places=tuple((figure.unit.code, figure.unit.name) for figure in towns),
        towns=tuple(
            ListItem(
                text=figure.unit.name,
                href=_address(figure),
                note=value_words(indicator, figure),
            )
            for figure in towns
        ),
        counts=_counts(release),
        scanned=_scanned(release),
    )


def _counts(release: CurrentRelease) -> str:
    return _(
        "%(figures)s figures for %(units)s places; %(hidden)s of them are hidden."
    ) % {
        "figures": number(release.figure_count),
        "units": number(release.units),
        "hidden": number(release.hidden_count),
    }


def _scanned(release: CurrentRelease) -> str:
    return _(
        "%(scanned)s results were held up against chance, and %(signals)s stood out. "
        "About one in twenty of those is expected to be chance."
    ) % {"scanned": number(release.scanned), "signals": number(release.signals)}


def _address(figure: ReleasedFigure) -> str:
    return reverse("web:municipality", kwargs={"code": figure.unit.code})


def _area(indicator: Indicator, figure: ReleasedFigure) -> MapArea:
    return MapArea(
        code=f"{int(figure.unit.code):04d}",
        name=figure.unit.name,
        category=category_of(figure),
        words=value_words(indicator, figure),
        href=_address(figure),
    )


def category_of(figure: ReleasedFigure) -> MapCategory:
    """Return which side of municipalities like it a figure lies on."""
    if figure.value is None or figure.compared is None:
        return MapCategory.NONE
    sides = {-1: MapCategory.LOWER, 0: MapCategory.SAME, 1: MapCategory.HIGHER}
    return sides[figure.compared]


def _summary(towns: Sequence[ReleasedFigure]) -> str:
    compared = [figure for figure in towns if figure.compared is not None]
    outside = sum(figure.compared != 0 for figure in compared)
    return _(
        "%(outside)s of %(all)s municipalities lie outside what municipalities like "
        "them usually differ by."
    ) % {"outside": outside, "all": len(compared)}
