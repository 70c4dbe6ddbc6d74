"""What posts have said of a goal, as far as the reader's line goes.

What a goal means, the way to it, what is done for it and what is brought to it are
words: they are read above and below, and never beside. Politicians read what a goal
means, and not what is done. What is brought to a goal is read by its owner too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, Role, has, may
from kaeden.goals.errors import NoSuchGoal
from kaeden.goals.models import Contribution, Effort, Goal, GoalDraft, Meaning, Strategy
from kaeden.goals.queries import MunicipalGoal
from kaeden.organisation.rules import PARTS, POST_NAMES, Kind
from kaeden.shared.dated import DatedRows

COLUMNS = (
    *("pk", "words", "valid_from", "post_id", "post__key", "post__role"),
    *("post__title", "post__unit__path", "post__unit__name", "post__unit__kind"),
    "post__unit__parent__name",
)
NAMELESS = {Kind.MUNICIPALITY.value, Kind.AREA.value}
"""Units whose posts need no unit beside their name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The words of a post; `indicator` is where a contribution is seen."""

    id: int
    words: str
    since: date
    post_id: int
    post_key: str
    role: Role
    post: str
    unit_path: str
    indicator: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Along:
    """What is said of one goal along a reader's line.

    `taken_up` says since when which posts have taken it up, by key: all of them, for
    how many there are is for everybody to know.
    """

    taken_up: Mapping[str, date] = field(default_factory=dict)
    meanings: tuple[Said, ...] = ()
    strategies: tuple[Said, ...] = ()
    efforts: tuple[Said, ...] = ()
    contributions: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDraft:
    """A goal that a post is writing, as it was typed."""

    id: int
    content: dict[str, Any]
    saved_on: date


def along(actor: Actor, goal: MunicipalGoal, as_of: date) -> Along:
    """Return what somebody may read of what is said of a goal (at most 4 queries)."""
    if goal.id is None:
        return Along()
    meanings = _said(Meaning.objects.at(as_of).filter(goal_id=goal.id))
    strategies = Strategy.objects.at(as_of).filter(goal_id=goal.id)
    efforts = Effort.objects.at(as_of).filter(goal_id=goal.id)
    brought = Contribution.objects.at(as_of).filter(goal_id=goal.id)
    owns = goal.owner is not None and goal.owner.post_id == actor.post_id
    return Along(
        taken_up={one.post_key: one.since for one in meanings},
        meanings=_in_line(meanings, actor, Permission.READ_MEANING),
        strategies=_read(strategies, actor, Permission.READ_EFFORT),
        efforts=_read(efforts, actor, Permission.READ_EFFORT),
        contributions=_said(brought, "indicator")
        if owns
        else _read(brought, actor, Permission.READ_MEANING, "indicator"),
    )


def meanings_above(
    actor: Actor, as_of: date, *, path: str = ""
) -> dict[str, tuple[Said, ...]]:
    """Return what goals mean at a unit and up to the top, by key (1 query).

    Without a path, at one's own unit.
    """
    if not has(actor, Permission.READ_MEANING):
        return {}
    parts = (path or actor.path).split("/")
    above = ["/".join(parts[:end]) for end in range(2, len(parts) + 1)]
    rows = Meaning.objects.at(as_of).filter(
        goal__municipality__path=above[0], post__unit__path__in=above
    )
    found: dict[str, list[Said]] = {}
    for row in rows.order_by("post__unit__path", "pk").values(*COLUMNS, "goal__key"):
        if may(actor, Permission.READ_MEANING, at=row["post__unit__path"]):
            found.setdefault(row["goal__key"], []).append(_one(row))
    return {key: tuple(said) for key, said in found.items()}


def _read(
    rows: DatedRows, actor: Actor, permission: Permission, *further: str
) -> tuple[Said, ...]:
    """Return the words that the actor's line reaches (at most 1 query)."""
    if not has(actor, permission):
        return ()
    return _in_line(_said(rows, *further), actor, permission)


def _in_line(
    found: tuple[Said, ...], actor: Actor, permission: Permission
) -> tuple[Said, ...]:
    return tuple(one for one in found if may(actor, permission, at=one.unit_path))


def _said(rows: DatedRows, *further: str) -> tuple[Said, ...]:
    """Return words, uppermost post first (1 query)."""
    found = rows.order_by("post__unit__path", "pk").values(*COLUMNS, *further)
    return tuple(_one(row) for row in found)


def _one(row: dict[str, Any]) -> Said:
    return Said(
        id=row["pk"],
        words=row["words"],
        since=row["valid_from"],
        post_id=row["post_id"],
        post_key=row["post__key"],
        role=Role(row["post__role"]),
        post=post_name(row),
        unit_path=row["post__unit__path"],
        indicator=row.get("indicator", ""),
    )


def post_name(row: dict[str, Any]) -> str:
    """Return what a post is called among all, with its institution or its area."""
    name = row["post__title"] or str(POST_NAMES[row["post__role"]])
    kind = row["post__unit__kind"]
    if kind in NAMELESS:
        return name
    within = "post__unit__parent__name" if kind in PARTS else "post__unit__name"
    return f"{name}, {row[within]}"


def get_draft(actor: Actor, number: str) -> KeptDraft:
    """Return one of the post's drafts by the number in an address (1 query).

    Raises
    ------
    NoSuchGoal
        If it is not one of the post's.
    """
    kept = {str(one.id): one for one in drafts_of(actor)}
    if number not in kept:
        raise NoSuchGoal(_("There is no such draft."))
    return kept[number]


def drafts_of(actor: Actor) -> list[KeptDraft]:
    """Return the goals that the post is writing, the newest first (1 query)."""
    if actor.post_id is None:
        return []
    rows = GoalDraft.objects.filter(post_id=actor.post_id).order_by("-saved_at")
    return [
        KeptDraft(id=one.pk, content=one.content, saved_on=one.saved_at.date())
        for one in rows
    ]


def get_effort(actor: Actor, goal: Goal, pk: int) -> Effort:
    """Return the row of an effort of the post, for an action (1 query).

    Raises
    ------
    NoSuchGoal
        If it is not one of the post's for this goal.
    """
    rows = Effort.objects.filter(pk=pk, goal=goal, post_id=actor.post_id or 0)
    found: Effort | None = rows.first()
    if found is None:
        raise NoSuchGoal(_("There is no such effort here."))
    return found
