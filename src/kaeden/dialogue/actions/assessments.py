"""Assess results and decide the agenda: each verb once, for every door."""

from django.db import transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, may, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.dialogue.models import AgendaItem, Assessment
from kaeden.dialogue.queries.assessments import assessing_post
from kaeden.dialogue.rules.assessments import AgendaStep, Judgement, may_move
from kaeden.organisation.models import Unit
from kaeden.organisation.rules import Kind
from kaeden.publication.queries import ReleasedFigure
from kaeden.shared.clock import now
from kaeden.shared.errors import BadInput, Refused

LONGEST = 500


@transaction.atomic
def assess(
    figure: ReleasedFigure,
    *,
    release_id: int,
    judgement: str,
    sentence: str,
    next_step: str,
    by: Actor,
) -> Assessment:
    """Write a chief's judgement of a released result, and propose it to the director.

    Raises
    ------
    Forbidden
        If none of `by`'s posts assesses this result.
    BadInput
        If the judgement is none of the four, or a sentence is missing or too long.
    Refused
        If the figure is hidden or missing, or the post has assessed it already.
    """
    post = assessing_post(by, figure)
    if figure.value is None:
        raise Refused(_("There is no number to assess here."))
    words = {"sentence": sentence.strip(), "next_step": next_step.strip()}
    _check_words(judgement, words)
    assessment, is_new = Assessment.objects.get_or_create(
        unit_id=figure.unit.id,
        indicator=figure.indicator,
        release_id=release_id,
        post=post,
        defaults=words
        | {
            "period": figure.period,
            "judgement": judgement,
            "made_by_id": by.user_id,
            "made_at": now(),
        },
    )
    if not is_new:
        raise Refused(_("Your post has assessed this result already."))
    municipality = Unit.objects.get(
        kind=Kind.MUNICIPALITY.value,
        code=figure.unit.municipality_code,
        valid_to__isnull=True,
    )
    AgendaItem.objects.create(
        municipality=municipality, assessment=assessment, proposed_at=now()
    )
    record(Event.Kind.RESULT_ASSESSED, by=by, about=assessment)
    return assessment


def _check_words(judgement: str, words: dict[str, str]) -> None:
    if judgement not in set(Judgement):
        raise BadInput(_("Choose one of the four judgements."))
    if not all(words.values()):
        raise BadInput(_("Write one sentence, and the next step."))
    longest = max(len(text) for text in words.values())
    if longest > LONGEST:
        raise BadInput(
            _("A text has %(length)d characters. Use %(most)d at the most.")
            % {"length": longest, "most": LONGEST}
        )


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
