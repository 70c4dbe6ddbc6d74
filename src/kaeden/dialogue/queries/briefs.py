"""Read what a team's brief is made from; each docstring ends with its cost.

Everything on it is read as the team reads it: released figures, what the goal means
from the top down to the unit, and of what is tried only what the leader has ticked.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from django.db.models import Q
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, Role, may, require
from kaeden.dialogue.models import Commitment, TeamShare
from kaeden.dialogue.rules.commitments import Step
from kaeden.goals.errors import NoSuchGoal
from kaeden.goals.models import Effort
from kaeden.goals.queries import MunicipalGoal, area_goals, goals_of
from kaeden.goals.said import Said, meanings_above
from kaeden.goals.way import SECTOR_OF_KIND
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import name_of, units_now
from kaeden.organisation.rules import INSTITUTIONS, Kind
from kaeden.publication.errors import NothingReleased
from kaeden.publication.queries import (
    CurrentRelease,
    ReleasedFigure,
    current_release,
    of_units,
)
from kaeden.shared.clock import today

ByUnit: TypeAlias = Mapping[tuple[int, str], Sequence[ReleasedFigure]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tickable:
    """An effort or a commitment of one's post, and whether the team is shown it."""

    key: str
    words: str
    is_shared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What a team is told of one goal: its own figures, or those nearest above."""

    town: Unit
    unit: Unit
    goal: MunicipalGoal
    series: tuple[ReleasedFigure, ...]
    meanings: tuple[Said, ...]
    tries: tuple[str, ...]
    release: CurrentRelease | None


@dataclass(frozen=True)
class Briefing:
    """What all briefs of a municipality are made from, each read once."""

    town: Unit

    @cached_property
    def release(self) -> CurrentRelease | None:
        """The release that the municipality reads (1 query)."""
        try:
            return current_release(self.town.code)
        except NothingReleased:
            return None

    @cached_property
    def goals(self) -> tuple[MunicipalGoal, ...]:
        """The municipality's and its areas' goals, and those proposed to it (4 queries)."""
        return (*goals_of(self.town), *area_goals(self.town))

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """The units of today by path (1 query)."""
        there = Q(path=self.town.path) | Q(path__startswith=f"{self.town.path}/")
        return {one.path: one for one in units_now().filter(there)}

    @cached_property
    def figures(self) -> ByUnit:
        """All released figures of the municipality's units (1 query)."""
        found: dict[tuple[int, str], list[ReleasedFigure]] = {}
        if self.release is not None:
            ids = [one.pk for one in self.units.values()]
            for figure in of_units(self.release.id, ids):
                found.setdefault((figure.unit.id, figure.indicator), []).append(figure)
        return found

    def institutions(self) -> list[Unit]:
        """Return the institutions that the municipality leads, by name (0 queries)."""
        there = (one for one in self.units.values() if one.kind in INSTITUTIONS)
        return sorted(
            (one for one in there if one.is_in_chain), key=lambda one: one.search_name
        )

    def goals_at(self, unit: Unit) -> list[MunicipalGoal]:
        """Return the goals that a unit can be told of, its own figures first.

        Where a municipality has adopted none, those proposed to it stand for the
        results that the unit has.
        """
        fitting = [one for one in self.goals if _is_for(one, unit)]
        adopted = [one for one in fitting if one.is_adopted]
        shown = adopted or [one for one in fitting if self._own(unit, one)]
        return sorted(
            shown,
            key=lambda one: (not self._own(unit, one), not self._series(unit, one)),
        )

    def brief(self, unit: Unit, key: str = "") -> Brief | None:
        """Return a unit's brief on a goal, or on its first (2 queries).

        None where there is nothing to tell of.

        Raises
        ------
        NoSuchGoal
            If it is no goal for the unit.
        """
        goals = self.goals_at(unit)
        chosen = [one for one in goals if key in {"", one.key}]
        if not chosen:
            if key:
                raise NoSuchGoal(_("There is no such goal for this unit."))
            return None
        goal = chosen[0]
        team = Actor(role=Role.TEAM, path=unit.path)
        return Brief(
            town=self.town,
            unit=unit,
            goal=goal,
            series=tuple(self._series(unit, goal)),
            meanings=meanings_above(team, today()).get(goal.key, ())
            if goal.is_adopted
            else (),
            tries=tuple(tries_at(unit, goal)),
            release=self.release,
        )

    def _own(self, unit: Unit, goal: MunicipalGoal) -> Sequence[ReleasedFigure]:
        found = self.figures.get((unit.pk, goal.lead), ())
        return found if any(one.value is not None for one in found) else ()

    def _series(self, unit: Unit, goal: MunicipalGoal) -> Sequence[ReleasedFigure]:
        """Return the unit's own figures, else those of the nearest unit above."""
        parts = unit.path.split("/")
        above = (self.units.get("/".join(parts[:n])) for n in range(len(parts), 1, -1))
        series = (self._own(one, goal) for one in above if one is not None)
        return next((one for one in series if one), ())


def _is_for(goal: MunicipalGoal, unit: Unit) -> bool:
    sector = SECTOR_OF_KIND.get(Kind(unit.kind))
    within = unit.path == goal.unit_path or unit.path.startswith(f"{goal.unit_path}/")
    fits = not goal.sectors or sector is None or sector in goal.sectors
    return fits and (within or not goal.is_adopted)


def tries_at(unit: Unit, goal: MunicipalGoal) -> Iterator[str]:
    """Give what a unit's leader has ticked, as long as it goes on (1 query)."""
    day = today()
    goes_on = Q(effort__valid_to__isnull=True) | Q(effort__valid_to__gt=day)
    shown = TeamShare.objects.filter(
        Q(effort__goal_id=goal.id or 0) & goes_on
        | Q(commitment__step=Step.ACCEPTED.value)
        & (Q(commitment__goal__isnull=True) | Q(commitment__goal_id=goal.id or 0)),
        post__unit_id=unit.pk,
        post__valid_to__isnull=True,
    ).select_related("effort", "commitment__promiser__unit")
    for one in shown.order_by("pk"):
        if one.effort is not None:
            yield one.effort.words
        if one.commitment is not None:
            yield _promise(one.commitment, one.post_id)


def _promise(one: Commitment, post: int) -> str:
    """Return the words, and whose they are unless they are the post's own (0 queries)."""
    if one.promiser_id == post:
        return str(one.words)
    return f"{name_of(one.promiser)}: {one.words}"


def tickable(actor: Actor) -> list[Tickable]:
    """Return what one's post could show the team, and what it does (3 queries).

    Raises
    ------
    Forbidden
        If one's post leads nobody.
    """
    require(may(actor, Permission.TAKE_UP_GOAL, at=actor.path))
    post = actor.post_id or 0
    shown = set(_shown(post))
    efforts = Effort.objects.at(today()).filter(post_id=post).order_by("pk")
    theirs = Q(promiser_id=post) | Q(receiver_id=post)
    held = Commitment.objects.filter(theirs, step=Step.ACCEPTED.value)
    named = held.select_related("promiser__unit").order_by("due", "pk")
    found = [
        *(("effort", pk, words) for pk, words in efforts.values_list("pk", "words")),
        *(("commitment", one.pk, _promise(one, post)) for one in named),
    ]
    return [
        Tickable(key=f"{what}-{pk}", words=words, is_shared=f"{what}-{pk}" in shown)
        for what, pk, words in found
    ]


def _shown(post: int) -> Iterator[str]:
    """Give the keys of what a post shows its team (1 query)."""
    rows = TeamShare.objects.filter(post_id=post)
    for effort, commitment in rows.values_list("effort_id", "commitment_id"):
        yield f"effort-{effort}" if effort else f"commitment-{commitment}"
