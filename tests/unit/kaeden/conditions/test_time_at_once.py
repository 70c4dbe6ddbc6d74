"""Two press at once on a time robber: nobody's words are lost, the second is told."""

import pytest

from kaeden.conditions.actions import time_robbers
from kaeden.conditions.actions.form_minutes import count_use
from kaeden.conditions.models import FormUse, TimeReport, TimeRobber
from kaeden.conditions.rules.time_robbers import Decision
from kaeden.organisation.models import Holding
from kaeden.shared.clock import today
from tests.builders.at_once import at_once
from tests.builders.conditions import (
    a_time_robber,
    chief,
    director,
    leader,
    more_leaders,
)
from tests.builders.places import SYDSKOLEN, a_country

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _places(own_database):
    a_country()


def test_of_two_who_decide_one_is_told_and_one_decision_stands():
    made, by = a_time_robber(), chief()

    refused = at_once(
        lambda: time_robbers.decide(made.pk, Decision.REMOVE, "Væk.", by=by),
        lambda: time_robbers.decide(made.pk, Decision.KEEP, "Bliver.", by=by),
    )

    found = TimeRobber.objects.get()
    assert refused == 1
    assert (found.decision, found.reason) in {("remove", "Væk."), ("keep", "Bliver.")}


def test_two_that_are_merged_into_each_other_at_once_are_merged_one_way():
    first, second, by = a_time_robber(), a_time_robber("Fravær igen"), chief()

    refused = at_once(
        lambda: time_robbers.merge(first.pk, second.pk, by=by),
        lambda: time_robbers.merge(second.pk, first.pk, by=by),
    )

    assert refused == 1
    assert TimeRobber.objects.filter(merged_into__isnull=False).count() == 1


def test_it_is_merged_or_decided_and_never_both():
    first, second, by = a_time_robber(), a_time_robber("Fravær igen"), chief()

    refused = at_once(
        lambda: time_robbers.merge(first.pk, second.pk, by=by),
        lambda: time_robbers.decide(first.pk, Decision.KEEP, "Bliver.", by=by),
    )

    found = TimeRobber.objects.get(pk=first.pk)
    assert refused == 1
    assert bool(found.merged_into_id) is not bool(found.decision)


def test_ten_who_join_at_once_are_all_counted():
    made, others = a_time_robber(), more_leaders(10)

    refused = at_once(
        *(
            lambda by=by: time_robbers.join(made.pk, "Også her", minutes=15, by=by)
            for by in others
        )
    )

    assert (refused, TimeReport.objects.count()) == (0, 11)


def test_who_joins_twice_at_once_has_joined_once():
    made, by = a_time_robber(), leader(SYDSKOLEN)

    def join():
        time_robbers.join(made.pk, "Også her", minutes=15, by=by)

    assert at_once(join, join, join) == 2
    assert TimeReport.objects.filter(post_id=by.post_id).count() == 1


def test_who_joins_while_it_is_decided_is_counted_or_told():
    made, by, other = a_time_robber(), chief(), leader(SYDSKOLEN)

    refused = at_once(
        lambda: time_robbers.decide(made.pk, Decision.REMOVE, "Væk.", by=by),
        lambda: time_robbers.join(made.pk, "Også her", minutes=15, by=other),
    )

    assert TimeReport.objects.count() == 2 - refused
    assert TimeRobber.objects.get().decision == "remove"


def test_two_uses_of_a_form_at_once_are_both_counted():
    at_once(*[lambda: count_use("assess", 100)] * 6)

    assert FormUse.objects.get().count == 6


def test_while_a_post_is_vacated_only_one_decides():
    made, boss = a_time_robber(), director()
    Holding.objects.filter(post_id=made.decider_id).end(today())

    refused = at_once(
        *[lambda: time_robbers.decide(made.pk, Decision.KEEP, "Nej", by=boss)] * 2
    )

    assert (refused, TimeRobber.objects.get().decision) == (1, "keep")
