"""Plan and note presence: one's own, each verb once, for every door.

The trail's row says that somebody in the municipality did so, and not who: whoever
reads the trail could otherwise count what is nobody's but the leader's.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.conditions.errors import NoSuchNote
from kaeden.conditions.models import PresenceNote, PresencePlan
from kaeden.conditions.queries.presence import get_note, own_holding, teams_of
from kaeden.conditions.rules.presence import (
    MOST_IN_A_MONTH,
    PresenceKind,
    may_take_back,
    month_of,
)
from kaeden.organisation.queries import get_municipality
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Refused


@transaction.atomic
def plan(visits: int, observations: int, feedback: int, *, by: Actor) -> None:
    """Plan how often, in this month and those after it, until one plans anew.

    Raises
    ------
    Forbidden
        If `by`'s post leads nobody.
    BadInput
        If a number is below 0 or above 60.
    """
    holding = own_holding(by)
    if not all(0 <= n <= MOST_IN_A_MONTH for n in (visits, observations, feedback)):
        raise BadInput(
            _("Plan from 0 to %(most)d in a month.") % {"most": MOST_IN_A_MONTH}
        )
    numbers = {"visits": visits, "observations": observations, "feedback": feedback}
    PresencePlan.objects.update_or_create(
        holding_id=holding, month=month_of(today()), defaults=numbers
    )
    _record(Event.Kind.PRESENCE_PLANNED, by)


@transaction.atomic
def note(kind: PresenceKind, team: int | None = None, *, by: Actor) -> PresenceNote:
    """Note that one has been there today, perhaps with a team that one leads.

    Raises
    ------
    Forbidden
        If `by`'s post leads nobody.
    BadInput
        If `by`'s post does not lead the team.
    """
    holding = own_holding(by)
    if team is not None and team not in {pk for pk, _name in teams_of(by)}:
        raise BadInput(_("Choose one of those whom you lead, or none."))
    made = PresenceNote.objects.create(
        holding_id=holding, day=today(), kind=kind.value, team_id=team
    )
    _record(Event.Kind.PRESENCE_NOTED, by)
    return made


@transaction.atomic
def take_back(pk: int, *, by: Actor) -> None:
    """Take back what one has noted today.

    Raises
    ------
    NoSuchNote
        If it is another's, or taken back already.
    Refused
        If it was noted on another day.
    """
    found = get_note(by, pk)
    require(may_take_back(found.day, on=today()), otherwise=Refused)
    deleted, _kinds = PresenceNote.objects.filter(pk=pk).delete()
    if not deleted:
        raise NoSuchNote(_("You have noted nothing like that."))
    _record(Event.Kind.PRESENCE_TAKEN_BACK, by)


def _record(kind: Event.Kind, by: Actor) -> None:
    """Add a row that says nothing of who, of how often, or of what (2 queries)."""
    code = by.path.split("/")[1]
    town = get_municipality(code)
    record(kind, by=Actor(path=town.path), about=town)
