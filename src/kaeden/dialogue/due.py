"""What waits for posts in the dialogue, for the week's e-mail; never anybody's words."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import repeat

from kaeden.dialogue.models import Commitment, Question
from kaeden.dialogue.queries.expectations import conditions_of
from kaeden.dialogue.queries.links import held_links
from kaeden.dialogue.rules.commitments import Step
from kaeden.dialogue.rules.links import End
from kaeden.goals.models import Ownership
from kaeden.shared.due import WITHIN, Due, DueKind


def due(day: date) -> Iterator[Due]:
    """Give what waits in the whole dialogue (9 queries)."""
    yield from _commitments(day)
    yield from _questions(day)
    yield from _expectations(day)


def _commitments(day: date) -> Iterator[Due]:
    """Give what is to be accepted, and what is to be kept this week (2 queries)."""
    asked = Commitment.objects.filter(step=Step.PROPOSED.value)
    for promiser, receiver, proposer in asked.values_list(
        "promiser_id", "receiver_id", "proposer_id"
    ):
        other = receiver if proposer == promiser else promiser
        yield Due(DueKind.COMMITMENT_TO_ANSWER, other)
    held = Commitment.objects.filter(step=Step.ACCEPTED.value, due__lt=day + WITHIN)
    for promiser, by in held.values_list("promiser_id", "due"):
        is_late = by < day
        kind = DueKind.COMMITMENT_OVERDUE if is_late else DueKind.COMMITMENT_THIS_WEEK
        yield Due(kind, promiser)


def _questions(day: date) -> Iterator[Due]:
    """Give the open questions, each to the post that owns the goal (2 queries)."""
    waiting = Question.objects.filter(answered_on=None, withdrawn_on=None)
    asked = Counter(waiting.values_list("goal_id", flat=True))
    owned = Ownership.objects.at(day).filter(goal_id__in=asked, goal__valid_to=None)
    for goal, post in owned.values_list("goal_id", "post_id"):
        yield from repeat(Due(DueKind.QUESTION_TO_ANSWER, post), asked[goal])


def _expectations(day: date) -> Iterator[Due]:
    """Give each end of a link that must act on what is expected (4 queries)."""
    links = held_links(day)
    conditions = conditions_of(links, day)
    for link in links:
        for end in End:
            if any(end in one.waits_for for one in conditions[link.pk].values()):
                post = link.upper_id if end is End.UPPER else link.lower_id
                yield Due(DueKind.EXPECTATION_TO_CONFIRM, post)
