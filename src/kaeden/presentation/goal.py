"""The page of one goal in one municipality."""

from collections.abc import Sequence
from dataclasses import dataclass

from kaeden.goals.queries import MunicipalGoal
from kaeden.organisation.rules import POST_NAMES
from kaeden.presentation import cards
from kaeden.presentation.cards import Card
from kaeden.publication.queries import CurrentRelease, ReleasedFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalPage:
    """The goal's lead result, and the further ones."""

    lead: Card | None
    further: tuple[Card, ...]
    owner: str
    suggestion: str


def build(
    goal: MunicipalGoal, figures: Sequence[ReleasedFigure], release: CurrentRelease
) -> GoalPage:
    """Return the page."""
    series = cards.by_indicator(figures)
    further = [
        cards.build(one, series.get(one.id, []), release=release)
        for one in goal.further
    ]
    own = series.get(goal.lead, [])
    return GoalPage(
        lead=cards.lead_of(goal, own, release),
        further=tuple(card for card in further if card),
        owner=goal.owner.name
        if goal.owner
        else str(POST_NAMES.get(goal.owner_role, "")),
        suggestion=str(goal.suggestion.basis) if goal.suggestion else "",
    )
