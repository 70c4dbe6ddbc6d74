"""Read practices that leaders have written; each docstring ends with what it costs.

Until it is accepted, one is read by the post that wrote it and by those who review at
its unit. An accepted one is a practice like those in files (`queries.practices`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, Verdict, may, may_at_any
from kaeden.learning.errors import NoSuchPractice
from kaeden.learning.models import WrittenPractice
from kaeden.learning.practices import Practice
from kaeden.learning.queries.practices import town_of, value_of, written_in
from kaeden.learning.rules.practices import ReviewStep, may_step
from kaeden.organisation.queries import name_of, paths_of

ALONG = ("municipality", "unit__parent", "post__unit", "reviewed_by__unit")
"""What is read along with a written practice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A written practice as one post reads it, with the steps that it may take."""

    id: int
    practice: Practice
    step: ReviewStep
    review: str
    reviewed_by: str
    written_on: date
    is_mine: bool
    verdicts: Mapping[ReviewStep, Verdict]


def mine(actor: Actor) -> list[Written]:
    """Return what one's post has written and not taken back, newest first (2 queries)."""
    own = written_in(town_of(actor)).filter(post_id=actor.post_id or 0)
    there = own.exclude(step=ReviewStep.WITHDRAWN.value).order_by("-pk")
    return [_read(actor, one) for one in there]


def to_review(actor: Actor) -> list[Written]:
    """Return what waits for a review at or below one's post, oldest first (1 query).

    And one for each generation of a unit that has ended. Nothing is asked for posts
    that review nothing.
    """
    if actor.role is None or not may(actor, Permission.REVIEW_PRACTICE, at=actor.path):
        return []
    here = WrittenPractice.objects.filter(municipality__code=actor.path.split("/")[1])
    sent = here.filter(step=ReviewStep.SENT.value).select_related(*ALONG)
    others = sent.exclude(post_id=actor.post_id or 0).order_by("written_on", "pk")
    return [_read(actor, one) for one in others if _reviews(actor, one)]


def get_written(actor: Actor, pk: int) -> Written:
    """Return one that is for one's post (1 query, more for an ended unit).

    Raises
    ------
    NoSuchPractice
        Also when it exists, so that a number tells nothing.
    """
    return _read(actor, get_row(actor, pk))


def get_own(actor: Actor, pk: int) -> WrittenPractice:
    """Return the row of one that one's own post has written (1 query).

    Raises
    ------
    NoSuchPractice
        If another post has, or nobody.
    """
    row = get_row(actor, pk)
    if row.post_id != actor.post_id:
        raise NoSuchPractice(_("There is no such practice for your post."))
    return row


def get_row(actor: Actor, pk: int) -> WrittenPractice:
    """Return the row of one that is for one's post, for an action (1 query).

    Raises
    ------
    NoSuchPractice
        As `get_written`.
    """
    there = WrittenPractice.objects.select_related(*ALONG)
    row = there.filter(pk=pk).first()
    if row is None or not _may_read(actor, row):
        raise NoSuchPractice(_("There is no such practice for your post."))
    return row


def _may_read(actor: Actor, row: WrittenPractice) -> bool:
    is_mine = actor.post_id is not None and row.post_id == actor.post_id
    return is_mine or _reviews(actor, row)


def _reviews(actor: Actor, row: WrittenPractice) -> bool:
    """Whether one's post reviews at its unit (queries only for ended units)."""
    at = paths_of(row.unit)
    return bool(at and may_at_any(actor, Permission.REVIEW_PRACTICE, at=at))


def _read(actor: Actor, one: WrittenPractice) -> Written:
    step, is_mine = ReviewStep(one.step), one.post_id == actor.post_id
    return Written(
        id=one.pk,
        practice=value_of(one),
        step=step,
        review=one.review,
        reviewed_by=name_of(one.reviewed_by) if one.reviewed_by else "",
        written_on=one.written_on,
        is_mine=is_mine,
        verdicts={to: may_step(to, step, is_writer=is_mine) for to in ReviewStep},
    )
