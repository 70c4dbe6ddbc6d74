"""Tests of change in Fjordby, made with the verbs that people use."""

from datetime import date, timedelta
from typing import Any

from kaeden.access.rules import Actor, Role
from kaeden.learning.actions import observations
from kaeden.learning.actions import tests_of_change as actions
from kaeden.learning.actions.observations import Count
from kaeden.learning.actions.tests_of_change import Counting, Plan
from kaeden.learning.models import Measure, TestOfChange
from kaeden.learning.rules.tests_of_change import MeasureKind
from kaeden.shared.clock import today
from tests.builders.dialogue import holder_of

OUTCOME, PROCESS, BALANCING = MeasureKind
COUNTED = {
    OUTCOME: Counting(
        words="Børn, der kom til tiden",
        counted="share",
        unit_of_measure="børn",
        better="higher",
    ),
    PROCESS: Counting(
        words="Opkald inden klokken 9", counted="number", better="higher"
    ),
    BALANCING: Counting(words="Minutter på opkald", counted="number", better="lower"),
}


def a_plan(**facts: Any) -> Plan:
    """What a team means to try for six weeks."""
    known: dict[str, Any] = {
        "name": "Vi ringer hjem",
        "aim": "Flere børn er der, når dagen begynder.",
        "aim_value": 0.9,
        "aim_by": today() + timedelta(days=90),
        "change": "Klasselæreren ringer hjem den første dag.",
        "ends_on": today() + timedelta(days=42),
        "measures": COUNTED,
    }
    return Plan(**(known | facts))


def a_test(by: Actor, **facts: Any) -> TestOfChange:
    """A test that a post has planned."""
    return actions.plan(a_plan(**facts), by=by)


def a_running_test(by: Actor, *, since: int = 0, **facts: Any) -> TestOfChange:
    """A test that has begun, so many days ago."""
    made = a_test(by, **facts)
    actions.begin(made.pk, today() - timedelta(days=since), by=by)
    return made


def measure_of(test: TestOfChange, kind: MeasureKind = OUTCOME) -> Measure:
    """A test's measure of a kind."""
    return test.measures.get(kind=kind.value)


def counted(
    test: TestOfChange, *numbers: tuple[float, int | None], by: Actor, ago: int = 0
) -> None:
    """What was counted of the outcome, a day each, the last so many days ago."""
    measure = measure_of(test).pk
    for place, (number, of) in enumerate(reversed(numbers)):
        day: date = today() - timedelta(days=ago + place)
        count = Count(measure=measure, day=day, number=number, of=of)
        observations.observe(test.pk, count, by=by)


def somebody(role: Role, path: str) -> Actor:
    """Whoever acts in a role at a unit; of posts that the registers know nothing of too."""
    if role in {Role.ANALYST, Role.DATA_PROTECTION, Role.SYSTEM}:
        return Actor(user_id=10**6, role=role, path=path, post_id=10**6)
    return holder_of(role, path)
