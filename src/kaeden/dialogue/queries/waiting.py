"""What waits at a linking pin, in both directions; each docstring ends with its cost.

A leader is the pin between those above and those below: what comes from either side is
to be answered, and what is sent on is to come back.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q

from kaeden.access.rules import Actor
from kaeden.dialogue.models import Commitment
from kaeden.dialogue.queries import concerns, inquiries, questions
from kaeden.dialogue.queries.links import SeenLink, links_of, name_of
from kaeden.dialogue.queries.questions import AskedQuestion
from kaeden.dialogue.rules.commitments import Step
from kaeden.dialogue.rules.links import End
from kaeden.shared.clock import today


class Kind(StrEnum):
    """What waits."""

    CONCERN = "concern"
    QUESTION = "question"
    INQUIRY = "inquiry"
    COMMITMENT = "commitment"


class Side(StrEnum):
    """From where it has come to the post, or where the post has sent it."""

    FROM_BELOW = "from_below"
    FROM_ABOVE = "from_above"
    SENT_UP = "sent_up"
    SENT_DOWN = "sent_down"


SIDES: Mapping[tuple[bool, End], Side] = {
    (True, End.LOWER): Side.SENT_UP,
    (True, End.UPPER): Side.SENT_DOWN,
    (False, End.LOWER): Side.FROM_ABOVE,
    (False, End.UPPER): Side.FROM_BELOW,
}
"""By whether the post sent it itself, and at which end of the link the post is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing without an answer; `who` sent it, or has it now.

    `id` is its number; of an inquiry it is that of its question.
    """

    kind: Kind
    side: Side
    id: int
    words: str
    who: str
    since: date
    due: date

    @property
    def age(self) -> int:
        """For how many days it has waited."""
        return (today() - self.since).days

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed."""
        return self.due < today()


def mine(actor: Actor) -> list[Waiting]:
    """Return all that waits for one's post and all it has sent, oldest first.

    At most 10 queries.
    """
    return mine_among(actor, links_of(actor), questions.waiting_for(actor))


def mine_among(
    actor: Actor, links: Iterable[SeenLink], asked: Iterable[AskedQuestion]
) -> list[Waiting]:
    """Return the same; one's links and what one is asked are read already.

    At most 5 queries.
    """
    found = (
        *_concerns(actor),
        *_questions(asked),
        *_inquiries(actor),
        *_commitments(actor, links),
    )
    return sorted(found, key=lambda one: (one.since, one.kind, one.id))


def _concerns(actor: Actor) -> Iterator[Waiting]:
    """Give the concerns that wait for the post, and those it has sent (3 queries)."""
    for one in concerns.open_at(actor):
        yield Waiting(
            kind=Kind.CONCERN,
            side=Side.FROM_BELOW if one.waits_for_me else Side.SENT_UP,
            id=one.id,
            words=one.words,
            who=one.stages[-1].sender if one.waits_for_me else one.at,
            since=one.written_on,
            due=one.answer_by,
        )


def _questions(asked: Iterable[AskedQuestion]) -> Iterator[Waiting]:
    """Give the questions that the post is to answer (0 queries)."""
    for one in asked:
        yield Waiting(
            kind=Kind.QUESTION,
            side=Side.FROM_ABOVE,
            id=one.id,
            words=one.words,
            who=one.asked_by,
            since=one.asked_on,
            due=one.answer_by,
        )


def _inquiries(actor: Actor) -> Iterator[Waiting]:
    """Give what the post is asked from above, and what it asks below (1 query)."""
    for one in inquiries.open_at(actor):
        yield Waiting(
            kind=Kind.INQUIRY,
            side=Side.FROM_ABOVE if one.is_to_me else Side.SENT_DOWN,
            id=one.question,
            words=one.words,
            who=one.sender if one.is_to_me else one.to,
            since=one.asked_on,
            due=one.answer_by,
        )


def _commitments(actor: Actor, links: Iterable[SeenLink]) -> Iterator[Waiting]:
    """Give what is proposed and not yet accepted, across the post's links (1 query)."""
    ends = {link.other: link.end for link in links}
    post = actor.post_id or 0
    theirs = Q(promiser_id=post) | Q(receiver_id=post)
    proposed = Commitment.objects.filter(theirs, step=Step.PROPOSED.value)
    for row in proposed.select_related("promiser__unit", "receiver__unit"):
        other = row.receiver if row.promiser_id == post else row.promiser
        if other.pk in ends:
            yield Waiting(
                kind=Kind.COMMITMENT,
                side=SIDES[row.proposer_id == post, ends[other.pk]],
                id=row.pk,
                words=row.words,
                who=name_of(other),
                since=row.proposed_on,
                due=row.due,
            )
