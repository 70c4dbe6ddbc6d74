"""Write, carry, answer and take back concerns: each verb once, for every door."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.dialogue.errors import OthersWereQuicker
from kaeden.dialogue.models import Concern, Passage
from kaeden.dialogue.queries.concerns import get_concern, subjects_of
from kaeden.dialogue.queries.line import next_above
from kaeden.dialogue.rules.concerns import (
    ANSWERED_WITHIN,
    LATEST,
    LONGEST,
    Subject,
    Verb,
    is_a_fair_day,
)
from kaeden.organisation.models import Post
from kaeden.shared.clock import today
from kaeden.shared.database import wait_for_turn
from kaeden.shared.errors import BadInput, Refused
from kaeden.shared.written import whole

NOTHING = Subject()


@transaction.atomic
def write(
    words: str,
    *,
    by: Actor,
    subject: Subject = NOTHING,
    answer_by: date | None = None,
) -> Concern:
    """Write a concern to the nearest post above that somebody holds.

    It is to be answered within three weeks, or by a day.

    Raises
    ------
    Refused
        If nobody above `by`'s post takes concerns, or the same waits already.
    BadInput
        If the words can't be kept, the day is not within a year, or the post can't
        write of that.
    """
    text, day = whole(words, longest=LONGEST), answer_by or today() + ANSWERED_WITHIN
    _check_day(day)
    above = _above(by)
    assert by.user_id is not None, "who has a post above holds one"
    assert by.post_id is not None, "who has a post above holds one"
    if subject != NOTHING and subject not in [one for one, _about in subjects_of(by)]:
        raise BadInput(_("Choose a goal or a result from the list."))
    wait_for_turn(f"concern {by.post_id}")
    again = Concern.objects.filter(words=text, post_id=by.post_id)
    if again.filter(answered_on=None, withdrawn_on=None).exists():
        raise Refused(_("This has been written already and waits for its answer."))
    made = Concern.objects.create(
        post_id=by.post_id,
        made_by_id=by.user_id,
        words=text,
        goal_id=subject.goal,
        unit_id=subject.unit,
        indicator=subject.indicator,
        written_on=today(),
        answer_by=day,
        at=above,
    )
    _pass(made.pk, above, by)
    record(Event.Kind.CONCERN_WRITTEN, by=by, about=made)
    return made


@transaction.atomic
def carry(pk: int, words: str, *, by: Actor) -> None:
    """Carry a concern that waits for one's post further up, with words of one's own.

    The day for the answer stays, and so do the words and the way so far.

    Raises
    ------
    NoSuchConcern
        If it has not passed `by`'s post.
    Refused
        If it does not wait for it, or nobody is above.
    BadInput
        If the words can't be kept.
    OthersWereQuicker
        If somebody closed or carried it just now.
    """
    require(get_concern(by, pk).verdicts[Verb.CARRY], otherwise=Refused)
    text, above = whole(words, longest=LONGEST), _above(by)
    _change(pk, by, at=above)
    _pass(pk, above, by, text)
    record(Event.Kind.CONCERN_CARRIED, by=by, about=Concern(pk=pk))


@transaction.atomic
def answer(pk: int, words: str, *, by: Actor) -> None:
    """Answer a concern that waits for one's post; all it has passed read the answer.

    Raises
    ------
    NoSuchConcern, Refused, BadInput, OthersWereQuicker
        As `carry`.
    """
    require(get_concern(by, pk).verdicts[Verb.ANSWER], otherwise=Refused)
    text = whole(words, longest=LONGEST)
    closed = {"answered_by_id": by.post_id, "written_by_id": by.user_id}
    _change(pk, by, answer=text, answered_on=today(), **closed)
    record(Event.Kind.CONCERN_ANSWERED, by=by, about=Concern(pk=pk))


@transaction.atomic
def withdraw(pk: int, *, by: Actor) -> None:
    """Take back a concern that one's post has written, before it is answered.

    Raises
    ------
    NoSuchConcern, Refused, OthersWereQuicker
        As `carry`.
    """
    require(get_concern(by, pk).verdicts[Verb.WITHDRAW], otherwise=Refused)
    _update(Concern.objects.filter(pk=pk), withdrawn_on=today())
    record(Event.Kind.CONCERN_WITHDRAWN, by=by, about=Concern(pk=pk))


def _check_day(day: date) -> None:
    if not is_a_fair_day(day, written_on=today()):
        raise BadInput(
            _("Choose a day after today and %(days)d days ahead at the most.")
            % {"days": LATEST.days}
        )


def _above(by: Actor) -> Post:
    found = next_above(by.post_id or 0)
    if found is None:
        raise Refused(_("Nobody above your post takes concerns, or nobody is there."))
    return found


def _pass(pk: int, to: Post, by: Actor, words: str = "") -> None:
    """Write down a step of its way (2 queries)."""
    assert by.user_id is not None, "who passes it on holds a post"
    assert by.post_id is not None, "who passes it on holds a post"
    Passage.objects.create(
        concern_id=pk,
        number=Passage.objects.filter(concern_id=pk).count() + 1,
        sender_id=by.post_id,
        to=to,
        words=words,
        made_by_id=by.user_id,
        sent_on=today(),
    )


def _change(pk: int, by: Actor, **facts: object) -> None:
    """Change a concern that still waits for one's post (1 query)."""
    _update(Concern.objects.filter(pk=pk, at_id=by.post_id), **facts)


def _update(concerns: QuerySet[Concern], **facts: object) -> None:
    still_open = concerns.filter(answered_on__isnull=True, withdrawn_on__isnull=True)
    if not still_open.update(**facts):
        raise OthersWereQuicker(
            _("Somebody has closed or carried the concern. Read it again first.")
        )
