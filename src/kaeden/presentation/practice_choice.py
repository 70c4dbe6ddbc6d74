"""Two to four practices beside each other, question by question."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaeden.goals.indicators import catalogue
from kaeden.learning.queries.lives import Life
from kaeden.learning.rules.stages import STAGE_NAMES
from kaeden.presentation.evidence import in_short
from kaeden.presentation.practice_card import cost, hours, needs
from kaeden.presentation.practices import PracticeLine, line, moves, sectors, used

FEWEST, MOST = 2, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question, and the answer for each practice, in their order."""

    id: str
    asked: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoicePage:
    """The practices side by side; `missing` says what to do when they are not 2 to 4."""

    missing: str
    lines: tuple[PracticeLine, ...]
    questions: tuple[Question, ...]


def _measured(one: Life) -> str:
    """Return what has been measured of a practice here, an indicator a sentence."""
    found = [
        f"{catalogue()[name].title}: {in_short(catalogue()[name], weighed)}"
        for name, weighed in one.evidence.items()
        if name in catalogue()
    ]
    return " ".join(found) or _("Not measured yet.")


QUESTIONS: Mapping[str, tuple[str | Promise, Callable[[Life], str]]] = {
    "moves": (
        gettext_lazy("What should it move?"),
        lambda one: moves(one.practice),
    ),
    "effect": (
        gettext_lazy("What has it done here?"),
        _measured,
    ),
    "known": (
        gettext_lazy("What is known from elsewhere?"),
        lambda one: str(one.practice.effect),
    ),
    "certainty": (
        gettext_lazy("How sure are we?"),
        lambda one: f"{STAGE_NAMES[one.stage]}. {used(one)}",
    ),
    "mechanism": (
        gettext_lazy("What makes the effect?"),
        lambda one: str(one.practice.mechanism),
    ),
    "cost": (
        gettext_lazy("What does it cost?"),
        lambda one: cost(one.practice),
    ),
    "hours": (
        gettext_lazy("How much staff time does it take?"),
        lambda one: hours(one.practice),
    ),
    "needs": (
        gettext_lazy("What must the staff be able to do?"),
        lambda one: (
            ", ".join(need.text for need in needs(one.practice))
            or _("Nothing that the card names.")
        ),
    ),
    "sectors": (gettext_lazy("Where is it for?"), lambda one: sectors(one.practice)),
}


def build(found: Mapping[str, Life], chosen: Iterable[str]) -> ChoicePage:
    """Return the practices that are asked for, in that order, each once."""
    there = [found[key] for key in dict.fromkeys(chosen) if key in found]
    fits = FEWEST <= len(there) <= MOST
    return ChoicePage(
        missing="" if fits else _missing(len(there)),
        lines=tuple(line(one) for one in there) if fits else (),
        questions=tuple(_questions(there)) if fits else (),
    )


def _missing(count: int) -> str:
    if count > MOST:
        return _("You have chosen %(count)d. Choose four at the most.") % {
            "count": count
        }
    return _("Choose two to four practices in the list, and compare them here.")


def _questions(there: Sequence[Life]) -> Iterable[Question]:
    for name, (asked, answer) in QUESTIONS.items():
        yield Question(
            id=name,
            asked=str(asked),
            answers=tuple((str(one.practice.title), answer(one)) for one in there),
        )
