"""Support: what is offered, needed and answered, and who takes which step. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from statistics import median_low

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.access.rules import YES, Verdict

LONGEST_OFFER = 200
LONGEST = 600
LONGEST_REASON = 500
FASTEST, SLOWEST = 1, 30
"""A promise of an answer, in working days."""
ANYBODY_ANSWERS_WITHIN = 10
"""Working days until somebody is to have answered what is asked of anybody."""
LATEST = timedelta(days=365)
FEWEST_RATINGS = 5
"""Ratings are told of in lots of so many: one more alone changes nothing."""


class Step(StrEnum):
    """Where a need is."""

    ASKED = "asked"
    ANSWERED = "answered"
    MET = "met"
    NOT_MET = "not_met"
    WITHDRAWN = "withdrawn"


class Side(StrEnum):
    """Who stands at a need: whoever has it, or the support it is put to."""

    ASKER = "asker"
    SUPPORT = "support"


NEXT: Mapping[Step, frozenset[Step]] = {
    Step.ASKED: frozenset({Step.ANSWERED, Step.NOT_MET, Step.WITHDRAWN}),
    Step.ANSWERED: frozenset({Step.MET, Step.NOT_MET, Step.WITHDRAWN}),
    Step.MET: frozenset(),
    Step.NOT_MET: frozenset(),
    Step.WITHDRAWN: frozenset(),
}
"""The whole truth about a need's way."""

BOTH = frozenset(Side)
TAKES: Mapping[Step, frozenset[Side]] = {
    Step.ASKED: frozenset(),
    Step.ANSWERED: frozenset({Side.SUPPORT}),
    Step.MET: frozenset({Side.ASKER}),
    Step.NOT_MET: BOTH,
    Step.WITHDRAWN: frozenset({Side.ASKER}),
}
"""Who takes a step: whether a need is met, the one who has it knows best."""

OPEN = (Step.ASKED, Step.ANSWERED)
OVER = (Step.MET, Step.NOT_MET)

WHY_NOT: Mapping[Step, str | Promise] = {
    Step.ASKED: _("The need has not been answered yet."),
    Step.ANSWERED: _("The need has been answered."),
    Step.MET: _("The need has been met."),
    Step.NOT_MET: _("The need was not met, and that is noted."),
    Step.WITHDRAWN: _("The need has been taken back."),
}
FOR_WHOM: Mapping[Side, str | Promise] = {
    Side.ASKER: _("Only the post that has the need says that."),
    Side.SUPPORT: _("Those who offer the support answer."),
}


class Rating(IntEnum):
    """What the support was worth to those served."""

    NO_HELP = 1
    LITTLE_HELP = 2
    HELP = 3
    MUCH_HELP = 4


RATING_NAMES: Mapping[Rating, str | Promise] = {
    Rating.NO_HELP: _("It did not help"),
    Rating.LITTLE_HELP: _("It helped a little"),
    Rating.HELP: _("It helped"),
    Rating.MUCH_HELP: _("It helped a lot"),
}


def may_step(to: Step, now: Step, *, side: Side | None) -> Verdict:
    """Judge a step by the map `NEXT`, and by who stands where in `TAKES`."""
    if to not in NEXT[now]:
        return Verdict(allowed=False, why_not=WHY_NOT[now])
    if side not in TAKES[to]:
        whose = Side.SUPPORT if TAKES[to] == {Side.SUPPORT} else Side.ASKER
        return Verdict(allowed=False, why_not=FOR_WHOM[whose])
    return YES


def may_rate(now: Step, *, side: Side | None, is_rated: bool) -> Verdict:
    """Judge whether the support may be rated: once, by those served, when it is over."""
    if now not in OVER:
        return Verdict(
            allowed=False, why_not=_("The support is rated when it is over.")
        )
    if side is not Side.ASKER:
        return Verdict(allowed=False, why_not=FOR_WHOM[Side.ASKER])
    if is_rated:
        return Verdict(allowed=False, why_not=_("You have rated the support."))
    return YES


def is_unmet(step: Step, answer_by: date, met_by: date | None, *, on: date) -> bool:
    """Whether a need calls for a chief: unanswered in time, not met in time, or not at all."""
    due = {Step.ASKED: answer_by, Step.ANSWERED: met_by}.get(step)
    return step is Step.NOT_MET or (due is not None and due < on)


def may_decide(*, unmet: bool, is_decided: bool, above: bool) -> Verdict:
    """Judge whether a post above may answer a need that is not met."""
    if is_decided:
        return Verdict(allowed=False, why_not=_("The need has an answer from above."))
    if not unmet:
        return Verdict(
            allowed=False, why_not=_("The need is not late, so it is not yours yet.")
        )
    if not above:
        return Verdict(
            allowed=False, why_not=_("A post above the one with the need answers.")
        )
    return YES


def is_a_fair_day(day: date, *, asked_on: date) -> bool:
    """Whether something can be wanted or promised for a day: within a year."""
    return asked_on <= day <= asked_on + LATEST


def told(ratings: Sequence[int]) -> Sequence[int]:
    """Return the ratings, oldest first, that may be told of: whole lots of five.

    >>> told([4, 3, 3, 2, 4, 1]), told([4, 4])
    ([4, 3, 3, 2, 4], [])
    """
    return ratings[: len(ratings) - len(ratings) % FEWEST_RATINGS]


def typical(ratings: Sequence[int]) -> Rating | None:
    """Return the rating in the middle of those that may be told of."""
    shown = told(ratings)
    return Rating(median_low(shown)) if shown else None
