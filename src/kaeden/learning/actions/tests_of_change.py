"""Plan a test of change, begin it, count, decide, and share it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaeden.access.rules import Actor, Verdict, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.goals.indicators import published
from kaeden.learning.actions.lessons import known
from kaeden.learning.models import Measure, TestCycle, TestOfChange, TestPart
from kaeden.learning.queries.tests_of_change import get_test, leads, may_try
from kaeden.learning.rules.tests_of_change import (
    LONGEST,
    LONGEST_NAME,
    LONGEST_UNIT,
    Act,
    Audience,
    Better,
    Counted,
    Decision,
    MeasureKind,
    Stage,
    is_a_fair_end,
    may_do,
    may_share,
    stage_of,
)
from kaeden.organisation.queries import get_unit_at
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Forbidden, Refused
from kaeden.shared.written import whole

QUICKER = gettext_lazy("Somebody has changed the test. Read it again first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """How a measure is known: by an indicator, or by what the team counts itself."""

    better: str
    indicator: str = ""
    words: str = ""
    counted: str = ""
    unit_of_measure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a team means to try; the share of an aim is between 0 and 1."""

    name: str
    aim: str
    aim_value: float
    aim_by: date
    change: str
    ends_on: date
    measures: Mapping[MeasureKind, Counting]
    practice: str = ""


@transaction.atomic
def plan(what: Plan, *, by: Actor) -> TestOfChange:
    """Write down what is to be tried; one's own post leads it, and no one else reads it.

    Raises
    ------
    Forbidden
        If one's post is none that tries changes.
    BadInput
        If something in the plan can't be kept.
    """
    require(may_try(by))
    assert by.user_id is not None, "a post that tries changes is somebody's"
    assert by.post_id is not None, "a post that tries changes is somebody's"
    _fair_end(what.ends_on)
    _fair_end(what.aim_by)
    known(what.practice, by)
    made = TestOfChange.objects.create(
        post_id=by.post_id,
        name=whole(what.name, longest=LONGEST_NAME),
        aim=whole(what.aim, longest=LONGEST),
        aim_value=what.aim_value,
        aim_by=what.aim_by,
        practice=what.practice,
        made_by_id=by.user_id,
        made_on=today(),
    )
    for kind in MeasureKind:
        _add_measure(made, kind, what.measures[kind])
    TestPart.objects.create(
        test=made,
        post_id=by.post_id,
        unit=get_unit_at(by.path),
        asked_on=today(),
        joined_on=today(),
    )
    change = whole(what.change, longest=LONGEST)
    TestCycle.objects.create(test=made, number=1, change=change, ends_on=what.ends_on)
    record(Event.Kind.TEST_PLANNED, by=by, about=made)
    return made


def _add_measure(test: TestOfChange, kind: MeasureKind, how: Counting) -> None:
    if how.better not in set(Better):
        raise BadInput(_("Choose which way each measure is to go."))
    facts: dict[str, str] = {"better": how.better}
    if how.indicator:
        if how.indicator not in published():
            raise BadInput(_("Choose an indicator from the list, or count yourselves."))
        facts["indicator"] = how.indicator
    elif how.counted not in set(Counted):
        raise BadInput(_("Choose how you count."))
    else:
        unit = how.unit_of_measure.strip()
        facts["words"] = whole(how.words, longest=LONGEST_NAME)
        facts["counted"] = how.counted
        facts["unit_of_measure"] = whole(unit, longest=LONGEST_UNIT) if unit else ""
    Measure.objects.create(test=test, kind=kind.value, **facts)


@transaction.atomic
def begin(pk: int, day: date, *, by: Actor) -> None:
    """Mark on the curve that the change has begun.

    Raises
    ------
    NoSuchTest
        If one may not read it.
    Forbidden
        If another post leads it.
    BadInput
        If the day has not come.
    Refused
        If it has begun, or somebody was quicker.
    """
    test, cycle = _to_lead(pk, Act.BEGIN, by)
    _has_come(day)
    if day > cycle.ends_on:
        raise BadInput(_("It would begin after its end. Choose an earlier day."))
    _once(cycle, begun_on=day)
    record(Event.Kind.TEST_BEGUN, by=by, about=test)


@transaction.atomic
def prolong(pk: int, ends_on: date, *, by: Actor) -> None:
    """Give the cycle of now another end.

    Raises
    ------
    NoSuchTest, Forbidden, BadInput, Refused
        As `begin`.
    """
    test, cycle = _to_lead(pk, Act.PROLONG, by)
    _fair_end(ends_on)
    _once(cycle, ends_on=ends_on)
    record(Event.Kind.TEST_PROLONGED, by=by, about=test)


@dataclass(frozen=True, slots=True, kw_only=True)
class Onward:
    """What an adapted change is from now on, and until when it is tried."""

    change: str
    ends_on: date


@transaction.atomic
def decide(
    pk: int, decision: str, why: str, *, onward: Onward | None = None, by: Actor
) -> None:
    """Adopt, adapt or abandon a change, with a sentence of why.

    To adapt it begins the next cycle the same day, with the change as it is then.

    Raises
    ------
    NoSuchTest, Forbidden
        As `begin`.
    BadInput
        If the sentence is missing, or what is tried next when it is adapted.
    Refused
        If it has not begun or is over, or somebody was quicker.
    """
    test, cycle = _to_lead(pk, Act.DECIDE, by)
    if decision not in set(Decision):
        raise BadInput(_("Choose whether you adopt, adapt or abandon it."))
    said = whole(why, longest=LONGEST)
    _once(cycle, decision=decision, why=said, decided_on=today())
    if decision == Decision.ADAPT.value:
        _go_on(cycle, onward)
    record(Event.Kind.TEST_DECIDED, by=by, about=test)


def _go_on(cycle: TestCycle, onward: Onward | None) -> None:
    if onward is None:
        raise BadInput(_("Write what you try from now on, and until when."))
    _fair_end(onward.ends_on)
    TestCycle.objects.create(
        test_id=cycle.test_id,
        number=cycle.number + 1,
        change=whole(onward.change, longest=LONGEST),
        begun_on=today(),
        ends_on=onward.ends_on,
    )


@transaction.atomic
def share(pk: int, audience: str, *, by: Actor) -> None:
    """Let others read the test; it can't be taken back.

    Raises
    ------
    NoSuchTest, Forbidden
        As `begin`.
    BadInput
        If there is no such audience.
    Refused
        If it is shared that far already, or somebody was quicker.
    """
    test = _led(pk, by)
    if audience not in set(Audience):
        raise BadInput(_("Choose who is to read it."))
    now = Audience(test.audience)
    require(may_share(now, Audience(audience)), otherwise=Refused)
    still = TestOfChange.objects.filter(pk=pk, audience=now.value)
    if not still.update(audience=audience, shared_on=today()):
        raise Refused(QUICKER)
    record(Event.Kind.TEST_SHARED, by=by, about=test)


def stage_of_test(test: TestOfChange) -> tuple[TestCycle, Stage]:
    """Return the newest cycle of a test and how far it is (0 queries)."""
    cycle = list(test.cycles.all())[-1]
    return cycle, stage_of(begun_on=cycle.begun_on, decision=cycle.decision)


def led(pk: int, by: Actor) -> TestOfChange:
    """Return a test that one's post leads, or refuse."""
    return _led(pk, by)


def _led(pk: int, by: Actor) -> TestOfChange:
    test = get_test(by, pk)
    require(
        Verdict(
            allowed=leads(by, test),
            why_not=_("The post that leads the test decides on it."),
        ),
        otherwise=Forbidden,
    )
    return test


def _to_lead(pk: int, act: Act, by: Actor) -> tuple[TestOfChange, TestCycle]:
    test = _led(pk, by)
    cycle, stage = stage_of_test(test)
    require(may_do(stage, act), otherwise=Refused)
    return test, cycle


def _once(cycle: TestCycle, **facts: object) -> None:
    """Change a cycle if nobody has changed it since it was read."""
    as_read = TestCycle.objects.filter(
        pk=cycle.pk, decision="", begun_on=cycle.begun_on, ends_on=cycle.ends_on
    )
    if not as_read.update(**facts):
        raise Refused(QUICKER)


def _has_come(day: date) -> None:
    if day > today():
        raise BadInput(_("The day has not come. Choose today or a day before."))


def _fair_end(ends_on: date) -> None:
    if not is_a_fair_end(ends_on, on=today()):
        raise BadInput(_("Choose a day after today, and two years ahead at the most."))
