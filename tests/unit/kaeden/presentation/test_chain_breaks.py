"""The breaks on the map with their numbers, the rest by kind, and the page of all."""

from dataclasses import replace
from datetime import date

import pytest

from kaeden.goals.indicator_parts import Sector
from kaeden.presentation import breaks as breaks_page
from kaeden.presentation import chain as chain_page
from kaeden.presentation.as_of import as_of
from kaeden.presentation.chain_breaks import MOST_NUMBERED, places_of, sort_breaks
from kaeden.presentation.charts.chain_parts import Where
from kaeden.shared.breaks import BreakKind
from tests.builders.breaks import a_break
from tests.builders.chains import a_chain, with_post
from tests.builders.goals import a_goal
from tests.builders.known import all_known, laid
from tests.unit.kaeden.presentation.test_chain_view import CHAIN, a_goal_for

pytestmark = pytest.mark.usefixtures("english")
READS = a_goal_for(Sector.SCHOOL, key="reads", taken=("direktor", "skolechef"))
HELD = with_post(CHAIN, "leder-999002", holder="Lederen")


def at(kind, *, about, unit="999", owner="direktor", goals=(READS,), chain=CHAIN):
    one = a_break(kind, about=about, unit=unit, owner=owner)
    return tuple(places_of(laid(chain, *goals), one))


# Where -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("about", "place"),
    [
        ("post:skolechef", Where(station="skolechef")),
        ("post:leder-999001", Where(station="skolechef", at_leaders=True)),
        ("post:leder-solstraalen", Where(station="leder-nord", at_leaders=True)),
        ("link:leder-nord", Where(station="leder-nord")),
        ("goal:reads", Where(thread="reads")),
    ],
)
def test_a_break_is_placed_by_what_it_is_about(about, place):
    assert at(BreakKind.VACANT_POST, about=about) == (place,)


def test_an_indicator_is_placed_on_the_goals_that_it_stands_for():
    goal = replace(READS, indicator="exam-mark")
    kind = BreakKind.INDICATOR_WITHOUT_FRESH_DATA

    assert at(kind, about="indicator:exam-mark", goals=(goal,)) == (
        Where(thread="reads"),
    )
    assert at(kind, about="indicator:joy", goals=(goal,)) == ()


def test_a_goal_that_stops_is_placed_at_each_post_that_it_does_not_get_to():
    stops = at(BreakKind.GOAL_STOPS, about="goal:reads", owner="skolechef", chain=HELD)
    alone = replace(READS, taken_up={"direktor": date(2026, 8, 1)})
    at_chief = at(
        BreakKind.GOAL_STOPS, about="goal:reads", owner="skolechef", goals=(alone,)
    )

    assert set(stops) == {Where(station="skolechef", thread="reads", at_leaders=True)}
    assert at_chief == (Where(station="skolechef", thread="reads"),)
    assert at(BreakKind.GOAL_STOPS, about="goal:reads", owner="nobody") == ()


@pytest.mark.parametrize(
    ("unit", "places"),
    [
        ("999001-3a", (Where(station="skolechef", at_leaders=True),)),
        ("schools", (Where(station="skolechef"),)),
        ("999", (Where(station="direktor"),)),
        ("gone", ()),
    ],
)
def test_what_is_about_something_else_is_placed_by_its_unit(unit, places):
    kind = BreakKind.QUESTION_UNANSWERED

    assert at(kind, about="question:7", unit=unit) == places


def test_the_committees_post_has_no_place_on_the_map():
    assert at(BreakKind.VACANT_POST, about="post:udvalg") == ()


# Numbered, grouped, folded ---------------------------------------------------------------


def leader_break(key, kind=BreakKind.VACANT_POST, **changes):
    return a_break(kind, about=f"post:{key}", unit="999001", **changes)


def test_many_of_a_kind_below_one_post_are_one_number():
    both = [leader_break("leder-999001"), leader_break("leder-999002")]
    (one,) = sort_breaks(laid(CHAIN), both).numbered

    assert one.sentence == "2 of 2 leader posts below Chief of schools are vacant."
    assert one.act == "See all 2"
    assert one.href == "/kommune/999/brud/#vacant_post"
    assert one.note == "Owner: Børne- og ungedirektør"


def test_a_group_with_several_owners_names_none():
    both = [
        leader_break("leder-999001"),
        leader_break("leder-999002", owner_name="En anden"),
    ]

    assert sort_breaks(laid(CHAIN), both).numbered[0].note == ""


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        (BreakKind.POST_WITHOUT_CHARTER, "2 of 2 leader posts below Chief of schools"),
        (BreakKind.RESULT_NOT_ASSESSED, "2 results below Chief of schools"),
        (BreakKind.EXPECTATION_UNCONFIRMED, "expectations in 2 places are not"),
        (BreakKind.QUESTION_UNANSWERED, "2 questions below Chief of schools"),
        (BreakKind.COMMITMENT_OVERDUE, "2 commitments below Chief of schools"),
        (BreakKind.SPAN_OUTSIDE_BOUNDS, "2 leaders below Chief of schools"),
    ],
)
def test_each_kind_that_can_be_many_is_said_in_its_own_words(kind, says):
    both = [leader_break("leder-999001", kind), leader_break("leder-999002", kind)]

    assert says in sort_breaks(laid(CHAIN), both).numbered[0].sentence


def test_leaders_that_nobody_leads_are_told_together_too():
    chain = a_chain()
    posts = tuple(
        replace(post, reports_to="") if post.key.startswith("leder-9") else post
        for post in CHAIN.posts
    )
    both = [leader_break("leder-999001"), leader_break("leder-999002")]
    found = sort_breaks(laid(replace(chain, posts=posts)), both).numbered[0]

    assert found.sentence == "2 of 2 leader posts below nobody are vacant."


def test_a_break_that_is_alone_keeps_its_own_words():
    (one,) = sort_breaks(laid(CHAIN), [leader_break("leder-999001")]).numbered

    assert (one.sentence, one.act) == (
        "Skolechef: Ingen har stillingen i Kæden.",
        "Udfyld stillingen",
    )
    assert one.note == "Owner: Børne- og ungedirektør · since Aug. 1, 2026"


def test_what_is_not_known_of_a_break_is_not_said():
    found = leader_break("leder-999001", owner_name="", since=None)

    assert sort_breaks(laid(CHAIN), [found]).numbered[0].note == "Owner: nobody"


def test_two_tasks_of_one_post_are_two_breaks():
    twice = [a_break(BreakKind.TASK_HELD_BY_NOBODY, about="post:skolechef")] * 2
    found = sort_breaks(laid(CHAIN), twice)

    assert len(found.numbered) == 1
    assert [kind.count for kind in found.others] == [1]


def test_the_gravest_have_numbers_one_at_each_place_and_the_rest_is_folded_by_kind():
    goals = [a_goal_for(key=f"g{n}") for n in range(9)]
    of_goals = [
        a_break(BreakKind.GOAL_WITHOUT_OWNER, about=f"goal:g{n}") for n in range(9)
    ]
    twice = a_break(BreakKind.GOAL_WITHOUT_INDICATOR, about="goal:g0")
    found = sort_breaks(laid(CHAIN, *goals), [*of_goals, twice])

    assert [one.number for one in found.numbered] == list(range(1, MOST_NUMBERED + 1))
    assert [(kind.name, kind.count) for kind in found.others] == [
        ("Goals that nobody owns", 2),
        ("Goals without an indicator", 1),
    ]
    assert found.count == 10


def test_a_chain_that_nobody_has_taken_up_has_one_break():
    unused = replace(
        CHAIN, posts=tuple(replace(post, holder="") for post in CHAIN.posts)
    )
    found = sort_breaks(laid(unused), [a_break(), a_break()])

    (one,) = found.numbered
    assert one.sentence.startswith("All 8 posts are vacant")
    assert one.places == (Where(station="direktor"),)
    assert one.href == "/kommune/999/kaede/#posts"
    assert sort_breaks(laid(unused), []).numbered == ()


# The page of the chain -------------------------------------------------------------------


def shown(day=""):
    return as_of("/kommune/999/kaede/", {"dato": day} if day else {})


def a_page(*breaks, chain=CHAIN, goals=(READS,), **changes):
    known = all_known(chain, *breaks, goals=goals, **changes)
    return chain_page.build(
        known, [a_goal(), a_goal(key="x", adopted_on=None)], as_of=shown()
    )


def test_the_page_sums_up_goals_and_breaks():
    assert a_page(a_break()).chainmap.summary == (
        "1 goal is adopted. The chain breaks in 1 place."
    )
    assert a_page(goals=()).chainmap.summary == (
        "No goal is adopted yet. The chain holds everywhere."
    )
    unused = replace(
        CHAIN, posts=tuple(replace(post, holder="") for post in CHAIN.posts)
    )
    assert a_page(chain=unused).chainmap.summary.endswith("All posts are vacant.")


def test_the_page_leads_to_every_post_and_names_holders_to_those_who_may_know():
    posts = {item.href: item.note for item in a_page().posts}
    public = {item.href: item.note for item in a_page(with_names=False).posts}

    assert posts["/kommune/999/stilling/skolechef/"] == "Skolechefen"
    assert public["/kommune/999/stilling/skolechef/"] == "held"
    assert posts["/kommune/999/stilling/dagtilbudschef/"] == "vacant post"
    assert a_page().vacant_leaders.startswith("2 of 3 leader posts")


def test_the_page_says_since_when_a_post_is_held():
    since = tuple(replace(post, since=date(2026, 8, 1)) for post in CHAIN.posts)
    posts = a_page(chain=replace(CHAIN, posts=since)).posts

    assert posts[0].note == "Direktøren since Aug. 1, 2026"


# The page of all breaks ------------------------------------------------------------------


def all_breaks(*found, only_mine=False, own="direktor"):
    known = all_known(CHAIN, *found, own=own)
    return breaks_page.build(known, only_mine=only_mine, as_of=shown("2026-08-01"))


MINE = a_break(owner="direktor")
THEIRS = a_break(BreakKind.POST_WITHOUT_CHARTER, owner="skolechef")


def test_all_breaks_stand_by_kind_with_a_way_back_to_the_map_of_the_same_day():
    page = all_breaks(MINE, THEIRS)

    assert [(kind.name, kind.count) for kind in page.kinds] == [
        ("Vacant posts", 1),
        ("Posts without a charter", 1),
    ]
    assert page.chain_href == "/kommune/999/kaede/?dato=2026-08-01"
    assert page.summary == "The chain breaks in 2 places."


def test_one_can_see_those_that_are_ones_own():
    page = all_breaks(MINE, THEIRS, only_mine=True)

    assert [kind.key for kind in page.kinds] == ["vacant_post"]
    assert page.summary == "You own 1 break."
    assert [(choice.words, choice.is_shown) for choice in page.choices] == [
        ("All (2)", False),
        ("Mine (1)", True),
    ]
    assert page.choices[1].href == "/kommune/999/brud/?hvis=mine&dato=2026-08-01"


def test_somebody_without_a_post_here_has_no_choice():
    assert all_breaks(MINE, own="").choices == ()
    assert all_breaks(MINE, own="", only_mine=True).summary == "You own no break."


def test_a_chain_that_holds_says_so():
    assert all_breaks().summary == "The chain holds everywhere."


def test_many_of_a_kind_are_folded_owner_by_owner_down_the_chain():
    many = [
        a_break(about=f"post:{n}", owner=owner)
        for n, owner in enumerate(["skolechef"] * 8 + ["direktor"] * 4 + [""])
    ]
    (kind,) = all_breaks(*many).kinds

    assert kind.told == ()
    assert [(one.owner, len(one.told)) for one in kind.owners] == [
        ("nobody", 1),
        ("Director of children and youth", 4),
        ("Chief of schools", 8),
    ]
