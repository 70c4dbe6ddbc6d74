"""Agreeing on something together in a community, and following it up."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kaeden.access.rules import Role
from kaeden.audit.models import Event
from kaeden.dialogue.actions import shared
from kaeden.dialogue.errors import NoSuchCommitment, OthersWereQuicker
from kaeden.dialogue.models import Part, SharedCommitment
from kaeden.dialogue.queries.shared import (
    follow_up,
    get_shared,
    in_community,
    mine,
    unanswered,
)
from kaeden.dialogue.rules.commitments import Step
from kaeden.dialogue.rules.shared import Rate
from kaeden.organisation.communities import change_community, end_community
from kaeden.organisation.errors import NoSuchCommunity
from kaeden.organisation.models import Membership
from kaeden.shared.clock import now, standing_at, today
from kaeden.shared.errors import BadInput, Forbidden, Refused
from tests.builders.dialogue import holder_of
from tests.builders.places import (
    NORDSKOLEN,
    SOLSTRAALEN,
    SYDSKOLEN,
    TOWN,
    a_country,
    post_at,
)
from tests.builders.together import a_community, agreed_together, chief, leader_at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


@pytest.fixture
def community():
    return a_community()


@pytest.fixture
def north():
    return leader_at(NORDSKOLEN)


@pytest.fixture
def south():
    return leader_at(SYDSKOLEN)


def steps(found):
    return {part.post.split(", ")[1]: part.step for part in found.parts}


def test_what_a_member_proposes_holds_for_oneself_and_waits_for_the_others(
    community, north, south
):
    made = agreed_together(community, north)

    assert get_shared(north, made.pk).step is Step.ACCEPTED
    (seen,) = mine(south)
    assert (seen.step, seen.community) == (Step.PROPOSED, "Læsefællesskabet")
    assert steps(seen)["Nordskolen"] is Step.ACCEPTED
    assert str(made) == f"{community.pk}: {made.due}"
    assert str(Part.objects.get()) == f"{made.pk}, {north.post_id} (accepted)"


def test_what_waits_for_ones_answer_is_counted(community, north, south):
    made = agreed_together(community, north)
    agreed_together(community, north)
    assert (unanswered(north), unanswered(south)) == (0, 2)
    shared.decline(made.pk, by=south)
    assert unanswered(south) == 1


def test_each_member_follows_up_their_own_part(community, north, south):
    made = agreed_together(community, north)
    shared.accept(made.pk, by=south)
    shared.decline(made.pk, by=leader_at(SOLSTRAALEN))

    shared.keep(made.pk, by=north)
    shared.give_up(made.pk, "Vi nåede det ikke.", by=south)

    seen = get_shared(south, made.pk)
    assert set(steps(seen).values()) == {Step.KEPT, Step.BROKEN, Step.DECLINED}
    assert (seen.reason, seen.rate) == ("Vi nåede det ikke.", Rate(1, 2))
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {
        *("shared_proposed", "shared_accepted", "shared_declined"),
        *("shared_kept", "shared_broken"),
    } <= kinds


def test_only_members_propose_and_are_told(community):
    outside = chief()

    with pytest.raises(NoSuchCommunity):
        agreed_together(community, outside)
    made = agreed_together(community, leader_at(NORDSKOLEN))
    assert mine(outside) == in_community(outside, community) == []
    for verb in (shared.accept, shared.decline, shared.keep, shared.withdraw):
        with pytest.raises(NoSuchCommitment):
            verb(made.pk, by=outside)


def test_a_community_that_has_ended_agrees_on_nothing_more(community, north, south):
    made = agreed_together(community, north)
    end_community(community, by=holder_of(Role.DIRECTOR, TOWN))
    community.refresh_from_db()

    with pytest.raises(NoSuchCommunity):
        agreed_together(community, north)
    assert mine(south) == []
    shared.keep(made.pk, by=north)
    assert get_shared(north, made.pk).parts == ()


def test_who_has_left_keeps_their_own_part_and_sees_no_others(community, north, south):
    made = agreed_together(community, north)
    shared.accept(made.pk, by=south)
    members = [post_at(p, Role.LEADER).key for p in (NORDSKOLEN, SOLSTRAALEN)]
    with standing_at(now() + timedelta(days=1)):
        change_community(
            community,
            name="L",
            purpose="P",
            members=members,
            by=holder_of(Role.DIRECTOR, TOWN),
        )
        seen = get_shared(south, made.pk)
    assert (seen.step, seen.parts) == (Step.ACCEPTED, ())


def test_what_is_answered_is_not_answered_again(community, north, south):
    made = agreed_together(community, north)
    shared.accept(made.pk, by=south)

    for verb in (shared.accept, shared.decline):
        with pytest.raises(Refused):
            verb(made.pk, by=south)
    shared.keep(made.pk, by=south)
    with pytest.raises(Refused):
        shared.keep(made.pk, by=south)


def test_who_proposed_it_takes_it_back_and_those_who_said_yes_still_have_it(
    community, north, south
):
    made = agreed_together(community, north)

    with pytest.raises(Forbidden):
        shared.withdraw(made.pk, by=south)
    shared.withdraw(made.pk, by=north)

    with pytest.raises(Refused):
        shared.withdraw(made.pk, by=north)
    with pytest.raises(Refused, match="taken back"):
        shared.accept(made.pk, by=south)
    shared.keep(made.pk, by=north)


def test_words_and_days_that_cannot_be_kept_are_refused(community, north):
    for words, days in (("", 1), ("Ja", -1), ("Ja", 3000)):
        with pytest.raises(BadInput):
            shared.propose(
                community, words, due=today() + timedelta(days=days), by=north
            )
    made = agreed_together(community, north)
    with pytest.raises(BadInput):
        shared.give_up(made.pk, " ", by=north)
    assert SharedCommitment.objects.count() == 1


def test_who_was_quicker_wins_and_the_other_is_told(
    community, north, south, monkeypatch
):
    made = agreed_together(community, north)
    read = get_shared(south, made.pk)
    monkeypatch.setattr(shared, "get_shared", lambda *_: read)
    shared.accept(made.pk, by=south)
    with pytest.raises(OthersWereQuicker):
        shared.decline(made.pk, by=south)
    held = get_shared(south, made.pk)
    monkeypatch.setattr(shared, "get_shared", lambda *_: held)
    shared.keep(made.pk, by=south)
    with pytest.raises(OthersWereQuicker):
        shared.give_up(made.pk, "Nej", by=south)


def test_a_rate_is_told_of_three_members_and_more(community, north):
    made = agreed_together(community, north)
    shared.keep(made.pk, by=north)

    assert follow_up(community, 3) == Rate(1, 1)
    assert follow_up(community, 2) is None


def test_reading_costs_the_same_for_one_and_for_many(
    community, north, south, django_assert_num_queries
):
    for _ in range(4):
        shared.accept(agreed_together(community, north).pk, by=south)
    with django_assert_num_queries(3):
        mine(south)


def test_the_database_holds_a_part_together(community, north):
    made = agreed_together(community, north)
    for broken in (
        {"step": "broken"},
        {"reason": "Nej"},
        {"step": "kept"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Part.objects.filter(shared=made).update(**broken)
    assert Membership.objects.filter(community=community).count() == 3
