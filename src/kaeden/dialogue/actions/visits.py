"""Ask for a visit, plan it, hold it, tell what one takes home: each verb once."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, may, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.dialogue.errors import OthersWereQuicker
from kaeden.dialogue.models import Visit
from kaeden.dialogue.queries.visits import (
    get_host,
    get_row,
    get_visit,
    leader_of,
)
from kaeden.dialogue.rules.visits import LATEST, LONGEST, VisitStep, is_a_fair_day
from kaeden.organisation.errors import NoSuchCommunity
from kaeden.organisation.models import Post, Unit
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Refused
from kaeden.shared.written import whole


@transaction.atomic
def ask_for_visit(
    at: Unit | Post, why: str, *, by: Actor, community: int | None = None
) -> Visit:
    """Ask a leader of one's municipality for a visit, or the one who leads a unit.

    Raises
    ------
    Forbidden
        If `by`'s post does not visit others.
    NoSuchVisit
        If there is no leader to visit there.
    NoSuchCommunity
        If it is to be within a community that not both are in.
    BadInput
        If the words can't be kept.
    Refused
        If a visit of the two is asked for or planned already.
    """
    require(may(by, Permission.VISIT, at=by.path))
    host = get_host(by, at.pk if isinstance(at, Post) else leader_of(at))
    if community not in {None, *(one.pk for one in host.communities)}:
        raise NoSuchCommunity(_("There is no such community."))
    words = whole(why, longest=LONGEST)
    assert by.user_id is not None, "a post that visits is somebody's"
    assert by.post_id is not None, "a post that visits is somebody's"
    try:
        with transaction.atomic():
            made = Visit.objects.create(
                community_id=community,
                visitor_id=by.post_id,
                host=host.post,
                why=words,
                made_by_id=by.user_id,
                asked_on=today(),
                changed_on=today(),
            )
    except IntegrityError as error:
        raise Refused(_("You have asked for a visit there already.")) from error
    record(Event.Kind.VISIT_ASKED, by=by, about=made)
    return made


@transaction.atomic
def plan(pk: int, *, day: date, by: Actor) -> None:
    """Give a visit its day, or move it to another.

    Raises
    ------
    NoSuchVisit
        If it is between two others.
    BadInput
        If the day has passed or lies too far ahead.
    Refused
        If it is not for this post, or the visit is over.
    OthersWereQuicker
        If somebody took another step just now.
    """
    if not is_a_fair_day(day, on=today()):
        raise BadInput(
            _("Choose a day from today and %(days)d days ahead at the most.")
            % {"days": LATEST.days}
        )
    _step(pk, VisitStep.PLANNED, Event.Kind.VISIT_PLANNED, by, day=day)


@transaction.atomic
def hold(pk: int, lesson: str, *, by: Actor) -> None:
    """Tell that a visit was held, and what one takes home from it.

    Raises
    ------
    BadInput
        If the words can't be kept.
    NoSuchVisit, Refused, OthersWereQuicker
        As `plan`.
    """
    words = whole(lesson, longest=LONGEST)
    _step(pk, VisitStep.HELD, Event.Kind.VISIT_HELD, by, lesson=words)


@transaction.atomic
def decline(pk: int, *, by: Actor) -> None:
    """Say no to a visit that is asked for.

    Raises
    ------
    NoSuchVisit, Refused, OthersWereQuicker
        As `plan`.
    """
    _step(pk, VisitStep.DECLINED, Event.Kind.VISIT_DECLINED, by)


@transaction.atomic
def call_off(pk: int, *, by: Actor) -> None:
    """Let a visit not be, whoever of the two finds that it can't.

    Raises
    ------
    NoSuchVisit, Refused, OthersWereQuicker
        As `plan`.
    """
    _step(pk, VisitStep.CALLED_OFF, Event.Kind.VISIT_CALLED_OFF, by)


def _step(pk: int, to: VisitStep, kind: Event.Kind, by: Actor, **facts: object) -> None:
    found = get_visit(by, pk)
    require(found.verdicts[to], otherwise=Refused)
    unchanged = Visit.objects.filter(pk=pk, step=found.step.value, day=found.day)
    if not unchanged.update(step=to.value, changed_on=today(), **facts):
        raise OthersWereQuicker(
            _("Somebody has changed the visit. Read it again first.")
        )
    record(kind, by=by, about=get_row(by, pk))
