"""The chain map."""

from collections import Counter
from dataclasses import replace

import pytest
from django.utils.translation import override

from kaeden.presentation.charts.chain_parts import COLOURS
from kaeden.presentation.charts.chainmap import (
    ChainBreak,
    ChainLevel,
    ChainView,
    Leader,
    Station,
    Thread,
    draw_chainmap,
)
from tests.unit.kaeden.presentation.charts.drawing import drawn, pictures, words

LEVELS = tuple(
    ChainLevel(key=key, name=key.capitalize())
    for key in ("committee", "director", "chiefs", "leaders")
)


def leaders(count, included):
    return tuple(Leader(name=f"Unit {i}", included=i < included) for i in range(count))


CHAIN = ChainView(
    title="The chain",
    levels=LEVELS,
    threads=(
        Thread(key="thrive", name="All children thrive", href="/goals/thrive/"),
        Thread(key="away", name="Fewer are away"),
        Thread(key="chance", name="Equal chances", proposed=True),
    ),
    stations=(
        Station(
            key="director",
            level="director",
            name="Director",
            expected=("thrive", "away", "chance"),
            taken_up=("thrive", "away"),
        ),
        Station(
            key="schools",
            level="chiefs",
            name="Head of schools",
            parent="director",
            expected=("thrive", "away"),
            taken_up=("thrive", "away"),
            leaders=leaders(14, 12),
            leaders_words="12 of 14 schools are with us",
            leaders_stop=("away",),
        ),
        Station(
            key="family",
            level="chiefs",
            name="Head of family services",
            parent="director",
            vacant=True,
            expected=("thrive", "away"),
            taken_up=("thrive",),
        ),
    ),
    breaks=(
        ChainBreak(
            number=1,
            sentence="Nobody owns absence in family services.",
            act="Appoint a deputy",
            href="/posts/family/",
            thread="away",
            station="family",
        ),
        ChainBreak(
            number=2,
            sentence="Absence stops before the schools.",
            act="Take it to the meeting",
            href="",
            thread="away",
            station="schools",
            at_leaders=True,
        ),
    ),
)


def test_every_break_has_its_number_on_both_pictures_and_a_sentence_below():
    tree = drawn("chainmap", draw_chainmap(CHAIN))
    for svg in pictures(tree):
        numbers = [part.get("data-break") for part in svg.iter()]
        assert sorted(filter(None, numbers)) == ["1", "2"]
    for found in CHAIN.breaks:
        assert found.sentence in words(tree)
        assert found.act in words(tree)


@pytest.mark.parametrize(
    "place",
    [
        {"thread": "thrive"},
        {"station": "family"},
        {"station": "schools", "at_leaders": True},
        {"thread": "away", "station": "family"},
        {"thread": "away", "station": "schools", "at_leaders": True},
    ],
)
def test_a_break_is_drawn_wherever_it_can_be(place):
    found = ChainBreak(number=9, sentence="s", act="a", href="", **place)
    chart = draw_chainmap(replace(CHAIN, breaks=(found,)))
    for picture in (chart.wide, chart.narrow):
        assert [badge.number for badge in picture.badges] == [9]


def test_the_list_tells_what_the_picture_shows():
    tree = drawn("chainmap", draw_chainmap(CHAIN))
    posts = {p.get("data-post"): words(p) for p in tree.iter() if p.get("data-post")}
    assert set(posts) == {station.name for station in CHAIN.stations}
    goals = [part.get("data-goal") for part in tree.iter() if part.get("data-goal")]
    assert goals == [thread.name for thread in CHAIN.threads]
    assert "vacant post" in posts["Head of family services"]
    assert "Not taken up here: Fewer are away" in posts["Head of family services"]
    assert "Stops before the leaders: Fewer are away" in posts["Head of schools"]
    assert "Not yet: Unit 12, Unit 13" in posts["Head of schools"]


def test_a_post_has_a_dot_for_each_goal_taken_up():
    chart = draw_chainmap(CHAIN)
    dots = Counter(dot.fill for dot in chart.wide.dots)
    assert dots[COLOURS[0]] == 3
    assert dots[COLOURS[1]] == 2
    assert dots["#1a1a1a"] == 12


def test_a_vacant_post_is_dashed_and_said_in_words():
    with override("en"):
        chart = draw_chainmap(CHAIN)
    for picture in (chart.wide, chart.narrow):
        assert "vacant post" in [label.text for label in picture.labels]
        assert [p.dashed for p in picture.pills if p.colour == "#b00020"] == [True]


def test_a_proposed_goal_is_dotted_and_goes_no_further_than_the_director():
    chart = draw_chainmap(CHAIN)
    for picture in (chart.wide, chart.narrow):
        strands = [s for s in picture.strands if s.colour == COLOURS[2]]
        assert [strand.dotted for strand in strands] == [True]


def without_goals():
    none = {"expected": (), "taken_up": (), "leaders_stop": ()}
    stations = tuple(replace(one, **none) for one in CHAIN.stations)
    return replace(CHAIN, threads=(), stations=stations, breaks=())


def test_who_reports_to_whom_is_drawn_before_any_goal_is_adopted():
    committee_to_director_to_two_chiefs_and_schools_to_leaders = 4
    chart = draw_chainmap(without_goals())
    assert len(chart.wide.links) == (
        committee_to_director_to_two_chiefs_and_schools_to_leaders
    )
    assert len(chart.narrow.links) == 1
    assert chart.wide.strands == ()


def test_a_proposed_goal_runs_dotted_on_to_the_chief_who_would_own_it():
    director, schools, family = CHAIN.stations
    owner = replace(schools, expected=(*schools.expected, "chance"))
    view = replace(CHAIN, stations=(director, owner, family))
    plain, onwards = draw_chainmap(CHAIN), draw_chainmap(view)
    for size in ("wide", "narrow"):
        short, far = (
            next(s for s in getattr(c, size).strands if s.colour == COLOURS[2])
            for c in (plain, onwards)
        )
        assert far.dotted
        assert far.path != short.path
        hollow = [d for d in getattr(onwards, size).dots if d.stroke == COLOURS[2]]
        assert [dot.fill for dot in hollow] == ["#fff", "#fff"]
    with override("en"):
        assert "Not taken up here: Equal" not in words(drawn("chainmap", onwards))


def test_bands_are_low_where_no_thread_runs():
    bare, full = draw_chainmap(without_goals()), draw_chainmap(CHAIN)
    assert bare.wide.height < full.wide.height - 60


def test_the_legend_says_what_a_dot_means_and_only_what_is_drawn():
    own = replace(CHAIN, included_words="has a login", left_out_words="has none")
    legend = words(drawn("chainmap", draw_chainmap(own)).find("ul"))
    assert "has a login has none" in legend
    assert "proposed goal" in legend
    assert "the goal does not get here" in legend
    plain = words(drawn("chainmap", draw_chainmap(without_goals())))
    assert "proposed goal" not in plain
    assert "the goal does not get here" not in plain


def test_a_chief_without_institutions_says_so_in_the_picture():
    director, _schools, family = CHAIN.stations
    alone = replace(family, leaders_words="no institutions")
    chart = draw_chainmap(replace(CHAIN, stations=(director, alone), breaks=()))
    label = next(one for one in chart.wide.labels if one.text == "no institutions")
    assert label.y < chart.wide.height


def solid(picture, colour):
    """The solid stretches of a thread that don't merely repeat its beginning."""
    return "".join(
        strand.path
        for strand in picture.strands
        if strand.colour == colour and not strand.dotted and not strand.over
    )


def without_director(*keys):
    director = replace(CHAIN.stations[0], taken_up=("thrive",))
    chiefs = (replace(one, taken_up=keys) for one in CHAIN.stations[1:])
    return replace(CHAIN, stations=(director, *chiefs), breaks=())


def test_a_goal_that_the_director_has_not_taken_up_goes_no_further():
    chart = draw_chainmap(without_director("thrive"))
    assert solid(chart.wide, COLOURS[1]).count("M") == 1
    director, *_ = (pill for pill in chart.narrow.pills if pill.colour == "#1a1a1a")
    end = float(solid(chart.narrow, COLOURS[1]).rpartition("V")[2])
    assert end == director.y + director.height / 2


def test_a_goal_that_chiefs_took_up_alone_has_no_solid_way_down_to_them():
    chart = draw_chainmap(without_director("thrive", "away"))
    to_director_and_from_schools = 2
    assert solid(chart.wide, COLOURS[1]).count("M") == to_director_and_from_schools
    lost = [strand for strand in chart.wide.strands if strand.colour == "#8c8c8c"]
    assert lost[0].path.count("Q") == 4


def test_the_chain_is_summed_up_in_a_sentence():
    with override("en"):
        assert draw_chainmap(CHAIN).summary == (
            "3 goals are followed from the committee to the leaders. "
            "The chain breaks in 2 places."
        )
        assert draw_chainmap(replace(CHAIN, breaks=())).summary.endswith(
            "The chain holds everywhere."
        )


@pytest.mark.parametrize("goals", range(10))
@pytest.mark.parametrize("chiefs", [1, 3, 5])
def test_it_holds_nine_goals_and_110_units(goals, chiefs):
    keys = tuple(f"g{i}" for i in range(goals))
    threads = tuple(
        Thread(key=k, name="Flere i gang med ungdomsuddannelse") for k in keys
    )
    director = Station(
        key="d", level="director", name="Director", expected=keys, taken_up=keys
    )
    below = tuple(
        Station(
            key=f"c{i}",
            level="chiefs",
            name="Chef for dagtilbud og forebyggelse",
            parent="d",
            expected=keys,
            taken_up=keys,
            leaders=leaders(110 // chiefs, 40),
            leaders_words="40 af 110 er med",
        )
        for i in range(chiefs)
    )
    view = ChainView(
        title="t", levels=LEVELS, threads=threads, stations=(director, *below)
    )
    chart = draw_chainmap(view)
    for picture in (chart.wide, chart.narrow):
        for dot in picture.dots:
            assert 0 < dot.x - dot.radius < dot.x + dot.radius < picture.width
            assert 0 < dot.y - dot.radius < dot.y + dot.radius < picture.height
        assert all(label.y <= picture.height for label in picture.labels)


def test_a_chain_without_goals_and_posts_is_empty_but_drawn():
    chart = draw_chainmap(ChainView(title="t", levels=(), threads=(), stations=()))
    assert chart.wide.strands == chart.narrow.strands == ()
    assert drawn("chainmap", chart).tag == "figure"
