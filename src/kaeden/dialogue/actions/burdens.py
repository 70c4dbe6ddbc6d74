"""Write what weighs on the two of a conversation, and see that it is deleted.

It is sealed in the database, read by the two alone, and gone on the day that stands
beside it, or when one of them no longer holds the post. The trail says that it was
written and deleted, never what it said.
"""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import SYSTEM, Actor
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.dialogue.errors import OthersWereQuicker
from kaeden.dialogue.models import Burden, Conversation
from kaeden.dialogue.queries.burdens import is_theirs
from kaeden.dialogue.queries.conversations import get_conversation
from kaeden.dialogue.queries.links import SeenLink, links_of, pairs_of
from kaeden.dialogue.rules.conversations import LONGEST_BURDEN, forget_on
from kaeden.dialogue.sealing import seal
from kaeden.organisation.models import Link
from kaeden.shared.clock import today
from kaeden.shared.database import wait_for_turn
from kaeden.shared.errors import Refused
from kaeden.shared.written import whole


@transaction.atomic
def write(pk: int, words: str, *, after: int, by: Actor) -> date:
    """Write what weighs on the two in the place of what stood; return its last day.

    `after` is the number of the words that the writer had read, 0 if there were none.

    Raises
    ------
    NoSuchConversation
        If it is between two other posts.
    Refused
        If the two are not linked any more, a post is vacant, or its time has passed.
    BadInput
        If the words can't be kept.
    OthersWereQuicker
        If the other one has written meanwhile.
    """
    row, link = _held(pk, by)
    delete_on = forget_on(row.held_on or max(row.planned_for, today()))
    if link is None or not link.pair.is_whole or delete_on <= today():
        raise Refused(_("It can't be written here now. Take it with you to the next."))
    text = whole(words, longest=LONGEST_BURDEN)
    _forget_if_others(row, link)
    old = Burden.objects.filter(conversation=row).first()
    if (old.number if old else 0) != after:
        raise OthersWereQuicker(
            _("The other one has written meanwhile. Both texts stand here.")
        )
    facts = {
        "sealed": seal(text),
        "number": after + 1,
        "delete_on": delete_on,
        "upper_holding_id": link.pair.upper,
        "lower_holding_id": link.pair.lower,
    }
    Burden.objects.update_or_create(conversation=row, defaults=facts)
    record(Event.Kind.BURDEN_WRITTEN, by=by, about=row)
    return delete_on


@transaction.atomic
def delete(pk: int, *, by: Actor) -> None:
    """Delete it now, before its day; either of the two may.

    Raises
    ------
    NoSuchConversation
        If it is between two other posts.
    """
    row, _link = _held(pk, by)
    found = Burden.objects.filter(conversation=row).first()
    if found is not None:
        _delete(found, by)


@transaction.atomic
def forget_due(*, conversation: int | None = None) -> int:
    """Delete all whose day has come or whose two have changed; return how many.

    With a conversation, look at that one alone (2 queries when there is none).
    """
    rows = Burden.objects.select_related("conversation")
    if conversation is not None:
        rows = rows.filter(conversation_id=conversation)
    found = list(rows)
    day = today()
    links = {
        (one.upper_id, one.lower_id): one
        for one in Link.objects.at(day).filter(
            lower_id__in=[one.conversation.lower_id for one in found]
        )
    }
    pairs = pairs_of(links.values(), day)
    gone = 0
    for one in found:
        talk = one.conversation
        link = links.get((talk.upper_id, talk.lower_id))
        stays = link is not None and is_theirs(one, pairs[link.pk])
        if not stays or one.delete_on <= day:
            _delete(one, SYSTEM)
            gone += 1
    return gone


def _held(pk: int, by: Actor) -> tuple[Conversation, SeenLink | None]:
    wait_for_turn(f"burden {pk}")
    row = get_conversation(by, pk)
    ends = (row.upper_id, row.lower_id)
    links = (one for one in links_of(by) if (one.upper, one.lower) == ends)
    return row, next(links, None)


def _forget_if_others(row: Conversation, link: SeenLink) -> None:
    """Delete what two others have written, or whose day has come."""
    found = Burden.objects.filter(conversation=row).first()
    if found and (not is_theirs(found, link.pair) or found.delete_on <= today()):
        _delete(found, SYSTEM)


def _delete(one: Burden, by: Actor) -> None:
    talk = one.conversation
    one.delete()
    record(Event.Kind.BURDEN_DELETED, by=by, about=talk)
