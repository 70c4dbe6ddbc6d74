"""Read what robs leaders of time; each docstring ends with what it costs.

A leader reads what they have reported themselves or joined, and the post that decides
reads what waits for it. Neither is told who reported. All others read the ledger.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, Verdict, has
from kaeden.conditions.errors import NoSuchTimeRobber
from kaeden.conditions.models import TimeReport, TimeRobber
from kaeden.conditions.queries.line import Town, town_of
from kaeden.conditions.rules.alike import alike
from kaeden.conditions.rules.time_robbers import (
    FEWEST,
    Part,
    State,
    Told,
    Verb,
    is_asked_again,
    is_late,
    may_act,
    one_for_each,
    state_of,
)
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import get_municipality, name_of
from kaeden.shared.clock import today


@dataclass(frozen=True, kw_only=True)
class Case:
    """A time robber with those that are merged into it, and what all have reported."""

    root: TimeRobber
    merged: tuple[TimeRobber, ...]
    reports: tuple[TimeReport, ...]

    @property
    def told(self) -> tuple[Told, ...]:
        """What each post has said, once."""
        return one_for_each(
            Told(
                post_id=one.post_id,
                minutes=one.minutes,
                minutes_now=one.minutes_now,
                measured_on=one.measured_on,
            )
            for one in self.reports
        )

    @property
    def count(self) -> int | None:
        """How many posts report it; None where they are too few to be told."""
        count = len(self.told)
        return count if count >= FEWEST else None

    @property
    def minutes(self) -> int | None:
        """How many minutes a week it takes them in all; None where they are too few."""
        told = self.told
        return sum(one.minutes for one in told) if len(told) >= FEWEST else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """One that is part of another, and whether it can be split off again."""

    id: int
    title: str
    merged_on: date | None
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What one has said oneself: the minutes before, and the minutes now."""

    words: str
    minutes: int
    minutes_now: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenRobber:
    """A time robber as somebody reads it who reported it, or who decides on it.

    `count` and `minutes` are None where they are too few; who decides reads them all.
    """

    id: int
    municipality: str
    title: str
    outside: str
    state: State
    decider: str
    decider_id: int | None
    opened_on: date
    decide_by: date
    is_late: bool
    passed_by: str
    passed_on: date | None
    reason: str
    decided_by: str
    decided_on: date | None
    count: int | None
    minutes: int | None
    words: tuple[str, ...]
    mine: Reported | None
    merged: tuple[Merged, ...]
    verdicts: Mapping[Verb, Verdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class MyTimeRobbers:
    """What one has reported, and what waits for one's decision, the oldest day first."""

    reported: tuple[SeenRobber, ...]
    to_decide: tuple[SeenRobber, ...]

    @property
    def asked(self) -> tuple[SeenRobber, ...]:
        """What one is asked about again: how many minutes it takes now."""
        return tuple(one for one in self.reported if one.verdicts[Verb.MEASURE])

    @property
    def open(self) -> tuple[SeenRobber, ...]:
        """What one has reported and has got no answer on yet."""
        return tuple(one for one in self.reported if one.state is State.OPEN)

    @property
    def answered(self) -> tuple[SeenRobber, ...]:
        """What one has got an answer on, the newest first."""
        over = [one for one in self.reported if one.decided_on]
        return tuple(sorted(over, key=lambda one: str(one.decided_on), reverse=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One that sounds like what somebody writes; never the words of those in it."""

    id: int
    title: str
    count: int | None
    minutes: int | None


def cases_of(municipality: Unit) -> dict[int, Case]:
    """Return a municipality's time robbers by id, the merged in the other's (2 queries).

    The id of a merged one leads to the case that it is part of.
    """
    rows = TimeRobber.objects.filter(municipality__code=municipality.code)
    names = ("decided_by__unit", "passed_by__unit", "municipality")
    robbers = list(rows.select_related(*names).order_by("decide_by", "pk"))
    merged: dict[int, list[TimeRobber]] = {}
    for one in robbers:
        if one.merged_into_id:
            merged.setdefault(one.merged_into_id, []).append(one)
    reports: dict[int, list[TimeReport]] = {}
    for report in TimeReport.objects.filter(robber__in=robbers).order_by("pk"):
        reports.setdefault(report.robber_id, []).append(report)
    cases: dict[int, Case] = {}
    for root in (one for one in robbers if not one.merged_into_id):
        parts = (root, *merged.get(root.pk, ()))
        found = (report for part in parts for report in reports.get(part.pk, ()))
        case = Case(root=root, merged=parts[1:], reports=tuple(found))
        cases |= {part.pk: case for part in parts}
    return cases


def mine(actor: Actor) -> MyTimeRobbers:
    """Return what one has reported, and what one is to decide (6 queries)."""
    return mine_among(actor, *around(actor))


def mine_among(actor: Actor, town: Town, cases: Mapping[int, Case]) -> MyTimeRobbers:
    """Return one's own among time robbers that are read already (0 queries)."""
    seen = [
        _seen(actor, town, case)
        for case in _roots(cases)
        if _may_read(actor, town, case)
    ]
    return MyTimeRobbers(
        reported=tuple(one for one in seen if one.mine),
        to_decide=tuple(one for one in seen if one.verdicts[Verb.DECIDE]),
    )


def get_seen(actor: Actor, pk: int) -> SeenRobber:
    """Return one for those who reported it or decide on it (6 queries).

    Raises
    ------
    NoSuchTimeRobber
        Also when it exists, so that a number tells nothing.
    """
    town, cases = around(actor)
    case = cases.get(pk)
    if case is None or not _may_read(actor, town, case):
        raise NoSuchTimeRobber(_("There is no such time robber for your post."))
    return _seen(actor, town, case)


def get_case(
    actor: Actor, pk: int, *, of_others: bool = False
) -> tuple[Case, Mapping[Verb, Verdict]]:
    """Return one for an action, and what one's post may do with it (6 queries).

    With `of_others`, also one that one neither reported nor decides on.

    Raises
    ------
    NoSuchTimeRobber
        As `get_seen`.
    """
    town, cases = around(actor)
    case = cases.get(pk)
    if case is None or not (of_others or _may_read(actor, town, case)):
        raise NoSuchTimeRobber(_("There is no such time robber for your post."))
    is_merged = pk != case.root.pk
    return case, _verdicts(actor, town, case, is_merged=is_merged)


def offers(actor: Actor, title: str) -> tuple[Offer, ...]:
    """Return the open ones that sound like a title, without words of others (3 queries).

    What one has reported oneself is among them: it is not to be reported twice.
    """
    if actor.role is None:
        return ()
    cases = cases_of(get_municipality(actor.path.split("/")[1]))
    roots = {case.root.pk: case for case in cases.values() if not case.root.decision}
    found = alike(title, {pk: case.root.title for pk, case in roots.items()})
    return tuple(
        Offer(
            id=pk,
            title=roots[pk].root.title,
            count=roots[pk].count,
            minutes=roots[pk].minutes,
        )
        for pk in found
    )


def around(actor: Actor) -> tuple[Town, dict[int, Case]]:
    """Return the chain and the time robbers of one's municipality (6 queries)."""
    if actor.post_id is None:
        return Town(posts={}, upper={}, held=frozenset()), {}
    return around_in(get_municipality(actor.path.split("/")[1]))


def around_in(municipality: Unit) -> tuple[Town, dict[int, Case]]:
    """Return the chain and the time robbers of a municipality (5 queries)."""
    return town_of(municipality), cases_of(municipality)


def _roots(cases: Mapping[int, Case]) -> Iterator[Case]:
    yield from (case for pk, case in cases.items() if case.root.pk == pk)


def _may_read(actor: Actor, town: Town, case: Case) -> bool:
    posts = {one.post_id for one in case.reports} | {case.root.decided_by_id}
    return actor.post_id in posts or _decides(actor, town, case)


def _decides(actor: Actor, town: Town, case: Case) -> bool:
    """Whether it waits for one's post; when it is decided, it waits for nobody."""
    if case.root.decision:
        return False
    acting = town.acting(case.root.decider_id)
    return acting is not None and acting.pk == actor.post_id


def _parts(actor: Actor, town: Town, case: Case) -> Iterator[Part]:
    """Give what one's post has to do with it now."""
    root = case.root
    told = next((one for one in case.told if one.post_id == actor.post_id), None)
    if _decides(actor, town, case):
        yield Part.DECIDER
    if told is None and has(actor, Permission.REPORT_TIME_ROBBER):
        yield Part.LEADER
    is_silent = told is not None and told.measured_on is None
    if is_silent and is_asked_again(root.decided_on, root.decision, on=today()):
        yield Part.REPORTER


def _verdicts(
    actor: Actor, town: Town, case: Case, *, is_merged: bool = False
) -> Mapping[Verb, Verdict]:
    state = state_of(case.root.decision, is_merged=is_merged)
    parts = tuple(_parts(actor, town, case))
    return {verb: may_act(verb, state, parts) for verb in Verb}


def _seen(actor: Actor, town: Town, case: Case) -> SeenRobber:
    root = case.root
    decides = _decides(actor, town, case) or root.decided_by_id == actor.post_id
    acting = town.acting(root.decider_id)
    told = case.told
    split = _verdicts(actor, town, case, is_merged=True)[Verb.SPLIT]
    return SeenRobber(
        id=root.pk,
        municipality=root.municipality.code,
        title=root.title,
        outside=root.outside,
        state=state_of(root.decision, is_merged=False),
        decider=name_of(acting) if acting else "",
        decider_id=acting.pk if acting else None,
        opened_on=root.opened_on,
        decide_by=root.decide_by,
        is_late=is_late(root.decision, root.decide_by, on=today()),
        passed_by=name_of(root.passed_by) if root.passed_by else "",
        passed_on=root.passed_on,
        reason=root.reason,
        decided_by=name_of(root.decided_by) if root.decided_by else "",
        decided_on=root.decided_on,
        count=len(told) if decides else case.count,
        minutes=sum(one.minutes for one in told) if decides else case.minutes,
        words=tuple(one.words for one in case.reports),
        mine=_own(actor, case.reports),
        merged=tuple(
            Merged(id=one.pk, title=one.title, merged_on=one.merged_on, verdict=split)
            for one in case.merged
        ),
        verdicts=_verdicts(actor, town, case),
    )


def _own(actor: Actor, reports: Iterable[TimeReport]) -> Reported | None:
    """Return what one has said oneself, the most if two of one's own were merged."""
    own = [one for one in reports if one.post_id == actor.post_id]
    if not own:
        return None
    most = max(own, key=lambda one: (one.minutes, -one.pk))
    return Reported(
        words=most.words, minutes=most.minutes, minutes_now=most.minutes_now
    )
