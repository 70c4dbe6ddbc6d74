"""What was learnt, and how it is found again. Pure; no database."""

from collections.abc import Iterable

from kaeden.shared.words import fold

LONGEST = 1_000
LONGEST_CONDITIONS = 600
FEWEST_LETTERS = 2
NEW_FOR_DAYS = 180
"""So long after somebody has begun in a post, what was learnt before is told first."""


def words_of(asked: str) -> tuple[str, ...]:
    """Return the words that a search looks for, folded as names are."""
    return tuple(one for one in fold(asked).split() if len(one) >= FEWEST_LETTERS)


def holds_all(wanted: Iterable[str], *texts: str) -> bool:
    """Whether every word that is wanted stands somewhere in the texts."""
    whole = fold(" ".join(texts))
    return all(word in whole for word in wanted)
