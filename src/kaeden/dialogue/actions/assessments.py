"""Assess results and decide the agenda: each verb once, for every door."""

from django.db import transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, Role, may, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.dialogue.errors import OthersWereQuicker
from kaeden.dialogue.models import AgendaItem, Assessment
from kaeden.dialogue.queries.assessments import assessing_post, may_assess, own_words
from kaeden.dialogue.rules.assessments import (
    SECTORS,
    AgendaStep,
    Judgement,
    Words,
    may_move,
)
from kaeden.organisation.models import Unit
from kaeden.organisation.rules import Kind
from kaeden.publication.queries import ReleasedFigure
from kaeden.shared.clock import now
from kaeden.shared.database import wait_for_turn
from kaeden.shared.errors import BadInput, Refused
from kaeden.shared.written import whole

LONGEST = 500


@transaction.atomic
def assess(
    figure: ReleasedFigure,
    words: Words,
    *,
    release_id: int,
    by: Actor,
    after: int = 0,
) -> Assessment:
    """Write a post's judgement of a released result; a chief's goes to the director.

    `after` is the number of the post's own words that the writer has read: 0 for none.
    They stay, and the new ones get the next number.

    Raises
    ------
    Forbidden
        If `by`'s post does not assess this result.
    BadInput
        If the judgement is none of the four, or a sentence is missing or can't be kept.
    Refused
        If the figure is hidden or missing, or is still the leader's to assess.
    OthersWereQuicker
        If somebody else in the post has written meanwhile.
    """
    post = assessing_post(by, figure)
    kept = _checked(words)
    require(may_assess(by, figure, release_id), otherwise=Refused)
    wait_for_turn(f"assessment {post.pk} {figure.unit.id} {figure.indicator}")
    newest = own_words(by, figure, release_id)
    if after != (newest.number if newest else 0):
        raise OthersWereQuicker(
            _("Your post has just assessed this result. Read that first.")
        )
    assert by.user_id is not None, "a post that assesses is somebody's"
    made = Assessment.objects.create(
        unit_id=figure.unit.id,
        indicator=figure.indicator,
        release_id=release_id,
        post=post,
        number=after + 1,
        period=figure.period,
        made_by_id=by.user_id,
        made_at=now(),
        **kept,
    )
    if Role(post.role) in SECTORS:
        _propose(made, figure.unit.municipality_code, newest)
    record(Event.Kind.RESULT_ASSESSED, by=by, about=made)
    return made


def _propose(made: Assessment, town: str, newest: Assessment | None) -> None:
    """Propose it to the director, in the place of what was proposed and not decided."""
    if newest is not None:
        earlier = AgendaItem.objects.filter(assessment=newest)
        earlier.filter(step=AgendaStep.PROPOSED.value).update(assessment=made)
        return
    municipality = Unit.objects.get(
        kind=Kind.MUNICIPALITY.value, code=town, valid_to__isnull=True
    )
    AgendaItem.objects.create(
        municipality=municipality, assessment=made, proposed_at=now()
    )


def _checked(words: Words) -> dict[str, str]:
    if words.judgement not in set(Judgement):
        raise BadInput(_("Choose one of the four judgements."))
    texts = {"sentence": words.sentence, "next_step": words.next_step}
    if not all(text.strip() for text in texts.values()):
        raise BadInput(_("Write one sentence, and the next step."))
    kept = {name: whole(text, longest=LONGEST) for name, text in texts.items()}
    return {"judgement": words.judgement, **kept}


@transaction.atomic
def decide(item: AgendaItem, to: AgendaStep, *, by: Actor) -> None:
    """Accept a proposed item for the agenda, or decline it.

    Raises
    ------
    Forbidden
        If none of `by`'s posts decides this agenda.
    Refused
        If it is decided already, also when somebody was quicker just now.
    """
    require(may(by, Permission.DECIDE_AGENDA, at=item.municipality.path))
    step = AgendaStep(item.step)
    require(may_move(now=step, to=to), otherwise=Refused)
    unchanged = AgendaItem.objects.filter(pk=item.pk, step=step.value)
    if not unchanged.update(step=to.value, decided_at=now()):
        raise Refused(_("Somebody has decided the item. Read it again first."))
    item.refresh_from_db()
    record(Event.Kind.AGENDA_DECIDED, by=by, about=item)
