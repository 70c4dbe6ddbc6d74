import pytest

from kaeden.access.rules import Role
from kaeden.audit.models import Event
from kaeden.dialogue.actions.briefs import show_team
from kaeden.dialogue.models import TeamShare
from kaeden.shared.errors import BadInput, Forbidden
from tests.builders.dialogue import holder_of, taken
from tests.builders.places import NORDSKOLEN, SCHOOLS, SYDSKOLEN, TOWN, a_country

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(db):
    a_country()
    return holder_of(Role.LEADER, NORDSKOLEN)


@pytest.fixture
def key(leader):
    return f"commitment-{taken(holder_of(Role.CHIEF_SCHOOLS, SCHOOLS), leader, to=leader).pk}"


def test_what_is_ticked_takes_the_place_of_what_was(leader, key):
    show_team([key, key], by=leader)
    shown = TeamShare.objects.get()
    assert str(shown) == f"{leader.post_id}: {shown.commitment_id}"

    show_team([], by=leader)

    assert not TeamShare.objects.exists()
    assert Event.objects.order_by("-pk").first().kind == "brief_shown"


@pytest.mark.parametrize("wrong", ["commitment-999999", "effort-1", "drop table"])
def test_what_is_not_the_posts_is_refused_whole(leader, key, wrong):
    with pytest.raises(BadInput, match="Choose among"):
        show_team([key, wrong], by=leader)
    assert not TeamShare.objects.exists()


def test_nobody_ticks_what_is_anothers(leader, key):
    with pytest.raises(BadInput):
        show_team([key], by=holder_of(Role.LEADER, SYDSKOLEN))
    with pytest.raises(Forbidden):
        show_team([], by=holder_of(Role.COMMITTEE, TOWN))
