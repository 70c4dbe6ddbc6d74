"""What of the dialogue is broken, whose it is, and since when."""

from datetime import timedelta

import pytest

from kaeden.access.rules import Role
from kaeden.dialogue.actions import commitments, questions
from kaeden.dialogue.actions.concerns import answer as answer_concern
from kaeden.dialogue.actions.concerns import carry
from kaeden.dialogue.actions.expectations import confirm, discuss
from kaeden.dialogue.breaks import breaks
from kaeden.dialogue.models import (
    Commitment,
    Concern,
    Confirmation,
    Expectation,
    Passage,
    Question,
)
from kaeden.dialogue.rules.expectations import Way
from kaeden.goals.models import Goal, Ownership
from kaeden.organisation.models import Holding, Link, Post
from kaeden.organisation.snapshot import all_chains
from kaeden.shared.breaks import BreakKind
from kaeden.shared.clock import today
from tests.builders.dialogue import (
    WORDS,
    a_commitment,
    a_concern,
    a_question,
    agreed,
    an_adopted_goal,
    an_expectation,
    days_ago,
    holder_of,
    replaced,
    taken,
    up_from,
)
from tests.builders.places import LOADED, NORDSKOLEN, SCHOOLS, TOWN, a_country

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

    with django_assert_num_queries(7):
        list(breaks(chains, today()))


def test_only_the_chains_that_are_asked_about_are_reported(chief, leader):
    assert list(breaks({}, today())) == []


# Questions ----------------------------------------------------------------------------


def unanswered(as_of=None):
    kind = BreakKind.QUESTION_UNANSWERED
    return [one for one in found(as_of) if one.kind is kind]


def test_a_question_past_its_day_is_broken_and_the_owners():
    an_adopted_goal()
    made = a_question()
    Question.objects.update(asked_on=days_ago(40), answer_by=days_ago(3))
    Goal.objects.update(valid_from=days_ago(50))
    Ownership.objects.update(valid_from=days_ago(50))

    (one,) = unanswered()

    assert (one.owner, one.unit) == ("chief-schools", "schools")
    assert (one.about, one.path) == (
        *(f"question:{made.pk}", f"/spoergsmaal/{made.pk}/"),
    )
    assert one.since == days_ago(2)
    assert "was to be answered by" in one.sentence
    assert made.words not in str(one)
    assert unanswered(days_ago(3)) == []
    assert len(unanswered(days_ago(2))) == 1


@pytest.mark.parametrize("field", ["answer", "withdrawn"])
def test_a_question_that_is_closed_is_whole_from_that_day(chief, field):
    an_adopted_goal()
    made = a_question()
    if field == "answer":
        questions.answer(made.pk, "Sådan.", by=chief)
    else:
        questions.withdraw(made.pk, by=holder_of(Role.COMMITTEE, TOWN))
    Question.objects.update(asked_on=days_ago(40), answer_by=days_ago(3))
    Goal.objects.update(valid_from=days_ago(50))
    Ownership.objects.update(valid_from=days_ago(50))

    assert unanswered() == []
    assert len(unanswered(days_ago(1))) == 1


def test_a_question_on_a_goal_that_has_ended_or_has_no_owner_waits_for_nobody():
    an_adopted_goal()
    a_question()
    Question.objects.update(asked_on=days_ago(40), answer_by=days_ago(3))
    Ownership.objects.all().end(today())

    assert unanswered() == []
    Goal.objects.all().end(today())
    assert unanswered() == []


# Commitments --------------------------------------------------------------------------


def overdue(as_of=None):
    kind = BreakKind.COMMITMENT_OVERDUE
    return [one for one in found(as_of) if one.kind is kind]


def test_a_commitment_past_its_day_is_broken_and_the_promisers(chief, leader):
    made = taken(chief, leader, to=leader)
    Commitment.objects.update(accepted_on=days_ago(40), due=days_ago(3))

    (one,) = overdue()

    assert (one.owner, one.unit) == ("chief-schools", "999001")
    assert (one.about, one.path) == (
        *(f"commitment:{made.pk}", f"/aftaler/{made.pk}/"),
    )
    assert one.since == days_ago(2)
    assert made.words not in str(one)
    assert overdue(days_ago(3)) == []
    assert overdue(days_ago(41)) == []
    assert list(breaks({}, today())) == []


def test_what_is_settled_or_only_proposed_is_whole(chief, leader):
    a_commitment(chief, leader)
    settled = taken(chief, leader, to=leader)
    commitments.keep(settled.pk, by=leader)
    Commitment.objects.update(due=days_ago(3))
    Commitment.objects.filter(pk=settled.pk).update(accepted_on=days_ago(40))

    assert overdue() == []
    assert [one.about for one in overdue(days_ago(1))] == [f"commitment:{settled.pk}"]


# Concerns -----------------------------------------------------------------------------


def concerns_found(as_of=None):
    kind = BreakKind.CONCERN_UNANSWERED
    return [one for one in found(as_of) if one.kind is kind]


def a_late_concern(leader):
    made = a_concern(leader)
    Concern.objects.update(written_on=days_ago(30), answer_by=days_ago(3))
    Passage.objects.update(sent_on=days_ago(30))
    return made


def test_a_concern_past_its_day_is_broken_and_whose_it_is(chief, leader):
    made = a_late_concern(leader)

    (one,) = concerns_found()

    assert (one.owner, one.unit) == ("chief-schools", "999001")
    assert (one.about, one.path) == (f"concern:{made.pk}", f"/op-og-ned/{made.pk}/")
    assert one.since == days_ago(2)
    assert "was to be answered by" in one.sentence
    assert made.words not in str(one)
    assert concerns_found(days_ago(3)) == []


def test_it_is_whose_it_was_on_the_day(chief, leader):
    made = a_late_concern(leader)
    director = holder_of(Role.DIRECTOR, TOWN)
    carry(made.pk, "Op.", by=chief)

    assert [one.owner for one in concerns_found()] == ["director"]
    assert [one.owner for one in concerns_found(days_ago(1))] == ["chief-schools"]
    answer_concern(made.pk, "Ned.", by=director)
    assert concerns_found() == []


def test_a_late_concern_at_a_post_that_is_no_more_is_nobodys(chief, leader):
    a_late_concern(leader)
    Post.objects.filter(pk=chief.post_id).update(valid_to=today())
    Link.objects.all().end(today())

    assert [(one.owner, one.owner_name) for one in concerns_found()] == [("", "")]


def test_a_concern_in_another_chain_is_not_told(leader, chief):
    a_late_concern(leader)

    assert list(breaks({}, today())) == []
