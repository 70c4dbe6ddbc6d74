"""The page of a municipality: its goals as sentences, each with three marks."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from kaeden.goals.indicators import Sector, published
from kaeden.goals.queries import MunicipalGoal
from kaeden.organisation.models import Unit
from kaeden.presentation import cards
from kaeden.presentation.cards import Card
from kaeden.presentation.words import SECTOR_NAMES
from kaeden.publication.queries import CurrentRelease, ReleasedFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalView:
    """One goal with its lead result."""

    goal: MunicipalGoal
    href: str
    card: Card | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorView:
    """The further results of a sector."""

    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalityPage:
    """What the page shows."""

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
    led = {goal.indicator.id for goal in goals}
    return MunicipalityPage(
        goals=tuple(sorted(views, key=lambda view: not view.goal.is_adopted)),
        adopted=sum(goal.is_adopted for goal in goals),
        sectors=tuple(_sector(sector, series, led, release) for sector in Sector),
    )


def _goal(
    town: Unit,
    goal: MunicipalGoal,
    series: dict[str, list[ReleasedFigure]],
    release: CurrentRelease,
) -> GoalView:
    own = series.get(goal.indicator.id, [])
    return GoalView(
        goal=goal,
        href=reverse("web:goal", kwargs={"code": town.code, "key": goal.key}),
        card=cards.build(goal.indicator, own, release=release, goal=goal),
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
