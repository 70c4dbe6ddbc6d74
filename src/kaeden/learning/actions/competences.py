"""Count what a unit's staff can: how many, never who."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, may, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.learning.cards import competences
from kaeden.learning.models import CompetenceNote
from kaeden.learning.rules.competences import MOST_STAFF
from kaeden.learning.rules.practices import LONGEST_REASON
from kaeden.organisation.queries import get_unit_at
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput
from kaeden.shared.written import whole


@transaction.atomic
def note(
    competence: str,
    have: int,
    wanted: int,
    *,
    by: Actor,
    plan: str = "",
    by_day: date | None = None,
) -> CompetenceNote:
    """Say how many have a competence, how many are to, and the plan; the newest counts.

    Raises
    ------
    Forbidden
        If `by`'s post leads no institution.
    BadInput
        If there is no such competence, a number is out of range, words can't be kept,
        or the day has passed.
    """
    require(may(by, Permission.WRITE_COMPETENCES, at=by.path))
    if competence not in competences():
        raise BadInput(_("Choose a competence from the list."))
    if not all(0 <= count <= MOST_STAFF for count in (have, wanted)):
        raise BadInput(
            _("Write a number of staff from 0 to %(most)d.") % {"most": MOST_STAFF}
        )
    if by_day is not None and by_day < today():
        raise BadInput(_("Choose a day that has not passed."))
    assert by.post_id is not None, "who leads holds a post"
    made = CompetenceNote.objects.create(
        competence=competence,
        unit=get_unit_at(by.path),
        have=have,
        wanted=wanted,
        plan=whole(plan, longest=LONGEST_REASON) if plan.strip() else "",
        by_day=by_day,
        noted_on=today(),
        post_id=by.post_id,
    )
    record(Event.Kind.COMPETENCES_NOTED, by=by, about=made)
    return made
