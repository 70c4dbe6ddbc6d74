"""Begin, tell of and end a unit's use of a practice: each verb once, for every door."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, may, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.learning.errors import NoSuchAdoption
from kaeden.learning.models import Adoption
from kaeden.learning.queries.practices import get_adoption, get_practice, town_of
from kaeden.learning.rules.practices import (
    LONGEST,
    LONGEST_REASON,
    Fidelity,
    may_start_on,
)
from kaeden.organisation.queries import get_unit_at
from kaeden.shared.clock import today
from kaeden.shared.database import wait_for_turn
from kaeden.shared.errors import BadInput, Refused
from kaeden.shared.written import whole


@transaction.atomic
def start(practice: str, *, by: Actor, on: date | None = None) -> Adoption:
    """Say that one's unit uses a practice, from today or from a day before.

    Raises
    ------
    Forbidden
        If `by`'s post leads no institution.
    NoSuchPractice
        If the municipality knows no such practice.
    BadInput
        If the day lies ahead, before the year 2000, or while it was in use before.
    Refused
        If the unit uses it already.
    """
    require(may(by, Permission.ADOPT_PRACTICE, at=by.path))
    get_practice(practice, town_of(by))
    unit = get_unit_at(by.path)
    wait_for_turn(f"adoptions {unit.pk}")
    before = list(Adoption.objects.filter(unit=unit, practice=practice))
    if any(one.ended is None for one in before):
        raise Refused(_("Your unit uses this practice already."))
    ends = [one.ended for one in before if one.ended]
    day = on or today()
    fits = may_start_on(day, on=today(), free_from=max(ends, default=None))
    require(fits, otherwise=BadInput)
    assert by.post_id is not None, "who leads holds a post"
    made = Adoption.objects.create(
        practice=practice, unit=unit, started=day, post_id=by.post_id
    )
    record(Event.Kind.ADOPTION_STARTED, by=by, about=made)
    return made


@transaction.atomic
def tell(pk: int, fidelity: Fidelity, adaptations: str = "", *, by: Actor) -> None:
    """Say how far one's unit follows a practice, and what it has adapted.

    Raises
    ------
    Forbidden
        If `by`'s post leads no institution.
    NoSuchAdoption
        If it is another unit's, or has ended.
    BadInput
        If there are words that can't be kept.
    """
    words = whole(adaptations, longest=LONGEST) if adaptations.strip() else ""
    told = {"fidelity": fidelity.value, "adaptations": words, "post_id": by.post_id}
    _change(pk, by, told)
    record(Event.Kind.ADOPTION_TOLD, by=by, about=Adoption(pk=pk))


@transaction.atomic
def end(pk: int, why: str = "", *, by: Actor) -> None:
    """Say that one's unit uses a practice no longer, from today.

    Raises
    ------
    Forbidden, NoSuchAdoption, BadInput
        As `tell`.
    """
    words = whole(why, longest=LONGEST_REASON) if why.strip() else ""
    _change(pk, by, {"ended": today(), "why_ended": words, "post_id": by.post_id})
    record(Event.Kind.ADOPTION_ENDED, by=by, about=Adoption(pk=pk))


def _change(pk: int, by: Actor, said: Mapping[str, object]) -> None:
    """Change what one's own unit uses still, if it does."""
    require(may(by, Permission.ADOPT_PRACTICE, at=by.path))
    get_adoption(by, pk)
    if not Adoption.objects.filter(pk=pk, ended__isnull=True).update(**said):
        raise NoSuchAdoption(_("Your unit does not use that practice now."))
