"""Communities of leaders: who sees them, who forms them, and what is kept."""

from datetime import date, timedelta

import pytest

from kaeden.access.rules import Role
from kaeden.audit.models import Event
from kaeden.organisation import communities, queries
from kaeden.organisation.errors import NoSuchCommunity, NoSuchUnit
from kaeden.organisation.models import Community
from kaeden.organisation.snapshot import chain_of
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Forbidden, Refused
from tests.builders.chains import BEGAN, FJORDBY, a_chain, applied
from tests.builders.places import a_country, an_account, an_actor

TOWN, SCHOOLS, DAYCARE = "dk/999", "dk/999/schools", "dk/999/daycare"
NORD, SYD = f"{SCHOOLS}/999001", f"{SCHOOLS}/999002"
KEYS = ("leder-999001", "leder-999002")
WORDS = {"name": "Skriftlighed", "purpose": "At alle børn skriver mere"}


@pytest.fixture
def town(db):
    applied(a_chain())
    return queries.get_municipality(FJORDBY)


def by(role, path):
    return an_actor(role, path, user=an_account(f"{role} {path}"))


def seen(actor, town, day=None):
    found = communities.communities_of(actor, town, day or today())
    return [one.row.name for one in found]


# Who sees what -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "path", "names"),
    [
        (Role.DIRECTOR, TOWN, ["Læsefællesskabet"]),
        (Role.CHIEF_SCHOOLS, SCHOOLS, ["Læsefællesskabet"]),
        (Role.LEADER, NORD, ["Læsefællesskabet"]),
        (Role.CHIEF_DAYCARE, DAYCARE, []),
        (Role.AREA_LEADER, f"{DAYCARE}/nord", []),
    ],
)
def test_members_see_it_and_those_who_could_form_it(town, role, path, names):
    assert seen(by(role, path), town) == names


def test_from_another_municipality_there_is_nothing(town):
    a_country([])

    with pytest.raises(NoSuchUnit):
        seen(an_actor(Role.DIRECTOR, "dk/998"), town)


def test_a_community_is_found_by_its_key_where_it_is_seen(town):
    leader, chief = by(Role.LEADER, NORD), by(Role.CHIEF_DAYCARE, DAYCARE)

    found = communities.get_community(leader, town, "laesning", today())

    assert [(one.post.key, one.since) for one in found.members] == [
        ("leder-999001", BEGAN),
        ("leder-999002", BEGAN),
    ]
    assert not found.may_change
    with pytest.raises(NoSuchCommunity):
        communities.get_community(chief, town, "laesning", today())


def test_before_it_was_formed_there_was_none(town):
    director = by(Role.DIRECTOR, TOWN)
    communities.form_community(town, **WORDS, members=KEYS, by=director)

    assert seen(director, town) == ["Læsefællesskabet", "Skriftlighed"]
    assert seen(director, town, today() - timedelta(days=1)) == ["Læsefællesskabet"]


# Forming -------------------------------------------------------------------------------


def test_a_chief_binds_the_posts_within_their_reach(town):
    chief = by(Role.CHIEF_SCHOOLS, SCHOOLS)

    made = communities.form_community(
        town,
        name=" Skriftlighed ",
        purpose="Mere",
        members=[*KEYS, "skolechef"],
        by=chief,
    )

    (one,) = [c for c in chain_of(town, today()).communities if c.key == made.key]
    assert (made.key, one.name, one.purpose) == ("skriftlighed", "Skriftlighed", "Mere")
    assert set(one.members) == {*KEYS, "skolechef"}
    assert Event.objects.filter(kind=Event.Kind.COMMUNITY_FORMED).count() == 1


def test_across_pillars_it_is_the_directors_to_form(town):
    across = {"members": ["leder-999001", "leder-solstraalen"], **WORDS}

    with pytest.raises(Forbidden, match="does not reach"):
        communities.form_community(town, **across, by=by(Role.CHIEF_SCHOOLS, SCHOOLS))
    assert communities.form_community(town, **across, by=by(Role.DIRECTOR, TOWN))


def test_a_leader_forms_none(town):
    with pytest.raises(Forbidden, match="not for your post"):
        communities.form_community(
            town, **WORDS, members=KEYS, by=by(Role.LEADER, NORD)
        )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": " "}, "what the community is called"),
        ({"purpose": ""}, "what it is for"),
        ({"members": KEYS[:1]}, "two members or more"),
        ({"members": ["borgmester", *KEYS]}, "There is no post “borgmester”"),
    ],
)
def test_what_is_not_whole_is_refused(town, changes, sentence):
    with pytest.raises(BadInput, match=sentence):
        communities.form_community(
            town,
            **({**WORDS, "members": KEYS} | changes),
            by=by(Role.DIRECTOR, TOWN),
        )
    assert Community.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "key"), [("Læsning", "laesning-2"), ("Nyt", "nyt-2"), ("…", "faellesskab")]
)
def test_each_community_has_a_key_of_its_own(town, name, key):
    made = communities.form_community(
        town, name=name, purpose="x", members=KEYS, by=by(Role.DIRECTOR, TOWN)
    )

    assert made.key == key


def test_a_chief_chooses_among_the_posts_within_reach(town):
    chief = by(Role.CHIEF_SCHOOLS, SCHOOLS)

    found = [post.key for post in communities.bindable(chief, town)]

    assert found == ["skolechef", *KEYS]


# Changing and ending -------------------------------------------------------------------


def test_who_leaves_and_who_comes_is_kept_by_date(town):
    chief = by(Role.CHIEF_SCHOOLS, SCHOOLS)
    row = Community.objects.get()

    communities.change_community(
        row, **WORDS, members=["leder-999001", "skolechef"], by=chief
    )

    found = communities.get_community(chief, town, "laesning", today())
    assert {(one.post.key, one.since) for one in found.members} == {
        ("leder-999001", BEGAN),
        ("skolechef", today()),
    }
    then = communities.get_community(chief, town, "laesning", date(2025, 1, 1))
    assert then.keys == set(KEYS)


def test_a_community_ends_and_is_kept(town):
    chief = by(Role.CHIEF_SCHOOLS, SCHOOLS)
    row = Community.objects.get()

    communities.end_community(row, by=chief)

    assert seen(chief, town) == []
    assert seen(chief, town, today() - timedelta(days=1)) == ["Læsefællesskabet"]
    for verb in (
        lambda: communities.end_community(row, by=chief),
        lambda: communities.change_community(row, **WORDS, members=KEYS, by=chief),
    ):
        with pytest.raises(Refused, match="has ended"):
            verb()


def test_another_chief_neither_changes_nor_ends_it(town):
    other, row = by(Role.CHIEF_DAYCARE, DAYCARE), Community.objects.get()

    with pytest.raises(Forbidden):
        communities.change_community(row, **WORDS, members=KEYS, by=other)
    with pytest.raises(Forbidden):
        communities.end_community(row, by=other)


def test_the_list_costs_the_same_however_many_there_are(
    town, django_assert_num_queries
):
    director = by(Role.DIRECTOR, TOWN)
    for name in ("A", "B", "C"):
        communities.form_community(
            town, name=name, purpose="x", members=KEYS, by=director
        )

    with django_assert_num_queries(3):
        assert len(seen(director, town)) == 4
