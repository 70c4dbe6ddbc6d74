"""Which of the municipality's goals have a number, and why the others have none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from kaeden.goals.indicators import Indicator, Status
from kaeden.goals.queries import MunicipalGoal
from kaeden.organisation.models import Unit
from kaeden.presentation.figures import headline
from kaeden.publication.queries import ReleasedFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class AtHand:
    """One indicator of a goal: the number there is, or why there is none."""

    goal: str
    goal_href: str
    title: str
    href: str
    says: str
    period: str
    is_there: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersView:
    """All indicators of the adopted goals, and how many of them have a number."""

    lead: str
    rows: tuple[AtHand, ...]


def build(
    town: Unit, goals: Sequence[MunicipalGoal], figures: Sequence[ReleasedFigure]
) -> NumbersView:
    """Return the adopted goals' indicators, in the order of the goals."""
    newest = {one.indicator: one for one in figures if one.is_latest}
    rows = tuple(
        row for goal in goals if goal.is_adopted for row in _of_goal(town, goal, newest)
    )
    there = sum(row.is_there for row in rows)
    return NumbersView(
        lead=_("%(there)s of %(all)s indicators of the adopted goals have a number.")
        % {"there": there, "all": len(rows)},
        rows=rows,
    )


def _of_goal(
    town: Unit, goal: MunicipalGoal, newest: Mapping[str, ReleasedFigure]
) -> Sequence[AtHand]:
    used = [goal.indicator, *goal.further] if goal.indicator else []
    if not used:
        return [_row(town, goal, None, None)]
    return [_row(town, goal, one, newest.get(one.id)) for one in used]


def _row(
    town: Unit,
    goal: MunicipalGoal,
    indicator: Indicator | None,
    figure: ReleasedFigure | None,
) -> AtHand:
    is_published = indicator is not None and indicator.status is Status.PUBLISHED
    return AtHand(
        goal=goal.name,
        goal_href=reverse("web:goal", args=[town.code, goal.key]),
        title=str(indicator.title) if indicator else "",
        href=reverse("web:indicator", args=[indicator.id])
        if indicator and is_published
        else "",
        says=_says(town, indicator, figure),
        period=figure.period if figure else "",
        is_there=figure is not None and figure.value is not None,
    )


def _says(
    town: Unit, indicator: Indicator | None, figure: ReleasedFigure | None
) -> str:
    """Return the number in a sentence, or the reason that there is none."""
    if indicator is None:
        return _("The goal has no indicator yet.")
    if figure is not None:
        return headline(indicator, figure)
    if indicator.status is not Status.PUBLISHED:
        return _("No source delivers this number yet.")
    if town.is_invented:
        return _("Fjordby is invented, so no public source has a number for it.")
    return _("The source has no number for %(town)s.") % {"town": town.full_name}
