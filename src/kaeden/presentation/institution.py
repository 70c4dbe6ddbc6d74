"""The page of an institution: its own results, and the units like it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from kaeden.goals.indicators import Level, Sector, published
from kaeden.organisation.history import UnitHistory
from kaeden.organisation.models import Unit
from kaeden.organisation.rules import Kind
from kaeden.presentation import cards, places
from kaeden.presentation.addresses import unit_href
from kaeden.presentation.as_of import DAY, AsOf
from kaeden.presentation.cards import Card
from kaeden.presentation.charts.curve import CurveBreak
from kaeden.presentation.charts.marks import Crumb, ListItem
from kaeden.presentation.unit import UnitPage, away_words, kinship
from kaeden.publication.queries import CurrentRelease, ReleasedFigure
from kaeden.publication.series import Change, Series
from kaeden.shared.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionPage:
    """What the page shows; `series` is said when the unit carries on others."""

    kind: str
    is_school: bool
    crumbs: tuple[Crumb, ...]
    away: str
    kinship: tuple[ListItem, ...]
    history: str
    series: tuple[ListItem, ...]
    cards: tuple[Card, ...]
    without: tuple[Card, ...]
    municipal: tuple[Card, ...]
    peers: tuple[ListItem, ...]
    peers_are: str
    outside: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Organised:
    """The day that a page shows, and what the unit has been.

    `place` is its own page on that day; None outside every municipality, and for today,
    where the unit itself says where it is.
    """

    as_of: AsOf
    history: UnitHistory
    place: UnitPage | None = None


def build(
    unit: Unit,
    series: Series,
    above: Sequence[ReleasedFigure],
    peers: Sequence[Unit],
    release: CurrentRelease,
    organised: Organised,
) -> InstitutionPage:
    """Return the page; results without a number stand last, with the reason.

    `above` are the figures of the unit's municipality.
    """
    is_school = unit.kind == Kind.SCHOOL.value
    town = places.town_of(unit)
    own = _cards(series.figures, release, series)
    numbered = {
        f.indicator for f in series.figures if f.is_latest and f.value is not None
    }
    history, day = organised.history, organised.as_of.day
    return InstitutionPage(
        kind=places.form_words(unit),
        is_school=is_school,
        crumbs=_crumbs(unit, organised.place),
        away="" if _is_there(unit, day) else away_words(history, day),
        kinship=tuple(kinship(town.code, history)) if town else (),
        history=unit_href(town.code, unit.code) if town else "",
        series=tuple(_series(unit, organised)),
        cards=tuple(card for card in own if _is_shown(card, numbered)),
        without=tuple(card for card in own if not _is_shown(card, numbered)),
        municipal=() if is_school else tuple(_cards(_daycare(above), release)),
        peers=tuple(_peer(one) for one in peers),
        peers_are=_peers_are(release),
        outside=""
        if unit.is_in_chain
        else _("The municipality does not lead this institution."),
    )


def _is_there(unit: Unit, day: date) -> bool:
    return unit.valid_from <= day and (unit.valid_to is None or day < unit.valid_to)


def _series(unit: Unit, organised: Organised) -> Iterator[ListItem]:
    """Say whose figures a series holds, with the way to the other one."""
    lineage, shown = organised.history.lineage, organised.as_of
    if not lineage.ancestors():
        return
    path = places.address(unit)
    if lineage.at(shown.day).ancestors():
        first = min(one.on for one in lineage.descents if one.successor == unit.pk)
        yield ListItem(
            text=_("The figures are those of the unit and of all that it carries on."),
            note=_("Show only the unit's own, as organised then"),
            href=f"{path}?{DAY}={first - timedelta(days=1)}",
        )
    else:
        yield ListItem(
            text=_("The figures are the unit's own, as organised then."),
            note=_("Show them with those of all that it carries on now"),
            href=path,
        )


def _is_shown(card: Card, numbered: Collection[str]) -> bool:
    """Whether there is a number now, or a curve of earlier ones."""
    return card.id in numbered or card.curve is not None


def _cards(
    figures: Sequence[ReleasedFigure],
    release: CurrentRelease,
    series: Series | None = None,
) -> list[Card]:
    """Return a unit's cards in the catalogue's order."""
    points = cards.by_indicator(figures)
    found = [
        cards.build(
            one,
            points[one.id],
            release=release,
            changes=tuple(changes_in(series, points[one.id])) if series else (),
        )
        for one in published().values()
        if one.id in points
    ]
    return [card for card in found if card]


def changes_in(
    series: Series, points: Sequence[ReleasedFigure]
) -> Iterator[CurveBreak]:
    """Give the days on which the unit changed as breaks in one indicator's curve."""
    for change in series.changes:
        later = [p for p in points if Period.parse(p.period).ends > change.on]
        if later and len(later) < len(points):
            yield CurveBreak(before=later[0].period, words=_change_words(change))


def _change_words(change: Change) -> str:
    names = {"names": ", ".join(change.before), "others": ", ".join(change.others)}
    if change.others:
        return _("split from %(names)s, with %(others)s") % names
    if change.is_new:
        return _("carries on %(names)s") % names
    return _("joined by %(names)s") % names


def _daycare(figures: Sequence[ReleasedFigure]) -> list[ReleasedFigure]:
    """Return the municipality's own figures of day care."""
    wanted = {
        one.id
        for one in published().values()
        if one.sector is Sector.DAYCARE and one.level is Level.MUNICIPALITY
    }
    return [figure for figure in figures if figure.indicator in wanted]


def _crumbs(unit: Unit, place: UnitPage | None) -> tuple[Crumb, ...]:
    """Return the way down to a unit, on the day that is shown."""
    country = Crumb(text=_("Denmark"), href=reverse("web:denmark"))
    if place is not None and not place.away:
        above = (Crumb(text=one.text, href=one.href) for one in place.above)
        return (country, *above, Crumb(text=place.name))
    town = places.town_of(unit)
    home = [Crumb(text=town.full_name, href=places.address(town))] if town else []
    return (country, *home, Crumb(text=unit.name))


def _peers_are(release: CurrentRelease) -> str:
    """Say what the units like a unit have in common."""
    if release.is_own:
        return _(
            "The municipality's own of the same type. They may differ all the same."
        )
    return _(
        "Nearest first: the same type of school, with pupils of a similar background, "
        "about as many pupils, and a municipality that is about as urban."
    )


def _peer(unit: Unit) -> ListItem:
    town = places.town_of(unit)
    return ListItem(
        text=unit.name, href=places.address(unit), note=town.name if town else ""
    )
