"""A chain and its goals, as the map draws them."""

from dataclasses import replace
from datetime import date

import pytest

from kaeden.access.rules import Role
from kaeden.goals.indicator_parts import Sector
from kaeden.goals.way import Thread
from kaeden.organisation.rules import Kind
from kaeden.presentation.chain import lay
from kaeden.presentation.chain_view import LOOSE, levels, stations, threads
from kaeden.presentation.charts.chain_parts import ChainView
from kaeden.presentation.charts.chainmap import draw_chainmap
from kaeden.presentation.charts.parts import text_width
from tests.builders.chains import a_chain, a_post, a_unit, with_post
from tests.builders.goals import a_goal
from tests.builders.known import all_known, laid
from tests.builders.large import a_large_chain, nine_goals

pytestmark = pytest.mark.usefixtures("english")
BEGAN = date(2026, 8, 1)
CHAIN = with_post(a_chain(), "leder-999001", holder="Lederen")


def a_goal_for(*sectors, key="g", owner="direktor", taken=()):
    return Thread(
        id=1,
        municipality="999",
        key=key,
        name=key.upper(),
        sentence="",
        unit="999",
        since=BEGAN,
        sectors=frozenset(sectors),
        owner=owner,
        taken_up=dict.fromkeys(taken, BEGAN),
    )


def by_key(found):
    return {station.key: station for station in stations(found)}


def test_the_levels_are_those_that_occur():
    names = [level.name for level in levels(laid(CHAIN))]

    assert names == ["Committee", "Director", "Chiefs", "Area leaders", "Leaders"]


def test_each_post_stands_below_the_nearest_one_that_is_drawn():
    found = by_key(laid(CHAIN))

    assert {key: one.parent for key, one in found.items()} == {
        "direktor": "",
        "skolechef": "direktor",
        "dagtilbudschef": "direktor",
        "leder-nord": "dagtilbudschef",
    }
    assert [len(f.leaders) for f in found["skolechef"].fields] == [2]
    assert found["leder-nord"].name == "Klynge Nord"


def test_leaders_that_nobody_leads_are_gathered():
    chain = with_post(CHAIN, "leder-999002", reports_to="")

    loose = by_key(laid(chain))[LOOSE]

    assert [one.name for one in loose.fields[0].leaders] == ["Sydskolen"]
    assert not loose.is_post


def test_posts_that_lead_each_other_in_a_circle_are_drawn_once():
    circle = with_post(CHAIN, "leder-999001", reports_to="leder-999002")
    circle = with_post(circle, "leder-999002", reports_to="leder-999001")

    assert len(by_key(laid(circle))[LOOSE].fields[0].leaders) == 2


def test_a_post_that_reports_to_one_that_is_gone_is_not_linked():
    chain = with_post(CHAIN, "skolechef", reports_to="")
    found = by_key(laid(chain))

    assert [key for key, one in found.items() if not one.linked] == ["skolechef"]


def test_a_goal_is_expected_where_it_is_for_the_children_and_has_come():
    goal = a_goal_for(Sector.SCHOOL, taken=("direktor", "skolechef", "leder-999001"))
    found = by_key(laid(CHAIN, goal))

    assert found["skolechef"].expected == found["skolechef"].taken_up == ("g",)
    assert found["dagtilbudschef"].expected == ()
    north, south = found["skolechef"].fields[0].leaders
    assert (north.taken_up, south.taken_up, south.expected) == (("g",), (), ("g",))
    assert found["direktor"].owns == ("g",)


def test_below_a_post_that_has_not_taken_a_goal_up_it_is_not_expected():
    goal = a_goal_for(Sector.SCHOOL, taken=("direktor", "leder-999001"))
    found = by_key(laid(CHAIN, goal))

    north, south = found["skolechef"].fields[0].leaders
    assert (found["skolechef"].expected, found["skolechef"].taken_up) == (("g",), ())
    assert (north.expected, south.expected) == (("g",), ())


def test_where_one_may_not_read_it_is_only_shown_whom_a_goal_is_for():
    goal = a_goal_for(Sector.SCHOOL, taken=("direktor",))
    found = by_key(laid(CHAIN, goal, line=frozenset(), with_names=False))

    assert not found["skolechef"].is_known
    assert found["skolechef"].taken_up == found["skolechef"].expected == ("g",)
    assert {one.expected for one in found["skolechef"].fields[0].leaders} == {()}
    assert found["skolechef"].note == ""


def test_who_holds_a_post_is_said_to_those_who_may_know_it():
    assert by_key(laid(CHAIN))["skolechef"].note == "Skolechefen"


def test_a_vacant_post_says_since_when_in_a_chain_that_is_used():
    since = with_post(CHAIN, "dagtilbudschef", since=date(2026, 9, 1))
    unknown = with_post(CHAIN, "dagtilbudschef", since=None)
    unused = replace(
        since, posts=tuple(replace(post, holder="") for post in since.posts)
    )

    assert by_key(laid(since))["dagtilbudschef"].note == "since Sept. 1, 2026"
    assert by_key(laid(unknown))["dagtilbudschef"].note == ""
    assert by_key(laid(unused))["dagtilbudschef"].note == ""
    assert by_key(laid(unused))["dagtilbudschef"].quiet


def test_a_chief_that_leads_nobody_says_so():
    chief = a_post("familiechef", Role.CHIEF_FAMILIES, "999", "direktor")
    chain = replace(CHAIN, posts=(*CHAIN.posts, chief))

    assert by_key(laid(chain))["familiechef"].nothing_below.startswith("no institution")
    assert by_key(laid(chain))["direktor"].nothing_below == ""


def test_goals_that_are_only_wanted_come_to_the_director_and_their_chief():
    wanted = a_goal(key="wanted", adopted_on=None, owner_role="chief_schools")
    found = by_key(lay(all_known(CHAIN), [wanted]))

    assert [key for key, one in found.items() if one.expected == ("wanted",)] == [
        "direktor",
        "skolechef",
    ]
    assert [t.proposed for t in threads(lay(all_known(CHAIN), [wanted]))] == [True]


def test_goals_of_an_area_are_not_drawn():
    area = replace(a_goal_for(Sector.SCHOOL), unit="schools")

    assert threads(laid(CHAIN, area)) == ()


@pytest.mark.parametrize(("adopted", "drawn"), [(0, 9), (3, 9), (5, 5), (12, 9)])
def test_there_are_at_most_nine_goals_and_none_proposed_where_there_are_enough(
    adopted, drawn
):
    goals = tuple(a_goal_for(key=f"g{n}") for n in range(adopted))
    wanted = [a_goal(key=f"w{n}", adopted_on=None) for n in range(9)]

    assert len(threads(lay(all_known(CHAIN, goals=goals), wanted))) == drawn


def words(chain, *goals, **changes):
    field = by_key(laid(chain, *goals, **changes))["skolechef"].fields[0]
    return field.words, field.short


def test_how_many_leaders_are_along_is_said_in_words():
    goal = a_goal_for(Sector.SCHOOL, taken=("direktor", "skolechef", "leder-999001"))
    both = with_post(CHAIN, "leder-999002", holder="Lederen")

    assert words(both, goal) == ("1 of 2 leaders are fully along", "1 of 2")
    assert words(both) == ("2 leaders", "2 leaders")
    assert words(CHAIN, goal) == ("1 of 2 leaders are fully along, 1 vacant", "1 of 2")
    assert words(CHAIN) == ("2 leaders, 1 vacant", "2 leaders, 1 vacant")
    nobody = with_post(CHAIN, "leder-999001", holder="")
    assert words(nobody) == ("2 leaders, all vacant", "2 leaders, all vacant")


def test_department_leaders_have_a_field_and_teams_are_counted():
    units = (a_unit("a", "Indskoling", Kind.DEPARTMENT, "999001"),)
    posts = (
        a_post("afd", Role.DEPARTMENT_LEADER, "a", "leder-999001"),
        a_post("team", Role.TEAM, "a", "afd"),
    )
    chain = replace(CHAIN, units=(*CHAIN.units, *units), posts=(*CHAIN.posts, *posts))
    fields = by_key(laid(chain))["skolechef"].fields

    assert [field.words for field in fields] == [
        "2 leaders, 1 vacant",
        "1 department leader, all vacant",
        "1 team",
    ]
    assert fields[2].leaders == ()
    assert fields[1].leaders[0].href == ""


def test_a_post_has_its_page_of_the_same_day():
    found = by_key(replace(laid(CHAIN), query="?dato=2026-08-01"))

    assert found["skolechef"].href == "/kommune/999/stilling/skolechef/?dato=2026-08-01"


def test_an_institution_has_its_page():
    leader = by_key(laid(CHAIN))["skolechef"].fields[0].leaders[0]

    assert leader.href == "/institution/999001/"


# Large chains ----------------------------------------------------------------------------


def picture(levels_, units=100):
    chain = a_large_chain(levels=levels_, units=units)
    found = laid(chain, *nine_goals(chain))
    view = ChainView(
        title="t",
        summary="",
        levels=levels(found),
        threads=threads(found),
        stations=tuple(stations(found)),
    )
    return draw_chainmap(view).wide


def box_of(label):
    size = {"note": 13, "level": 13, "quiet": 13}.get(label.kind, 14)
    width = text_width(label.text, size) * 0.85
    left = label.x - (width / 2 if label.anchor == "middle" else 0)
    return left, label.y - 10, left + width, label.y + 2


@pytest.mark.parametrize("levels_", [3, 4, 5, 6])
def test_a_hundred_units_and_nine_goals_have_room(levels_):
    drawn = picture(levels_)

    dots = [dot for dot in drawn.dots if dot.title]
    assert len(dots) >= 100
    for dot in drawn.dots:
        assert 0 < dot.x - dot.radius < dot.x + dot.radius < drawn.width
        assert dot.y + dot.radius < drawn.height
    fits_one_page_of_paper_lying_down = drawn.height / drawn.width < 0.66
    assert fits_one_page_of_paper_lying_down


@pytest.mark.parametrize("levels_", [3, 4, 5, 6])
def test_no_two_texts_lie_on_each_other(levels_):
    boxes = [box_of(label) for label in picture(levels_).labels]

    for place, (left, top, right, foot) in enumerate(boxes):
        for begin, upper, end, lower in boxes[place + 1 :]:
            apart = right <= begin or end <= left or foot <= upper or lower <= top
            assert apart
