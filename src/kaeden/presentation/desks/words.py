"""What was asked, promised and is asked now: as much of it as a desk has room for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import ngettext

from kaeden.dialogue.queries.commitments import MyCommitments
from kaeden.dialogue.queries.pulse import Invitation
from kaeden.dialogue.queries.questions import AskedQuestion
from kaeden.dialogue.queries.whereabouts import Whereabouts
from kaeden.presentation.charts.marks import ListItem
from kaeden.presentation.commitments import CommitmentView
from kaeden.presentation.commitments import view as commitment
from kaeden.presentation.questions import QuestionView
from kaeden.presentation.questions import views as questions_as_read

MOST_PROMISES, MOST_QUESTIONS = 4, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisesView:
    """What waits for the post, then what it has promised and been promised."""

    shown: tuple[CommitmentView, ...]
    more: str
    together: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsView:
    """Questions on goals: those one has asked, or those one is to answer."""

    shown: tuple[QuestionView, ...]
    more: str
    asks: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PulseView:
    """Whether the pulse is open for the post, and where it is answered or read."""

    is_asked: bool
    href: str


def promises(found: MyCommitments, shared: int = 0, visits: int = 0) -> PromisesView:
    """Return what is to be answered first, then what is due first.

    `shared` and `visits` are how many wait in one's communities.
    """
    held = sorted((*found.from_me, *found.to_me), key=lambda one: one.due)
    all_of_them = (*found.waiting, *held)
    beyond = len(all_of_them) - MOST_PROMISES
    words = ngettext("and %(count)d more", "and %(count)d more", beyond)
    return PromisesView(
        shown=tuple(commitment(one) for one in all_of_them[:MOST_PROMISES]),
        more=words % {"count": beyond} if beyond > 0 else "",
        together=tuple(_together(shared, visits)),
    )


def _together(shared: int, visits: int) -> Iterator[ListItem]:
    if shared:
        words = ngettext(
            "%(count)d shared commitment waits for your answer",
            "%(count)d shared commitments wait for your answer",
            shared,
        )
        href = reverse("web:commitments")
        yield ListItem(text=words % {"count": shared}, href=href)
    if visits:
        words = ngettext(
            "%(count)d visit waits for you", "%(count)d visits wait for you", visits
        )
        yield ListItem(text=words % {"count": visits}, href=reverse("web:visits"))


def questions(
    found: Sequence[AskedQuestion],
    *,
    asks: bool,
    where: Mapping[int, Whereabouts] | None = None,
) -> QuestionsView:
    """Return the first of the questions; `asks` says that they are one's own."""
    beyond = len(found) - MOST_QUESTIONS
    words = ngettext("and %(count)d more", "and %(count)d more", beyond)
    return QuestionsView(
        shown=questions_as_read(found[:MOST_QUESTIONS], where),
        more=words % {"count": beyond} if beyond > 0 else "",
        asks=asks,
    )


def pulse(asked: Invitation | None) -> PulseView:
    """Return the way to the open pulse, else to what the last one said."""
    is_asked = asked is not None and not asked.has_answered
    route = "web:pulse" if is_asked else "web:pulse_results"
    return PulseView(is_asked=is_asked, href=reverse(route))
