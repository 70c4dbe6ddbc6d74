"""What of the dialogue is broken, whose it is, and since when."""

from datetime import timedelta

import pytest

from kaeden.access.rules import Role
from kaeden.dialogue.actions.expectations import confirm, discuss
from kaeden.dialogue.breaks import breaks
from kaeden.dialogue.models import Confirmation, Expectation
from kaeden.dialogue.rules.expectations import Way
from kaeden.organisation.models import Holding
from kaeden.organisation.snapshot import all_chains
from kaeden.shared.breaks import BreakKind
from kaeden.shared.clock import today
from tests.builders.dialogue import (
    WORDS,
    agreed,
    an_expectation,
    days_ago,
    holder_of,
    replaced,
    up_from,
)
from tests.builders.places import LOADED, NORDSKOLEN, SCHOOLS, a_country

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


@pytest.fixture
def chief():
    return holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)


@pytest.fixture
def leader():
    return holder_of(Role.LEADER, NORDSKOLEN)


def found(as_of=None):
    day = as_of or today()
    return list(breaks(all_chains(day), day))


def test_a_link_with_a_vacant_end_is_not_asked_for_expectations():
    holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)

    assert found() == []


def test_where_nothing_is_written_each_end_owns_what_it_expects(chief, leader):
    down, up = found()

    assert {down.kind, up.kind} == {BreakKind.EXPECTATION_UNCONFIRMED}
    assert (down.owner, up.owner) == ("chief-schools", "leader-999001")
    assert (down.about, down.unit) == ("link:leader-999001", "999001")
    assert down.owner_name == "Chief of schools"
    assert down.act == up.act == "Write what you expect"
    assert down.sentence.endswith("what is expected of Institution leader, Nordskolen.")
    assert "may expect of Chief of schools" in up.sentence
    assert down.since == up.since == LOADED
    assert down.path == f"/forventninger/{up_from(leader).id}/"


def test_what_both_have_confirmed_is_whole(chief, leader):
    for way in Way:
        agreed(chief, leader, way)

    assert found() == []


def test_the_end_that_is_missing_owns_the_break_and_knows_its_act(chief, leader):
    agreed(chief, leader, Way.UP)
    made = an_expectation(chief, leader)
    seen = [(one.owner, one.act) for one in found()]
    discuss(made.pk, by=leader)
    seen += [(one.owner, one.act) for one in found()]
    confirm(made.pk, by=leader)
    seen += [(one.owner, one.act) for one in found()]

    assert seen == [
        ("leader-999001", "Talk about the proposed words"),
        ("chief-schools", "Confirm the words"),
        ("leader-999001", "Confirm the words"),
        ("chief-schools", "Confirm the words"),
    ]


def test_one_who_owes_both_ways_has_one_break(chief, leader):
    for way in Way:
        made = an_expectation(chief, leader, way)
        discuss(made.pk, by=leader)
        confirm(made.pk, by=leader)

    (only,) = found()

    assert only.owner == "chief-schools"
    assert "what they expect of each other" in only.sentence


def test_a_new_holder_breaks_it_for_both_from_that_day(chief, leader):
    for way in Way:
        agreed(chief, leader, way)
    Holding.objects.update(valid_from=days_ago(60))
    Confirmation.objects.update(on=days_ago(30))
    Expectation.objects.update(proposed_on=days_ago(40), discussed_on=days_ago(35))

    replaced(Role.LEADER, NORDSKOLEN)

    assert {one.owner for one in found()} == {"chief-schools", "leader-999001"}
    assert {one.since for one in found()} == {today()}
    assert found(days_ago(1)) == []
    assert len(found(days_ago(50))) == 2


def test_it_lapses_after_a_year_by_itself(chief, leader):
    for way in Way:
        agreed(chief, leader, way)
    later = today() + timedelta(days=366)

    assert len(found(later)) == 2
    assert {one.act for one in found(later)} == {"Confirm the words"}


def test_a_break_never_holds_the_words(chief, leader):
    an_expectation(chief, leader)

    assert WORDS not in str(found())


def test_the_price_is_the_same_for_one_link_and_for_many(
    chief, leader, django_assert_num_queries
):
    agreed(chief, leader)
    chains = all_chains(today())

    with django_assert_num_queries(4):
        list(breaks(chains, today()))


def test_only_the_chains_that_are_asked_about_are_reported(chief, leader):
    assert list(breaks({}, today())) == []
