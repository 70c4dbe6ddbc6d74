import pytest

from kaeden.conditions.models import TimeReport, TimeRobber
from kaeden.conditions.queries.ledger import ledger_of
from kaeden.conditions.rules.time_robbers import State
from kaeden.demo.time_robbers import robbers
from kaeden.organisation.queries import get_municipality

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]


@pytest.fixture
def ledger(told):
    return ledger_of(get_municipality("999"))


def test_everything_in_the_file_is_told(ledger):
    apart = sum(len(one.merged) for one in robbers())
    joined = sum(len(one.joined) for one in robbers())

    assert TimeRobber.objects.count() == len(robbers()) + apart
    assert TimeReport.objects.count() == len(robbers()) + apart + joined


def test_every_way_that_it_can_go_is_there(ledger):
    states = {one.state for one in (*ledger.open, *ledger.decided)}

    assert states == {State.OPEN, State.REMOVED, State.SIMPLIFIED, State.KEPT}
    assert sum(one.is_late for one in ledger.open) == 1
    assert TimeRobber.objects.filter(merged_into__isnull=False).count() == 1


def test_minutes_are_given_back_and_not_everybody_has_answered(ledger):
    given = ledger.returned

    assert 0 < given.answered < given.asked
    assert 0 < given.low < given.high
    assert len(given.months) > 1
