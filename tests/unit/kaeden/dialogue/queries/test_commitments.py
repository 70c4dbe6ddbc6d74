from datetime import timedelta

import pytest

from kaeden.access.rules import NOBODY, Role
from kaeden.dialogue.actions import commitments
from kaeden.dialogue.actions.commitments import (
    accept,
    give_up,
    keep,
    renegotiate,
)
from kaeden.dialogue.errors import NoSuchCommitment
from kaeden.dialogue.models import Commitment
from kaeden.dialogue.queries.commitments import (
    LineCount,
    get_promised,
    hanging_on,
    in_line_below,
    mine,
    since_last,
)
from kaeden.dialogue.rules.commitments import NOTHING, About, Step
from kaeden.shared.clock import today
from tests.builders.dialogue import (
    a_commitment,
    an_adopted_goal,
    days_ago,
    holder_of,
    taken,
    up_from,
)
from tests.builders.places import (
    DAYCARE,
    NORDSKOLEN,
    SCHOOLS,
    SYDSKOLEN,
    TOWN,
    a_country,
)

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


def ids(found):
    return [one.id for one in found]


def test_a_post_sees_what_it_has_promised_and_been_promised_by_what_is_due(
    chief, leader
):
    later = taken(chief, leader, to=leader, due=today() + timedelta(days=60))
    sooner = taken(chief, leader, to=leader, due=today() + timedelta(days=7))
    back = taken(leader, leader, to=chief)
    asked = a_commitment(leader, leader, asks=True)

    seen, other = mine(chief), mine(leader)

    assert ids(seen.from_me) == ids(other.to_me) == [sooner.pk, later.pk]
    assert ids(seen.to_me) == ids(other.from_me) == [back.pk]
    assert ids(seen.waiting) == ids(other.proposed) == [asked.pk]
    assert seen.waiting[0].is_mine
    assert seen.from_me[0].across == "Institution leader, Nordskolen"
    assert other.to_me[0].across == "Chief of schools"


def test_what_is_settled_stands_apart_with_who_noted_it(chief, leader):
    made = taken(chief, leader, to=leader)
    give_up(made.pk, "Støtten blev syg.", by=leader)

    (one,) = mine(chief).settled

    assert (one.step, one.reason) == (Step.BROKEN, "Støtten blev syg.")
    assert (one.settled_by, one.settled_on) == (
        *("Institution leader, Nordskolen", today()),
    )
    assert mine(chief).from_me == ()


def test_one_is_told_what_one_may_do_next(chief, leader):
    made = a_commitment(chief, leader)

    assert get_promised(leader, made.pk).verdicts[Step.ACCEPTED]
    assert not get_promised(chief, made.pk).verdicts[Step.ACCEPTED]
    accept(made.pk, by=leader)
    held = get_promised(chief, made.pk)
    assert held.verdicts[Step.KEPT]
    assert held.verdicts[Step.RENEGOTIATED]
    other = renegotiate(made.pk, "Andet", due=made.due, by=chief)
    assert not get_promised(leader, made.pk).verdicts[Step.RENEGOTIATED]
    assert get_promised(leader, other.pk).follows == made.pk


def test_what_is_past_its_day_is_overdue(chief, leader):
    made = taken(chief, leader, to=leader, due=today())
    assert not get_promised(chief, made.pk).is_overdue

    Commitment.objects.update(due=days_ago(1))

    assert get_promised(chief, made.pk).is_overdue


def test_nobody_else_sees_any_of_it(chief, leader):
    made = taken(chief, leader, to=leader)
    others = [
        *(NOBODY, holder_of(Role.DIRECTOR, TOWN), holder_of(Role.LEADER, SYDSKOLEN))
    ]

    for other in others:
        assert mine(other).all == ()
        with pytest.raises(NoSuchCommitment):
            get_promised(other, made.pk)


def test_the_line_above_is_told_how_many_and_no_words(chief, leader):
    keep(taken(chief, leader, to=leader).pk, by=leader)
    give_up(taken(leader, leader, to=chief).pk, "Nej", by=leader)
    taken(chief, leader, to=leader)
    late = taken(chief, leader, to=leader)
    Commitment.objects.filter(pk=late.pk).update(due=days_ago(1))
    a_commitment(chief, leader)

    counted = in_line_below(holder_of(Role.DIRECTOR, TOWN))

    assert counted == LineCount(held=2, overdue=1, kept=1, broken=1)
    for other in (chief, leader, NOBODY, holder_of(Role.CHIEF_DAYCARE, DAYCARE)):
        assert in_line_below(other) is None


def test_the_price_does_not_grow(chief, leader, django_assert_num_queries):
    for _one in "123":
        taken(chief, leader, to=leader)
    director = holder_of(Role.DIRECTOR, TOWN)

    with django_assert_num_queries(2):
        mine(chief)
    with django_assert_num_queries(1):
        in_line_below(director)


def test_last_times_commitments_open_the_next_conversation(chief, leader):
    kept = taken(chief, leader, to=leader)
    keep(kept.pk, by=chief)
    later = taken(leader, leader, to=chief, due=today() + timedelta(days=60))
    sooner = taken(chief, leader, to=leader, due=today() + timedelta(days=7))
    a_commitment(chief, leader)
    other = holder_of(Role.LEADER, SYDSKOLEN)
    taken(chief, other, to=other)

    found = since_last(chief, [leader.post_id], after=days_ago(90))

    assert ids(found) == [sooner.pk, later.pk, kept.pk]
    assert ids(since_last(chief, [leader.post_id], after=days_ago(-1))) == [
        sooner.pk,
        later.pk,
    ]


def test_with_oneself_one_has_agreed_on_nothing(chief, leader):
    made = taken(chief, leader, to=leader)
    other = holder_of(Role.LEADER, SYDSKOLEN)
    taken(chief, other, to=other)

    found = since_last(chief, [chief.post_id, leader.post_id])

    assert ids(found) == [made.pk]


def test_what_opens_a_conversation_costs_two_queries(
    chief, leader, django_assert_num_queries
):
    for _ in range(3):
        taken(chief, leader, to=leader)
    with django_assert_num_queries(2):
        since_last(chief, [leader.post_id], after=days_ago(90))


def test_what_hangs_on_a_thing_is_told_in_words_to_the_two_and_counted_for_others(
    chief, leader, django_assert_num_queries
):
    about = About(goal_id=an_adopted_goal().pk)
    director = holder_of(Role.DIRECTOR, TOWN)
    taken(chief, leader, to=leader)
    made = commitments.promise(
        up_from(leader).id, "Ja", due=today(), by=chief, about=about
    )
    accept(made.pk, by=leader)

    assert ids(hanging_on(leader, about).mine) == [made.pk]
    with django_assert_num_queries(2):
        seen = hanging_on(director, about)
    assert (seen.mine, seen.others) == (
        (),
        LineCount(held=1, overdue=0, kept=0, broken=0),
    )
    for who, what in ((NOBODY, about), (leader, NOTHING)):
        with django_assert_num_queries(0):
            assert hanging_on(who, what).mine == ()
