"""Tell a result from an effort by the Danish words of a sentence. Pure.

The words are reviewed lists in a file, so that whoever reads the answer can read why:
the sentence leans to what children do, are and have, or to what somebody does for
them. Nothing is learnt, guessed or sent anywhere.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path

from kaeden.goals.indicator_parts import Part, Theme
from kaeden.shared.files import read, refusal

SHIPPED = Path(__file__).parent / "catalogue" / "goalcheck.yaml"
PURPOSE = re.compile(
    r",\s*så(?:dan)?(?:\s+at)?\s+|,?\s+for\s+at\s+|,?\s+med\s+henblik\s+på,?\s+at\s+",
    re.IGNORECASE,
)
ACTOR, VERB, THING, OUTCOME, CHANGE = 2, 3, 3, 2, 1
"""How much each kind of word weighs; what is done weighs more than who acts."""


class Lean(StrEnum):
    """What a sentence is: what happens for children, or what somebody does."""

    RESULT = "result"
    EFFORT = "effort"
    BOTH = "both"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a sentence leans to, and the words of an effort that were heard in it.

    `wanted` is what an effort is to lead to, where the sentence goes on to say so.
    """

    lean: Lean
    effort_words: tuple[str, ...] = ()
    wanted: str = ""


class WordLists(Part):
    """The words that are listened for; a star stands for any letters."""

    reviewed: date
    children: tuple[str, ...]
    we: tuple[str, ...]
    prepositions: tuple[str, ...]
    effort_verbs: tuple[str, ...]
    result_verbs: tuple[str, ...]
    effort_nouns: tuple[str, ...]
    outcome_nouns: tuple[str, ...]
    change: tuple[str, ...]
    for_whom: tuple[str, ...]
    common: tuple[str, ...]
    themes: Mapping[Theme, tuple[str, ...]]

    @cached_property
    def sought(self) -> Mapping[str, re.Pattern[str]]:
        """Each list as one pattern, by its name."""
        names = set(WordLists.model_fields) - {"reviewed", "themes"}
        return {name: pattern(getattr(self, name)) for name in names}

    @cached_property
    def sought_themes(self) -> Mapping[Theme, re.Pattern[str]]:
        """The words of each theme as one pattern."""
        return {theme: pattern(words) for theme, words in self.themes.items()}

    def found(self, name: str, text: str) -> tuple[str, ...]:
        """Return the words of a list that stand in a text, each once."""
        hits = (hit.group() for hit in self.sought[name].finditer(text))
        return tuple(dict.fromkeys(hits))

    def weigh(self, text: str) -> int:
        """Return how far a text leans to a result (above 0) or to an effort (below)."""
        return (
            ACTOR * self._who_acts(text)
            + VERB * bool(self.found("result_verbs", text))
            - VERB * bool(self.found("effort_verbs", text))
            + OUTCOME * len(self.found("outcome_nouns", text))
            - THING * len(self.found("effort_nouns", text))
            + CHANGE * bool(self.found("change", text))
        )

    def _who_acts(self, text: str) -> int:
        """Return 1 where children are named first, -1 where those who act for them."""
        places = [
            (hit.start(), sign)
            for name, sign in (("children", 1), ("we", -1))
            for hit in self.sought[name].finditer(text)
            if sign > 0 or not self._follows_a_preposition(text[: hit.start()])
        ]
        return min(places, default=(0, 0))[1]

    def _follows_a_preposition(self, before: str) -> bool:
        """Whether what stands before ends in a preposition, or one and "alle"."""
        words = [word for word in before.lower().split()[-2:] if word != "alle"]
        return bool(words) and words[-1] in self.prepositions


def pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return one pattern that finds whole words; a star is any letters.

    >>> pattern(("indfør*", "bor hjemme")).findall("De indfører, at alle bor hjemme.")
    ['indfører', 'bor hjemme']
    """
    forms = (re.escape(word).replace(r"\*", r"[\w-]*") for word in words)
    spaced = (form.replace(r"\ ", r"\s+") for form in forms)
    return re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=1)
def lists() -> WordLists:
    """Return the shipped lists; read once."""
    return load(SHIPPED)


def load(path: Path) -> WordLists:
    """Read a file of lists.

    Raises
    ------
    BadInput
        If anything is wrong with it; the message has a sentence for each problem.
    """
    reading = read(path, WordLists)
    if reading.thing is None:
        raise refusal(path, reading.problems)
    return reading.thing


def hear(sentence: str) -> Heard:
    """Tell whether a sentence is a result, an effort, an effort with its aim, or neither.

    No sentence is called an effort without a word that says so, and none a result for
    only wanting more or less of something.

    >>> hear("Vi indfører makkere, så ingen børn er alene.").wanted
    'Ingen børn er alene.'
    """
    words = lists()
    main, *purpose = PURPOSE.split(sentence, maxsplit=1)
    leaning = words.weigh(main)
    if leaning > CHANGE:
        return Heard(lean=Lean.RESULT)
    done = words.found("effort_verbs", main) + words.found("effort_nouns", main)
    if purpose and words.weigh(purpose[0]) > CHANGE:
        wanted = as_sentence(purpose[0])
        return Heard(lean=Lean.BOTH, effort_words=done, wanted=wanted)
    lean = Lean.EFFORT if leaning < 0 and done else Lean.UNCLEAR
    return Heard(lean=lean, effort_words=done)


def as_sentence(words: str) -> str:
    """Return words with a capital first and a full stop last."""
    said = " ".join(words.split()).rstrip(".!")
    return f"{said[:1].upper()}{said[1:]}."
