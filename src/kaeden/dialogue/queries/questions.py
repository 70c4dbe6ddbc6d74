"""Read questions on goals; each docstring ends with what it costs.

They follow the line of the goal: the committee that asks, the post that owns the goal,
and those above and below it. Nobody beside it is told that there is one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, Verdict, may
from kaeden.dialogue.errors import NoSuchQuestion
from kaeden.dialogue.models import Inquiry, Question
from kaeden.dialogue.queries.links import name_of
from kaeden.dialogue.rules.questions import State, Verb, may_act, state_of
from kaeden.goals import queries as goals
from kaeden.goals.models import Ownership
from kaeden.goals.queries import MunicipalGoal
from kaeden.shared.clock import today


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """A question with its goal and its answer, as somebody in its line reads it.

    `is_sent_down` says that its owner has asked further down and waits for an answer.
    `age` is in days since it was asked, until it was answered.
    """

    id: int
    municipality: str
    goal: str
    sentence: str
    words: str
    asked_by: str
    asked_on: date
    answer_by: date
    state: State
    answer: str
    answered_by: str
    answered_on: date | None
    owner: str
    is_overdue: bool
    is_sent_down: bool
    age: int
    verdicts: Mapping[Verb, Verdict]


def on_goal(actor: Actor, goal: MunicipalGoal) -> list[AskedQuestion]:
    """Return the questions on a goal, the newest first (1 query).

    Empty, and nothing is asked, for those outside its line; what was taken back is
    left out.
    """
    if goal.id is None or not may_read(actor, goal):
        return []
    found = _rows().filter(goal_id=goal.id, withdrawn_on__isnull=True)
    return [_asked(actor, one, goal) for one in found.order_by("-asked_on", "-pk")]


def waiting_for(actor: Actor) -> list[AskedQuestion]:
    """Return the open questions on the goals one's post owns, by day (at most 3 queries).

    Goals that have ended wait for nothing.
    """
    owned = Ownership.objects.at(today()).filter(post_id=actor.post_id or 0)
    found = _open().filter(goal__in=owned.values("goal_id"))
    return _with_goals(actor, found.order_by("answer_by", "pk"))


def asked_by(actor: Actor) -> list[AskedQuestion]:
    """Return what one's post has asked, the newest first (at most 3 queries)."""
    found = _rows().filter(asked_by_id=actor.post_id or 0, withdrawn_on__isnull=True)
    return _with_goals(actor, found.order_by("-asked_on", "-pk"))


def get_question(actor: Actor, pk: int) -> AskedQuestion:
    """Return one question for those in the line of its goal (3 queries).

    Raises
    ------
    NoSuchQuestion
        Also when it exists, so that a number tells nothing.
    """
    found = _with_goals(actor, _rows().filter(pk=pk))
    if not found:
        raise NoSuchQuestion(_("There is no such question for your post."))
    return found[0]


def may_read(actor: Actor, goal: MunicipalGoal) -> bool:
    """Whether somebody stands in the line of a goal (0 queries)."""
    at = goal.owner.unit_path if goal.owner else goal.unit_path
    return bool(may(actor, Permission.READ_QUESTION, at=at))


def _rows() -> QuerySet[Any]:
    below = Inquiry.objects.filter(question_id=OuterRef("pk"), answered_on=None)
    rows = Question.objects.select_related("asked_by__unit", "answered_by__unit")
    return rows.annotate(is_sent_down=Exists(below))


def _open() -> QuerySet[Any]:
    closed = Q(answered_on__isnull=False) | Q(withdrawn_on__isnull=False)
    return _rows().exclude(closed)


def _with_goals(actor: Actor, found: Iterable[Any]) -> list[AskedQuestion]:
    """Return questions with their goals, those outside one's line left out."""
    rows = list(found)
    known = goals.goals_by_id({one.goal_id for one in rows}) if rows else {}
    return [
        _asked(actor, one, known[one.goal_id])
        for one in rows
        if one.goal_id in known and may_read(actor, known[one.goal_id])
    ]


def _asked(actor: Actor, one: Any, goal: MunicipalGoal) -> AskedQuestion:
    state = state_of(answered_on=one.answered_on, withdrawn_on=one.withdrawn_on)
    is_owner = goal.owner is not None and goal.owner.post_id == actor.post_id
    theirs = {
        Verb.ANSWER: is_owner,
        Verb.SEND_DOWN: is_owner,
        Verb.WITHDRAW: one.asked_by_id == actor.post_id,
    }
    return AskedQuestion(
        id=one.pk,
        municipality=goal.unit_path.split("/")[1],
        goal=goal.key,
        sentence=goal.sentence,
        words=one.words,
        asked_by=name_of(one.asked_by),
        asked_on=one.asked_on,
        answer_by=one.answer_by,
        state=state,
        answer=one.answer,
        answered_by=name_of(one.answered_by) if one.answered_by else "",
        answered_on=one.answered_on,
        owner=goal.owner.name if goal.owner else "",
        is_overdue=state is State.OPEN and one.answer_by < today(),
        is_sent_down=state is State.OPEN and one.is_sent_down,
        age=((one.answered_on or one.withdrawn_on or today()) - one.asked_on).days,
        verdicts={verb: may_act(verb, state, is_theirs=theirs[verb]) for verb in Verb},
    )
