"""A test of change: its steps, what is seen of it and by whom. Pure; no database."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.access.rules import YES, Permission, Verdict

LONGEST = 600
LONGEST_NAME = 120
LONGEST_UNIT = 40
LATEST = timedelta(days=730)
"""How far ahead a test, or its aim, may reach."""
QUIET = timedelta(days=21)
"""So long without an observation, and a test that runs is quiet."""
FEWEST_SHOWN = 5
"""Of fewer than these, those outside the house see no number of a day."""
LARGEST = 1_000_000


class MeasureKind(StrEnum):
    """What a measure of a test is for; each test has one of each."""

    OUTCOME = "outcome"
    PROCESS = "process"
    BALANCING = "balancing"


KIND_NAMES: Mapping[str, str | Promise] = {
    MeasureKind.OUTCOME.value: _("Outcome"),
    MeasureKind.PROCESS.value: _("Process"),
    MeasureKind.BALANCING.value: _("Balancing"),
}


class Counted(StrEnum):
    """How a team counts: a number, or so many of so many."""

    NUMBER = "number"
    SHARE = "share"


COUNTED_NAMES: Mapping[str, str | Promise] = {
    Counted.NUMBER.value: _("A number"),
    Counted.SHARE.value: _("So many of so many, such as 7 of 23"),
}


class Better(StrEnum):
    """Which way a measure is wanted to go."""

    HIGHER = "higher"
    LOWER = "lower"


BETTER_NAMES: Mapping[str, str | Promise] = {
    Better.HIGHER.value: _("It is to rise"),
    Better.LOWER.value: _("It is to fall"),
}


class Decision(StrEnum):
    """What a team does with a change when a cycle is over."""

    ADOPT = "adopt"
    ADAPT = "adapt"
    ABANDON = "abandon"


DECISION_NAMES: Mapping[str, str | Promise] = {
    Decision.ADOPT.value: _("Adopt"),
    Decision.ADAPT.value: _("Adapt"),
    Decision.ABANDON.value: _("Abandon"),
}


class Stage(StrEnum):
    """How far the newest cycle of a test is."""

    PLANNED = "planned"
    RUNNING = "running"
    DECIDED = "decided"


class Audience(StrEnum):
    """Who besides the team and its leader reads a test; each holds those before it."""

    NOBODY = "nobody"
    HOUSE = "house"
    COLLEAGUES = "colleagues"
    CHAIN = "chain"


WIDTH: Mapping[Audience, int] = {one: width for width, one in enumerate(Audience)}

AUDIENCE_NAMES: Mapping[str, str | Promise] = {
    Audience.NOBODY.value: _("The team and its leader alone"),
    Audience.HOUSE.value: _("Everybody in our own house"),
    Audience.COLLEAGUES.value: _("Teams and leaders in the whole municipality"),
    Audience.CHAIN.value: _("Also chiefs and the director"),
}


class Where(StrEnum):
    """Where a right to read a test is judged, seen from the units that take part."""

    UNIT = "unit"
    HOUSE = "house"
    TOWN = "town"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A right that lets somebody read a test, where it is judged, from which audience."""

    permission: Permission
    where: Where
    audience: Audience


OPENINGS: tuple[Opening, ...] = (
    Opening(
        permission=Permission.READ_TEST, where=Where.UNIT, audience=Audience.NOBODY
    ),
    Opening(
        permission=Permission.READ_TEST_OF_COLLEAGUES,
        where=Where.HOUSE,
        audience=Audience.HOUSE,
    ),
    Opening(
        permission=Permission.READ_TEST_OF_COLLEAGUES,
        where=Where.TOWN,
        audience=Audience.COLLEAGUES,
    ),
    Opening(
        permission=Permission.READ_SHARED_TEST,
        where=Where.TOWN,
        audience=Audience.CHAIN,
    ),
)
"""Every way to read a test but taking part in it.

The committee is in none of them: it asks about goals and results, not about efforts.
"""


def openings(audience: Audience) -> Iterator[Opening]:
    """Give the rights that let somebody read a test which is shared so far."""
    for one in OPENINGS:
        if WIDTH[one.audience] <= WIDTH[audience]:
            yield one


def may_share(now: Audience, to: Audience) -> Verdict:
    """Judge whether a test may be shared with others: always further, never back."""
    if WIDTH[to] > WIDTH[now]:
        return YES
    return Verdict(
        allowed=False,
        why_not=_("It is shared that far already, and sharing is not taken back."),
    )


class Act(StrEnum):
    """What a team can do with the newest cycle of its test."""

    BEGIN = "begin"
    OBSERVE = "observe"
    DECIDE = "decide"
    INVITE = "invite"
    PROLONG = "prolong"


VERBS: Mapping[Stage, frozenset[Act]] = {
    Stage.PLANNED: frozenset({Act.BEGIN, Act.OBSERVE, Act.INVITE, Act.PROLONG}),
    Stage.RUNNING: frozenset({Act.OBSERVE, Act.DECIDE, Act.INVITE, Act.PROLONG}),
    Stage.DECIDED: frozenset(),
}
"""What may be done at each stage. One counts before the start too: that is the baseline."""

WHY_NOT: Mapping[tuple[Stage, Act], str | Promise] = {
    (Stage.PLANNED, Act.DECIDE): _("Mark the start first. Then decide when you know."),
    (Stage.RUNNING, Act.BEGIN): _("It has begun already."),
}
OVER = _("The test is over. Begin a new one.")


def may_do(stage: Stage, act: Act) -> Verdict:
    """Judge an act by the table `VERBS`."""
    if act in VERBS[stage]:
        return YES
    return Verdict(allowed=False, why_not=WHY_NOT.get((stage, act), OVER))


def stage_of(*, begun_on: date | None, decision: str) -> Stage:
    """Return how far a cycle is."""
    if decision:
        return Stage.DECIDED
    return Stage.RUNNING if begun_on else Stage.PLANNED


def is_a_fair_end(ends_on: date, *, on: date) -> bool:
    """Whether a test can end then: after today, and not years ahead."""
    return on < ends_on <= on + LATEST


def observed_wrong(counted: Counted, number: float, of: int | None) -> str | Promise:
    """Return what is wrong with an observation; empty if it can be kept."""
    if not 0 <= number <= LARGEST:
        return _("Write a number from 0 to 1,000,000.")
    if counted is Counted.NUMBER:
        return (
            "" if of is None else _("This measure is a number, not so many of so many.")
        )
    if of is None or not 0 < of <= LARGEST:
        return _("Write of how many: a whole number from 1 up.")
    if number != int(number) or number > of:
        return _("Write a whole number, at most as many as there were.")
    return ""


def is_shown(of: int | None, *, to_the_house: bool) -> bool:
    """Whether the number of a day is shown: of very few, only to those it is from."""
    return to_the_house or of is None or of >= FEWEST_SHOWN


def is_quiet(
    newest: date | None, *, begun_on: date | None, today: date, until: date
) -> bool:
    """Whether a test that runs has had no observation for too long."""
    if begun_on is None or today > until:
        return False
    return max(newest or begun_on, begun_on) + QUIET < today


def is_undecided(ends_on: date, *, stage: Stage, today: date) -> bool:
    """Whether a test is past its end without a decision."""
    return stage is Stage.RUNNING and ends_on < today
