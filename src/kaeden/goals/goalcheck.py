"""The goal check: what a goal that is being written says, and what it still lacks.

It asks what a goal must be able to answer, and proposes. It decides nothing and stops
nobody. Pure: text in, values out.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kaeden.goals.indicator_parts import Sector
from kaeden.goals.indicators import Indicator
from kaeden.goals.listening import Heard, Lean, hear, lists

MOST_SUGGESTED = 3
STEM = 5
"""Words are alike when their first letters are, so that "fravær" finds "fraværet"."""
A_YEAR = re.compile(r"\b20\d\d(?:/\d\d)?\b")
A_NUMBER = re.compile(r"\b\d+(?:,\d+)?\s*(?:%|procent)|\b(?:til|under|over)\s+\d+,\d")


class Question(StrEnum):
    """What a goal must be able to answer, in the order that it is asked."""

    RESULT = "result"
    FOR_WHOM = "for_whom"
    OWNER = "owner"
    INDICATOR = "indicator"
    BASELINE = "baseline"
    TARGET = "target"
    DATE = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A goal as it stands while it is written; whatever is not there is empty.

    `baseline` says in words where the indicator is today, if it has a released figure.
    """

    sentence: str
    for_whom: str = ""
    sectors: Collection[Sector] = ()
    owner: str = ""
    indicator: str = ""
    baseline: str = ""
    has_target: bool = False
    by_period: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalCheck:
    """What the check heard, which questions are answered, and what could show it."""

    heard: Heard
    answered: Mapping[Question, bool]
    suggested: tuple[Indicator, ...]

    @property
    def missing(self) -> tuple[Question, ...]:
        """The questions without an answer, in their order."""
        return tuple(one for one in Question if not self.answered[one])


def check(draft: Draft, known: Mapping[str, Indicator]) -> GoalCheck:
    """Hold a goal that is being written up to the questions."""
    said = draft.sentence
    heard = hear(said)
    return GoalCheck(
        heard=heard,
        answered={
            Question.RESULT: heard.lean is Lean.RESULT,
            Question.FOR_WHOM: bool(draft.for_whom or lists().found("for_whom", said)),
            Question.OWNER: bool(draft.owner),
            Question.INDICATOR: draft.indicator in known,
            Question.BASELINE: bool(draft.baseline),
            Question.TARGET: draft.has_target or bool(A_NUMBER.search(said)),
            Question.DATE: bool(draft.by_period or A_YEAR.search(said)),
        },
        suggested=suggested(said, draft.sectors, known),
    )


def suggested(
    sentence: str, sectors: Collection[Sector], known: Mapping[str, Indicator]
) -> tuple[Indicator, ...]:
    """Return the indicators that speak of what a sentence speaks of, the nearest first.

    A word shared with an indicator's title or question counts two, a word of its theme
    one; sectors that were chosen leave the others out.
    """
    stems = stems_of(sentence) - stems_of(" ".join(lists().common))
    themes = {
        theme
        for theme, words in lists().sought_themes.items()
        if words.search(sentence)
    }
    nearness = {
        one.id: 2 * len(stems & stems_of(f"{one.title.da} {one.question.da}"))
        + (one.theme in themes)
        for one in known.values()
        if not sectors or one.sector in sectors
    }
    near = sorted(
        (name for name in nearness if nearness[name]), key=lambda name: -nearness[name]
    )
    return tuple(known[name] for name in near[:MOST_SUGGESTED])


def stems_of(text: str) -> frozenset[str]:
    """Return the beginnings of the words that are long enough to say something.

    >>> sorted(stems_of("Fraværet i skolen er for højt"))
    ['fravæ', 'skole']
    """
    words = re.findall(r"\w+", text.lower())
    return frozenset(word[:STEM] for word in words if len(word) > STEM)
