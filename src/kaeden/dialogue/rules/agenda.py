"""What is proposed for a meeting's agenda, and why now. Pure; no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.dialogue.rules.assessments import Judgement
from kaeden.dialogue.rules.meetings import Body

MOST_RESULTS = 5
MOST_ITEMS = 30
LONGEST_TITLE = 400
LONGEST_OWN = 200


class Why(StrEnum):
    """Why an item is proposed now; the most urgent first."""

    OVERDUE = "overdue"
    CHALLENGE = "challenge"
    SIGNAL = "signal"
    WAITS = "waits"
    IMPROVEMENT = "improvement"
    DEADLINE = "deadline"
    ASSESSED = "assessed"
    ASKED = "asked"
    CONCERN = "concern"
    ANSWERED = "answered"
    DECISION = "decision"
    DEVIATION = "deviation"
    COMMITMENTS = "commitments"
    OWNERLESS = "ownerless"
    OWN = "own"


RESULTS = (
    Why.CHALLENGE,
    Why.SIGNAL,
    Why.WAITS,
    Why.IMPROVEMENT,
    Why.DEADLINE,
    Why.ASSESSED,
)
"""The reasons for which a result is proposed, the most urgent first; five at most."""

BY_JUDGEMENT: Mapping[str, Why] = {
    Judgement.CHALLENGE.value: Why.CHALLENGE,
    Judgement.IMPROVEMENT.value: Why.IMPROVEMENT,
    Judgement.CHANCE.value: Why.ASSESSED,
    Judgement.TOO_UNCERTAIN.value: Why.ASSESSED,
}

ALWAYS = frozenset({Why.DECISION})
"""What comes again at every meeting until it is done, also when nothing is new."""

THOSE_OF: Mapping[Body, frozenset[Why]] = {
    Body.COMMITTEE: frozenset(
        {
            *(Why.SIGNAL, Why.DEADLINE, Why.ANSWERED, Why.OVERDUE),
            *(Why.DECISION, Why.DEVIATION, Why.OWNERLESS),
        }
    ),
    Body.DIRECTORS: frozenset(Why) - {Why.ANSWERED, Why.OWN, Why.SIGNAL},
    Body.CHIEFS: frozenset(Why) - {Why.ANSWERED, Why.OWN, Why.OWNERLESS, Why.DEADLINE},
    Body.TEAM: frozenset(Why) - {Why.ANSWERED, Why.OWN, Why.OWNERLESS, Why.DEADLINE},
}
"""What is proposed to whom. To the committee nothing of a single unit or a person."""

HEADINGS: Mapping[Why, str | Promise] = {
    Why.CHALLENGE: _("A real challenge"),
    Why.SIGNAL: _("Stands out"),
    Why.WAITS: _("Waits for its assessment"),
    Why.IMPROVEMENT: _("A real improvement"),
    Why.DEADLINE: _("The goal's year is near"),
    Why.ASSESSED: _("Assessed"),
    Why.OVERDUE: _("An answer is overdue"),
    Why.ASKED: _("The committee asks"),
    Why.CONCERN: _("A concern from below"),
    Why.ANSWERED: _("An answer has come"),
    Why.DECISION: _("Decided earlier"),
    Why.DEVIATION: _("An accepted deviation ends"),
    Why.COMMITMENTS: _("Commitments past their day"),
    Why.OWNERLESS: _("A goal without an owner"),
    Why.OWN: _("The chair's own item"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What an item is about, by the ids of what there is of it."""

    unit: int | None = None
    indicator: str = ""
    goal: int | None = None
    question: int | None = None
    decision: int | None = None
    assessment: int | None = None
    deviation: int | None = None
    concern: int | None = None


NOTHING = About()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Something that may come on an agenda.

    `key` is what it is about, and stays; `stamp` is what is new about it. `strength`
    orders results that have the same reason.
    """

    key: str
    stamp: str
    why: Why
    title: str
    said: str
    about: About = NOTHING
    strength: float = 0.0

    @property
    def is_result(self) -> bool:
        """Whether it counts among the five."""
        return self.why in RESULTS


def proposed(
    candidates: Iterable[Candidate], *, body: Body, seen: Mapping[str, str]
) -> tuple[Candidate, ...]:
    """Return what is proposed to a body: five results at most, then the rest.

    `seen` holds what earlier agendas of the body had or left off, with its stamp: that
    is proposed again only when something new has happened. Of several reasons for the
    same thing the most urgent counts.
    """
    order = list(Why)
    fresh: dict[str, Candidate] = {}
    for one in sorted(candidates, key=lambda one: order.index(one.why)):
        is_new = one.why in ALWAYS or seen.get(one.key) != one.stamp
        if is_new and one.why in THOSE_OF[body]:
            fresh.setdefault(one.key, one)
    results = [one for one in fresh.values() if one.is_result]
    results.sort(key=lambda one: (RESULTS.index(one.why), -one.strength, one.key))
    others = [one for one in fresh.values() if not one.is_result]
    return (*results[:MOST_RESULTS], *others)[:MOST_ITEMS]
