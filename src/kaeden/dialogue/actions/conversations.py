"""Plan, prepare, hold, conclude and confirm a conversation: each verb once.

Every verb first waits for its turn at the conversation, and judges it as it then is: of
two who press at once, the second is told, and keeps the words in the form.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaeden.access.rules import Actor, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.dialogue.actions import commitments
from kaeden.dialogue.errors import OthersWereQuicker
from kaeden.dialogue.law import law_of
from kaeden.dialogue.models import (
    Agreed,
    Commitment,
    Conclusion,
    Conversation,
    Correction,
    Preparation,
)
from kaeden.dialogue.queries.conversations import Talk, get_talk, unit_across
from kaeden.dialogue.queries.links import get_link
from kaeden.dialogue.rules.commitments import About
from kaeden.dialogue.rules.conversations import (
    LATEST,
    LONGEST_CONCLUSION,
    LONGEST_CORRECTION,
    LONGEST_FOCUS,
    LONGEST_PART,
    MOST_FOCUS,
    MOST_RESULTS,
    Kind,
    Part,
    Verb,
    is_a_fair_day,
    opens_on,
)
from kaeden.dialogue.rules.links import End
from kaeden.organisation.models import Unit
from kaeden.publication import queries as publication
from kaeden.publication.errors import NothingReleased
from kaeden.shared.clock import today
from kaeden.shared.database import wait_for_turn
from kaeden.shared.errors import BadInput, Refused
from kaeden.shared.written import whole

NEWER = gettext_lazy("New words have been written meanwhile. Read them first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What one end writes before a conversation; `results` are ids of indicators."""

    focus: Sequence[str]
    tried: str = ""
    needs: str = ""
    results: Sequence[str] = ()


@transaction.atomic
def plan(link_id: int, planned_for: date, *, by: Actor) -> Conversation:
    """Plan the next conversation with the leader across a link.

    Raises
    ------
    NoSuchLink
        If `by`'s post is at neither end of it today.
    Refused
        If it is not for this end to plan, or one is planned already.
    BadInput
        If the day has passed or lies too far ahead.
    """
    link = get_link(by, link_id)
    unit = unit_across(link)
    if unit is None or link.end is not End.UPPER:
        raise Refused(_("A conversation is planned by whoever leads the leader."))
    _check_day(planned_for)
    assert by.user_id is not None, "a post at an end is somebody's"
    wait_for_turn(f"conversation plan {link.id}")
    ends = {"upper_id": link.upper, "lower_id": link.lower}
    if Conversation.objects.filter(held_on__isnull=True, **ends).exists():
        raise Refused(_("A conversation is planned already. Move its day instead."))
    made = Conversation.objects.create(
        kind=Kind(unit.kind).value,
        unit=unit,
        planned_for=planned_for,
        opens_on=opens_on(planned_for, planned_on=today()),
        planned_on=today(),
        made_by_id=by.user_id,
        **ends,
    )
    record(Event.Kind.CONVERSATION_PLANNED, by=by, about=made)
    return made


@transaction.atomic
def move(pk: int, planned_for: date, *, by: Actor) -> None:
    """Move a conversation to another day; the chief's side opens by the new day.

    Raises
    ------
    NoSuchConversation
        If it is between two other posts.
    Refused
        If it has been held, or it is not for this end to move.
    BadInput
        If the day has passed or lies too far ahead.
    """
    row, _talk = _held(pk, Verb.MOVE, by)
    _check_day(planned_for)
    opens = opens_on(planned_for, planned_on=today())
    rows = Conversation.objects.filter(pk=row.pk)
    rows.update(planned_for=planned_for, opens_on=opens)
    record(Event.Kind.CONVERSATION_MOVED, by=by, about=row)


@transaction.atomic
def prepare(pk: int, words: Words, *, after: int, by: Actor) -> Preparation:
    """Write one's own side before the conversation; the other end reads it at once.

    `after` is the number of one's own words that the writer had read, 0 if none.

    Raises
    ------
    NoSuchConversation
        If it is between two other posts.
    BadInput
        If the words can't be kept, or name results that are not shown of the unit.
    Refused
        If this side is not open.
    OthersWereQuicker
        If there are newer words on this side.
    """
    row, talk = _held(pk, Verb.WRITE, by)
    newest = max((one.number for one in _side(row, talk.end)), default=0)
    if newest != after:
        raise OthersWereQuicker(NEWER)
    assert by.user_id is not None, "a post at an end is somebody's"
    made = Preparation.objects.create(
        conversation=row,
        end=talk.end.value,
        number=after + 1,
        focus=_focus(words.focus),
        tried=_part(words.tried),
        needs=_part(words.needs),
        results=list(words.results),
        release_id=_release(row.unit, words.results),
        made_by_id=by.user_id,
        written_on=today(),
    )
    record(Event.Kind.CONVERSATION_PREPARED, by=by, about=row)
    return made


@transaction.atomic
def hold(pk: int, *, by: Actor, on: date | None = None) -> None:
    """Note that a conversation was held, today or on an earlier day.

    The legal points are kept as they stand now.

    Raises
    ------
    NoSuchConversation
        If it is between two other posts.
    Refused
        If the leader's side waits, or it is noted already.
    BadInput
        If the day lies ahead, or before it was planned.
    """
    row, _talk = _held(pk, Verb.HOLD, by)
    day = on or today()
    if not row.planned_on <= day <= today():
        raise BadInput(_("Choose a day from the day it was planned until today."))
    law = law_of(Kind(row.kind)).model_dump(mode="json")
    rows = Conversation.objects.filter(pk=row.pk)
    rows.update(held_on=day, held_by_id=by.post_id, law=law)
    record(Event.Kind.CONVERSATION_HELD, by=by, about=row)


@transaction.atomic
def conclude(
    pk: int, words: str, *, open_parts: Collection[Part], after: int, by: Actor
) -> Conclusion:
    """Write what the two agree on; a yes to earlier words falls away.

    `open_parts` may be shown to parents' representatives. `after` is the number of the
    words that the writer had read, 0 if there were none.

    Raises
    ------
    NoSuchConversation
        If it is between two other posts.
    BadInput
        If the words can't be kept.
    Refused
        If it is not held, or both have confirmed.
    OthersWereQuicker
        If there are newer words.
    """
    row, _talk = _held(pk, Verb.CONCLUDE, by)
    newest = max((one.number for one in row.conclusions.all()), default=0)
    if newest != after:
        raise OthersWereQuicker(NEWER)
    made = Conclusion.objects.create(
        conversation=row,
        number=after + 1,
        words=whole(words, longest=LONGEST_CONCLUSION),
        open_parts=[part.value for part in Part if part in open_parts],
        written_on=today(),
        **_writer(by),
    )
    record(Event.Kind.CONVERSATION_CONCLUDED, by=by, about=row)
    return made


@transaction.atomic
def promise(
    pk: int, words: str, *, due: date, by: Actor, asks: bool = False
) -> Commitment:
    """Propose a commitment that comes out of a conversation; three at the most.

    Raises
    ------
    NoSuchConversation
        If it is between two other posts.
    BadInput
        If the words can't be kept, or the day has passed or lies too far ahead.
    Refused
        If it is not held, there are three already, or one of you has confirmed.
    """
    _row, talk = _held(pk, Verb.PROMISE, by)
    about = About(conversation_id=pk)
    assert talk.link is not None, "a verb is open only while the two are linked"
    return commitments.promise(talk.link, words, due=due, by=by, asks=asks, about=about)


@transaction.atomic
def confirm(pk: int, *, number: int, by: Actor) -> None:
    """Confirm what the two agree on, as it was worded with that number.

    Raises
    ------
    NoSuchConversation
        If it is between two other posts.
    Refused
        If it is not to be confirmed now; the sentence says why.
    OthersWereQuicker
        If there are newer words.
    """
    row, talk = _held(pk, Verb.CONFIRM, by)
    newest = list(row.conclusions.all())[-1]
    if newest.number != number:
        raise OthersWereQuicker(NEWER)
    post = _writer(by)["post_id"]
    end = talk.end.value
    Agreed.objects.create(conclusion=newest, end=end, post_id=post, on=today())
    record(Event.Kind.CONVERSATION_CONFIRMED, by=by, about=row)


@transaction.atomic
def add(pk: int, words: str, *, by: Actor) -> Correction:
    """Add something to a conversation that both have confirmed.

    Raises
    ------
    NoSuchConversation
        If it is between two other posts.
    BadInput
        If the words can't be kept.
    Refused
        If both have not confirmed it.
    """
    row, _talk = _held(pk, Verb.ADD, by)
    made = Correction.objects.create(
        conversation=row,
        words=whole(words, longest=LONGEST_CORRECTION),
        added_on=today(),
        **_writer(by),
    )
    record(Event.Kind.CONVERSATION_CORRECTED, by=by, about=row)
    return made


def _held(pk: int, verb: Verb, by: Actor) -> tuple[Conversation, Talk]:
    """Return a conversation that is open to a verb, held until we are done."""
    wait_for_turn(f"conversation {pk}")
    row, talk = get_talk(by, pk)
    require(talk.verdicts[verb], otherwise=Refused)
    return row, talk


def _writer(by: Actor) -> dict[str, int]:
    """Return the post that acts and who holds it."""
    assert by.user_id is not None, "a post at an end is somebody's"
    assert by.post_id is not None, "a post at an end is somebody's"
    return {"post_id": by.post_id, "made_by_id": by.user_id}


def _side(row: Conversation, end: End) -> list[Preparation]:
    return [one for one in row.preparations.all() if one.end == end.value]


def _check_day(day: date) -> None:
    if not is_a_fair_day(day, on=today()):
        raise BadInput(
            _("Choose a day from today and %(days)d days ahead at the most.")
            % {"days": LATEST.days}
        )


def _focus(lines: Sequence[str]) -> list[str]:
    kept = [whole(one, longest=LONGEST_FOCUS) for one in lines if one.strip()]
    if not 1 <= len(kept) <= MOST_FOCUS:
        raise BadInput(_("Write one to three things to talk about."))
    return kept


def _part(words: str) -> str:
    return whole(words, longest=LONGEST_PART) if words.strip() else ""


def _release(unit: Unit, results: Sequence[str]) -> int | None:
    """Return the release that shows these results of a unit; None without results."""
    if not results:
        return None
    try:
        release = publication.current_release(unit.municipality_code)
    except NothingReleased as error:
        raise BadInput(str(error.message)) from error
    shown = {one.indicator for one in publication.of_units(release.id, [unit.pk])}
    if len(results) > MOST_RESULTS or not shown.issuperset(results):
        raise BadInput(
            _("Choose at most %(most)d results that are shown of the unit.")
            % {"most": MOST_RESULTS}
        )
    return release.id
