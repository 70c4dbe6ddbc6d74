"""The chain map: what it shows, and that the list tells the same."""

import re
from dataclasses import replace

import pytest
from django.utils.translation import override

from kaeden.presentation.charts.chain_parts import (
    BROKEN,
    COLOURS,
    FAINT,
    INK,
    ChainView,
    Leader,
    Where,
)
from kaeden.presentation.charts.chainmap import draw_chainmap
from tests.builders.maps import (
    LEVELS,
    VIEW,
    a_break,
    a_chief,
    a_director,
    a_field,
    a_thread,
    leaders,
)
from tests.unit.kaeden.presentation.charts.drawing import SVG, drawn, pictures, words

pytestmark = pytest.mark.usefixtures("english")
DIRECTOR, SCHOOLS, FAMILY = VIEW.stations


def strands(chart, colour, *, dotted=False):
    return [
        one
        for one in chart.wide.strands
        if one.colour == colour and one.dotted is dotted
    ]


def ends(strand):
    """Where the stretches of a strand end, from their "V" and "H"."""
    return {float(y) for y in re.findall(r"V([\d.]+)", strand.path)}


def texts(chart, *kinds):
    return [one.text for one in chart.wide.labels if not kinds or one.kind in kinds]


# Breaks ---------------------------------------------------------------------------------


def test_every_break_has_its_number_in_the_picture_and_a_sentence_below():
    tree = drawn("chainmap", draw_chainmap(VIEW))
    (svg,) = pictures(tree)
    numbers = [part.get("data-break") for part in svg.iter()]

    assert sorted(filter(None, numbers)) == ["1", "2"]
    for found in VIEW.breaks:
        assert found.sentence in words(tree)
        assert found.act in words(tree)


@pytest.mark.parametrize(
    "place",
    [
        Where(thread="thrive"),
        Where(station="director"),
        Where(station="director", thread="away"),
        Where(station="family"),
        Where(station="family", thread="away"),
        Where(station="schools", at_leaders=True),
        Where(station="schools", thread="away", at_leaders=True),
        Where(station="schools", thread="chance", at_leaders=True),
        Where(station="family", at_leaders=True),
        Where(station="family", thread="chance"),
    ],
)
def test_a_break_is_drawn_wherever_it_is(place):
    chart = draw_chainmap(replace(VIEW, breaks=(a_break(9, place),)))

    assert [badge.number for badge in chart.wide.badges] == [9]


def test_a_break_at_several_places_has_its_number_at_each():
    both = a_break(1, Where(station="schools"), Where(station="family"))
    chart = draw_chainmap(replace(VIEW, breaks=(both,)))

    assert [badge.number for badge in chart.wide.badges] == [1, 1]


def test_two_numbers_at_one_place_stand_beside_each_other():
    same = Where(station="family")
    view = replace(VIEW, breaks=(a_break(1, same), a_break(2, same)))
    one, other = draw_chainmap(view).wide.badges

    assert (one.y, abs(one.x - other.x)) == (other.y, 24)


def test_a_break_of_something_that_is_not_on_the_map_has_no_number_on_it():
    chart = draw_chainmap(replace(VIEW, breaks=(a_break(1, Where(station="gone")),)))

    assert chart.wide.badges == ()


# The list -------------------------------------------------------------------------------


def test_the_list_tells_what_the_picture_shows():
    tree = drawn("chainmap", draw_chainmap(VIEW))
    posts = {p.get("data-post"): words(p) for p in tree.iter() if p.get("data-post")}

    assert set(posts) == {station.name for station in VIEW.stations}
    assert "vacant post" in posts["Head of family services"]
    assert "Not taken up here: Fewer are away" in posts["Head of family services"]
    assert "Owns: All children thrive" in posts["Director"]
    assert "Unit 13 – none yet" in posts["Head of schools"]
    assert "Unit 0 – has said what all the goals mean there" in posts["Head of schools"]


def test_the_list_has_the_goals_and_the_breaks_of_the_picture():
    tree = drawn("chainmap", draw_chainmap(VIEW))
    (svg,) = pictures(tree)
    (listing,) = (p for p in tree.iter("div") if p.get("class") == "kd-chain-list")

    for what in ("data-goal", "data-post", "data-break"):
        assert named(listing, what) == named(svg, what) != set()


def named(part, what):
    return {one.get(what) for one in part.iter() if one.get(what)}


def test_a_break_of_a_goal_is_told_at_the_goal():
    view = replace(VIEW, breaks=(a_break(1, Where(thread="away")),))
    chart = draw_chainmap(view)

    assert [len(goal.breaks) for goal in chart.goals] == [0, 1, 0]


def test_what_one_may_not_know_is_not_told():
    unknown = replace(SCHOOLS, is_known=False, fields=(a_field(*leaders(2, 0)),))
    chart = draw_chainmap(replace(VIEW, stations=(DIRECTOR, unknown), breaks=()))
    listed = words(drawn("chainmap", chart))

    assert "Goals for this post: All children thrive" in listed
    assert "none yet" not in listed
    hollow = [dot for dot in chart.wide.dots if dot.fill == "#fff"]
    assert {dot.stroke for dot in hollow} >= {COLOURS[0], COLOURS[1]}
    assert chart.drawn.here
    assert chart.drawn.leader


# The picture ----------------------------------------------------------------------------


def test_a_post_has_a_dot_for_each_goal_taken_up():
    dots = [dot.fill for dot in draw_chainmap(VIEW).wide.dots]

    assert (dots.count(COLOURS[0]), dots.count(COLOURS[1])) == (3, 2)
    assert dots.count(INK) == 13


def test_the_goals_that_a_post_owns_have_a_ring():
    ringed = [dot for dot in draw_chainmap(VIEW).wide.dots if dot.ring]

    assert [dot.fill for dot in ringed] == [COLOURS[0]]


def test_a_leader_who_is_partly_along_is_half_filled():
    half = Leader(name="U", expected=("thrive", "away"), taken_up=("away",))
    view = replace(VIEW, stations=(replace(DIRECTOR, fields=(a_field(half),)),))
    chart = draw_chainmap(replace(view, breaks=()))
    (dot,) = (dot for dot in chart.wide.dots if dot.half)

    assert dot.lower_half.startswith("M")
    assert chart.drawn.partly
    assert "some of them" in words(drawn("chainmap", chart))


def test_a_vacant_post_is_dashed_and_said_in_words():
    chart = draw_chainmap(VIEW)

    assert "vacant post" in texts(chart, "vacant")
    assert [p.dashed for p in chart.wide.pills if p.colour == BROKEN] == [True]


@pytest.mark.parametrize(("vacant", "colour"), [(1, BROKEN), (4, FAINT)])
def test_one_vacant_leader_is_red_and_only_vacant_ones_are_quiet(vacant, colour):
    field = a_field(*leaders(4, 0, "thrive", vacant=vacant))
    chart = draw_chainmap(
        replace(VIEW, stations=(replace(DIRECTOR, fields=(field,)),), breaks=())
    )

    dashed = [dot.stroke for dot in chart.wide.dots if dot.dashed]
    assert dashed == [colour] * vacant
    assert "vacant post" in words(drawn("chainmap", chart).find("ul"))


def test_a_chain_that_nobody_has_taken_up_has_no_red():
    quiet = replace(FAMILY, quiet=True)
    chart = draw_chainmap(replace(VIEW, stations=(DIRECTOR, quiet), breaks=()))

    assert texts(chart, "vacant") == []
    assert BROKEN not in {pill.colour for pill in chart.wide.pills}


def test_a_goal_that_a_chief_has_not_taken_up_ends_above_the_post():
    chart = draw_chainmap(replace(VIEW, stations=(DIRECTOR, FAMILY)))
    (away,) = strands(chart, COLOURS[1])
    family = next(pill for pill in chart.wide.pills if pill.colour == BROKEN)

    assert family.y - 40 < max(ends(away)) < family.y
    assert any(strand.lost for strand in chart.wide.strands)


def test_a_goal_that_the_director_has_not_taken_up_goes_no_further():
    director = replace(DIRECTOR, taken_up=("thrive",))
    stations = (director, replace(SCHOOLS, taken_up=("thrive",), fields=()))
    (away,) = strands(draw_chainmap(replace(VIEW, stations=stations)), COLOURS[1])

    assert len(ends(away)) == 1


def test_a_goal_that_a_chief_took_up_alone_has_no_solid_way_down():
    director = replace(DIRECTOR, taken_up=("thrive",))
    stations = (director, replace(SCHOOLS, fields=()))
    chart = draw_chainmap(replace(VIEW, stations=stations))
    (lost,) = strands(chart, FAINT, dotted=True)

    assert "Q" in lost.path


def test_a_goal_that_is_not_for_the_director_runs_across_the_post():
    director = replace(DIRECTOR, expected=("away",), taken_up=("away",))
    chart = draw_chainmap(replace(VIEW, stations=(director, SCHOOLS), breaks=()))

    assert {strand.colour for strand in chart.wide.over} == {COLOURS[0], COLOURS[2]}
    (thrive,) = strands(chart, COLOURS[0])
    assert max(ends(thrive)) > max(pill.y for pill in chart.wide.pills)


def test_a_proposed_goal_is_dotted_to_the_chief_who_would_own_it_and_no_further():
    owner = replace(SCHOOLS, expected=("thrive", "away", "chance"))
    chart = draw_chainmap(replace(VIEW, stations=(DIRECTOR, owner), breaks=()))
    (chance,) = strands(chart, COLOURS[2], dotted=True)

    assert strands(chart, COLOURS[2]) == []
    hollow = [dot for dot in chart.wide.dots if dot.stroke == COLOURS[2]]
    assert [dot.fill for dot in hollow] == ["#fff", "#fff"]
    assert max(ends(chance)) == max(pill.y for pill in chart.wide.pills)
    assert "Not taken up here: Equal" not in words(drawn("chainmap", chart))


def test_goals_stand_above_the_posts_that_they_lead_to():
    only = replace(FAMILY, expected=("thrive",), taken_up=("thrive",))
    school = replace(SCHOOLS, expected=("away",), taken_up=("away",), fields=())
    chart = draw_chainmap(replace(VIEW, stations=(DIRECTOR, school, only), breaks=()))

    assert [goal.name for goal in chart.goals][:2] == [
        "Fewer are away",
        "All children thrive",
    ]
    assert [goal.hue for goal in chart.goals][:2] == [1, 0]


# Other shapes of chain -------------------------------------------------------------------


def without_goals(*stations):
    none = {"expected": (), "taken_up": (), "owns": ()}
    bare = [replace(one, **none, fields=()) for one in stations]
    return replace(VIEW, threads=(), stations=tuple(bare), breaks=())


def test_who_reports_to_whom_is_drawn_where_no_goal_shows_it():
    view = without_goals(*VIEW.stations)
    chief = replace(view.stations[1], fields=(a_field(*leaders(3, 0)),))
    chart = draw_chainmap(replace(view, stations=(*view.stations[:1], chief)))

    director_to_chief_and_chief_to_leaders = 2
    assert len(chart.wide.links) == director_to_chief_and_chief_to_leaders
    assert chart.wide.strands == ()
    assert "no goals yet" in texts(chart)
    assert "who reports to whom" in words(drawn("chainmap", chart))


def test_without_goals_the_narrow_form_shows_the_posts_alone():
    view = without_goals(*VIEW.stations)
    chart = draw_chainmap(view)

    (director,) = chart.bare
    assert [stop.name for stop in director.below] == [
        "Head of schools",
        "Head of family services",
    ]
    assert draw_chainmap(VIEW).bare == ()


def test_a_director_without_chiefs_leads_the_leaders_straight_down():
    field = a_field(*leaders(40, 30, "thrive", "away"), stops=())
    chart = draw_chainmap(
        replace(VIEW, stations=(replace(DIRECTOR, fields=(field,)),), breaks=())
    )

    (thrive,) = strands(chart, COLOURS[0])
    assert "Q" not in thrive.path


def test_leaders_of_the_director_stand_beside_the_chiefs():
    director = replace(DIRECTOR, fields=(a_field(*leaders(2, 1, "thrive")),))
    chart = draw_chainmap(replace(VIEW, stations=(director, SCHOOLS), breaks=()))

    assert len(chart.wide.boxes) == 3


def test_a_goal_does_not_reach_leaders_past_a_director_who_has_not_taken_it_up():
    field = a_field(*leaders(2, 0, "thrive", "away"))
    director = replace(DIRECTOR, taken_up=("thrive",), fields=(field,))
    chart = draw_chainmap(replace(VIEW, stations=(director, SCHOOLS), breaks=()))

    lost = [strand for strand in chart.wide.strands if strand.lost]
    assert lost


def an_area(key, **facts):
    return a_chief(key, key.capitalize(), **({"level": "areas"} | facts))


def test_area_leaders_stand_below_one_another_on_the_threads_of_their_chief():
    north = an_area(
        "north", parent="schools", fields=(a_field(*leaders(9, 4, "away")),)
    )
    south = an_area("south", parent="schools", taken_up=("thrive",), vacant=True)
    chart = draw_chainmap(
        replace(
            VIEW,
            stations=(DIRECTOR, replace(SCHOOLS, fields=()), north, south),
            breaks=(
                a_break(1, Where(station="south", thread="away")),
                a_break(2, Where(station="north", at_leaders=True)),
                a_break(3, Where(station="south")),
            ),
        )
    )

    assert {"North", "South"} <= set(texts(chart, "name"))
    assert [badge.number for badge in chart.wide.badges] == [1, 2, 3]
    (away,) = strands(chart, COLOURS[1])
    (thrive,) = strands(chart, COLOURS[0])
    assert max(ends(away)) < max(ends(thrive))


def test_a_few_area_leaders_right_below_the_director_stand_side_by_side():
    few = [an_area(f"a{n}", fields=(a_field(*leaders(2, 1)),)) for n in range(3)]
    many = [an_area(f"a{n}", fields=(a_field(*leaders(2, 1)),)) for n in range(8)]
    beside = draw_chainmap(replace(VIEW, stations=(DIRECTOR, *few), breaks=()))
    below = draw_chainmap(replace(VIEW, stations=(DIRECTOR, *many), breaks=()))

    assert len({p.y for p in beside.wide.pills}) == 2
    assert len({p.y for p in below.wide.pills}) == 9


def test_two_directors_have_a_row_each():
    other = replace(DIRECTOR, key="second", expected=("away",), taken_up=("away",))
    below = replace(SCHOOLS, parent="second", expected=("away",), taken_up=("away",))
    chart = draw_chainmap(replace(VIEW, stations=(DIRECTOR, other, below), breaks=()))

    assert len({pill.y for pill in chart.wide.pills}) == 3


def test_a_chain_without_a_director_begins_at_the_chiefs():
    chief = replace(SCHOOLS, parent="")
    chart = draw_chainmap(replace(VIEW, stations=(chief,), breaks=()))

    assert len(chart.wide.pills) == 1
    assert strands(chart, COLOURS[0])


def test_a_post_that_reports_to_nobody_gets_no_goal_from_above():
    loose = replace(FAMILY, parent="", linked=False)
    chart = draw_chainmap(replace(VIEW, stations=(DIRECTOR, SCHOOLS, loose), breaks=()))

    assert any(strand.lost for strand in chart.wide.strands)


def test_leaders_that_nobody_leads_stand_by_themselves():
    loose = a_chief(
        "-",
        "No leader above them",
        parent="",
        is_post=False,
        linked=False,
        expected=(),
        taken_up=(),
        fields=(a_field(*leaders(2, 0, "thrive")),),
    )
    found = a_break(1, Where(station="-", thread="thrive", at_leaders=True))
    view = replace(VIEW, stations=(DIRECTOR, SCHOOLS, loose), breaks=(found,))
    chart = draw_chainmap(view)

    assert len(chart.wide.pills) == 2
    assert "No leader above them" in texts(chart, "name")
    assert [badge.number for badge in chart.wide.badges] == [1]


def test_teams_are_counted_and_not_drawn():
    teams = a_field(level="teams", words="24 teams", short="24 teams")
    field = a_field(*leaders(3, 1, "away"))
    area = an_area("north", parent="family", fields=(field, teams))
    only = an_area("south", parent="family", fields=(teams,))
    school = replace(SCHOOLS, fields=(field, teams))
    chart = draw_chainmap(
        replace(VIEW, stations=(DIRECTOR, school, FAMILY, area, only), breaks=())
    )

    assert texts(chart).count("24 teams") == 1
    assert "12 of 14 · 24 teams" in texts(chart)
    assert not chart.drawn.unused


def test_a_chief_without_institutions_says_so_in_the_picture():
    alone = replace(FAMILY, nothing_below="no institutions")
    chart = draw_chainmap(replace(VIEW, stations=(DIRECTOR, alone), breaks=()))

    assert "no institutions" in texts(chart)


def test_a_chain_without_goals_and_posts_is_empty_but_drawn():
    chart = draw_chainmap(
        ChainView(title="t", summary="", levels=(), threads=(), stations=())
    )

    assert chart.wide.strands == ()
    assert drawn("chainmap", chart).tag == "figure"


# One goal at a time ----------------------------------------------------------------------


def test_a_goal_is_followed_post_by_post_where_there_is_little_room():
    chart = draw_chainmap(VIEW)
    line = next(one for one in chart.lines if one.goal.name == "Fewer are away")
    (director,) = line.stops
    schools, family = director.below

    assert line.words == "12 of 14 have said what it means with them"
    assert line.numbers == (1, 2)
    assert (schools.taken, schools.dots.count("taken")) == (True, 12)
    assert (family.taken, family.vacant, family.numbers) == (False, True, (1,))


def test_a_proposed_goal_is_said_to_be_one_there_too():
    (line,) = (one for one in draw_chainmap(VIEW).lines if one.goal.proposed)

    assert line.words == "proposed"
    assert [stop.name for stop in line.stops] == ["Director"]


def test_a_vacant_leader_is_told_as_one_where_there_is_little_room():
    field = a_field(*leaders(3, 1, "away", vacant=1))
    school = replace(SCHOOLS, fields=(field,))
    chart = draw_chainmap(replace(VIEW, stations=(DIRECTOR, school), breaks=()))
    line = next(one for one in chart.lines if one.goal.name == "Fewer are away")

    assert line.stops[0].below[0].dots == ("taken", "not", "vacant")


def test_the_narrow_form_says_what_the_colours_say():
    tree = drawn("chainmap", draw_chainmap(VIEW))
    (lines,) = (p for p in tree.iter("div") if "kd-lines" in (p.get("class") or ""))

    assert "Head of family services vacant post not taken up Break 1" in words(lines)
    assert len(list(lines.iter("details"))) == 3


# In words --------------------------------------------------------------------------------


def test_the_legend_explains_what_is_drawn_and_only_that():
    legend = words(drawn("chainmap", draw_chainmap(VIEW)).find("ul"))
    plain = words(drawn("chainmap", draw_chainmap(without_goals(DIRECTOR, SCHOOLS))))

    assert "proposed goal" in legend
    assert "the goal does not get here" in legend
    assert "owns the goal" in legend
    for mark in ("proposed goal", "the goal does not get here", "owns the goal"):
        assert mark not in plain


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_text_in_the_picture_is_smaller_than_twelve_pixels(language):
    with override(language):
        (svg,) = pictures(drawn("chainmap", draw_chainmap(VIEW), language))
    sizes = [float(t.get("font-size", 14)) for t in svg.iter(f"{SVG}text")]

    assert min(sizes) >= 12.5


# Room ------------------------------------------------------------------------------------


def crowded(goals, chiefs, units):
    keys = tuple(f"g{i}" for i in range(goals))
    threads = tuple(
        a_thread(key, "Flere i gang med ungdomsuddannelse", hue)
        for hue, key in enumerate(keys)
    )
    every = {"expected": keys, "taken_up": keys}
    field = a_field(*leaders(units // chiefs, 4, *keys))
    heads = [
        a_chief(f"c{n}", "Chef for dagtilbud og forebyggelse", fields=(field,), **every)
        for n in range(chiefs)
    ]
    return ChainView(
        title="t",
        summary="",
        levels=LEVELS,
        threads=threads,
        stations=(a_director(**every), *heads),
    )


@pytest.mark.parametrize("goals", range(10))
@pytest.mark.parametrize("chiefs", [1, 2, 3, 5, 6, 8])
def test_it_holds_nine_goals_and_110_units(goals, chiefs):
    picture = draw_chainmap(crowded(goals, chiefs, 110)).wide

    for dot in picture.dots:
        assert 0 < dot.x - dot.radius < dot.x + dot.radius < picture.width
        assert 0 < dot.y - dot.radius < dot.y + dot.radius < picture.height
    for box in picture.boxes:
        assert 0 <= box.x < box.x + box.width <= picture.width
    assert all(0 < label.y <= picture.height for label in picture.labels)
    assert picture.height < 620
