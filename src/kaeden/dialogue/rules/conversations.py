"""A conversation of two linked posts: its steps, who takes which, whom it waits for.

The leader writes first. The chief's side opens when the leader has written, or on a day
that both know. What is agreed is written once, confirmed by both, and after that only
added to. Nothing here touches a database.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.access.rules import YES, Verdict
from kaeden.dialogue.rules.links import End

MOST_FOCUS = 3
MOST_RESULTS = 4
MOST_COMMITMENTS = 3
LONGEST_FOCUS = 160
LONGEST_PART = 450
LONGEST_CONCLUSION = 700
LONGEST_CORRECTION = 300
LONGEST_BURDEN = 2000
OPENS_BEFORE = timedelta(days=7)
"""How long before the conversation the chief may write, whatever the leader has done."""
LATEST = timedelta(days=400)
"""How far ahead a conversation can be planned."""
KEPT_FOR = timedelta(days=30)
"""How long after the conversation what weighs on the two is kept, and no longer."""


class Kind(StrEnum):
    """Which conversation it is: by what the leader leads."""

    SCHOOL = "school"
    DAYCARE = "daycare"
    SOCIAL = "social"


class Step(StrEnum):
    """Where a conversation is."""

    PLANNED = "planned"
    OPEN = "open"
    PREPARED = "prepared"
    HELD = "held"
    HALF_CONFIRMED = "half_confirmed"
    CONFIRMED = "confirmed"


class Verb(StrEnum):
    """What an end can do with a conversation."""

    MOVE = "move"
    WRITE = "write"
    HOLD = "hold"
    CONCLUDE = "conclude"
    PROMISE = "promise"
    CONFIRM = "confirm"
    ADD = "add"


BOTH = frozenset(End)
UPPER, LOWER = frozenset({End.UPPER}), frozenset({End.LOWER})
NOBODY: frozenset[End] = frozenset()

VERBS: Mapping[Step, Mapping[Verb, frozenset[End]]] = {
    Step.PLANNED: {Verb.MOVE: UPPER, Verb.WRITE: LOWER},
    Step.OPEN: {Verb.MOVE: UPPER, Verb.WRITE: BOTH, Verb.HOLD: BOTH},
    Step.PREPARED: {Verb.MOVE: UPPER, Verb.WRITE: BOTH, Verb.HOLD: BOTH},
    Step.HELD: {Verb.CONCLUDE: BOTH, Verb.PROMISE: BOTH, Verb.CONFIRM: BOTH},
    Step.HALF_CONFIRMED: {Verb.CONCLUDE: BOTH, Verb.CONFIRM: BOTH},
    Step.CONFIRMED: {Verb.ADD: BOTH},
}
"""The whole truth about who can do what in each step."""

WHY_NOT: Mapping[Step, str | Promise] = {
    Step.PLANNED: _("It is planned. The leader writes first."),
    Step.OPEN: _("It is not held yet."),
    Step.PREPARED: _("It is not held yet."),
    Step.HELD: _("It is held. Write together what you agree on."),
    Step.HALF_CONFIRMED: _("One of you has confirmed. Other words take that back."),
    Step.CONFIRMED: _("You have both confirmed. Now you can only add to it."),
}


class Part(StrEnum):
    """A part of a conversation that parents' representatives may be shown."""

    FOCUS = "focus"
    RESULTS = "results"
    CONCLUSION = "conclusion"
    COMMITMENTS = "commitments"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What has happened to a conversation, as far as its step depends on it.

    `confirmed` are the ends that have confirmed the newest conclusion. `taken` and
    `waiting` count the commitments that came from it: agreed on, and not answered.
    """

    opens_on: date
    wrote: frozenset[End] = NOBODY
    held_on: date | None = None
    is_concluded: bool = False
    confirmed: frozenset[End] = NOBODY
    taken: int = 0
    waiting: int = 0
    is_linked: bool = True
    is_whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a conversation is on a day, and which ends it waits for."""

    step: Step
    waits_for: frozenset[End] = NOBODY
    facts: Facts = field(repr=False)


def standing(facts: Facts, *, on: date) -> Standing:
    """Judge where a conversation is on a day."""
    step = _step(facts, on)
    waits = {
        Step.PLANNED: LOWER,
        Step.OPEN: BOTH - facts.wrote,
        Step.PREPARED: BOTH,
        Step.HELD: BOTH,
        Step.HALF_CONFIRMED: BOTH - facts.confirmed,
        Step.CONFIRMED: NOBODY,
    }
    return Standing(step=step, waits_for=waits[step], facts=facts)


def _step(facts: Facts, on: date) -> Step:
    if facts.held_on is not None:
        steps = (Step.HELD, Step.HALF_CONFIRMED, Step.CONFIRMED)
        return steps[len(facts.confirmed)]
    if facts.wrote == BOTH:
        return Step.PREPARED
    is_open = End.LOWER in facts.wrote or facts.opens_on <= on
    return Step.OPEN if is_open else Step.PLANNED


def may_act(verb: Verb, now: Standing, *, end: End) -> Verdict:
    """Judge a verb of one end by the table `VERBS`, and say why not."""
    facts = now.facts
    if not facts.is_linked:
        return _no(_("You two are not linked any more. What you wrote stays here."))
    allowed = VERBS[now.step].get(verb, NOBODY)
    if end not in allowed:
        return _no(WHO[verb] if allowed else WHY_NOT[now.step])
    if verb is Verb.PROMISE and facts.taken + facts.waiting >= MOST_COMMITMENTS:
        return _no(_("Three commitments are enough. Change one of them instead."))
    return _may_confirm(facts, end) if verb is Verb.CONFIRM else YES


WHO: Mapping[Verb, str | Promise] = {
    Verb.MOVE: _("The upper post chooses the day."),
    Verb.WRITE: _(
        "The leader writes first. Your side opens then, or on the day shown."
    ),
}
"""Why one end alone can take a verb."""


def _may_confirm(facts: Facts, end: End) -> Verdict:
    checks = (
        (not facts.is_whole, _("The other post is vacant. Confirm when it is filled.")),
        (end in facts.confirmed, _("Your post has confirmed it.")),
        (not facts.is_concluded, _("Write what you agree on first.")),
        (facts.waiting > 0, _("A commitment waits for a yes. Answer it first.")),
        (not facts.taken, _("Agree on at least one commitment first.")),
    )
    why = next((why for is_so, why in checks if is_so), None)
    return _no(why) if why else YES


def is_a_fair_day(day: date, *, on: date) -> bool:
    """Whether a conversation can be planned for a day: today or later, not too far."""
    return on <= day <= on + LATEST


def opens_on(planned_for: date, *, planned_on: date) -> date:
    """Return the day on which the chief's side opens without the leader's words."""
    return max(planned_for - OPENS_BEFORE, planned_on)


def forget_on(held_or_planned: date) -> date:
    """Return the day on which what weighs on the two is deleted."""
    return held_or_planned + KEPT_FOR


def _no(why: str | Promise) -> Verdict:
    return Verdict(allowed=False, why_not=why)
