"""A conversation on its way, from the planned day to what both have confirmed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kaeden.access.rules import NOBODY, Role
from kaeden.audit.models import Event
from kaeden.dialogue.actions import commitments, conversations
from kaeden.dialogue.actions.conversations import Words
from kaeden.dialogue.errors import NoSuchConversation, NoSuchLink, OthersWereQuicker
from kaeden.dialogue.law import law_of
from kaeden.dialogue.models import (
    Agreed,
    Commitment,
    Conclusion,
    Correction,
    Preparation,
)
from kaeden.dialogue.queries.conversations import get_whole
from kaeden.dialogue.rules.conversations import Kind, Part, Step
from kaeden.dialogue.rules.links import End
from kaeden.organisation.models import Holding, Link
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Refused
from tests.builders.dialogue import holder_of, replaced, up_from
from tests.builders.figures import a_release, a_result
from tests.builders.places import (
    NORDSKOLEN,
    SCHOOLS,
    SOLSTRAALEN,
    SYDSKOLEN,
    TOWN,
    a_country,
    unit_at,
)
from tests.builders.talks import (
    AGREED,
    FOCUS,
    at,
    concluded,
    confirmed,
    held,
    planned,
    promised,
    written,
)

pytestmark = pytest.mark.django_db
SOON = today() + timedelta(days=20)


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


@pytest.fixture
def chief():
    return holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)


@pytest.fixture
def leader():
    return holder_of(Role.LEADER, NORDSKOLEN)


def step_of(made, actor):
    return get_whole(actor, made.pk).talk.now.step


def test_a_chief_plans_and_the_leader_writes_first(chief, leader):
    made = planned(chief, leader, on=SOON)

    with pytest.raises(Refused, match="leader writes first"):
        written(made.pk, chief)
    written(made.pk, leader)
    written(made.pk, chief, "Hvad siger tallene?", tried="Fraværet.", needs="En time.")

    whole = get_whole(leader, made.pk)
    assert whole.newest(End.LOWER).focus == [FOCUS]
    assert whole.newest(End.UPPER).tried == "Fraværet."
    assert step_of(made, chief) is Step.PREPARED
    assert str(made) == f"{chief.post_id} – {leader.post_id}, {SOON}"


def test_the_chiefs_side_opens_a_week_before_whatever_the_leader_does(chief, leader):
    made = planned(chief, leader, on=SOON)

    with at(SOON - timedelta(days=8)), pytest.raises(Refused):
        written(made.pk, chief)
    with at(SOON - timedelta(days=7)):
        written(made.pk, chief)


def test_only_who_leads_the_leader_plans(chief, leader):
    link = up_from(leader).id
    with pytest.raises(Refused, match="whoever leads the leader"):
        conversations.plan(link, SOON, by=leader)
    with pytest.raises(NoSuchLink):
        conversations.plan(link, SOON, by=holder_of(Role.LEADER, SYDSKOLEN))
    director = holder_of(Role.DIRECTOR, TOWN)
    with pytest.raises(Refused, match="whoever leads the leader"):
        conversations.plan(up_from(chief).id, SOON, by=director)


def test_one_is_planned_at_a_time(chief, leader):
    made = planned(chief, leader)

    with pytest.raises(Refused, match="planned already"):
        planned(chief, leader)
    made.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save()


@pytest.mark.parametrize("days", [-1, 401])
def test_a_day_that_has_passed_or_lies_too_far_ahead_is_refused(chief, leader, days):
    day = today() + timedelta(days=days)
    with pytest.raises(BadInput, match="400 days ahead"):
        planned(chief, leader, on=day)
    made = planned(chief, leader)
    with pytest.raises(BadInput, match="400 days ahead"):
        conversations.move(made.pk, day, by=chief)


def test_the_chief_moves_it_and_the_chiefs_side_opens_by_the_new_day(chief, leader):
    made = planned(chief, leader)

    with pytest.raises(Refused, match="upper post"):
        conversations.move(made.pk, SOON, by=leader)
    conversations.move(made.pk, SOON, by=chief)

    made.refresh_from_db()
    assert (made.planned_for, made.opens_on) == (SOON, SOON - timedelta(days=7))


@pytest.mark.parametrize("focus", [(), ("",), ("a", "b", "c", "d"), ("x" * 161,)])
def test_one_to_three_things_are_talked_about(chief, leader, focus):
    made = planned(chief, leader)

    with pytest.raises(BadInput):
        conversations.prepare(made.pk, Words(focus=focus), after=0, by=leader)

    assert not Preparation.objects.exists()


def test_results_are_pointed_at_and_kept_with_their_release(chief, leader):
    release = a_release(a_result("999001", value=7.0), a_result("999002", value=9.0))
    made = planned(chief, leader)

    written(made.pk, leader, results=["school-absence"])

    one = Preparation.objects.get()
    assert (one.results, one.release_id) == (["school-absence"], release.pk)
    assert str(one) == f"{made.pk}: lower (1)"


@pytest.mark.parametrize("results", [["no-such"], ["school-absence"] * 5])
def test_only_results_that_are_shown_of_the_unit_can_be_pointed_at(
    chief, leader, results
):
    made = planned(chief, leader)
    with pytest.raises(BadInput, match="released"):
        written(made.pk, leader, results=results)
    a_release(a_result("999001", value=7.0))

    with pytest.raises(BadInput, match="at most 4 results"):
        written(made.pk, leader, results=results)


def test_other_words_are_another_row_and_a_second_writer_is_told(chief, leader):
    made = planned(chief, leader)
    written(made.pk, leader, "Først")

    with pytest.raises(OthersWereQuicker, match="New words"):
        written(made.pk, leader, "Samtidig")
    written(made.pk, leader, "Så", after=1)

    said = get_whole(chief, made.pk).written[End.LOWER]
    assert [one.focus for one in said] == [["Først"], ["Så"]]


def test_it_is_held_under_the_law_as_it_stands_that_day(chief, leader):
    made = planned(chief, leader)
    written(made.pk, leader)
    with pytest.raises(BadInput, match="until today"):
        conversations.hold(made.pk, by=chief, on=SOON)

    conversations.hold(made.pk, by=chief)

    made.refresh_from_db()
    assert (made.held_on, made.held_by_id) == (today(), chief.post_id)
    assert made.law["version"] == law_of(Kind.SCHOOL).version
    assert get_whole(leader, made.pk).law == law_of(Kind.SCHOOL)


def test_it_is_not_held_before_the_leaders_side_is_open(chief, leader):
    made = planned(chief, leader)

    with pytest.raises(Refused, match="leader writes first"):
        conversations.hold(made.pk, by=chief)


def test_both_confirm_what_they_agree_on(chief, leader):
    made = concluded(chief, leader)

    conversations.confirm(made.pk, number=1, by=leader)
    assert step_of(made, chief) is Step.HALF_CONFIRMED
    with pytest.raises(Refused, match="has confirmed it"):
        conversations.confirm(made.pk, number=1, by=leader)
    conversations.confirm(made.pk, number=1, by=chief)

    assert step_of(made, chief) is Step.CONFIRMED
    assert str(Agreed.objects.first()) == (
        f"{Conclusion.objects.get().pk}: lower {today()}"
    )
    assert str(Conclusion.objects.get()) == f"{made.pk} (1)"


def test_other_words_take_a_yes_back_and_no_unread_words_are_confirmed(chief, leader):
    made = concluded(chief, leader)
    conversations.confirm(made.pk, number=1, by=leader)

    conversations.conclude(made.pk, "Andet.", open_parts=(), after=1, by=chief)

    assert step_of(made, chief) is Step.HELD
    with pytest.raises(OthersWereQuicker):
        conversations.confirm(made.pk, number=1, by=leader)
    with pytest.raises(OthersWereQuicker):
        conversations.conclude(made.pk, "Mit.", open_parts=(), after=1, by=leader)


def test_it_is_confirmed_with_words_and_with_a_commitment_that_holds(chief, leader):
    made = held(chief, leader)
    with pytest.raises(Refused, match="Write what you agree on"):
        conversations.confirm(made.pk, number=0, by=chief)
    conversations.conclude(made.pk, AGREED, open_parts=(), after=0, by=chief)
    with pytest.raises(Refused, match="at least one commitment"):
        conversations.confirm(made.pk, number=1, by=chief)
    one = conversations.promise(made.pk, "Det her.", due=SOON, by=chief)
    with pytest.raises(Refused, match="waits for a yes"):
        conversations.confirm(made.pk, number=1, by=chief)
    commitments.accept(one.pk, by=leader)

    conversations.confirm(made.pk, number=1, by=chief)


def test_three_commitments_both_ways_are_enough(chief, leader):
    made = held(chief, leader)
    conversations.promise(made.pk, "Gør det.", due=SOON, by=chief, asks=True)
    conversations.promise(made.pk, "Jeg kommer.", due=SOON, by=chief)
    promised(made.pk, leader, chief)

    with pytest.raises(Refused, match="Three commitments"):
        conversations.promise(made.pk, "Mere.", due=SOON, by=chief)

    ends = Commitment.objects.values_list("promiser_id", "conversation_id")
    assert set(ends) == {(leader.post_id, made.pk), (chief.post_id, made.pk)}


def test_what_was_declined_counts_no_more(chief, leader):
    made = held(chief, leader)
    for _each in range(3):
        one = conversations.promise(made.pk, "Nej.", due=SOON, by=chief)
        commitments.decline(one.pk, by=leader)

    assert conversations.promise(made.pk, "Ja.", due=SOON, by=chief)


def test_after_both_have_confirmed_it_is_only_added_to(chief, leader):
    made = confirmed(chief, leader)

    with pytest.raises(Refused, match="only add to it"):
        conversations.conclude(made.pk, "Nyt.", open_parts=(), after=1, by=chief)
    with pytest.raises(Refused):
        conversations.promise(made.pk, "Nyt.", due=SOON, by=chief)
    conversations.add(made.pk, "Det var den 3.", by=leader)

    one = Correction.objects.get()
    assert (one.words, one.post_id) == ("Det var den 3.", leader.post_id)
    assert str(one) == f"{made.pk}, {today()}"
    assert Conclusion.objects.get().words == AGREED


def test_nothing_is_added_before(chief, leader):
    made = concluded(chief, leader)

    with pytest.raises(Refused):
        conversations.add(made.pk, "For tidligt.", by=leader)


def test_the_last_conversations_commitments_open_the_next(chief, leader):
    with at(today() - timedelta(days=100)):
        confirmed(chief, leader)

    made = planned(chief, leader)

    whole = get_whole(leader, made.pk)
    assert whole.earlier_words == AGREED
    assert [one.words for one in whole.earlier_commitments] == ["Jeg kommer."]


def test_nobody_else_can_read_or_touch_it(chief, leader):
    made = confirmed(chief, leader)
    verbs = (
        lambda by: conversations.move(made.pk, SOON, by=by),
        lambda by: written(made.pk, by),
        lambda by: conversations.hold(made.pk, by=by),
        lambda by: conversations.conclude(
            made.pk, "Mit", open_parts=(), after=1, by=by
        ),
        lambda by: conversations.promise(made.pk, "Mit", due=SOON, by=by),
        lambda by: conversations.confirm(made.pk, number=1, by=by),
        lambda by: conversations.add(made.pk, "Mit", by=by),
        lambda by: get_whole(by, made.pk),
    )
    others = (holder_of(Role.DIRECTOR, TOWN), holder_of(Role.LEADER, SYDSKOLEN), NOBODY)

    for verb in verbs:
        for by in others:
            with pytest.raises(NoSuchConversation):
                verb(by)


def test_two_who_are_linked_no_more_read_it_and_change_nothing(chief, leader):
    made = planned(chief, leader)
    Link.objects.filter(lower_id=leader.post_id).end(today())

    assert get_whole(leader, made.pk).talk.id == made.pk
    with pytest.raises(Refused, match="not linked any more"):
        written(made.pk, leader)


def test_nobody_confirms_with_a_vacant_post(chief, leader):
    made = concluded(chief, leader)
    Holding.objects.filter(post_id=chief.post_id).end(today())

    with pytest.raises(Refused, match="vacant"):
        conversations.confirm(made.pk, number=1, by=leader)


def test_a_new_leader_reads_what_was_agreed_with_the_one_before(chief, leader):
    made = confirmed(chief, leader)

    new = replaced(Role.LEADER, NORDSKOLEN)

    assert get_whole(new, made.pk).conclusion.words == AGREED


def test_day_care_has_its_own_frame(chief):
    daycare = holder_of(Role.CHIEF_DAYCARE, f"{TOWN}/daycare")
    made = planned(daycare, holder_of(Role.LEADER, SOLSTRAALEN))

    assert (made.kind, made.unit) == ("daycare", unit_at(SOLSTRAALEN))


def test_every_verb_is_in_the_trail(chief, leader):
    made = confirmed(chief, leader, Part.CONCLUSION)
    conversations.add(made.pk, "Mere.", by=chief)

    kinds = [
        kind
        for kind in Event.objects.order_by("pk").values_list("kind", flat=True)
        if kind.startswith("conversation")
    ]
    assert kinds == [
        "conversation_planned",
        "conversation_prepared",
        "conversation_held",
        "conversation_concluded",
        "conversation_confirmed",
        "conversation_confirmed",
        "conversation_corrected",
    ]
