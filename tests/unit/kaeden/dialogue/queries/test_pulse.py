import pytest

from kaeden.access.rules import NOBODY, Actor, Role
from kaeden.dialogue.errors import NoSuchRound
from kaeden.dialogue.queries.pulse import invitation, state
from kaeden.dialogue.rules.pulse import Side, TimeLevel
from kaeden.organisation.models import Holding, Link, Post
from kaeden.shared.clock import today
from tests.builders.dialogue import a_team, an_open_pulse, answered, holder_of
from tests.builders.places import (
    LOADED,
    NORDSKOLEN,
    SCHOOLS,
    TOWN,
    a_country,
    an_account,
    post_at,
    unit_at,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


def asked(actor):
    found = invitation(actor)
    return [(one.side, one.about, one.across) for one in found.parts], found.time


def test_each_is_asked_about_the_links_that_their_post_stands_in():
    an_open_pulse()
    (member,) = a_team(NORDSKOLEN, 1)

    assert asked(holder_of(Role.COMMITTEE, TOWN)) == (
        [(Side.UPPER, "committee", "")],
        None,
    )
    assert asked(holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)) == (
        [
            (Side.LOWER, "director", "Director of children and youth"),
            (Side.UPPER, "chief-schools", ""),
        ],
        TimeLevel.TOP,
    )
    assert asked(holder_of(Role.LEADER, NORDSKOLEN)) == (
        [
            (Side.LOWER, "chief-schools", "Chief of schools"),
            (Side.UPPER, "leader-999001", ""),
        ],
        TimeLevel.LEADERS,
    )
    assert asked(member) == (
        [(Side.TEAM, "leader-999001", "Institution leader, Nordskolen")],
        None,
    )


def test_nobody_is_asked_where_no_round_is_open_or_no_post_is_held():
    leader = holder_of(Role.LEADER, NORDSKOLEN)

    assert invitation(leader) is None
    an_open_pulse()
    assert invitation(NOBODY) is None
    assert invitation(Actor(role=Role.ANALYST, path=TOWN, post_id=1)) is None
    Holding.objects.all().end(today())
    assert invitation(leader) is None


def test_a_post_that_stands_in_no_link_and_leads_nobody_is_not_asked():
    an_open_pulse()
    (member,) = a_team(NORDSKOLEN, 1)
    Link.objects.all().end(today())

    assert invitation(member) is None
    assert invitation(holder_of(Role.LEADER, NORDSKOLEN)).parts == ()


def test_an_analyst_below_the_director_is_at_no_end():
    an_open_pulse()
    director = holder_of(Role.DIRECTOR, TOWN)
    Link.objects.filter(upper_id=director.post_id).end(today())
    post = Post.objects.create(
        unit=unit_at(TOWN), role="analyst", key="analyst", valid_from=LOADED
    )
    Link.objects.create(lower=post, upper_id=director.post_id, valid_from=LOADED)

    sides = [side for side, _about, _across in asked(director)[0]]

    assert sides == [Side.LOWER]


def test_who_has_answered_is_remembered_until_a_new_holder_comes():
    an_open_pulse()
    leader = holder_of(Role.LEADER, NORDSKOLEN)
    before = invitation(leader).has_answered

    answered(leader, 3, 3, 3, 3)

    assert (before, invitation(leader).has_answered) == (False, True)
    Holding.objects.filter(post_id=leader.post_id).end(today())
    fresh = an_account("newcomer")
    post = post_at(NORDSKOLEN, Role.LEADER)
    Holding.objects.create(post=post, user=fresh, valid_from=today())
    newcomer = Actor(
        user_id=fresh.pk, role=Role.LEADER, path=NORDSKOLEN, post_id=post.pk
    )
    assert not invitation(newcomer).has_answered


def test_how_many_have_answered_of_how_many_is_known():
    director = holder_of(Role.DIRECTOR, TOWN)
    team = a_team(NORDSKOLEN, 3)
    assert (state(director).open, state(director).asked) == (None, 0)

    an_open_pulse()
    answered(team[0], 3, 3, 3, 3)

    now = state(director)
    assert (now.answered, now.asked) == (1, 4)


@pytest.mark.parametrize(
    "who",
    [
        NOBODY,
        Actor(role=Role.DATA_PROTECTION, path=TOWN, post_id=1),
        Actor(role=Role.DIRECTOR, path="dk", post_id=1),
    ],
)
def test_for_others_there_is_no_pulse(who):
    an_open_pulse()

    with pytest.raises(NoSuchRound):
        state(who)


def test_the_price_of_an_invitation_is_small(django_assert_num_queries):
    an_open_pulse()
    chief = holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)

    with django_assert_num_queries(5):
        invitation(chief)
    with django_assert_num_queries(4):
        state(chief)
