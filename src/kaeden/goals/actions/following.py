"""Set targets, say how it goes, and accept that one is missed for a time."""

import math
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, may, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.goals.actions.asked import the_day, the_post, the_words, written_anew
from kaeden.goals.errors import NoSuchGoal
from kaeden.goals.indicators import Direction, Indicator, catalogue
from kaeden.goals.models import CheckIn, Deviation, Goal, Target
from kaeden.goals.rules import (
    LONGEST_DEVIATION_DAYS,
    PAIRS,
    Confidence,
    Group,
    State,
    TargetKind,
    further,
    stricter,
)
from kaeden.organisation.models import Link, Post, Unit
from kaeden.organisation.rules import LEADING
from kaeden.shared.errors import BadInput, Forbidden, Refused
from kaeden.shared.periods import Period

LONGEST_CHAIN = 12
"""More levels than any chain has; a circle of links ends here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedTarget:
    """A target as it is set. What a kind does not use stays empty.

    `value` is the level, the change since `since_period`, or the widest gap between
    the two groups of `pair`. Targets in words have three descriptions instead.
    """

    kind: TargetKind
    by_period: str
    indicator: str = ""
    value: float | None = None
    since_period: str = ""
    pair: tuple[Group, Group] | None = None
    reached: str = ""
    on_the_way: str = ""
    not_yet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInText:
    """How it goes, in words; others in the line read it only if it is handed up."""

    state: State
    confidence: Confidence
    words: str
    hand_up: bool = False


def set_level(
    goal: Goal,
    indicator: str,
    value: float,
    by_period: str,
    post: Post | None,
    day: date,
) -> Target:
    """Set a level for the municipality as a whole; the caller has asked the right."""
    wanted = WantedTarget(
        kind=TargetKind.LEVEL, indicator=indicator, value=value, by_period=by_period
    )
    return _write(goal, goal.municipality, wanted, post, day)


@transaction.atomic
def set_target(
    goal: Goal, wanted: WantedTarget, *, unit: Unit, by: Actor, on: date | None = None
) -> Target:
    """Set what a unit wants of a goal by a year; the same one set again is set anew.

    Raises
    ------
    Forbidden
        If the post does not reach the unit.
    NoSuchGoal
        If the goal is not one of the unit's line.
    Refused
        If the goal has ended.
    BadInput
        If something that the kind needs is missing or can't be.
    """
    require(may(by, Permission.SET_TARGET, at=unit.path))
    if not f"{unit.path}/".startswith(f"{goal.unit.path}/"):
        raise NoSuchGoal(_("There is no such goal here."))
    if goal.valid_to is not None:
        raise Refused(_("The goal has ended. Write a new one."))
    target = _write(goal, unit, wanted, _answers(goal, unit), the_day(on))
    record(Event.Kind.TARGET_SET, by=by, about=target)
    return target


def _answers(goal: Goal, unit: Unit) -> Post | None:
    """Return the post that answers for a target: the goal's owner, or the leader."""
    if unit.pk == goal.unit_id:
        owned = goal.ownerships.filter(valid_to__isnull=True).select_related("post")
        return next((one.post for one in owned), None)
    roles = [role.value for role in LEADING]
    here = Post.objects.filter(unit=unit, role__in=roles, valid_to__isnull=True)
    found: Post | None = here.order_by("pk").first()
    return found


def _write(
    goal: Goal, unit: Unit, wanted: WantedTarget, post: Post | None, day: date
) -> Target:
    columns = checked(wanted)
    identity = ("kind", "indicator", "group", "other_group", "by_period")
    same = Target.objects.filter(
        goal=goal, unit=unit, **{name: columns[name] for name in identity}
    )
    made: Target = written_anew(same, day, goal=goal, unit=unit, post=post, **columns)
    return made


def checked(wanted: WantedTarget) -> dict[str, object]:
    """Return the columns of a target; those its kind does not use are empty.

    Raises
    ------
    BadInput
        If something that the kind needs is missing or can't be.
    """
    columns: dict[str, object] = {
        "kind": wanted.kind.value,
        "by_period": str(Period.parse(wanted.by_period)),
        "indicator": "",
        "group": "",
        "other_group": "",
    }
    if wanted.kind is TargetKind.WORDS:
        return columns | _in_words(wanted)
    indicator = _judged(wanted.indicator)
    columns |= {"indicator": indicator.id, "value": _number(wanted, indicator)}
    if wanted.kind is TargetKind.GAP:
        return columns | _gap(wanted)
    columns["at_most"] = indicator.direction is Direction.LOWER
    if wanted.kind is TargetKind.DEVELOPMENT:
        columns["since_period"] = _since(wanted)
    return columns


def _in_words(wanted: WantedTarget) -> dict[str, str]:
    asks = {
        "reached": _("Write what one sees when the target is reached."),
        "on_the_way": _("Write what one sees on the way."),
        "not_yet": _("Write what one sees before it is reached."),
    }
    return {
        name: the_words(getattr(wanted, name), longest=300, ask=ask)
        for name, ask in asks.items()
    }


def _judged(name: str) -> Indicator:
    indicator = catalogue().get(name)
    if indicator is None:
        raise BadInput(_("Choose the indicator that the target is set on."))
    if not indicator.direction.judges:
        raise BadInput(
            _("“%(title)s” has no better way, so it can have no target.")
            % {"title": indicator.title}
        )
    return indicator


def _number(wanted: WantedTarget, indicator: Indicator) -> float:
    """Return a level in the plausible range, or a change or gap no wider than it."""
    value, plausible = wanted.value, indicator.plausible
    fits = value is not None and math.isfinite(value)
    if fits and plausible and value is not None:
        lowest, highest = plausible.lowest, plausible.highest
        if wanted.kind is not TargetKind.LEVEL:
            lowest, highest = 0.0, highest - lowest
        fits = lowest <= value <= highest
    if not fits or value is None:
        raise BadInput(
            _("%(value)s cannot be a target for “%(title)s”. Write another number.")
            % {"value": value, "title": indicator.title}
        )
    return value


def _gap(wanted: WantedTarget) -> dict[str, object]:
    if wanted.pair not in PAIRS:
        raise BadInput(_("Choose the two groups that the gap is between."))
    group, other = wanted.pair
    return {"group": group.value, "other_group": other.value, "at_most": True}


def _since(wanted: WantedTarget) -> str:
    since, by = Period.parse(wanted.since_period), Period.parse(wanted.by_period)
    if since.is_school_year is not by.is_school_year or since >= by:
        raise BadInput(
            _("The change must begin before %(by)s, and both be years of one kind.")
            % {"by": by}
        )
    return str(since)


@transaction.atomic
def end_target(target: Target, *, by: Actor, on: date | None = None) -> None:
    """Let a target end; what was said of it is kept.

    Raises
    ------
    Forbidden
        If the post does not reach the unit.
    Refused
        If it has ended.
    """
    require(may(by, Permission.SET_TARGET, at=target.unit.path))
    if not Target.objects.filter(pk=target.pk).end(the_day(on)):
        raise Refused(_("That has ended already."))
    record(Event.Kind.TARGET_ENDED, by=by, about=target)


@transaction.atomic
def check_in(
    target: Target, text: CheckInText, *, by: Actor, on: date | None = None
) -> CheckIn:
    """Say how it goes with a target, and how sure one is; earlier words stay.

    Raises
    ------
    Forbidden
        If another post answers for the target.
    Refused
        If the target has ended.
    BadInput
        If there are no words.
    """
    require(may(by, Permission.CHECK_IN, at=by.path))
    post, day = the_post(by), the_day(on)
    if target.post_id != post.pk:
        raise Forbidden(_("Another post answers for this target."))
    _still_wanted(target)
    ask = _("Write how it goes, in a sentence.")
    said = the_words(text.words, longest=600, ask=ask)
    made = CheckIn.objects.create(
        target=target,
        post=post,
        state=text.state.value,
        confidence=text.confidence.value,
        words=said,
        is_handed_up=text.hand_up,
        made_on=day,
    )
    record(Event.Kind.CHECKED_IN, by=by, about=made)
    return made


def _still_wanted(target: Target) -> None:
    if target.valid_to is not None:
        raise Refused(_("The target has ended. Set a new one."))


@transaction.atomic
def accept_deviation(
    target: Target,
    *,
    reason: str,
    until: date,
    by: Actor,
    value: float | None = None,
    on: date | None = None,
) -> Deviation:
    """Accept that a target is missed until a day; `value` is how it stands now.

    It is accepted as it stands and no worse: one that follows another keeps the
    stricter of the two.

    Raises
    ------
    Forbidden
        If the post does not lead the one that answers for the target.
    Refused
        If the target has ended.
    BadInput
        If there is no reason, or the end is not within a year.
    """
    require(may(by, Permission.ACCEPT_DEVIATION, at=target.unit.path))
    _leads_the_answerable(target, by)
    _still_wanted(target)
    day = the_day(on)
    if not day < until <= day + timedelta(days=LONGEST_DEVIATION_DAYS):
        why = _("A deviation ends within a year. Choose another day than %(day)s.")
        raise BadInput(why % {"day": until})
    said = the_words(reason, longest=600, ask=_("Write why it is accepted."))
    rows = Deviation.objects.filter(target=target)
    state, limit = _ratchet(target, value)
    made: Deviation = written_anew(
        rows,
        day,
        target=target,
        post=the_post(by),
        reason=said,
        valid_to=until,
        state=state,
        value=limit,
    )
    record(Event.Kind.DEVIATION_ACCEPTED, by=by, about=made)
    return made


def _ratchet(target: Target, value: float | None) -> tuple[str, float | None]:
    """Return the state and the value that it may not get worse than."""
    before = target.deviations.order_by("-pk").first()
    told = target.check_ins.filter(is_handed_up=True)
    newest = told.order_by("-made_on", "-pk").first()
    state = newest.state if newest else ""
    if before is None:
        return state, value
    return further(state, before.state), stricter(
        value, before.value, at_most=target.at_most
    )


def _leads_the_answerable(target: Target, by: Actor) -> None:
    """Let only a post above the one that answers accept that it misses."""
    above: set[int] = set()
    post = target.post_id
    for _level in range(LONGEST_CHAIN):
        links = Link.objects.filter(lower_id=post, valid_to__isnull=True)
        post = links.values_list("upper_id", flat=True).first()
        if post is None:
            break
        above.add(post)
    if target.post_id is not None and by.post_id not in above:
        raise Forbidden(_("Only a post above the one that answers can accept this."))
