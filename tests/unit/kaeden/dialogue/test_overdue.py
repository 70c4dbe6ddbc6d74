"""Conversations that have not been held in time, as breaks."""

from datetime import date, timedelta

import pytest

from kaeden.access.rules import Role
from kaeden.dialogue.overdue import breaks, months_after
from kaeden.organisation.models import Holding
from kaeden.organisation.snapshot import all_chains
from kaeden.shared.breaks import BreakKind
from kaeden.shared.clock import today
from tests.builders.dialogue import holder_of
from tests.builders.places import (
    DAYCARE,
    LOADED,
    NORDSKOLEN,
    SCHOOLS,
    SOLSTRAALEN,
    a_country,
)
from tests.builders.talks import at, confirmed

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


def found(on):
    return list(breaks(all_chains(on), on))


@pytest.fixture
def school():
    return (
        holder_of(Role.CHIEF_SCHOOLS, SCHOOLS),
        holder_of(Role.LEADER, NORDSKOLEN),
    )


def test_a_year_after_they_were_linked_the_first_is_overdue(school):
    assert found(LOADED + YEAR) == []

    (one,) = found(LOADED + YEAR + timedelta(days=1))

    assert (one.kind, one.owner) == (BreakKind.CONVERSATION_OVERDUE, "chief-schools")
    assert one.since == date(2027, 4, 11)
    assert "was to be held by" in one.sentence


def test_a_year_after_the_last_the_next_is_overdue(school):
    confirmed(*school)

    assert found(today() + YEAR) == []
    (one,) = found(today() + YEAR + timedelta(days=2))

    assert "The last conversation about Nordskolen" in one.sentence


def test_what_the_law_does_not_ask_for_breaks_only_for_those_who_have_begun():
    pair = (
        holder_of(Role.CHIEF_DAYCARE, DAYCARE),
        holder_of(Role.LEADER, SOLSTRAALEN),
    )
    late = today() + 3 * YEAR
    assert found(late) == []

    with at(today() - timedelta(days=50)):
        confirmed(*pair)

    assert [one.unit for one in found(late)] == ["G99901"]


def test_with_a_vacant_post_the_vacancy_is_the_break(school):
    chief, _leader = school
    Holding.objects.filter(post_id=chief.post_id).end(today())

    assert found(LOADED + 2 * YEAR) == []


def test_it_costs_the_same_however_many_there_are(school, django_assert_num_queries):
    chains = all_chains(today())

    with django_assert_num_queries(2):
        list(breaks(chains, today()))


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 24), 24, date(2028, 11, 24)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 1, 1), 12, date(2027, 1, 1)),
    ],
)
def test_months(day, months, then):
    assert months_after(day, months) == then
