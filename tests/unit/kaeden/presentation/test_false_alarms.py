"""How often rules cry wolf, as a leader reads it."""

import pytest

from kaeden.dialogue.queries.assessments import Queue
from kaeden.engine.false_alarms import Rate, RuleName, false_alarms
from kaeden.presentation.desks import results
from kaeden.presentation.false_alarms import lines, per_hundred, said
from kaeden.presentation.why import why_shown
from tests.builders.figures import a_current_release, a_figure, an_indicator

pytestmark = pytest.mark.usefixtures("english")


def test_every_rule_that_was_measured_is_told_and_ours_is_first():
    told = lines()

    assert told[0].rule == "Kæden's signals"
    assert len({one.rule for one in told}) == len(RuleName)


def test_a_count_of_hundred_is_never_called_none():
    assert per_hundred(Rate(count=78, of=100)) == "78"
    assert per_hundred(Rate(count=1, of=1000)) == "fewer than 1"


def test_the_sentence_has_the_figures_that_were_kept():
    kept = false_alarms()

    for rule in (RuleName.OURS, RuleName.LIGHT, RuleName.ARROW):
        assert f"{per_hundred(kept.of(rule).false_alarms)} " in said()


def test_why_and_the_queue_tell_of_it():
    release = a_current_release()
    queue = results.build(Queue(figures=(), waiting=0, assessed=0), release)

    assert said() in why_shown(an_indicator(), a_figure(), release)
    assert queue.rules == lines()
