"""Read what is asked further down; each docstring ends with what it costs.

The words are for the post that asks, the post that is asked, and whoever owns the goal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, Role, Verdict, may
from kaeden.dialogue.errors import NoSuchQuestion
from kaeden.dialogue.models import Inquiry
from kaeden.dialogue.queries.line import held_below
from kaeden.dialogue.queries.links import name_of
from kaeden.dialogue.rules import questions
from kaeden.dialogue.rules.inquiries import State, may_answer, state_of
from kaeden.goals.models import Ownership
from kaeden.organisation.models import Post
from kaeden.shared.clock import today


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenInquiry:
    """An inquiry as one of those it is for sees it."""

    id: int
    question: int
    sender: str
    to: str
    words: str
    asked_on: date
    answer_by: date
    answer: str
    answered_on: date | None
    state: State
    is_to_me: bool
    is_overdue: bool
    age: int
    verdict: Verdict


def on_question(actor: Actor, question: int) -> list[SeenInquiry]:
    """Return those on a question that one may read, oldest first (1 query)."""
    post = actor.post_id or 0
    owned = Ownership.objects.at(today()).filter(post_id=post).values("goal_id")
    theirs = Q(sender_id=post) | Q(to_id=post) | Q(question__goal__in=owned)
    return _seen(actor, _rows().filter(theirs, question_id=question))


def open_at(actor: Actor) -> list[SeenInquiry]:
    """Return the open ones to one's post and from it, oldest first (1 query)."""
    post = actor.post_id or 0
    still_open = _rows().filter(
        Q(sender_id=post) | Q(to_id=post),
        answered_on__isnull=True,
        question__answered_on__isnull=True,
        question__withdrawn_on__isnull=True,
    )
    return _seen(actor, still_open)


def get_for_me(actor: Actor, question: int) -> SeenInquiry:
    """Return the newest one on a question to one's post (1 query).

    Raises
    ------
    NoSuchQuestion
        If the post has not been asked.
    """
    found = _rows().filter(question_id=question, to_id=actor.post_id or 0)
    newest = _seen(actor, found)[-1:]
    if not newest:
        raise NoSuchQuestion(_("There is no such question for your post."))
    return newest[0]


def those_who_can_be_asked(actor: Actor) -> list[Post]:
    """Return the posts below one's own that read questions (1 query)."""
    return [
        post
        for post in held_below(actor.post_id or 0, actor.path)
        if may(
            Actor(role=Role(post.role), path=post.unit.path),
            Permission.READ_QUESTION,
            at=actor.path,
        )
    ]


def _rows() -> QuerySet[Inquiry]:
    rows = Inquiry.objects.select_related("question", "sender__unit", "to__unit")
    return rows.order_by("asked_on", "pk")


def _seen(actor: Actor, found: Iterable[Inquiry]) -> list[SeenInquiry]:
    return [_one(actor, row) for row in found]


def _one(actor: Actor, row: Inquiry) -> SeenInquiry:
    asked = row.question
    where = questions.state_of(
        answered_on=asked.answered_on, withdrawn_on=asked.withdrawn_on
    )
    is_open = where is questions.State.OPEN
    state = state_of(answered_on=row.answered_on, is_question_open=is_open)
    return SeenInquiry(
        id=row.pk,
        question=row.question_id,
        sender=name_of(row.sender),
        to=name_of(row.to),
        words=row.words,
        asked_on=row.asked_on,
        answer_by=row.answer_by,
        answer=row.answer,
        answered_on=row.answered_on,
        state=state,
        is_to_me=row.to_id == actor.post_id,
        is_overdue=state is State.OPEN and row.answer_by < today(),
        age=((row.answered_on or today()) - row.asked_on).days,
        verdict=may_answer(state),
    )
