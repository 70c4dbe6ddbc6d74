"""The page of an institution: its own results, and the units like it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from kaeden.goals.indicators import Level, Sector, published
from kaeden.organisation.models import Unit
from kaeden.organisation.rules import Kind
from kaeden.presentation import cards, places
from kaeden.presentation.cards import Card
from kaeden.presentation.charts.marks import Crumb, ListItem
from kaeden.publication.queries import CurrentRelease, ReleasedFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionPage:
    """What the page shows."""

    kind: str
    is_school: bool
    crumbs: tuple[Crumb, ...]
    cards: tuple[Card, ...]
    without: tuple[Card, ...]
    municipal: tuple[Card, ...]
    peers: tuple[ListItem, ...]
    outside: str


def units_read(unit: Unit) -> list[int]:
    """Return the units whose figures the page shows: its own, its municipality's."""
    town = _town(unit)
    return [unit.pk, *([town.pk] if town else [])]


def build(
    unit: Unit,
    figures: Sequence[ReleasedFigure],
    peers: Sequence[Unit],
    release: CurrentRelease,
) -> InstitutionPage:
    """Return the page; results without a number stand last, with the reason."""
    is_school = unit.kind == Kind.SCHOOL.value
    its = [f for f in figures if f.unit.id == unit.pk]
    own = _cards(its, release)
    numbered = {f.indicator for f in its if f.is_latest and f.value is not None}
    above = [f for f in figures if f.unit.id != unit.pk]
    return InstitutionPage(
        kind=places.form_words(unit),
        is_school=is_school,
        crumbs=_crumbs(unit),
        cards=tuple(card for card in own if _is_shown(card, numbered)),
        without=tuple(card for card in own if not _is_shown(card, numbered)),
        municipal=() if is_school else tuple(_cards(_daycare(above), release)),
        peers=tuple(_peer(one) for one in peers),
        outside=""
        if unit.is_in_chain
        else _("The municipality does not lead this institution."),
    )


def _is_shown(card: Card, numbered: Collection[str]) -> bool:
    """Whether there is a number now, or a curve of earlier ones."""
    return card.id in numbered or card.curve is not None


def _cards(figures: Sequence[ReleasedFigure], release: CurrentRelease) -> list[Card]:
    """Return a unit's cards in the catalogue's order."""
    series = cards.by_indicator(figures)
    found = [
        cards.build(one, series[one.id], release=release)
        for one in published().values()
        if one.id in series
    ]
    return [card for card in found if card]


def _daycare(figures: Sequence[ReleasedFigure]) -> list[ReleasedFigure]:
    """Return the municipality's own figures of day care."""
    wanted = {
        one.id
        for one in published().values()
        if one.sector is Sector.DAYCARE and one.level is Level.MUNICIPALITY
    }
    return [figure for figure in figures if figure.indicator in wanted]


def _town(unit: Unit) -> Unit | None:
    area = unit.parent
    return area.parent if area and area.kind == Kind.AREA.value else None


def _crumbs(unit: Unit) -> tuple[Crumb, ...]:
    town = _town(unit)
    above = [Crumb(text=_("Denmark"), href=reverse("web:denmark"))]
    if town:
        above.append(
            Crumb(
                text=town.full_name,
                href=places.address(town),
            )
        )
    return (*above, Crumb(text=unit.name))


def _peer(unit: Unit) -> ListItem:
    town = _town(unit)
    return ListItem(
        text=unit.name, href=places.address(unit), note=town.name if town else ""
    )
