"""Targets, what is said of them, and the deviations that are accepted, on a day.

A municipality's own targets are for all to read, a unit's for its line. What is said
of a target is its post's own until it is handed up; then the post's line reads it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, may
from kaeden.goals.errors import NoSuchGoal
from kaeden.goals.models import CheckIn, Deviation, Target
from kaeden.goals.rules import Confidence, Group, State, TargetKind
from kaeden.goals.said import post_name
from kaeden.organisation.models import Unit
from kaeden.shared.clock import today

POST = (
    *("post_id", "post__title", "post__role", "post__unit__path"),
    *("post__unit__name", "post__unit__kind", "post__unit__parent__name"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldState:
    """What a post said of a target on a day."""

    state: State
    confidence: Confidence
    words: str
    on: date
    post: str
    is_handed_up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedDeviation:
    """That a target is missed, accepted by a post until a day."""

    since: date
    until: date
    reason: str
    post: str
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTarget:
    """A target as it stands; what was said of it comes newest first."""

    id: int
    goal_id: int
    goal_key: str
    unit: Unit
    kind: TargetKind
    indicator: str
    value: float | None
    at_most: bool
    since_period: str
    by_period: str
    pair: tuple[Group, Group] | None
    reached: str
    on_the_way: str
    not_yet: str
    post_id: int | None
    post: str
    has_ended: bool
    told: tuple[ToldState, ...] = ()
    deviations: tuple[AcceptedDeviation, ...] = ()

    @property
    def newest(self) -> ToldState | None:
        """What was said last, as far as the reader may read it."""
        return next(iter(self.told), None)

    @property
    def deviation(self) -> AcceptedDeviation | None:
        """The deviation that is accepted now."""
        return next((one for one in self.deviations if one.is_open), None)


def targets_of(
    actor: Actor, goal_ids: Iterable[int], as_of: date, *, unit: Unit | None = None
) -> list[UnitTarget]:
    """Return the targets of goals that somebody may read (3 queries).

    With a `unit`, those of that unit alone.
    """
    rows = Target.objects.at(as_of).filter(goal__in=list(goal_ids))
    rows = rows.filter(unit=unit) if unit is not None else rows
    return _read(actor, rows, as_of)


def get_target(actor: Actor, town: Unit, pk: int) -> UnitTarget:
    """Return one target with its whole history, also when it has ended (3 queries).

    Raises
    ------
    NoSuchGoal
        If there is none that somebody may read.
    """
    rows = Target.objects.filter(pk=pk, goal__municipality=town)
    found = _read(actor, rows, today())
    if not found:
        raise NoSuchGoal(_("There is no such target here."))
    return found[0]


def get_target_row(actor: Actor, town: Unit, pk: int) -> Target:
    """Return the row of a target that somebody may read, for an action (1 query).

    Raises
    ------
    NoSuchGoal
        If there is none that they may read.
    """
    rows = Target.objects.filter(pk=pk, goal__municipality=town)
    found: Target | None = rows.select_related("unit", "goal", "post").first()
    if found is None or not may(actor, Permission.READ_MEANING, at=found.unit.path):
        raise NoSuchGoal(_("There is no such target here."))
    return found


def _read(actor: Actor, rows: Any, as_of: date) -> list[UnitTarget]:
    order = ("unit__path", "by_period", "pk")
    targets = [
        one
        for one in rows.select_related("unit", "goal", "post__unit").order_by(*order)
        if one.unit_id == one.goal.municipality_id
        or may(actor, Permission.READ_MEANING, at=one.unit.path)
    ]
    ids = [one.pk for one in targets]
    told = _told(actor, ids, as_of) if ids else {}
    deviations = _deviations(actor, ids, as_of) if ids else {}
    return [
        _target(one, tuple(told.get(one.pk, ())), tuple(deviations.get(one.pk, ())))
        for one in targets
    ]


def _told(actor: Actor, ids: list[int], as_of: date) -> dict[int, list[ToldState]]:
    """Return what somebody may read of what was said of targets (1 query)."""
    mine = Q(post_id=actor.post_id) if actor.post_id else Q(pk=None)
    rows = CheckIn.objects.filter(mine | Q(is_handed_up=True))
    rows = rows.filter(target__in=ids, made_on__lte=as_of)
    columns = ("target_id", "state", "confidence", "words", "made_on", "is_handed_up")
    found: dict[int, list[ToldState]] = {}
    for row in rows.order_by("-made_on", "-pk").values(*columns, *POST):
        in_line = may(actor, Permission.READ_MEANING, at=row["post__unit__path"])
        if in_line or row["post_id"] == actor.post_id:
            found.setdefault(row["target_id"], []).append(
                ToldState(
                    state=State(row["state"]),
                    confidence=Confidence(row["confidence"]),
                    words=row["words"],
                    on=row["made_on"],
                    post=post_name(row),
                    is_handed_up=row["is_handed_up"],
                )
            )
    return found


def _deviations(
    actor: Actor, ids: list[int], as_of: date
) -> dict[int, list[AcceptedDeviation]]:
    """Return the deviations in somebody's line, the newest first (1 query)."""
    rows = Deviation.objects.filter(target__in=ids, valid_from__lte=as_of)
    columns = ("target_id", "target__unit__path", "valid_from", "valid_to", "reason")
    found: dict[int, list[AcceptedDeviation]] = {}
    for row in rows.order_by("-valid_from", "-pk").values(*columns, *POST):
        since, until = row["valid_from"], row["valid_to"]
        in_line = may(actor, Permission.READ_MEANING, at=row["target__unit__path"])
        if in_line and until > since:
            found.setdefault(row["target_id"], []).append(
                AcceptedDeviation(
                    since=since,
                    until=until,
                    reason=row["reason"],
                    post=post_name(row),
                    is_open=as_of < until,
                )
            )
    return found


def _target(
    one: Target, told: tuple[ToldState, ...], deviations: tuple[AcceptedDeviation, ...]
) -> UnitTarget:
    return UnitTarget(
        id=one.pk,
        goal_id=one.goal_id,
        goal_key=one.goal.key,
        unit=one.unit,
        kind=TargetKind(one.kind),
        indicator=one.indicator,
        value=one.value,
        at_most=one.at_most,
        since_period=one.since_period,
        by_period=one.by_period,
        pair=(Group(one.group), Group(one.other_group)) if one.group else None,
        reached=one.reached,
        on_the_way=one.on_the_way,
        not_yet=one.not_yet,
        post_id=one.post_id,
        post=_name(one),
        has_ended=one.valid_to is not None,
        told=told,
        deviations=deviations,
    )


def _name(target: Target) -> str:
    post = target.post
    if post is None:
        return ""
    return post_name(
        {
            "post__title": post.title,
            "post__role": post.role,
            "post__unit__name": post.unit.name,
            "post__unit__kind": post.unit.kind,
        }
    )
