"""What became of a judgement: does it still stand when there are newer numbers? Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kaeden.dialogue.rules.assessments import Judgement


class Went(StrEnum):
    """Which way a number went after it was judged, as far as chance lets us say."""

    BETTER = "better"
    WORSE = "worse"
    MOVED = "moved"
    NOWHERE = "nowhere"
    UNKNOWN = "unknown"


class Fate(StrEnum):
    """Whether a judgement still stands."""

    STANDS = "stands"
    TURNED = "turned"
    UNDECIDED = "undecided"


STANDS: Mapping[Judgement, frozenset[Went]] = {
    Judgement.CHANCE: frozenset({Went.NOWHERE}),
    Judgement.IMPROVEMENT: frozenset({Went.NOWHERE, Went.BETTER}),
    Judgement.CHALLENGE: frozenset({Went.NOWHERE, Went.WORSE}),
    Judgement.TOO_UNCERTAIN: frozenset(),
}
TURNED: Mapping[Judgement, frozenset[Went]] = {
    Judgement.CHANCE: frozenset({Went.BETTER, Went.WORSE, Went.MOVED}),
    Judgement.IMPROVEMENT: frozenset({Went.WORSE}),
    Judgement.CHALLENGE: frozenset({Went.BETTER}),
    Judgement.TOO_UNCERTAIN: frozenset(),
}
"""After which ways a judgement stands, and after which it does not; else who knows."""


def fate_of(judgement: Judgement, went: Went) -> Fate:
    """Return whether a judgement still stands, by the two tables."""
    if went in STANDS[judgement]:
        return Fate.STANDS
    return Fate.TURNED if went in TURNED[judgement] else Fate.UNDECIDED


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """How many of one's own judgements could be held up later, and how many stood."""

    judged: int
    stood: int


def record_of(fates: Iterable[Fate]) -> Record:
    """Return the record of some judgements; those that nobody can decide don't count."""
    decided = [one for one in fates if one is not Fate.UNDECIDED]
    return Record(judged=len(decided), stood=sum(one is Fate.STANDS for one in decided))
