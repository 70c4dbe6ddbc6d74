"""Count, take back what was counted wrong, and take part in others' tests."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Verdict, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.learning.actions.tests_of_change import led, stage_of_test
from kaeden.learning.errors import NoSuchTest
from kaeden.learning.models import Measure, Observation, TestOfChange, TestPart
from kaeden.learning.queries.taking_part import can_be_asked
from kaeden.learning.queries.tests_of_change import get_test
from kaeden.learning.rules.tests_of_change import (
    Act,
    Counted,
    may_do,
    observed_wrong,
)
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Forbidden, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What was counted: of which measure, on which day, how many, and of how many."""

    measure: int
    day: date
    number: float
    of: int | None = None


@transaction.atomic
def observe(pk: int, what: Count, *, by: Actor) -> Observation:
    """Write what was counted on a day; a new count of the day takes the old one's place.

    Raises
    ------
    NoSuchTest
        If one may not read the test.
    Forbidden
        If one's post takes no part in it.
    BadInput
        If the count can't be one of that measure on that day.
    Refused
        If the test is over.
    """
    test = get_test(by, pk)
    part = _own_part(test, by)
    measure = _counted_by_the_team(test, what.measure)
    _cycle, stage = stage_of_test(test)
    require(may_do(stage, Act.OBSERVE), otherwise=Refused)
    if what.day > today():
        raise BadInput(_("The day has not come. Choose today or a day before."))
    wrong = observed_wrong(Counted(measure.counted), what.number, what.of)
    if wrong:
        raise BadInput(wrong)
    assert by.user_id is not None, "a post that takes part is somebody's"
    same_day = Observation.objects.filter(
        measure=measure, part=part, day=what.day, taken_back_on=None
    )
    same_day.update(taken_back_on=today())
    made = Observation.objects.create(
        measure=measure,
        part=part,
        day=what.day,
        number=what.number,
        of=what.of,
        made_by_id=by.user_id,
        noted_on=today(),
    )
    record(Event.Kind.TEST_OBSERVED, by=by, about=test)
    return made


@transaction.atomic
def take_back(pk: int, observation: int, *, by: Actor) -> None:
    """Take back what one's own post counted wrong.

    Raises
    ------
    NoSuchTest
        If one may not read the test, or there is no such count of one's own part.
    Forbidden
        If one's post takes no part in it.
    """
    test = get_test(by, pk)
    part = _own_part(test, by)
    rows = Observation.objects.filter(pk=observation, part=part, taken_back_on=None)
    if not rows.update(taken_back_on=today()):
        raise NoSuchTest(_("There is no such count of yours. Read the test again."))
    record(Event.Kind.OBSERVATION_TAKEN_BACK, by=by, about=test)


@transaction.atomic
def ask_to_join(pk: int, post: int, *, by: Actor) -> None:
    """Ask another post to take part with its unit; it reads the test from now on.

    Raises
    ------
    NoSuchTest, Forbidden
        As `tests_of_change.begin`.
    BadInput
        If the post is none that can be asked.
    Refused
        If the test is over.
    """
    test = led(pk, by)
    _cycle, stage = stage_of_test(test)
    require(may_do(stage, Act.INVITE), otherwise=Refused)
    known = {one.pk: one for one in can_be_asked(by, test)}
    if post not in known:
        raise BadInput(_("Choose a post that somebody holds and that is not in it."))
    TestPart.objects.update_or_create(
        test=test,
        post_id=post,
        defaults={
            "unit_id": known[post].unit_id,
            "asked_on": today(),
            "joined_on": None,
            "left_on": None,
        },
    )
    record(Event.Kind.TEST_ASKED_TO_JOIN, by=by, about=test)


@transaction.atomic
def join(pk: int, *, by: Actor) -> None:
    """Take part, with one's own unit and what one counts there.

    Raises
    ------
    NoSuchTest
        If one may not read the test.
    Refused
        If nobody has asked one's post, or it takes part already.
    """
    test = get_test(by, pk)
    asked = test.parts.filter(post_id=by.post_id or 0, joined_on=None, left_on=None)
    if not asked.update(joined_on=today()):
        raise Refused(_("Nobody waits for your answer to this test."))
    record(Event.Kind.TEST_JOINED, by=by, about=test)


@transaction.atomic
def leave(pk: int, *, by: Actor) -> None:
    """Take no part from now on, or decline; what was counted stays.

    Raises
    ------
    NoSuchTest
        If one may not read the test.
    Refused
        If one's post leads the test, or takes no part.
    """
    test = get_test(by, pk)
    others = test.parts.filter(post_id=by.post_id or 0, left_on=None)
    if not others.exclude(post_id=test.post_id).update(left_on=today()):
        raise Refused(
            _("Who leads a test does not leave it. Abandon it instead, with a reason.")
        )
    record(Event.Kind.TEST_LEFT, by=by, about=test)


def _own_part(test: TestOfChange, by: Actor) -> TestPart:
    own = [
        one
        for one in test.parts.all()
        if one.post_id == by.post_id and one.joined_on and one.left_on is None
    ]
    verdict = Verdict(
        allowed=bool(own), why_not=_("Only those who take part in the test count.")
    )
    require(verdict, otherwise=Forbidden)
    return own[0]


def _counted_by_the_team(test: TestOfChange, pk: int) -> Measure:
    found = next((one for one in test.measures.all() if one.pk == pk), None)
    if found is None or found.indicator:
        raise BadInput(_("Choose one of the measures that you count yourselves."))
    return found
