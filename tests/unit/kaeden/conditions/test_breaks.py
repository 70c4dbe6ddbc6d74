from datetime import timedelta

import pytest

from kaeden.conditions.actions.time_robbers import merge
from kaeden.conditions.breaks import breaks
from kaeden.conditions.rules.time_robbers import Decision
from kaeden.organisation.models import Holding, Post
from kaeden.organisation.snapshot import all_chains
from kaeden.shared.breaks import BreakKind
from kaeden.shared.clock import today
from tests.builders.conditions import TITLE, a_time_robber, chief, decided, director
from tests.builders.places import FJORDBY, a_country

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


def found(days):
    day = today() + timedelta(days=days)
    return list(breaks(all_chains(day), day))


def test_it_breaks_the_day_after_its_day_at_the_post_it_waits_for():
    made = a_time_robber()

    assert found(42) == []
    (late,) = found(43)
    assert (late.kind, late.municipality) == (BreakKind.TIME_ROBBER_UNDECIDED, FJORDBY)
    assert (late.owner, late.unit) == ("chief-schools", "schools")
    assert late.since == made.decide_by + timedelta(days=1)
    assert TITLE in str(late.sentence)
    assert late.path == f"/tidsroevere/{made.pk}/"


def test_what_is_decided_or_part_of_another_breaks_nothing_more():
    made, other = a_time_robber(), a_time_robber("Fravær igen")
    merge(other.pk, made.pk, by=chief())
    assert [one.about for one in found(60)] == [f"time-robber:{made.pk}"]

    decided(made, Decision.KEEP)
    assert found(60) == []


def test_while_the_post_is_vacant_it_is_the_next_above_that_has_the_break():
    made = a_time_robber()
    director()
    Holding.objects.filter(post_id=made.decider_id).end(today())

    assert [one.owner for one in found(60)] == ["director"]


def test_for_a_post_that_is_no_more_it_is_the_uppermost_and_where_nobody_leads_none():
    made = a_time_robber()
    boss = director()
    Holding.objects.filter(post_id=made.decider_id).end(today())
    Post.objects.filter(pk=made.decider_id).update(valid_to=today())

    assert [one.owner for one in found(60)] == ["director"]
    Holding.objects.filter(post_id=boss.post_id).end(today())
    Holding.objects.all().end(today())
    assert found(60) == []


def test_all_municipalities_cost_one_question(django_assert_num_queries):
    a_time_robber()
    day = today() + timedelta(days=60)
    chains = all_chains(day)

    with django_assert_num_queries(1):
        assert list(breaks(chains, day))
