"""Who writes what a post decides, and what becomes of the charter before it."""

from dataclasses import replace

import pytest

from kaeden.access.rules import Permission, Role, may
from kaeden.audit.models import Event
from kaeden.organisation import actions, charters, queries
from kaeden.organisation.chain import NotMine
from kaeden.organisation.errors import NoSuchUnit
from kaeden.organisation.history import post_history
from kaeden.organisation.lines import charter_writers
from kaeden.organisation.models import Charter, Holding
from kaeden.organisation.rules import Degree, Task
from kaeden.organisation.snapshot import chain_of
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Forbidden, Refused
from tests.builders.chains import (
    BEGAN,
    FJORDBY,
    a_chain,
    a_charter,
    applied,
    with_post,
)
from tests.builders.places import an_account, an_actor, post_at
from tests.builders.structure import a_held_post, a_sound_chain

TOWN, SCHOOLS, DAYCARE = "dk/999", "dk/999/schools", "dk/999/daycare"
NORD, SYD = f"{SCHOOLS}/999001", f"{SCHOOLS}/999002"
SOLSTRAALEN = f"{DAYCARE}/nord/G99901"


@pytest.fixture
def fjordby(db):
    """Fjordby's chain, in which every post but two is held."""
    chain = a_chain()
    for post in chain.posts:
        if post.key not in {"dagtilbudschef", "udvalg"}:
            chain = with_post(chain, post.key, holder="Kim")
    applied(chain)
    return queries.get_municipality(FJORDBY)


def by(role, path):
    return an_actor(role, path, user=an_account(f"{role} {path}"))


def now(town):
    return chain_of(town, today())


# Who may -------------------------------------------------------------------------------


def test_the_post_above_and_the_director_write_a_charter():
    assert charter_writers(a_sound_chain(), "nord") == {"chief", "director"}


def test_the_director_writes_their_own():
    assert charter_writers(a_sound_chain(), "director") == {"director"}


def test_where_the_post_above_is_vacant_the_next_one_writes():
    area = a_held_post("area", Role.AREA_LEADER, "chief", unit="schools", holder="")
    chain = a_sound_chain(area, a_held_post("nord", reports_to="area"))

    assert charter_writers(chain, "nord") == {"chief", "director"}


def test_nobody_else_in_the_line_writes_it():
    area = a_held_post("area", Role.AREA_LEADER, "chief", unit="schools")
    chain = a_sound_chain(area, a_held_post("nord", reports_to="area"))

    assert charter_writers(chain, "nord") == {"area", "director"}


@pytest.mark.parametrize(
    ("role", "path"), [(Role.CHIEF_SCHOOLS, SCHOOLS), (Role.DIRECTOR, TOWN)]
)
def test_a_charter_is_written_by_whom_the_post_answers_to(fjordby, role, path):
    charter = a_charter(area="Sydskolen", not_mine=())

    actions.write_charter(post_at(SYD, Role.LEADER), charter, by=by(role, path))

    assert now(fjordby).post["leder-999002"].charter == charter
    assert Event.objects.filter(kind=Event.Kind.CHARTER_WRITTEN).count() == 1


def test_a_leader_does_not_write_their_own(fjordby):
    leader = by(Role.LEADER, SYD)

    with pytest.raises(Forbidden, match="The post above and the director"):
        actions.write_charter(post_at(SYD, Role.LEADER), a_charter(), by=leader)


def test_a_team_member_writes_none(fjordby):
    team = replace(by(Role.LEADER, SYD), role=Role.TEAM)

    with pytest.raises(Forbidden, match="not for your post"):
        actions.write_charter(post_at(SYD, Role.LEADER), a_charter(), by=team)


@pytest.mark.parametrize(
    ("role", "path"), [(Role.LEADER, NORD), (Role.AREA_LEADER, f"{DAYCARE}/nord")]
)
def test_for_who_is_not_in_the_line_there_is_no_such_charter(fjordby, role, path):
    with pytest.raises(NoSuchUnit):
        actions.write_charter(post_at(SYD, Role.LEADER), a_charter(), by=by(role, path))


# What happens --------------------------------------------------------------------------


def write(post, charter, read=None):
    actions.write_charter(post, charter, by=by(Role.CHIEF_SCHOOLS, SCHOOLS), read=read)


def test_the_charter_before_it_ends_and_is_kept(fjordby):
    post = post_at(NORD, Role.LEADER)
    old = post_history(fjordby, post.key).charter

    write(post, a_charter(area="Nordskolen og SFO"), read=old)

    history = post_history(fjordby, post.key)
    assert [(one.since, one.until) for one in history.charters] == [
        (today(), None),
        (BEGAN, today()),
    ]
    assert history.charter != old
    assert chain_of(fjordby, BEGAN).post[post.key].charter == a_charter()


def test_a_charter_that_says_the_same_changes_nothing(fjordby):
    post = post_at(NORD, Role.LEADER)

    write(post, a_charter(), read=post_history(fjordby, post.key).charter)

    assert len(post_history(fjordby, post.key).charters) == 1
    assert not Event.objects.filter(kind=Event.Kind.CHARTER_WRITTEN).exists()


def test_the_slower_of_two_writers_is_told(fjordby):
    post = post_at(NORD, Role.LEADER)

    with pytest.raises(Refused, match="Somebody has changed the charter"):
        write(post, a_charter(area="Andet"), read=0)

    assert Charter.objects.filter(post=post).count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"area": " "}, "Write what the post leads"),
        ({"decision_room": ""}, "Write what the post leads"),
        (
            {"not_mine": (NotMine(words="Takster", ask="borgmester"),)},
            "There is no post “borgmester”",
        ),
    ],
)
def test_a_charter_that_can_not_be_used_is_refused_whole(fjordby, changes, sentence):
    post = post_at(SYD, Role.LEADER)

    with pytest.raises(BadInput, match=sentence):
        write(post, a_charter(**changes))

    assert not Charter.objects.filter(post=post).exists()


def test_a_task_that_is_left_out_is_not_had(fjordby):
    write(post_at(SYD, Role.LEADER), a_charter(tasks={Task.DEVELOP: Degree.HOLDS}))

    charter = now(fjordby).post["leder-999002"].charter
    assert charter.degree(Task.EVALUATE) is Degree.NOT


# Where rights lie ----------------------------------------------------------------------


def without_unit(chain, old):
    """The chain without a unit, its posts, and the communities they were in."""
    units = tuple(unit for unit in chain.units if not unit.code.startswith(old))
    posts = tuple(post for post in chain.posts if post.unit != old)
    return replace(chain, units=units, posts=posts, communities=())


@pytest.fixture
def after_a_merger(db):
    """Sydskolen has been carried on by Nordskolen, and a day care by nobody."""
    chain = a_chain()
    applied(chain)
    chain = without_unit(without_unit(chain, "999002"), "G99901")
    applied(replace(chain, carried_on={"999002": ("999001",)}), on=today())
    return queries.get_municipality(FJORDBY)


def test_rights_to_a_unit_that_is_there_lie_at_the_unit(fjordby):
    assert queries.paths_of(queries.get_unit(fjordby, "999001")) == (NORD,)


def test_rights_to_a_merged_unit_lie_at_who_carries_it_on(after_a_merger):
    unit = queries.get_unit(after_a_merger, "999002")

    assert queries.paths_of(unit) == (NORD,)


def test_rights_to_a_unit_that_nobody_carries_on_stay_with_those_above(after_a_merger):
    (path,) = queries.paths_of(queries.get_unit(after_a_merger, "G99901"))
    chief = an_actor(Role.CHIEF_DAYCARE, DAYCARE)
    newcomer = an_actor(Role.LEADER, SOLSTRAALEN)

    assert may(chief, Permission.READ_CHARTER, at=path)
    assert not may(newcomer, Permission.READ_CHARTER, at=path)


def test_rights_are_told_of_all_units_at_once(after_a_merger):
    rights = queries.rights_in(after_a_merger)

    assert rights["999001"] == rights["999002"] == (NORD,)
    assert rights["schools"] == (SCHOOLS,)


def test_the_successors_leader_reads_what_the_predecessors_post_decided(after_a_merger):
    then = chain_of(after_a_merger, BEGAN)
    leader = an_actor(Role.LEADER, NORD)

    readable = charters.readable_posts(leader, after_a_merger, then)

    assert {"leder-999001", "leder-999002", "skolechef", "direktor"} <= readable
    assert "leder-solstraalen" not in readable


def test_a_sister_reads_only_its_own_line(fjordby):
    leader = an_actor(Role.LEADER, SYD)

    assert charters.readable_posts(leader, fjordby, now(fjordby)) == {
        *("leder-999002", "skolechef", "direktor", "udvalg")
    }


def test_a_code_that_is_used_again_is_the_newest_unit(after_a_merger):
    chain = chain_of(after_a_merger, today())
    again = next(unit for unit in a_chain().units if unit.code == "G99901")
    applied(replace(chain, units=(*chain.units, again)), on=today())

    found = queries.get_unit(after_a_merger, "G99901")

    assert found.valid_to is None
    assert queries.rights_in(after_a_merger)["G99901"] == (SOLSTRAALEN,)


@pytest.mark.parametrize("verb", [queries.get_unit, queries.get_post_by_key])
def test_what_never_was_is_not_found(fjordby, verb):
    with pytest.raises(NoSuchUnit):
        verb(fjordby, "borgmester")


# History -------------------------------------------------------------------------------


def test_a_post_tells_who_held_it_and_when(fjordby):
    post = post_at(SYD, Role.LEADER)
    Holding.objects.filter(post=post).end(today())
    Holding.objects.create(post=post, user=an_account("x"), valid_from=today())

    history = post_history(fjordby, post.key)

    assert [one.words for one in history.holdings] == ["x", "Kim"]
    assert history.ended is None


def test_a_demo_account_has_no_name(fjordby):
    post = post_at(DAYCARE, Role.CHIEF_DAYCARE)
    demo = an_account("x", is_demo=True)
    Holding.objects.create(post=post, user=demo, valid_from=BEGAN)

    assert [one.words for one in post_history(fjordby, post.key).holdings] == [
        "a demo login"
    ]


def test_a_closed_post_says_when_it_was_closed(after_a_merger):
    history = post_history(after_a_merger, "leder-999002")

    assert (history.ended, history.charter) == (today(), None)
    assert queries.get_post_by_key(after_a_merger, "leder-999002").valid_to == today()


def test_a_post_that_never_was_has_no_history(fjordby):
    with pytest.raises(NoSuchUnit, match="no such post"):
        post_history(fjordby, "borgmester")
