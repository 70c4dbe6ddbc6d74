import pytest

from kaeden.access.rules import Role
from kaeden.organisation.lines import (
    Line,
    Nearest,
    levels_to_the_child,
    lines,
    nearest_leaders,
    units_in_line,
    upward,
)
from kaeden.organisation.rules import Kind
from tests.builders.structure import a_held_post, a_place, a_sound_chain

DEPARTMENT = a_held_post("indskoling", Role.DEPARTMENT_LEADER, "nord", unit="nord")


def test_a_line_runs_from_the_leader_nearest_the_child_to_the_director():
    assert lines(a_sound_chain()) == (
        Line(posts=("nord", "chief", "director"), is_whole=True),
        Line(posts=("syd", "chief", "director"), is_whole=True),
    )


def test_a_department_leader_begins_the_line_of_the_school():
    (first, *_rest) = lines(a_sound_chain(DEPARTMENT))

    assert {line.posts[0] for line in lines(a_sound_chain(DEPARTMENT))} == {
        "indskoling",
        "syd",
    }
    assert first.posts == ("syd", "chief", "director")


def test_a_team_and_an_analyst_begin_no_line():
    team = a_held_post("team", Role.TEAM, "nord", unit="nord")
    analyst = a_held_post("analyst", Role.ANALYST, "director", unit="999")

    assert lines(a_sound_chain(team, analyst)) == lines(a_sound_chain())


def test_a_line_that_is_cut_off_is_not_whole():
    chain = a_sound_chain(a_held_post("nord", reports_to=""))

    assert Line(posts=("nord",), is_whole=False) in lines(chain)


def test_without_a_committee_the_director_is_the_top():
    chain = a_sound_chain(
        a_held_post("director", Role.DIRECTOR, "", unit="999"), without=["committee"]
    )

    assert all(line.is_whole for line in lines(chain))


def test_a_circle_is_gone_round_once():
    chain = a_sound_chain(
        a_held_post("chief", Role.CHIEF_SCHOOLS, "nord", unit="schools")
    )

    assert [one.key for one in upward(chain, "nord")] == ["nord", "chief"]


def test_a_post_that_is_not_there_has_nobody_above_it():
    assert list(upward(a_sound_chain(), "borgmester")) == []


def test_private_institutions_are_not_in_the_line():
    group = a_place("fri-a", Kind.CLASS, "fri")

    codes = {unit.code for unit in units_in_line(a_sound_chain(group))}

    assert codes == {"999", "schools", "nord", "syd"}


def test_each_unit_knows_how_far_up_its_nearest_leader_sits():
    chain = a_sound_chain(a_place("nord-1a", Kind.CLASS, "nord"))

    found = nearest_leaders(chain)

    assert found["nord"] == Nearest(post="nord", levels=0)
    assert found["nord-1a"] == Nearest(post="nord", levels=1)
    assert found["999"] == Nearest(post="director", levels=0)


def test_without_any_leader_no_post_is_the_nearest():
    chain = a_sound_chain(posts=())

    assert nearest_leaders(chain)["nord"].post == ""


@pytest.mark.parametrize(
    ("key", "levels"),
    [("director", 4), ("chief", 3), ("nord", 2), ("syd", 1), ("committee", 0)],
)
def test_the_way_to_the_child_is_counted_in_leading_posts(key, levels):
    assert levels_to_the_child(a_sound_chain(DEPARTMENT), key) == levels
