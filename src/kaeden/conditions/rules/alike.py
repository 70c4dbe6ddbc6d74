"""Which time robbers sound like the same one. Pure.

A person says yes or no to each: so it may offer one too many, and is never merged by
itself. Words are compared in any order, and letter by letter, since Danish writes in
one word what others write in three: “fraværsindberetning”, “indberetning af fravær”.
"""

from collections.abc import Mapping

from rapidfuzz import fuzz, process

from kaeden.shared.words import fold

CLOSE = 60
"""From what score on one is offered; the pairs in its test say why."""
MOST_OFFERED = 3
SMALL = frozenset(
    {
        *("af", "alle", "at", "den", "der", "det", "efter", "en", "er", "et", "flere"),
        *("for", "fra", "hver", "hvert", "i", "ind", "med", "og", "om", "over", "på"),
        *("skal", "som", "til", "tre", "to", "ved", "vi", "jeg", "mange", "meget"),
    }
)
"""Words that say nothing of what it is."""


def alike(title: str, others: Mapping[int, str]) -> tuple[int, ...]:
    """Return the few of `others` that sound most like a title, the closest first."""
    known = {pk: bare(text) for pk, text in others.items()}
    found = process.extract(
        bare(title),
        known,
        scorer=fuzz.token_set_ratio,
        score_cutoff=CLOSE,
        limit=MOST_OFFERED,
    )
    return tuple(pk for _text, _score, pk in found)


def bare(text: str) -> str:
    """Return a text's telling words.

    >>> bare("Indberetning af fravær i tre systemer!")
    'indberetning fravær systemer'
    """
    letters = "".join(one if one.isalnum() else " " for one in fold(text))
    return " ".join(word for word in letters.split() if word not in SMALL)
