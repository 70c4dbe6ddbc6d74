from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kaeden.access.rules import NOBODY, Role
from kaeden.audit.models import Event
from kaeden.dialogue.actions import commitments
from kaeden.dialogue.actions.commitments import (
    accept,
    decline,
    give_up,
    keep,
    renegotiate,
)
from kaeden.dialogue.errors import NoSuchCommitment, NoSuchLink, OthersWereQuicker
from kaeden.dialogue.models import Commitment
from kaeden.dialogue.rules.commitments import About
from kaeden.organisation.models import Link, Post
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, NotFound, Refused
from tests.builders.dialogue import (
    a_commitment,
    an_adopted_goal,
    holder_of,
    taken,
    up_from,
)
from tests.builders.places import (
    NORDSKOLEN,
    SCHOOLS,
    SYDSKOLEN,
    TOWN,
    a_country,
)

pytestmark = pytest.mark.django_db
SOON = today() + timedelta(days=30)


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


@pytest.fixture
def chief():
    return holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)


@pytest.fixture
def leader():
    return holder_of(Role.LEADER, NORDSKOLEN)


def steps():
    return list(Commitment.objects.order_by("pk").values_list("step", flat=True))


def test_a_chief_promises_a_leader_as_a_leader_promises_a_chief(chief, leader):
    down, up = a_commitment(chief, leader), a_commitment(leader, leader)

    assert (down.promiser_id, down.receiver_id) == (chief.post_id, leader.post_id)
    assert (up.promiser_id, up.receiver_id) == (leader.post_id, chief.post_id)
    assert down.proposer_id == chief.post_id
    assert str(down) == (f"{chief.post_id} → {leader.post_id} (proposed, {down.due})")


def test_one_may_ask_the_other_for_a_promise(chief, leader):
    made = a_commitment(leader, leader, asks=True)

    assert (made.promiser_id, made.receiver_id) == (chief.post_id, leader.post_id)
    assert made.proposer_id == leader.post_id
    accept(made.pk, by=chief)
    assert steps() == ["accepted"]


def test_a_commitment_holds_when_the_other_accepts_it(chief, leader):
    made = a_commitment(chief, leader)

    with pytest.raises(Refused, match="The other post accepts"):
        accept(made.pk, by=chief)
    accept(made.pk, by=leader)

    made.refresh_from_db()
    assert (made.step, made.accepted_on, made.settled_on) == ("accepted", today(), None)


@pytest.mark.parametrize("who", ["chief", "leader"])
def test_either_post_notes_that_it_is_kept(chief, leader, who):
    made = taken(chief, leader, to=leader)
    by = {"chief": chief, "leader": leader}[who]

    keep(made.pk, by=by)

    made.refresh_from_db()
    assert (made.step, made.settled_on, made.settled_by_id) == (
        *("kept", today(), by.post_id),
    )


def test_what_is_not_kept_has_a_reason(chief, leader):
    made = taken(chief, leader, to=leader)

    with pytest.raises(BadInput):
        give_up(made.pk, "  ", by=chief)
    give_up(made.pk, " Støtten blev syg. ", by=chief)

    made.refresh_from_db()
    assert (made.step, made.reason) == ("broken", "Støtten blev syg.")


def test_a_proposal_is_declined_or_taken_back_by_either(chief, leader):
    for by in (chief, leader):
        decline(a_commitment(chief, leader).pk, by=by)

    assert steps() == ["declined", "declined"]


def test_another_commitment_takes_the_place_when_both_agree_and_not_before(
    chief, leader
):
    old = taken(chief, leader, to=leader)

    new = renegotiate(old.pk, "Onsdag i stedet.", due=SOON, by=leader)
    assert steps() == ["accepted", "proposed"]
    accept(new.pk, by=chief)

    assert steps() == ["renegotiated", "accepted"]
    new.refresh_from_db()
    assert (new.promiser_id, new.follows, new.proposer_id) == (
        *(chief.post_id, old, leader.post_id),
    )


def test_a_declined_proposal_leaves_the_old_one_standing(chief, leader):
    old = taken(chief, leader, to=leader)

    decline(renegotiate(old.pk, "Onsdag.", due=SOON, by=leader).pk, by=chief)

    assert steps() == ["accepted", "declined"]
    assert renegotiate(old.pk, "Torsdag.", due=SOON, by=chief)


def test_one_other_is_proposed_at_a_time(chief, leader):
    old = taken(chief, leader, to=leader)
    renegotiate(old.pk, "Onsdag.", due=SOON, by=leader)

    with pytest.raises(Refused, match="proposed already"):
        renegotiate(old.pk, "Torsdag.", due=SOON, by=chief)


def test_what_was_proposed_in_the_place_of_something_kept_has_no_place(chief, leader):
    old = taken(chief, leader, to=leader)
    new = renegotiate(old.pk, "Onsdag.", due=SOON, by=leader)

    keep(old.pk, by=leader)

    assert steps() == ["kept", "declined"]
    with pytest.raises(Refused):
        accept(new.pk, by=chief)


@pytest.mark.parametrize("verb", [keep, decline, accept])
def test_what_is_settled_stays_so(chief, leader, verb):
    made = taken(chief, leader, to=leader)
    give_up(made.pk, "Nej", by=chief)

    with pytest.raises(Refused, match="not been kept"):
        verb(made.pk, by=leader)
    with pytest.raises(Refused):
        renegotiate(made.pk, "Andet", due=SOON, by=chief)


def test_two_who_press_in_the_same_moment_are_told_apart(chief, leader, monkeypatch):
    made = taken(chief, leader, to=leader)
    stale = commitments.get_commitment(chief, made.pk)
    keep(made.pk, by=leader)
    monkeypatch.setattr(commitments, "get_commitment", lambda _by, _pk: stale)

    with pytest.raises(OthersWereQuicker):
        give_up(made.pk, "Nej", by=chief)
    assert steps() == ["kept"]


def test_for_everybody_else_there_is_no_such_thing(chief, leader):
    made = taken(chief, leader, to=leader)
    others = [
        *(NOBODY, holder_of(Role.DIRECTOR, TOWN), holder_of(Role.LEADER, SYDSKOLEN))
    ]

    for other in others:
        with pytest.raises(NoSuchCommitment):
            keep(made.pk, by=other)
        with pytest.raises(NoSuchCommitment):
            renegotiate(made.pk, "Mit", due=SOON, by=other)
        with pytest.raises(NoSuchLink):
            a_commitment(other, leader)


def test_a_commitment_outlives_the_link_but_a_new_one_needs_it(chief, leader):
    made, link = taken(chief, leader, to=leader), up_from(leader).id
    Link.objects.filter(pk=link).end(today())

    keep(made.pk, by=leader)

    assert steps() == ["kept"]
    with pytest.raises(NoSuchLink):
        commitments.promise(link, "Mere", due=SOON, by=chief)


@pytest.mark.parametrize("days", [-1, 731])
def test_a_day_that_cannot_be_promised_is_refused(chief, leader, days):
    with pytest.raises(BadInput, match="Choose a day"):
        a_commitment(chief, leader, due=today() + timedelta(days=days))


def test_every_verb_leaves_its_trace(chief, leader):
    old = taken(chief, leader, to=leader)
    new = renegotiate(old.pk, "Onsdag.", due=SOON, by=leader)
    accept(new.pk, by=chief)
    keep(new.pk, by=leader)
    give_up(taken(chief, leader, to=leader).pk, "Nej", by=chief)
    decline(a_commitment(chief, leader).pk, by=leader)

    kinds = Event.objects.filter(kind__startswith="commitment").order_by("pk")
    assert [one.kind.removeprefix("commitment_") for one in kinds] == [
        *("proposed", "accepted", "proposed", "accepted", "kept"),
        *("proposed", "accepted", "broken", "proposed", "declined"),
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"words": ""},
        {"step": "kept"},
        {"step": "accepted", "accepted_on": None},
        {"reason": "Fordi"},
        {"settled_on": today()},
    ],
)
def test_the_database_itself_refuses_half_a_step(chief, leader, change):
    taken(chief, leader, to=leader)

    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.update(**change)


def test_the_database_itself_knows_the_two_posts(chief, leader):
    made = taken(chief, leader, to=leader)
    director = holder_of(Role.DIRECTOR, TOWN)

    for change in (
        {"receiver_id": made.promiser_id},
        {"proposer_id": director.post_id},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Commitment.objects.update(**change)


def test_a_commitment_hangs_on_what_it_came_from_also_when_it_is_renegotiated(
    chief, leader
):
    goal = an_adopted_goal()
    about = About(goal_id=goal.pk)
    link = up_from(leader).id

    made = commitments.promise(link, "Ja", due=SOON, by=chief, about=about)
    accept(made.pk, by=leader)
    other = renegotiate(made.pk, "Senere", due=SOON, by=leader)

    assert made.about == other.about == about


def test_a_commitment_cannot_hang_on_what_one_does_not_see(chief, leader):
    with pytest.raises(NotFound):
        commitments.promise(
            up_from(leader).id, "Ja", due=SOON, by=chief, about=About(goal_id=1)
        )
    assert not Commitment.objects.exists()


def test_a_result_is_a_unit_and_an_indicator_together(chief, leader):
    made = a_commitment(chief, leader)
    for half in ({"indicator": "school-absence"}, {"unit": leader_unit(leader)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Commitment.objects.filter(pk=made.pk).update(**half)


def leader_unit(actor):
    return Post.objects.get(pk=actor.post_id).unit
