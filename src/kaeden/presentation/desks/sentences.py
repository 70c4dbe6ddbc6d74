"""The municipality's goals as sentences, each with a way to ask about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from kaeden.goals.standing import Standing
from kaeden.presentation import goals
from kaeden.presentation.goals import GoalLine
from kaeden.publication.gap_queries import ReleasedGap
from kaeden.publication.queries import CurrentRelease, ReleasedFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A goal, and where a question on it is put; empty where nobody can answer."""

    goal: GoalLine
    ask_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentencesView:
    """The vision, and every adopted goal."""

    vision: str
    lines: tuple[Asked, ...]


def build(
    stands: Standing,
    figures: Sequence[ReleasedFigure],
    release: CurrentRelease,
    gaps: Sequence[ReleasedGap] = (),
) -> SentencesView:
    """Return the goals as a politician meets them."""
    page = goals.build(stands, figures, release, gaps)
    owned = {goal.key for goal in stands.goals if goal.owner is not None}
    town = stands.town.code
    return SentencesView(
        vision=page.vision.sentence if page.vision.is_adopted else "",
        lines=tuple(
            Asked(
                goal=line,
                ask_href=reverse("web:new_question", args=[town, line.key])
                if line.key in owned
                else "",
            )
            for line in page.lines
        ),
    )
