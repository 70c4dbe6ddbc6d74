"""What is not answered is a break, with whoever was to answer."""

from datetime import timedelta

import pytest

from kaeden.chaincheck.queries import check
from kaeden.conditions import unanswered
from kaeden.conditions.actions import support as actions
from kaeden.shared.breaks import BreakKind
from kaeden.shared.clock import today
from tests.builders.places import FJORDBY, a_country
from tests.builders.support import a_need, an_offer, analyst, leader

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


def found(day=None):
    report = check(day or today(), FJORDBY)
    return [one for one in report.breaks if one.kind is BreakKind.NEED_UNANSWERED]


def test_a_need_that_is_not_answered_in_time_is_a_break_of_the_support():
    made = a_need(an_offer(), ago=40)

    (one,) = found()

    assert (one.owner, one.owner_name, one.unit) == ("analyst", "Analyst", "999001")
    assert one.since == made.answer_by + timedelta(days=1)
    assert one.path == f"/stoette/behov/{made.pk}/"
    assert "Institution leader, Nordskolen" in str(one.sentence)
    assert made.words not in str(one.sentence)


def test_what_was_asked_of_anybody_is_with_the_post_above():
    a_need(ago=40)

    (one,) = found()

    assert one.owner == "chief-schools"


def test_it_is_mended_by_an_answer_and_was_broken_the_days_before():
    made = a_need(an_offer(), ago=40)
    actions.answer(made.pk, "Nu", met_by=today(), by=analyst())

    assert found() == []
    assert len(found(today() - timedelta(days=1))) == 1
    assert found(made.answer_by) == []


def test_another_municipalitys_needs_are_no_break_here():
    a_need(an_offer(), ago=40)

    assert list(unanswered.breaks({}, today())) == []


def test_what_is_taken_back_waits_for_nothing():
    actions.withdraw(a_need(an_offer(), ago=40).pk, by=leader())

    assert found() == []
