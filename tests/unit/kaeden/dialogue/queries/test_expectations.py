import pytest

from kaeden.access.rules import NOBODY, Actor, Role
from kaeden.dialogue.errors import NoSuchLink
from kaeden.dialogue.models import Confirmation, Expectation
from kaeden.dialogue.queries.expectations import in_line_below, mine, of_link
from kaeden.dialogue.rules.expectations import State, Verb, Way
from kaeden.dialogue.rules.links import End
from tests.builders.dialogue import (
    WORDS,
    agreed,
    an_expectation,
    days_ago,
    holder_of,
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


def test_a_post_sees_its_link_up_and_its_links_down(chief, leader):
    holder_of(Role.DIRECTOR, TOWN)

    seen = mine(chief)

    assert seen.up.link.across == "Director of children and youth"
    assert [one.link.across for one in seen.down] == [
        "Institution leader, Nordskolen",
        "Institution leader, Sydskolen",
    ]
    assert {one.link.end for one in seen.down} == {End.UPPER}
    assert (seen.confirmed, seen.asked) == (0, 6)


def test_nobody_and_the_uppermost_have_no_link_up():
    assert mine(NOBODY).links == ()
    assert mine(holder_of(Role.COMMITTEE, TOWN)).up is None


def test_both_ends_read_the_words_and_what_each_may_do(chief, leader):
    made = an_expectation(chief, leader)

    for actor, waits in ((chief, False), (leader, True)):
        way = of_link(actor, up_from(leader).id).down
        assert way.now.wording.words == WORDS
        assert (way.now.wording.id, way.is_mine) == (made.pk, waits)
        assert way.verdicts[Verb.DISCUSS]
        assert not way.verdicts[Verb.CONFIRM]


def test_what_waits_for_a_post_is_what_it_must_act_on_with_somebody(chief, leader):
    an_expectation(chief, leader)
    agreed(chief, leader, Way.UP)

    assert [one.link.across for one in mine(leader).waiting] == ["Chief of schools"]
    assert mine(chief).waiting == ()  # Sydskolen's post is vacant
    assert mine(leader).confirmed == 1


def test_what_was_confirmed_long_ago_has_lapsed(chief, leader):
    made = agreed(chief, leader)
    Expectation.objects.update(proposed_on=days_ago(500), discussed_on=days_ago(500))
    Confirmation.objects.update(on=days_ago(400))

    way = of_link(leader, up_from(leader).id).down

    assert (way.now.state, way.now.wording.id) == (State.LAPSED, made.pk)
    assert way.verdicts[Verb.CONFIRM]


def test_words_with_an_earlier_upper_post_are_not_mixed_in(chief, leader):
    agreed(chief, leader)
    director = holder_of(Role.DIRECTOR, TOWN)
    Expectation.objects.update(upper_id=director.post_id)

    assert of_link(leader, up_from(leader).id).down.now.state is State.NONE


@pytest.mark.parametrize(
    "who",
    [
        (Role.DIRECTOR, TOWN),
        (Role.LEADER, SYDSKOLEN),
        (Role.CHIEF_DAYCARE, DAYCARE),
    ],
)
def test_for_others_there_is_no_such_link(leader, who):
    link = up_from(leader).id

    for other in (holder_of(*who), NOBODY):
        with pytest.raises(NoSuchLink):
            of_link(other, link)


def test_the_line_above_sees_whether_and_not_what(chief, leader):
    agreed(chief, leader)

    below = in_line_below(holder_of(Role.DIRECTOR, TOWN))

    names = {one.lower: (one.confirmed, one.asked) for one in below}
    assert names == {
        "Institution leader, Nordskolen": (1, 2),
        "Institution leader, Sydskolen": (0, 2),
        "Institution leader, Børnehuset Solstrålen": (0, 2),
    }
    assert all(WORDS not in str(one) for one in below)


def test_a_post_sees_nothing_of_a_line_beside_its_own(chief, leader):
    assert in_line_below(chief) == []
    assert in_line_below(leader) == []
    assert in_line_below(NOBODY) == []
    assert in_line_below(Actor(role=Role.ANALYST, path=TOWN, post_id=0)) == []


def test_the_price_does_not_grow_with_the_links(
    chief, leader, django_assert_num_queries
):
    agreed(chief, leader)
    director = holder_of(Role.DIRECTOR, TOWN)

    with django_assert_num_queries(4):
        mine(chief)
    link = up_from(leader).id
    with django_assert_num_queries(4):
        of_link(leader, link)
    with django_assert_num_queries(4):
        in_line_below(director)
