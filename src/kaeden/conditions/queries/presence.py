"""Read presence: all of one's own, and of others only shares; each with its cost.

There is no way here to anybody else's plan or notes. `shares` counts whole levels of a
municipality in months that are over, and hands on nothing but what may be read.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, Role, may, require
from kaeden.conditions.errors import NoSuchNote
from kaeden.conditions.models import PresenceNote, PresencePlan
from kaeden.conditions.rules.presence import (
    LEADER_LEVELS,
    LeaderLevel,
    PresenceKind,
    Share,
    follows,
    may_take_back,
    month_after,
    month_of,
    months_before,
    shown_share,
)
from kaeden.organisation.errors import NoSuchUnit
from kaeden.organisation.models import Holding, Link, Unit
from kaeden.organisation.queries import name_of, within
from kaeden.shared.clock import today


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One thing noted; it can be taken back the same day."""

    id: int
    day: date
    kind: PresenceKind
    team: str
    may_take_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What was planned and noted in a month, by kind."""

    month: date
    planned: Mapping[PresenceKind, int]
    noted: Mapping[PresenceKind, int]

    @property
    def plan(self) -> int:
        """How much was planned in all."""
        return sum(self.planned.values())

    @property
    def done(self) -> int:
        """How much was noted in all."""
        return sum(self.noted.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPresence:
    """One's own months, the oldest first and the present one last; today's notes."""

    months: tuple[Month, ...]
    today: tuple[Note, ...]

    @property
    def now(self) -> Month:
        """The present month."""
        return self.months[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelShares:
    """A level's shares in the months that are over, the oldest first."""

    level: LeaderLevel
    months: tuple[tuple[date, Share | None], ...]


def own(actor: Actor) -> OwnPresence:
    """Return one's own plan and notes of a year (3 queries).

    Raises
    ------
    Forbidden
        If one's post leads nobody.
    """
    holding = own_holding(actor)
    this = month_of(today())
    months = (*months_before(today()), this)
    rows = list(
        PresenceNote.objects.filter(holding_id=holding, day__gte=months[0])
        .select_related("team__unit")
        .order_by("pk")
    )
    noted = Counter((month_of(one.day), one.kind) for one in rows)
    plans = _plans(PresencePlan.objects.filter(holding_id=holding).order_by("month"))
    return OwnPresence(
        months=tuple(
            Month(
                month=month,
                planned=_planned(plans.get(holding, ()), month),
                noted={kind: noted[month, kind.value] for kind in PresenceKind},
            )
            for month in months
        ),
        today=tuple(_note(one) for one in rows if one.day == today()),
    )


def own_holding(actor: Actor) -> int:
    """Return the holding that one's notes hang on (1 query).

    Raises
    ------
    Forbidden
        If one's post leads nobody.
    """
    require(may(actor, Permission.NOTE_PRESENCE, at=actor.path))
    held = Holding.objects.at(today())
    mine = held.filter(post_id=actor.post_id, user_id=actor.user_id)
    return int(mine.values_list("pk", flat=True).get())


def get_note(actor: Actor, pk: int) -> PresenceNote:
    """Return a note of one's own, for an action (2 queries).

    Raises
    ------
    NoSuchNote
        Also when it is another's, so that a number tells nothing.
    """
    found = PresenceNote.objects.filter(pk=pk, holding_id=own_holding(actor)).first()
    if found is None:
        raise NoSuchNote(_("You have noted nothing like that."))
    return found


def teams_of(actor: Actor) -> list[tuple[int, str]]:
    """Return the posts that one leads directly, by name (1 query)."""
    links = Link.objects.at(today()).filter(upper_id=actor.post_id or 0)
    found = [
        (link.lower_id, name_of(link.lower))
        for link in links.select_related("lower__unit")
    ]
    return sorted(found, key=lambda one: one[1])


def shares(actor: Actor, town: Unit) -> tuple[LevelShares, ...]:
    """Return each level's shares in the twelve months that are over (3 queries).

    The present month is not told of: whoever saw a share move would know who had just
    noted something. Months that are over never change.

    Raises
    ------
    NoSuchUnit
        If one's post does not see them.
    """
    if not may(actor, Permission.SEE_PRESENCE, at=town.path):
        raise NoSuchUnit(_("There is no such page for your post."))
    months = tuple(months_before(today()))
    held = _held(town)
    holdings = {pk for rows in held.values() for pk, _from, _to in rows}
    plans = _plans(
        PresencePlan.objects.filter(holding_id__in=holdings).order_by("month")
    )
    noted = Counter(
        (holding, month_of(day))
        for holding, day in PresenceNote.objects.filter(
            holding_id__in=holdings, day__gte=months[0], day__lt=month_of(today())
        ).values_list("holding_id", "day")
    )
    return tuple(
        LevelShares(
            level=level,
            months=tuple(
                (month, _share(_on(held[level], month), plans, noted, month))
                for month in months
            ),
        )
        for level in LeaderLevel
    )


def _held(town: Unit) -> dict[LeaderLevel, list[tuple[int, date, date | None]]]:
    """Return who has held a leading post, by level (1 query)."""
    rows = Holding.objects.filter(
        within(town, "post__unit__"),
        post__role__in=[role.value for role in LEADER_LEVELS],
    ).values_list("pk", "post__role", "valid_from", "valid_to")
    found: dict[LeaderLevel, list[tuple[int, date, date | None]]] = defaultdict(list)
    for pk, role, start, end in rows:
        found[LEADER_LEVELS[Role(role)]].append((pk, start, end))
    return found


def _on(held: Iterable[tuple[int, date, date | None]], month: date) -> list[int]:
    """Return those who held their post through a whole month."""
    after = month_after(month)
    return [
        pk
        for pk, start, end in held
        if start <= month and (end is None or end >= after)
    ]


def _share(
    held: Sequence[int],
    plans: Mapping[int, Sequence[PresencePlan]],
    noted: Mapping[tuple[int, date], int],
    month: date,
) -> Share | None:
    count = sum(
        follows(
            sum(_planned(plans.get(one, ()), month).values()),
            noted.get((one, month), 0),
        )
        for one in held
    )
    return shown_share(count, len(held))


def _plans(rows: Iterable[PresencePlan]) -> Mapping[int, Sequence[PresencePlan]]:
    found: dict[int, list[PresencePlan]] = defaultdict(list)
    for one in rows:
        found[one.holding_id].append(one)
    return found


def _planned(plans: Sequence[PresencePlan], month: date) -> Mapping[PresenceKind, int]:
    """Return what holds in a month: the newest plan that had begun."""
    begun = [one for one in plans if one.month <= month]
    if not begun:
        return dict.fromkeys(PresenceKind, 0)
    newest = begun[-1]
    return {
        PresenceKind.VISIT: newest.visits,
        PresenceKind.OBSERVATION: newest.observations,
        PresenceKind.FEEDBACK: newest.feedback,
    }


def _note(one: PresenceNote) -> Note:
    return Note(
        id=one.pk,
        day=one.day,
        kind=PresenceKind(one.kind),
        team=name_of(one.team) if one.team else "",
        may_take_back=bool(may_take_back(one.day, on=today())),
    )
