"""When an expectation is confirmed, who must act, and what each end may do.

An expectation is words that both ends of a link have read. Each new wording is another
one; what is current is always the newest. Nothing here touches a database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import zip_longest

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.access.rules import YES, Verdict
from kaeden.dialogue.rules.links import End, Pair

LONGEST = 1000
RENEW_EARLY = timedelta(days=60)
"""How long before it runs out an end may confirm anew."""


class Way(StrEnum):
    """Which way an expectation points: down the link, or up."""

    DOWN = "down"
    UP = "up"

    @property
    def expecting(self) -> End:
        """The end that expects something."""
        return End.UPPER if self is Way.DOWN else End.LOWER


class State(StrEnum):
    """Where an expectation is on its way."""

    NONE = "none"
    PROPOSED = "proposed"
    DISCUSSED = "discussed"
    HALF_CONFIRMED = "half_confirmed"
    CONFIRMED = "confirmed"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


class Verb(StrEnum):
    """What an end can do with an expectation."""

    PROPOSE = "propose"
    DISCUSS = "discuss"
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"


EITHER = frozenset(End)
VERBS: Mapping[State, frozenset[Verb]] = {
    State.NONE: frozenset({Verb.PROPOSE}),
    State.PROPOSED: frozenset({Verb.PROPOSE, Verb.DISCUSS, Verb.WITHDRAW}),
    State.DISCUSSED: frozenset({Verb.PROPOSE, Verb.CONFIRM, Verb.WITHDRAW}),
    State.HALF_CONFIRMED: frozenset({Verb.PROPOSE, Verb.CONFIRM, Verb.WITHDRAW}),
    State.CONFIRMED: frozenset({Verb.PROPOSE, Verb.CONFIRM, Verb.WITHDRAW}),
    State.LAPSED: frozenset({Verb.PROPOSE, Verb.CONFIRM, Verb.WITHDRAW}),
    State.WITHDRAWN: frozenset({Verb.PROPOSE}),
}
"""The whole truth about what can be done in each state, by one end or the other."""

AGREED = frozenset({State.CONFIRMED, State.LAPSED})
"""States in which both have once agreed: from then on either may withdraw."""

WHY_NOT: Mapping[Verb, str | Promise] = {
    Verb.DISCUSS: _("There are no new words to talk about."),
    Verb.CONFIRM: _("Talk about the words first, and note that you have."),
    Verb.WITHDRAW: _("There are no words to take back."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """One end has confirmed, while these two holdings stood at the ends."""

    end: End
    on: date
    upper: int
    lower: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One wording with all that became of it until a day."""

    id: int
    number: int
    words: str
    proposed_by: End
    proposed_on: date
    discussed_on: date | None = None
    withdrawn_on: date | None = None
    confirmed: tuple[Confirmed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """How an expectation stands on a day.

    `confirmed` are the ends whose word counts that day, `waits_for` those that must
    act. `since` is the first day that it has not been confirmed by both, None while
    it is; `until` is then the day on which it runs out.
    """

    state: State
    confirmed: Mapping[End, date]
    waits_for: tuple[End, ...]
    since: date | None
    until: date | None
    wording: Wording | None


def a_year_after(day: date) -> date:
    """Return the same day next year; 29 February becomes the 28th.

    >>> a_year_after(date(2028, 2, 29)).isoformat()
    '2029-02-28'
    """
    leaps = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leaps else day.day)


def condition(
    way: Way, wordings: Sequence[Wording], pair: Pair, *, on: date
) -> Condition:
    """Judge how an expectation stands on a day, from all its wordings until then.

    A confirmation counts for a year, and only while the same two holdings stand at
    the ends; after that the words stand, and both confirm anew.
    """
    wording = max(wordings, key=lambda one: one.number, default=None)
    counts = _counting(wording, pair, on) if wording else {}
    state = _state(wording, counts)
    is_confirmed = state is State.CONFIRMED
    return Condition(
        state=state,
        confirmed=counts,
        waits_for=_waits_for(way, wording, state, counts),
        since=None if is_confirmed else _since(wordings, pair, on),
        until=min(map(a_year_after, counts.values())) if is_confirmed else None,
        wording=wording,
    )


def _counting(wording: Wording, pair: Pair, on: date) -> dict[End, date]:
    """Return the ends whose confirmation counts on a day, with its date."""
    given = sorted(wording.confirmed, key=lambda one: one.on)
    return {
        one.end: one.on
        for one in given
        if _is_of(one, pair) and one.on <= on < a_year_after(one.on)
    }


def _is_of(given: Confirmed, pair: Pair) -> bool:
    return (given.upper, given.lower) == (pair.upper, pair.lower)


def _state(wording: Wording | None, counts: Mapping[End, date]) -> State:
    if wording is None:
        return State.NONE
    ever = {one.end for one in wording.confirmed}
    tests = (
        (wording.withdrawn_on is not None, State.WITHDRAWN),
        (counts.keys() == EITHER, State.CONFIRMED),
        (ever == EITHER, State.LAPSED),
        (bool(counts), State.HALF_CONFIRMED),
        (wording.discussed_on is not None, State.DISCUSSED),
    )
    return next((state for is_so, state in tests if is_so), State.PROPOSED)


def _waits_for(
    way: Way, wording: Wording | None, state: State, counts: Mapping[End, date]
) -> tuple[End, ...]:
    if wording is None or state is State.WITHDRAWN:
        return (way.expecting,)
    if state is State.PROPOSED:
        return (wording.proposed_by.other,)
    return tuple(end for end in End if end not in counts)


def _since(wordings: Sequence[Wording], pair: Pair, on: date) -> date:
    """Return the day it was last confirmed by both, or the pair's first day.

    New words take confirmations back on the day they are proposed.
    """
    ended = [pair.since]
    ordered = sorted(wordings, key=lambda one: one.number)
    for one, newer in zip_longest(ordered, ordered[1:]):
        last = {
            given.end: given.on
            for given in sorted(one.confirmed, key=lambda given: given.on)
            if _is_of(given, pair)
        }
        if last.keys() == EITHER:
            stops = [min(map(a_year_after, last.values())), one.withdrawn_on]
            stops.append(newer.proposed_on if newer else None)
            ended.append(min(day for day in stops if day is not None))
    return max(day for day in ended if day <= on)


def may_act(verb: Verb, now: Condition, *, end: End, pair: Pair, on: date) -> Verdict:
    """Judge a verb of one end by the table `VERBS`, and say why not."""
    if verb not in VERBS[now.state]:
        return _no(WHY_NOT[verb])
    assert now.wording is not None or verb is Verb.PROPOSE
    if verb is Verb.WITHDRAW and now.state not in AGREED:
        assert now.wording is not None
        if now.wording.proposed_by is not end:
            return _no(_("Only who proposed the words can take them back."))
    if verb is Verb.CONFIRM:
        return _may_confirm(now, end, pair, on)
    return YES


def _may_confirm(now: Condition, end: End, pair: Pair, on: date) -> Verdict:
    if not pair.is_whole:
        return _no(_("The other post is vacant. Confirm when somebody holds it."))
    given = now.confirmed.get(end)
    if given and on < a_year_after(given) - RENEW_EARLY:
        return _no(_("Your post has confirmed these words."))
    return YES


def _no(why: str | Promise) -> Verdict:
    return Verdict(allowed=False, why_not=why)
