"""Conversations of Fjordby's leaders, made with the verbs that people use."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from kaeden.access.rules import Actor, Role
from kaeden.dialogue.actions import commitments, conversations
from kaeden.dialogue.actions.conversations import Words
from kaeden.dialogue.models import Conversation
from kaeden.dialogue.rules.conversations import Part
from kaeden.shared.clock import standing_at, today
from tests.builders.dialogue import holder_of, up_from
from tests.builders.places import NORDSKOLEN, SCHOOLS

FOCUS = "Hvordan får vi flere til at læse?"
AGREED = "Vi læser hver dag i indskolingen."


def two() -> tuple[Actor, Actor]:
    """The chief of schools and the leader of Nordskolen."""
    chief = holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)
    return chief, holder_of(Role.LEADER, NORDSKOLEN)


def planned(upper: Actor, lower: Actor, *, on: date | None = None) -> Conversation:
    """A conversation in three weeks."""
    day = on or today() + timedelta(days=21)
    return conversations.plan(up_from(lower).id, day, by=upper)


def written(pk: int, by: Actor, *focus: str, after: int = 0, **words: object) -> None:
    """One end writes its side."""
    said = Words(focus=focus or (FOCUS,), **words)
    conversations.prepare(pk, said, after=after, by=by)


def held(upper: Actor, lower: Actor) -> Conversation:
    """A conversation that was held today."""
    made = planned(upper, lower)
    written(made.pk, lower)
    conversations.hold(made.pk, by=upper)
    return made


def concluded(upper: Actor, lower: Actor, *parts: Part) -> Conversation:
    """One in which the two have agreed, and promised each other one thing."""
    made = held(upper, lower)
    conversations.conclude(made.pk, AGREED, open_parts=parts, after=0, by=upper)
    promised(made.pk, upper, lower)
    return made


def promised(pk: int, by: Actor, other: Actor, words: str = "Jeg kommer.") -> int:
    """Something that comes out of a conversation, and holds."""
    due = today() + timedelta(days=30)
    made = conversations.promise(pk, words, due=due, by=by)
    commitments.accept(made.pk, by=other)
    return made.pk


def confirmed(upper: Actor, lower: Actor, *parts: Part) -> Conversation:
    """One that both have confirmed."""
    made = concluded(upper, lower, *parts)
    for by in (lower, upper):
        conversations.confirm(made.pk, number=1, by=by)
    return made


def at(day: date):
    """Let everything inside happen on a day."""
    return standing_at(timezone.make_aware(datetime.combine(day, time(12))))
