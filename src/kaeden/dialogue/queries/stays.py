"""Read for how long things wait at each level; each docstring ends with its cost.

Counts and days alone: no words, no posts, no people.
"""

from collections.abc import Iterator

from kaeden.access.rules import Actor, Permission, Role, may
from kaeden.dialogue.models import Concern, Inquiry, Question
from kaeden.dialogue.rules.stays import LevelStays, Stay, by_level
from kaeden.goals.models import Ownership
from kaeden.goals.rules import LEVEL_OF, LeadershipLevel
from kaeden.organisation.models import Unit
from kaeden.shared.clock import today


def stays_in(actor: Actor, town: Unit) -> list[LevelStays]:
    """Return what waits at each level of a municipality (at most 6 queries).

    Empty for posts that don't see the whole line; then nothing is asked.
    """
    if not may(actor, Permission.SEE_LINE, at=town.path):
        return []
    found = (*_concerns(town), *_questions(town), *_inquiries(town))
    return by_level(found, on=today())


def _concerns(town: Unit) -> Iterator[Stay]:
    """Give each post's time with a concern that was not taken back (3 queries)."""
    within = Concern.objects.filter(
        post__unit__path__startswith=town.path, withdrawn_on__isnull=True
    )
    for one in within.prefetch_related("passages__to"):
        steps = list(one.passages.all())
        ends = [*(step.sent_on for step in steps[1:]), one.answered_on]
        for step, left in zip(steps, ends, strict=True):
            level = _level(step.to.role)
            if level:
                yield Stay(level=level, came=step.sent_on, due=one.answer_by, left=left)


def _questions(town: Unit) -> Iterator[Stay]:
    """Give the time of questions with the goals' owners (2 queries)."""
    owned = Ownership.objects.at(today()).filter(goal__municipality=town)
    owners = dict(owned.values_list("goal_id", "post__role"))
    asked = Question.objects.filter(goal__municipality=town, withdrawn_on__isnull=True)
    for one in asked.select_related("answered_by"):
        role = one.answered_by.role if one.answered_by else owners.get(one.goal_id, "")
        level = _level(role)
        if level:
            yield Stay(
                level=level, came=one.asked_on, due=one.answer_by, left=one.answered_on
            )


def _inquiries(town: Unit) -> Iterator[Stay]:
    """Give the time of what was asked below, if its question was open (1 query)."""
    rows = Inquiry.objects.filter(question__goal__municipality=town)
    for one in rows.select_related("question", "to"):
        closed = one.question.answered_on or one.question.withdrawn_on
        level = _level(one.to.role)
        if level and (one.answered_on or not closed):
            yield Stay(
                level=level, came=one.asked_on, due=one.answer_by, left=one.answered_on
            )


def _level(role: str) -> LeadershipLevel | None:
    return LEVEL_OF.get(Role(role)) if role else None
