"""What robs leaders of time: by when it is decided, who may do what. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.access.rules import YES, Verdict

LONGEST_TITLE = 120
LONGEST = 600
MINUTES = (15, 30, 60, 120, 240)
"""Minutes a week that one can say it takes; nobody knows it finer than that."""
MINUTES_NOW = (0, *MINUTES)
MOST_MINUTES = 2400

DECIDED_WITHIN = timedelta(weeks=6)
LEAST_TO_DECIDE = timedelta(weeks=2)
"""How long a post has at the least that gets it passed on."""
MEASURED_AFTER = timedelta(weeks=8)
"""When something has been removed or simplified so long, one can tell what it gave."""
ASKED_FOR = timedelta(weeks=12)
FEWEST = 3
"""How many there are at the least before a number is told to others."""


class Outside(StrEnum):
    """What could remove it when none of the posts above one can."""

    NATIONAL_RULE = "national_rule"
    IT_SYSTEM = "it_system"
    OTHER_PART = "other_part"
    UNKNOWN = "unknown"


class Decision(StrEnum):
    """What a post decides to do with a time robber."""

    REMOVE = "remove"
    SIMPLIFY = "simplify"
    KEEP = "keep"


GIVES_TIME = frozenset({Decision.REMOVE, Decision.SIMPLIFY})
"""The decisions after which it is asked again how many minutes it takes."""


class State(StrEnum):
    """Where a time robber is; a merged one follows the one that it was merged with."""

    OPEN = "open"
    MERGED = "merged"
    REMOVED = "removed"
    SIMPLIFIED = "simplified"
    KEPT = "kept"


class Verb(StrEnum):
    """What can be done with a time robber that is reported."""

    JOIN = "join"
    DECIDE = "decide"
    HAND_ON = "hand_on"
    MERGE = "merge"
    SPLIT = "split"
    MEASURE = "measure"


STATE_OF: Mapping[Decision, State] = {
    Decision.REMOVE: State.REMOVED,
    Decision.SIMPLIFY: State.SIMPLIFIED,
    Decision.KEEP: State.KEPT,
}
VERBS: Mapping[State, frozenset[Verb]] = {
    State.OPEN: frozenset({Verb.JOIN, Verb.DECIDE, Verb.HAND_ON, Verb.MERGE}),
    State.MERGED: frozenset({Verb.SPLIT}),
    State.REMOVED: frozenset({Verb.MEASURE}),
    State.SIMPLIFIED: frozenset({Verb.MEASURE}),
    State.KEPT: frozenset(),
}
WHY_NOT: Mapping[State, str | Promise] = {
    State.OPEN: _("It has not been decided yet."),
    State.MERGED: _("It has been put together with another one."),
    State.REMOVED: _("It has been decided to remove it."),
    State.SIMPLIFIED: _("It has been decided to make it simpler."),
    State.KEPT: _("It has been decided to keep it."),
}


class Part(StrEnum):
    """What a post has to do with a time robber."""

    REPORTER = "reporter"
    DECIDER = "decider"
    LEADER = "leader"


WHOSE: Mapping[Verb, Part] = {
    Verb.JOIN: Part.LEADER,
    Verb.DECIDE: Part.DECIDER,
    Verb.HAND_ON: Part.DECIDER,
    Verb.MERGE: Part.DECIDER,
    Verb.SPLIT: Part.DECIDER,
    Verb.MEASURE: Part.REPORTER,
}
FOR_WHOM: Mapping[Part, str | Promise] = {
    Part.REPORTER: _("Those who reported it are asked, once, and at their time."),
    Part.DECIDER: _("The post that it waits for decides."),
    Part.LEADER: _("You have reported it already, or you lead nobody."),
}


def state_of(decision: str, *, is_merged: bool) -> State:
    """Return where a time robber is; `decision` is that of the one it is part of."""
    if decision:
        return STATE_OF[Decision(decision)]
    return State.MERGED if is_merged else State.OPEN


def may_act(verb: Verb, state: State, parts: Iterable[Part]) -> Verdict:
    """Judge a verb by the tables, for a post that has these parts in it."""
    if verb not in VERBS[state]:
        return Verdict(allowed=False, why_not=WHY_NOT[state])
    if WHOSE[verb] not in parts:
        return Verdict(allowed=False, why_not=FOR_WHOM[WHOSE[verb]])
    return YES


def is_late(decision: str, decide_by: date, *, on: date) -> bool:
    """Whether its day has passed without a decision."""
    return not decision and decide_by < on


def is_asked_again(decided_on: date | None, decision: str, *, on: date) -> bool:
    """Whether those who reported it are asked now how many minutes it takes."""
    if decided_on is None or Decision(decision) not in GIVES_TIME:
        return False
    begins = decided_on + MEASURED_AFTER
    return begins <= on < begins + ASKED_FOR


def day_after_passing(decide_by: date, *, on: date) -> date:
    """Return by when the next post decides: the same day, if that leaves it time."""
    return max(decide_by, on + LEAST_TO_DECIDE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one post has said it takes, and what it takes since; None before that."""

    post_id: int
    minutes: int
    minutes_now: int | None = None
    measured_on: date | None = None


def one_for_each(told: Iterable[Told]) -> tuple[Told, ...]:
    """Return what each post has said, once: the most, if two of its own were merged."""
    most: dict[int, Told] = {}
    for one in told:
        known = most.get(one.post_id)
        if known is None or one.minutes > known.minutes:
            most[one.post_id] = one
    return tuple(most.values())
