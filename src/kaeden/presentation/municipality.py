"""The page of a municipality: its goals as sentences, each with three marks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from kaeden.goals.indicators import Sector, published
from kaeden.goals.queries import MunicipalGoal
from kaeden.organisation.models import Unit
from kaeden.presentation import cards
from kaeden.presentation.cards import Card
from kaeden.presentation.charts.marks import Mark
from kaeden.presentation.words import SECTOR_NAMES
from kaeden.publication.queries import CurrentRelease, ReleasedFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalView:
    """One goal with its lead result."""

    goal: MunicipalGoal
    href: str
    card: Card | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandsOut:
    """A result that stands out, why, and where on the page it is."""

    card: Card
    mark: Mark
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorView:
    """The further results of a sector."""

    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalityPage:
    """What the page shows."""

    stands_out: tuple[StandsOut, ...]
    goals: tuple[GoalView, ...]
    adopted: int
    sectors: tuple[SectorView, ...]


def build(
    town: Unit,
    goals: Sequence[MunicipalGoal],
    figures: Sequence[ReleasedFigure],
    release: CurrentRelease,
) -> MunicipalityPage:
    """Return the page; goals that are adopted come first."""
    series = cards.by_indicator(figures)
    views = [_goal(town, goal, series, release) for goal in goals]
    led = {goal.lead for goal in goals}
    sectors = tuple(_sector(sector, series, led, release) for sector in Sector)
    placed = {
        view.card.id: (view.card, f"lead-{view.goal.key}")
        for view in views
        if view.card
    }
    placed |= {
        card.id: (card, f"more-{card.id}") for one in sectors for card in one.cards
    }
    return MunicipalityPage(
        stands_out=tuple(_standing_out(figures, placed)),
        goals=tuple(sorted(views, key=_order)),
        adopted=sum(goal.is_adopted for goal in goals),
        sectors=sectors,
    )


def _standing_out(
    figures: Sequence[ReleasedFigure], placed: Mapping[str, tuple[Card, str]]
) -> Iterator[StandsOut]:
    """Return the newest results with a signal, each with the mark that says so."""
    for figure in figures:
        card, anchor = placed.get(figure.indicator, (None, ""))
        if figure.is_latest and figure.signal and card and card.marks:
            changed, _target, compared = card.marks
            mark = changed if figure.signal == "development" else compared
            yield StandsOut(card=card, mark=mark, anchor=anchor)


def _order(view: GoalView) -> tuple[bool, bool]:
    """Adopted goals come first, those without a figure last."""
    return not view.goal.is_adopted, view.card is None


def _goal(
    town: Unit,
    goal: MunicipalGoal,
    series: dict[str, list[ReleasedFigure]],
    release: CurrentRelease,
) -> GoalView:
    own = series.get(goal.lead, [])
    return GoalView(
        goal=goal,
        href=reverse("web:goal", kwargs={"code": town.code, "key": goal.key}),
        card=cards.lead_of(goal, own, release),
    )


def _sector(
    sector: Sector,
    series: dict[str, list[ReleasedFigure]],
    led: set[str],
    release: CurrentRelease,
) -> SectorView:
    further = [
        cards.build(one, series[one.id], release=release)
        for one in published().values()
        if one.sector is sector and one.id in series and one.id not in led
    ]
    return SectorView(
        title=str(SECTOR_NAMES[sector]), cards=tuple(card for card in further if card)
    )
