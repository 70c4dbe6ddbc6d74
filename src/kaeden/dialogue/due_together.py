"""What waits for posts in their communities and visits, for the week's e-mail."""

from collections.abc import Iterator
from datetime import date

from kaeden.dialogue.models import Part, SharedCommitment, Visit
from kaeden.dialogue.rules.commitments import Step
from kaeden.dialogue.rules.visits import VisitStep
from kaeden.organisation.models import Membership
from kaeden.shared.due import WITHIN, Due, DueKind


def due(day: date) -> Iterator[Due]:
    """Give what waits (5 queries)."""
    yield from _to_answer(day)
    yield from _to_do(day)
    yield from _visits(day)


def _to_answer(day: date) -> Iterator[Due]:
    """Give each member who has not answered a shared commitment (3 queries)."""
    asked = SharedCommitment.objects.filter(withdrawn_on=None, community__valid_to=None)
    known = list(asked.values_list("pk", "community_id"))
    answered = set(
        Part.objects.filter(shared__in=asked).values_list("shared_id", "post_id")
    )
    members: dict[int, list[int]] = {}
    there = Membership.objects.at(day).filter(
        community_id__in={of for _pk, of in known}
    )
    for of, post in there.values_list("community_id", "post_id"):
        members.setdefault(of, []).append(post)
    for pk, of in known:
        for post in members.get(of, ()):
            if (pk, post) not in answered:
                yield Due(DueKind.COMMITMENT_TO_ANSWER, post)


def _to_do(day: date) -> Iterator[Due]:
    """Give each part that is to be done this week, or is late (1 query)."""
    held = Part.objects.filter(step=Step.ACCEPTED.value, shared__due__lt=day + WITHIN)
    for post, by in held.values_list("post_id", "shared__due"):
        late, soon = DueKind.COMMITMENT_OVERDUE, DueKind.COMMITMENT_THIS_WEEK
        yield Due(late if by < day else soon, post)


def _visits(day: date) -> Iterator[Due]:
    """Give what is asked for, comes this week, or is to be told of (1 query)."""
    still = [VisitStep.ASKED.value, VisitStep.PLANNED.value]
    rows = Visit.objects.filter(step__in=still)
    for visitor, host, on in rows.values_list("visitor_id", "host_id", "day"):
        if on is None:
            yield Due(DueKind.VISIT_TO_ANSWER, host)
        elif on < day:
            yield Due(DueKind.VISIT_TO_TELL, visitor)
        elif on < day + WITHIN:
            yield Due(DueKind.VISIT_THIS_WEEK, visitor)
            yield Due(DueKind.VISIT_THIS_WEEK, host)
