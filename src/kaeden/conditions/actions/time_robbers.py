"""Report, join, decide, pass on, merge, split, measure: each verb once, for every door.

All that is done with a municipality's time robbers is done one at a time: two that are
merged at once, or decided while they are merged, would leave a report without answer.
"""

from typing import TypeAlias

from django.db import transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, has, may, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.conditions.errors import OthersWereQuicker
from kaeden.conditions.models import TimeReport, TimeRobber
from kaeden.conditions.queries.line import Town, town_of
from kaeden.conditions.queries.time_robbers import get_case
from kaeden.conditions.rules.time_robbers import (
    DECIDED_WITHIN,
    LONGEST,
    LONGEST_TITLE,
    MINUTES,
    MINUTES_NOW,
    Decision,
    Outside,
    Verb,
    day_after_passing,
)
from kaeden.organisation.models import Post, Unit
from kaeden.organisation.queries import get_municipality
from kaeden.shared.clock import today
from kaeden.shared.database import wait_for_turn
from kaeden.shared.errors import BadInput, Refused
from kaeden.shared.written import whole

Remover: TypeAlias = int | Outside
"""Who could remove it: a post above, by its id, or something outside the chain."""


@transaction.atomic
def report(
    title: str, *, minutes: int, remover: Remover, by: Actor, more: str = ""
) -> TimeRobber:
    """Report a time robber; it waits six weeks at the most for the post that decides.

    `title` is the line that the municipality's leaders may read; `more` is for whoever
    decides, and for those who join.

    Raises
    ------
    Forbidden
        If `by`'s post leads nobody.
    BadInput
        If the words can't be kept, the minutes are none of those one can choose, or
        the post is not above one's own.
    Refused
        If nobody could decide.
    """
    require(may(by, Permission.REPORT_TIME_ROBBER, at=by.path))
    line = whole(title, longest=LONGEST_TITLE)
    words = _words(line, more)
    municipality = _turn(by)
    decider = _decider(town_of(municipality), by, remover)
    made = TimeRobber.objects.create(
        municipality=municipality,
        title=line,
        outside=remover.value if isinstance(remover, Outside) else "",
        decider=decider,
        opened_on=today(),
        decide_by=today() + DECIDED_WITHIN,
    )
    _tell(made, words, minutes, by)
    record(Event.Kind.TIME_ROBBER_REPORTED, by=by, about=made)
    return made


@transaction.atomic
def join(pk: int, title: str, *, minutes: int, by: Actor, more: str = "") -> TimeRobber:
    """Say that one loses time to the same; the other's words stay, one's own are added.

    Raises
    ------
    Forbidden
        If `by`'s post leads nobody.
    NoSuchTimeRobber
        If there is none in the municipality.
    Refused
        If one has reported it already, or it is decided.
    BadInput
        If the words can't be kept, or the minutes are none of those one can choose.
    """
    require(may(by, Permission.REPORT_TIME_ROBBER, at=by.path))
    words = _words(whole(title, longest=LONGEST_TITLE), more)
    _turn(by)
    root = get_case(by, pk, of_others=True)[0].root
    _case, verdicts = get_case(by, root.pk, of_others=True)
    require(verdicts[Verb.JOIN], otherwise=Refused)
    _tell(root, words, minutes, by)
    record(Event.Kind.TIME_ROBBER_JOINED, by=by, about=root)
    return root


@transaction.atomic
def decide(pk: int, decision: Decision, reason: str, *, by: Actor) -> None:
    """Decide to remove it, to make it simpler or to keep it, and say why.

    Raises
    ------
    NoSuchTimeRobber
        If one neither reported it nor decides on it.
    Refused
        If it waits for another post, or is decided or merged.
    BadInput
        If the reason can't be kept.
    OthersWereQuicker
        If somebody decided just now.
    """
    why = whole(reason, longest=LONGEST)
    _turn(by)
    _require(by, pk, Verb.DECIDE)
    _change(
        pk,
        decision=decision.value,
        reason=why,
        decided_on=today(),
        decided_by_id=by.post_id,
        written_by_id=by.user_id,
    )
    record(Event.Kind.TIME_ROBBER_DECIDED, by=by, about=TimeRobber(pk=pk))


@transaction.atomic
def hand_on(pk: int, to: int, *, by: Actor) -> None:
    """Pass it on to a post further up the line, which gets two weeks at the least.

    Raises
    ------
    NoSuchTimeRobber, OthersWereQuicker
        As `decide`.
    Refused
        If it waits for another post, or is decided or merged.
    BadInput
        If nobody leads from that post above one's own.
    """
    municipality = _turn(by)
    _require(by, pk, Verb.HAND_ON)
    if to not in {post.pk for post in town_of(municipality).above(by.post_id or 0)}:
        raise BadInput(_("Choose a post that is above your own."))
    one = TimeRobber.objects.get(pk=pk)
    _change(
        pk,
        decider_id=to,
        decide_by=day_after_passing(one.decide_by, on=today()),
        passed_on=today(),
        passed_by_id=by.post_id,
    )
    record(Event.Kind.TIME_ROBBER_PASSED_ON, by=by, about=one)


@transaction.atomic
def merge(pk: int, into: int, *, by: Actor, title: str = "") -> None:
    """Put one together with another that also waits for one's post.

    What was merged into the first is then part of the other; each can be split off
    again until it is decided. `title` is what the two are called from now on.

    Raises
    ------
    NoSuchTimeRobber
        If one of them is none of one's own.
    Refused
        If one of them waits for another post, or is decided or merged already.
    BadInput
        If they are the same one, or the title can't be kept.
    """
    line = whole(title, longest=LONGEST_TITLE) if title.strip() else ""
    _turn(by)
    if pk == into:
        raise BadInput(_("Choose another one to put it together with."))
    for one in (pk, into):
        _require(by, one, Verb.MERGE)
    parts = TimeRobber.objects.filter(merged_into_id=pk)
    parts.update(merged_into_id=into, merged_on=today())
    _change(pk, merged_into_id=into, merged_on=today())
    if line:
        _change(into, title=line)
    record(Event.Kind.TIME_ROBBERS_MERGED, by=by, about=TimeRobber(pk=pk))


@transaction.atomic
def split(pk: int, *, by: Actor) -> None:
    """Take one out of the other that it was merged into; it waits for the same post.

    Raises
    ------
    NoSuchTimeRobber
        If one neither reported it nor decides on it.
    Refused
        If it waits for another post, is not merged, or is decided.
    """
    _turn(by)
    _require(by, pk, Verb.SPLIT)
    one = TimeRobber.objects.select_related("merged_into").get(pk=pk)
    whole_one = one.merged_into
    assert whole_one is not None, "only what is merged can be split off"
    one.merged_into = one.merged_on = None
    one.decider_id, one.decide_by = whole_one.decider_id, whole_one.decide_by
    one.passed_on, one.passed_by_id = whole_one.passed_on, whole_one.passed_by_id
    one.save()
    record(Event.Kind.TIME_ROBBERS_SPLIT, by=by, about=one)


@transaction.atomic
def measure(pk: int, minutes_now: int, *, by: Actor) -> None:
    """Say once how many minutes a week it takes now.

    Raises
    ------
    NoSuchTimeRobber
        If one neither reported it nor decides on it.
    Refused
        If one did not report it, has answered, or is not asked now.
    BadInput
        If the minutes are none of those one can choose.
    """
    if minutes_now not in MINUTES_NOW:
        raise _no_such_minutes(minutes_now)
    _turn(by)
    case, verdicts = get_case(by, pk)
    require(verdicts[Verb.MEASURE], otherwise=Refused)
    own = [one.pk for one in case.reports if one.post_id == by.post_id]
    said = {"minutes_now": minutes_now, "measured_on": today()}
    TimeReport.objects.filter(pk__in=own).update(**said)
    record(Event.Kind.TIME_MEASURED, by=by, about=case.root)


def _words(line: str, more: str) -> str:
    """Return what somebody has written, in one: the line, and more if there is more."""
    return whole(f"{line}\n{more.strip()}", longest=LONGEST)


def _decider(town: Town, by: Actor, remover: Remover) -> Post:
    """Return the post that it waits for."""
    own = by.post_id or 0
    if isinstance(remover, Outside):
        found = town.for_what_is_outside(own)
    else:
        found = next((one for one in town.could_remove(own) if one.pk == remover), None)
        if found is None:
            raise BadInput(_("Choose a post that is above your own."))
    assert found is not None, "whoever reports holds a post of the municipality"
    return found


def _tell(robber: TimeRobber, words: str, minutes: int, by: Actor) -> None:
    if minutes not in MINUTES:
        raise _no_such_minutes(minutes)
    assert by.post_id is not None, "who reports holds a post"
    assert by.user_id is not None, "who reports holds a post"
    TimeReport.objects.create(
        robber=robber,
        post_id=by.post_id,
        made_by_id=by.user_id,
        words=words,
        minutes=minutes,
        reported_on=today(),
    )


def _no_such_minutes(minutes: int) -> BadInput:
    said = _("%(minutes)d minutes is not one of the answers. Choose one of them.")
    return BadInput(said % {"minutes": minutes})


def _turn(by: Actor) -> Unit:
    """Be alone with the time robbers of one's municipality (2 queries)."""
    require(has(by, Permission.READ_LEDGER))
    municipality = get_municipality(by.path.split("/")[1])
    wait_for_turn(f"time robbers {municipality.code}")
    return municipality


def _require(by: Actor, pk: int, verb: Verb) -> None:
    """Judge a verb on one that one's post may read (6 queries)."""
    require(get_case(by, pk)[1][verb], otherwise=Refused)


def _change(pk: int, **facts: object) -> None:
    """Change an open one, if nobody was quicker (1 query)."""
    still_open = TimeRobber.objects.filter(pk=pk, decision="", merged_into__isnull=True)
    if not still_open.update(**facts):
        raise OthersWereQuicker(
            _("Somebody has changed it meanwhile. Read it again first.")
        )
