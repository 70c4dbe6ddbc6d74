"""Draw a reorganisation, change it, carry it out: each verb once, for every door.

A draft is seen by the post that drew it and by the director, and by nobody else: what
is only thought of must not travel as if it were decided.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, Role, may, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.organisation.actions import apply_chain
from kaeden.organisation.chain import Chain
from kaeden.organisation.changes import Change
from kaeden.organisation.drafts import Drawn, drawn, plain, step_of
from kaeden.organisation.errors import NoSuchDraft, NoSuchUnit
from kaeden.organisation.models import Draft, Post, Unit
from kaeden.organisation.snapshot import chain_of
from kaeden.organisation.steps.shape import Step
from kaeden.shared.clock import now, today
from kaeden.shared.errors import BadInput, Refused

MOST_STEPS = 100


# Reading -------------------------------------------------------------------------------


def drafts_of(actor: Actor, municipality: Unit) -> QuerySet[Draft]:
    """Return the drafts somebody sees, the newest first (1 query, and 1 to read).

    Raises
    ------
    NoSuchUnit
        If one's post does not lie in the municipality.
    """
    require(
        may(actor, Permission.READ_HOLDERS, at=municipality.path), otherwise=NoSuchUnit
    )
    there = Draft.objects.filter(municipality=municipality).select_related("post__unit")
    if actor.role is not Role.DIRECTOR:
        own = Post.objects.filter(pk=actor.post_id or 0).values("key")
        there = there.filter(post__key__in=own)
    return there.order_by("-changed_at", "-pk")


def get_draft(actor: Actor, municipality: Unit, pk: int) -> Draft:
    """Return a draft that somebody sees (2 queries).

    Raises
    ------
    NoSuchDraft
        If there is none, or it is not theirs.
    """
    found = drafts_of(actor, municipality).filter(pk=pk).first()
    if found is None:
        raise NoSuchDraft(_("There is no such draft."))
    return found


def base_of(draft: Draft) -> Chain:
    """Return the chain that a draft is drawn on (12 queries).

    It is today's; for a draft that was carried out, that of the day before.
    """
    on = draft.carried_out_on
    return chain_of(draft.municipality, on - timedelta(days=1) if on else today())


def drawn_on(draft: Draft, chain: Chain) -> Drawn:
    """Return a draft's steps taken on a chain (0 queries)."""
    return drawn(chain, [step_of(kept) for kept in draft.steps])


# Verbs ---------------------------------------------------------------------------------


@transaction.atomic
def begin_draft(municipality: Unit, name: str, *, by: Actor) -> Draft:
    """Begin a draft without any steps.

    Raises
    ------
    Forbidden
        If `by` may not draw drafts here.
    BadInput
        If it has no name.
    """
    require(
        may(by, Permission.READ_HOLDERS, at=municipality.path), otherwise=NoSuchUnit
    )
    require(may(by, Permission.DRAW_DRAFT, at=by.path))
    if not name.strip():
        raise BadInput(_("Write what the draft is called."))
    draft = Draft.objects.create(
        municipality=municipality,
        post_id=by.post_id,
        name=name.strip()[:120],
        made_at=now(),
        changed_at=now(),
    )
    record(Event.Kind.DRAFT_BEGUN, by=by, about=draft)
    return draft


@transaction.atomic
def add_step(draft: Draft, step: Step, *, by: Actor) -> None:
    """Add a step at the end of a draft.

    Raises
    ------
    BadInput
        If the step can't be taken after those that are there.
    Refused
        If the draft has been carried out, or is as long as drafts get.
    """
    base = base_of(draft)

    def added(steps: list[Any]) -> list[Any]:
        if len(steps) >= MOST_STEPS:
            raise Refused(_("A draft has at most %d steps.") % MOST_STEPS)
        step.apply(drawn(base, map(step_of, steps)).chain)
        return [*steps, plain(step)]

    _change(draft, added, by=by)


@transaction.atomic
def remove_step(draft: Draft, place: int, *, by: Actor) -> None:
    """Take a step out of a draft, by its place from 1.

    Raises
    ------
    NoSuchDraft
        If there is no such step.
    Refused
        If the draft has been carried out.
    """

    def removed(steps: list[Any]) -> list[Any]:
        if not 1 <= place <= len(steps):
            raise NoSuchDraft(_("There is no such step in a draft."))
        return steps[: place - 1] + steps[place:]

    _change(draft, removed, by=by)


def _change(
    draft: Draft, change: Callable[[list[Any]], list[Any]], *, by: Actor
) -> None:
    """Write a draft's steps, one writer at a time; a carried out one stays as it is."""
    row = Draft.objects.select_for_update().get(pk=draft.pk)
    _still_open(row, by=by)
    row.steps = change(row.steps)
    row.changed_at = now()
    row.save(update_fields=["steps", "changed_at"])
    draft.refresh_from_db()
    record(Event.Kind.DRAFT_CHANGED, by=by, about=row)


def _still_open(draft: Draft, *, by: Actor) -> None:
    require(may(by, Permission.DRAW_DRAFT, at=by.path))
    get_draft(by, draft.municipality, draft.pk)
    if draft.carried_out_on is not None:
        raise Refused(_("The draft has been carried out. Begin a new one."))


@transaction.atomic
def carry_out(draft: Draft, *, on: date, by: Actor) -> tuple[Change, ...]:
    """Let the chain be as drawn from a day on, today or earlier; return what changed.

    Raises
    ------
    Forbidden
        If `by` may draw drafts but not change the chain.
    BadInput
        If the chain would not hang together.
    Refused
        If the day has not come, the chain has changed after it, the draft has been
        carried out, or a step of it can't be taken.
    """
    row = Draft.objects.select_for_update().get(pk=draft.pk)
    _still_open(row, by=by)
    require(may(by, Permission.LOAD_CHAIN, at=row.municipality.path))
    taken = drawn_on(row, chain_of(row.municipality, min(on, today())))
    if taken.why_not:
        place, why_not = next(iter(taken.why_not.items()))
        raise Refused(
            _("Step %(place)d can't be taken. %(why_not)s Mend the draft first.")
            % {"place": place + 1, "why_not": why_not}
        )
    changes = apply_chain(taken.chain, on=on, by=by)
    if not changes:
        raise Refused(_("The draft changes nothing. Draw a step first."))
    row.carried_out_on, row.changed_at = on, now()
    row.save(update_fields=["carried_out_on", "changed_at"])
    record(Event.Kind.DRAFT_CARRIED_OUT, by=by, about=row)
    return changes


@transaction.atomic
def drop_draft(draft: Draft, *, by: Actor) -> None:
    """Throw a draft away; one that was carried out is kept.

    Raises
    ------
    Refused
        If it has been carried out.
    """
    _still_open(draft, by=by)
    record(Event.Kind.DRAFT_DROPPED, by=by, about=draft)
    draft.delete()
