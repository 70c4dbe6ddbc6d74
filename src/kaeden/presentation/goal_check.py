"""The goal check in words: what is answered, what is not, and what it proposes."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kaeden.goals.goalcheck import GoalCheck, Question
from kaeden.goals.listening import Heard, Lean
from kaeden.presentation.charts.marks import Tone

ASKS: Mapping[Question, str | Promise] = {
    Question.RESULT: gettext_lazy("Is it a result?"),
    Question.FOR_WHOM: gettext_lazy("For whom?"),
    Question.OWNER: gettext_lazy("Who answers for it?"),
    Question.INDICATOR: gettext_lazy("What shows it?"),
    Question.BASELINE: gettext_lazy("Where are we now?"),
    Question.TARGET: gettext_lazy("How far?"),
    Question.DATE: gettext_lazy("By when?"),
}
ANSWERED: Mapping[Question, str | Promise] = {
    Question.FOR_WHOM: gettext_lazy("The goal says which children it is for."),
    Question.OWNER: gettext_lazy("One post answers for it."),
    Question.INDICATOR: gettext_lazy("An indicator shows whether it moves."),
    Question.BASELINE: gettext_lazy("It is known where you begin from."),
    Question.TARGET: gettext_lazy("It says how far you want to get."),
    Question.DATE: gettext_lazy("It says by when."),
}
MISSING: Mapping[Question, str | Promise] = {
    Question.FOR_WHOM: gettext_lazy(
        "Which children? All of them, or those who have it hardest?"
    ),
    Question.OWNER: gettext_lazy(
        "Choose the post that answers for the goal. Without one it is nobody's."
    ),
    Question.INDICATOR: gettext_lazy(
        "Choose what shows whether it moves. If nothing does, a target can be set in "
        "words afterwards."
    ),
    Question.BASELINE: gettext_lazy(
        "There is no released figure to begin from. Find out where you stand first."
    ),
    Question.TARGET: gettext_lazy(
        "How far do you want to get? It may be a number, or a description."
    ),
    Question.DATE: gettext_lazy("Choose the year in which it is to be reached."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One question with its answer."""

    asks: str
    says: str
    sign: str
    tone: Tone
    is_answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage:
    """What the check has to say; `proposal` is another sentence to take, if any."""

    heading: str
    lines: tuple[CheckLine, ...]
    proposal: str
    suggested: tuple[tuple[str, str, str], ...]


def build(found: GoalCheck) -> CheckPage:
    """Return the check as it is read; it says what is good first."""
    return CheckPage(
        heading=_heading(found),
        lines=tuple(
            _result(found.heard) if one is Question.RESULT else _line(one, found)
            for one in Question
        ),
        proposal=found.heard.wanted,
        suggested=tuple(
            (one.id, str(one.title), str(one.question)) for one in found.suggested
        ),
    )


def _heading(found: GoalCheck) -> str:
    answered = sum(found.answered.values())
    return ngettext(
        "The goal answers %(answered)s of %(count)s question.",
        "The goal answers %(answered)s of %(count)s questions.",
        len(found.answered),
    ) % {"answered": answered, "count": len(found.answered)}


def _line(question: Question, found: GoalCheck) -> CheckLine:
    is_answered = found.answered[question]
    says = ANSWERED[question] if is_answered else MISSING[question]
    return _said(str(ASKS[question]), str(says), is_answered=is_answered)


def _result(heard: Heard) -> CheckLine:
    """Return what it reads as; an effort is asked what it is to lead to."""
    asks = str(ASKS[Question.RESULT])
    words = " · ".join(f"»{word}«" for word in heard.effort_words)
    if heard.lean is Lean.RESULT:
        says = _("Yes. The sentence is about what happens for children.")
    elif heard.lean is Lean.BOTH:
        says = _(
            "It begins with an effort and goes on to the result. Let the result be the "
            "goal, and keep the effort for those who carry it out."
        )
    elif heard.lean is Lean.EFFORT:
        says = _(
            "It reads as an effort: %(words)s is something you do. What is it to lead "
            "to for the children?"
        ) % {"words": words}
    else:
        says = _("It can't be told. What would one see in the children?")
    return _said(asks, says, is_answered=heard.lean is Lean.RESULT)


def _said(asks: str, says: str, *, is_answered: bool) -> CheckLine:
    return CheckLine(
        asks=asks,
        says=says,
        sign="✓" if is_answered else "○",
        tone=Tone.GOOD if is_answered else Tone.UNSURE,
        is_answered=is_answered,
    )
