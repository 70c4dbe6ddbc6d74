"""Send a question further down, and answer from below: each verb once."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.dialogue.errors import OthersWereQuicker
from kaeden.dialogue.models import Inquiry
from kaeden.dialogue.queries.inquiries import get_for_me, those_who_can_be_asked
from kaeden.dialogue.queries.questions import get_question
from kaeden.dialogue.rules.inquiries import ANSWERED_WITHIN, LATEST, is_a_fair_day
from kaeden.dialogue.rules.questions import LONGEST, Verb
from kaeden.shared.clock import today
from kaeden.shared.database import wait_for_turn
from kaeden.shared.errors import BadInput, Refused
from kaeden.shared.written import whole


@transaction.atomic
def send(
    question: int, to: int, words: str, *, by: Actor, answer_by: date | None = None
) -> Inquiry:
    """Send a question on to a post below, with words of one's own.

    It is to be answered within two weeks, or by a day. The question stays its owner's
    to answer; `to` is the id of a post.

    Raises
    ------
    NoSuchQuestion
        If `by`'s post stands outside the goal's line.
    Refused
        If another post owns the goal, the question is closed, or the post has been
        asked already.
    BadInput
        If the words can't be kept, the day is not within a year, or nobody below can
        be asked there.
    """
    require(get_question(by, question).verdicts[Verb.SEND_DOWN], otherwise=Refused)
    text, day = whole(words, longest=LONGEST), answer_by or today() + ANSWERED_WITHIN
    if not is_a_fair_day(day, asked_on=today()):
        raise BadInput(
            _("Choose a day after today and %(days)d days ahead at the most.")
            % {"days": LATEST.days}
        )
    if to not in {post.pk for post in those_who_can_be_asked(by)}:
        raise BadInput(_("Choose a post below you that somebody holds."))
    wait_for_turn(f"question {question}")
    asked = Inquiry.objects.filter(question_id=question, to_id=to)
    if asked.filter(answered_on=None).exists():
        raise Refused(_("That post has been asked already, and has not answered yet."))
    assert by.user_id is not None, "who owns a goal holds a post"
    assert by.post_id is not None, "who owns a goal holds a post"
    made = Inquiry.objects.create(
        question_id=question,
        sender_id=by.post_id,
        to_id=to,
        words=text,
        made_by_id=by.user_id,
        asked_on=today(),
        answer_by=day,
    )
    record(Event.Kind.QUESTION_SENT_DOWN, by=by, about=made)
    return made


@transaction.atomic
def answer(question: int, words: str, *, by: Actor) -> None:
    """Answer what one's post has been asked; it goes to the owner of the goal.

    Raises
    ------
    NoSuchQuestion
        If `by`'s post has not been asked.
    Refused
        If it has answered, or the question is closed.
    BadInput
        If the words can't be kept.
    OthersWereQuicker
        If somebody answered just now.
    """
    asked = get_for_me(by, question)
    require(asked.verdict, otherwise=Refused)
    text = whole(words, longest=LONGEST)
    still_open = Inquiry.objects.filter(pk=asked.id, answered_on__isnull=True)
    facts = {"answer": text, "answered_on": today(), "written_by_id": by.user_id}
    if not still_open.update(**facts):
        raise OthersWereQuicker(
            _("Somebody has answered for your post. Read it again first.")
        )
    record(Event.Kind.ANSWERED_FROM_BELOW, by=by, about=Inquiry(pk=asked.id))
