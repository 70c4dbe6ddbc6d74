from datetime import date, timedelta

import pytest

from kaeden.access.rules import NOBODY, Role
from kaeden.conditions.actions import support as actions
from kaeden.conditions.errors import NoSuchOffer
from kaeden.conditions.queries.offers import (
    get_offer,
    kept,
    offered_in,
    offers_of,
    words_to,
)
from kaeden.conditions.rules.support import Rating
from kaeden.organisation.errors import NoSuchUnit
from kaeden.shared.clock import today
from tests.builders.dialogue import holder_of
from tests.builders.places import HAVBY, TOWN, a_country, unit_at
from tests.builders.support import WHAT, a_need, an_offer, analyst, leader, rated

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


def test_everybody_with_a_post_reads_what_is_offered_and_counts_of_needs(
    django_assert_num_queries,
):
    first, other = an_offer(), an_offer(leader(), what="Et besøg hos os")
    a_need(first)
    a_need()
    committee, town = holder_of(Role.COMMITTEE, TOWN), unit_at(TOWN)

    with django_assert_num_queries(2):
        found = offered_in(committee, town)

    assert [one.id for one in found.offers] == [first.pk, other.pk]
    assert [one.kept.waiting for one in found.offers] == [1, 0]
    assert found.for_anybody.waiting == 1


def test_who_has_no_post_in_the_municipality_reads_nothing():
    for actor in (NOBODY, holder_of(Role.DIRECTOR, f"dk/{HAVBY}")):
        with pytest.raises(NoSuchUnit):
            offered_in(actor, unit_at(TOWN))


def test_an_offer_that_has_ended_is_offered_no_more():
    actions.end_offer(an_offer().pk, by=analyst())

    assert offered_in(analyst(), unit_at(TOWN)).offers == ()
    assert offers_of(analyst()) == []


@pytest.mark.parametrize("town", [f"dk/{HAVBY}", "dk/99"])
def test_an_offer_is_there_in_its_own_municipality_only(town):
    made = an_offer()

    assert get_offer(made.pk, town=TOWN) == made
    with pytest.raises(NoSuchOffer):
        get_offer(made.pk, town=town)


def test_answers_are_measured_in_working_days_against_the_promise():
    friday, monday, tuesday = (date(2026, 11, day) for day in (20, 23, 24))
    none, one, lazy = (
        (friday, tuesday, None, "asked", None),
        (friday, tuesday, monday, "answered", None),
        (friday, monday, tuesday, "not_met", None),
    )

    assert kept([none]).median is None
    found = kept([none, one, lazy])
    assert (found.waiting, found.answered, found.in_time) == (2, 2, 1)
    assert found.median == 1


def test_a_rating_and_its_words_are_told_when_five_have_rated():
    made = an_offer()
    rated(made, 4, 4, 3, 2, words="Godt set")
    assert offers_of(analyst())[0].kept.rating is None
    assert words_to(offers_of(analyst())[0], analyst()) == []

    rated(made, 1, words="Alt for sent")

    (told,) = offers_of(analyst())
    assert (told.kept.rating, told.kept.rated) == (Rating.HELP, 5)
    assert words_to(told, analyst()) == ["Alt for sent", *["Godt set"] * 4]
    assert words_to(told, leader()) == []


def test_one_more_rating_changes_nothing_that_is_told():
    made = an_offer()
    rated(made, 4, 4, 4, 4, 4)
    before = offers_of(analyst())[0].kept
    rated(made, 1, words="Nej")

    after = offers_of(analyst())
    assert (after[0].kept.rating, after[0].kept.rated) == (before.rating, 5)
    assert words_to(after[0], analyst()) == []


def test_an_old_need_counts_as_late_when_it_is_answered():
    made = a_need(an_offer(days=1), ago=20)
    actions.answer(made.pk, "Nu", met_by=today() + timedelta(days=1), by=analyst())

    (told,) = offers_of(analyst())
    assert (told.kept.answered, told.kept.in_time, told.what) == (1, 0, WHAT)
