"""Write, review and decide on practices: each verb once, for every door."""

from dataclasses import fields
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, may, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.goals.indicators import published
from kaeden.learning.cards import competences
from kaeden.learning.errors import SomebodyWasQuicker
from kaeden.learning.models import PracticeDecision, WrittenPractice
from kaeden.learning.practices import OwnWords
from kaeden.learning.queries.practices import get_practice, town_of
from kaeden.learning.queries.written import get_row
from kaeden.learning.rules.practices import (
    LONGEST,
    LONGEST_PART,
    LONGEST_REASON,
    LONGEST_TITLE,
    PracticeChoice,
    ReviewStep,
    may_step,
)
from kaeden.organisation.queries import get_unit_at
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Refused
from kaeden.shared.written import whole

NEEDED = ("target_group", "method", "mechanism")
OPTIONAL = ("implementation", "effect", "economy", "sources")


@transaction.atomic
def write(own: OwnWords, *, by: Actor) -> WrittenPractice:
    """Write a practice and send it to the post above that reviews it.

    Raises
    ------
    Forbidden
        If `by`'s post writes none.
    BadInput
        If something is missing, or can't be kept.
    """
    require(may(by, Permission.WRITE_PRACTICE, at=by.path))
    kept = _kept(own)
    assert by.user_id is not None, "who leads holds a post"
    assert by.post_id is not None, "who leads holds a post"
    made = WrittenPractice.objects.create(
        municipality=town_of(by),
        unit=get_unit_at(by.path),
        post_id=by.post_id,
        made_by_id=by.user_id,
        written_on=today(),
        **kept,
    )
    record(Event.Kind.PRACTICE_WRITTEN, by=by, about=made)
    return made


@transaction.atomic
def write_again(pk: int, own: OwnWords, *, by: Actor) -> None:
    """Write one's practice anew, before it is reviewed or when it was returned.

    Raises
    ------
    NoSuchPractice
        If it is not for `by`'s post.
    BadInput
        If something is missing, or can't be kept.
    Refused
        If it is accepted or taken back, or another's.
    SomebodyWasQuicker
        If it was reviewed just now.
    """
    row = _may_take(pk, ReviewStep.SENT, by)
    _move(row, ReviewStep.SENT, written_on=today(), **_kept(own))
    record(Event.Kind.PRACTICE_WRITTEN, by=by, about=row)


@transaction.atomic
def withdraw(pk: int, *, by: Actor) -> None:
    """Take back what one has written, before it is accepted.

    Raises
    ------
    NoSuchPractice, Refused, SomebodyWasQuicker
        As `write_again`.
    """
    row = _may_take(pk, ReviewStep.WITHDRAWN, by)
    _move(row, ReviewStep.WITHDRAWN)
    record(Event.Kind.PRACTICE_WITHDRAWN, by=by, about=row)


@transaction.atomic
def accept(pk: int, *, by: Actor) -> None:
    """Let a practice stand for all in the municipality.

    Raises
    ------
    NoSuchPractice, Refused, SomebodyWasQuicker
        As `write_again`.
    """
    row = _may_take(pk, ReviewStep.ACCEPTED, by)
    _move(row, ReviewStep.ACCEPTED, review="", **_reviewed(by))
    record(Event.Kind.PRACTICE_ACCEPTED, by=by, about=row)


@transaction.atomic
def send_back(pk: int, words: str, *, by: Actor) -> None:
    """Return a practice to its writer, with what is missing.

    Raises
    ------
    BadInput
        If there are no words, or they can't be kept.
    NoSuchPractice, Refused, SomebodyWasQuicker
        As `write_again`.
    """
    row = _may_take(pk, ReviewStep.RETURNED, by)
    review = whole(words, longest=LONGEST_REASON)
    _move(row, ReviewStep.RETURNED, review=review, **_reviewed(by))
    record(Event.Kind.PRACTICE_RETURNED, by=by, about=row)


@transaction.atomic
def decide(
    practice: str, choice: PracticeChoice, reason: str, *, by: Actor
) -> PracticeDecision:
    """Decide that a practice is to be spread or stopped where one leads, and why.

    Raises
    ------
    Forbidden
        If `by`'s post decides on none.
    NoSuchPractice
        If the municipality knows no such practice.
    BadInput
        If there is no reason, or it can't be kept.
    """
    require(may(by, Permission.DECIDE_PRACTICE, at=by.path))
    get_practice(practice, town_of(by))
    words = whole(reason, longest=LONGEST_REASON)
    assert by.post_id is not None, "who decides holds a post"
    made = PracticeDecision.objects.create(
        practice=practice,
        unit=get_unit_at(by.path),
        choice=choice.value,
        reason=words,
        decided_on=today(),
        post_id=by.post_id,
    )
    record(Event.Kind.PRACTICE_DECIDED, by=by, about=made)
    return made


def _may_take(pk: int, to: ReviewStep, by: Actor) -> WrittenPractice:
    """Return the row, if `by`'s post may take the step from where it is."""
    row = get_row(by, pk)
    now, is_writer = ReviewStep(row.step), row.post_id == by.post_id
    require(may_step(to, now, is_writer=is_writer), otherwise=Refused)
    return row


def _reviewed(by: Actor) -> dict[str, object]:
    return {"reviewed_on": today(), "reviewed_by_id": by.post_id}


def _move(row: WrittenPractice, to: ReviewStep, **facts: object) -> None:
    """Take a step from where it was read, if nobody was quicker (1 query)."""
    unchanged = WrittenPractice.objects.filter(pk=row.pk, step=row.step)
    if not unchanged.update(step=to.value, **facts):
        raise SomebodyWasQuicker(
            _("Somebody has changed the practice. Read it again first.")
        )


def _kept(own: OwnWords) -> dict[str, Any]:
    """Return what is kept of somebody's own words, or say what is wrong with them."""
    texts = {name: whole(getattr(own, name), longest=LONGEST) for name in NEEDED}
    texts["title"] = whole(own.title, longest=LONGEST_TITLE)
    for name in OPTIONAL:
        words = getattr(own, name)
        texts[name] = whole(words, longest=LONGEST) if words.strip() else ""
    parts = [whole(one, longest=LONGEST_PART) for one in own.core_parts]
    _require_known(own)
    said = {one.name: getattr(own, one.name) for one in fields(own)}
    lists = {name: list(said[name]) for name in ("indicators", "competences")}
    sectors = [one.value for one in own.sectors]
    return {**said, **texts, **lists, "core_parts": parts, "sectors": sectors}


def _require_known(own: OwnWords) -> None:
    """Hold lists and numbers to what there is."""
    if not own.sectors:
        raise BadInput(_("Say for which sectors it is."))
    if not own.indicators or not set(own.indicators) <= published().keys():
        raise BadInput(_("Choose what it should move, among the indicators."))
    if not set(own.competences) <= competences().keys():
        raise BadInput(_("Choose competences from the list."))
    if any(
        one is not None and one < 0 for one in (own.cost_per_child, own.staff_hours)
    ):
        raise BadInput(_("Cost and hours are 0 or more. Leave out what is not known."))
