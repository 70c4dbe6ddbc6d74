import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaeden.access.rules import Role
from kaeden.organisation.findings import (
    findings,
    is_covered,
    km_between,
    leading_posts,
    span_of,
)
from kaeden.organisation.lines import Line, lines
from kaeden.organisation.rules import Bound, Kind, Task
from kaeden.shared.breaks import BreakKind
from tests.builders.structure import (
    EVERY_TASK,
    a_charter_of,
    a_held_post,
    a_place,
    a_sound_chain,
    with_charters,
)

ONE = Task.EVALUATE
REST = EVERY_TASK - {ONE}


def of(kind, chain):
    """Return the findings of one kind."""
    return [one for one in findings(chain) if one.kind is kind]


def posts_of(kind, chain):
    return [one.post for one in of(kind, chain)]


def a_seat(code, *, north, parent="schools", kind=Kind.SCHOOL):
    return a_place(code, kind, parent, latitude=north, longitude=10.0)


def test_a_chain_that_lacks_nothing_has_no_findings():
    assert findings(a_sound_chain()) == ()


# Posts ---------------------------------------------------------------------------------


def test_a_vacant_post_is_found():
    chain = a_sound_chain(a_held_post("nord", holder="", staff=20))

    assert posts_of(BreakKind.VACANT_POST, chain) == ["nord"]


def test_a_post_without_charter_is_found_where_the_post_leads():
    chain = with_charters(
        a_sound_chain(
            a_held_post("team", Role.TEAM, "nord", unit="nord", charter=None)
        ),
        {"syd": None},
    )

    assert posts_of(BreakKind.POST_WITHOUT_CHARTER, chain) == ["syd"]


def test_a_leader_who_reports_to_nobody_is_found():
    assert posts_of(
        BreakKind.POST_WITHOUT_LINK,
        a_sound_chain(a_held_post("nord", reports_to="", staff=20)),
    ) == ["nord"]


def test_a_leader_who_reports_to_a_post_that_is_not_there_is_found():
    chain = a_sound_chain(a_held_post("nord", reports_to="gone", staff=20))

    assert posts_of(BreakKind.POST_WITHOUT_LINK, chain) == ["nord"]


def test_leaders_in_a_circle_are_found_and_who_hangs_below_them_is_not():
    chain = a_sound_chain(
        a_held_post("chief", Role.CHIEF_SCHOOLS, "nord", unit="schools", staff=4)
    )

    assert posts_of(BreakKind.POST_WITHOUT_LINK, chain) == ["chief", "nord"]


def test_the_top_reports_to_nobody():
    with_committee = a_sound_chain(
        a_held_post("director", Role.DIRECTOR, "", unit="999", staff=3)
    )
    without = replace(with_committee, posts=with_committee.posts[1:])

    assert posts_of(BreakKind.POST_WITHOUT_LINK, with_committee) == ["director"]
    assert posts_of(BreakKind.POST_WITHOUT_LINK, without) == []


# The seven tasks -----------------------------------------------------------------------


def test_a_task_with_one_holder_in_a_line_lacks_nothing():
    chain = with_charters(
        a_sound_chain(),
        {
            "chief": a_charter_of(holds=REST),
            "nord": a_charter_of(holds=[ONE]),
            "syd": a_charter_of(holds=[ONE]),
        },
    )

    assert findings(chain) == ()


def test_a_task_that_two_share_lacks_nothing():
    chain = with_charters(
        a_sound_chain(),
        {
            "director": a_charter_of(shares=[ONE]),
            "chief": a_charter_of(holds=REST, shares=[ONE]),
        },
    )

    assert findings(chain) == ()


@pytest.mark.parametrize("shares", [[], [ONE]])
def test_a_task_that_nobody_holds_is_found_once_for_all_lines_that_lack_it(shares):
    chain = with_charters(
        a_sound_chain(), {"chief": a_charter_of(holds=REST, shares=shares)}
    )

    (found,) = findings(chain)

    assert (found.kind, found.task) == (BreakKind.TASK_HELD_BY_NOBODY, ONE)
    assert (found.post, set(found.posts)) == ("director", {"nord", "syd"})


def test_a_task_that_one_line_lacks_is_found_at_its_leader():
    chain = with_charters(
        a_sound_chain(),
        {"chief": a_charter_of(holds=REST), "syd": a_charter_of(holds=[ONE])},
    )

    (found,) = findings(chain)

    assert (found.post, found.posts) == ("nord", ("nord",))


def test_a_line_with_a_post_without_charter_may_hold_the_task_after_all():
    chain = with_charters(
        a_sound_chain(),
        {
            "chief": a_charter_of(holds=REST),
            "syd": None,
            "nord": a_charter_of(holds=[ONE]),
        },
    )

    assert {one.kind for one in findings(chain)} == {BreakKind.POST_WITHOUT_CHARTER}


def test_a_task_with_two_holders_is_found_once_for_the_uppermost():
    chain = with_charters(
        a_sound_chain(),
        {"nord": a_charter_of(holds=[ONE]), "syd": a_charter_of(holds=[ONE])},
    )

    (found,) = findings(chain)

    assert (found.kind, found.task) == (BreakKind.TASK_HELD_BY_TWO, ONE)
    assert (found.post, found.posts) == ("chief", ("nord", "syd"))


def test_two_holders_are_found_where_another_charter_lacks():
    chain = with_charters(
        a_sound_chain(), {"director": None, "nord": a_charter_of(holds=[ONE])}
    )

    assert posts_of(BreakKind.TASK_HELD_BY_TWO, chain) == ["chief"]


def test_sisters_may_hold_the_same_task():
    chain = with_charters(
        a_sound_chain(),
        {
            "chief": a_charter_of(),
            "nord": a_charter_of(holds=EVERY_TASK),
            "syd": a_charter_of(holds=EVERY_TASK),
        },
    )

    assert findings(chain) == ()


def test_a_gap_below_a_post_that_only_helps_is_found_at_the_lines_end():
    helper = a_held_post("helper", Role.TEAM, "nord", unit="nord")
    below = a_held_post("sfo", Role.DEPARTMENT_LEADER, "helper", unit="nord", staff=12)
    chain = with_charters(
        a_sound_chain(helper, below),
        {
            "chief": a_charter_of(holds=REST),
            "sfo": a_charter_of(holds=[ONE]),
            "syd": a_charter_of(holds=[ONE]),
        },
    )

    assert posts_of(BreakKind.TASK_HELD_BY_NOBODY, chain) == ["nord"]


degrees = st.sampled_from([(), (ONE,)])
charters = st.builds(
    lambda holds, shares: a_charter_of(holds=[*holds, *REST], shares=shares),
    degrees,
    degrees,
)


@given(st.lists(charters, min_size=4, max_size=4))
def test_each_line_that_lacks_a_task_lies_under_exactly_one_finding(drawn):
    keys = ("director", "chief", "nord", "syd")
    chain = with_charters(a_sound_chain(), dict(zip(keys, drawn, strict=True)))
    lacking = [one.posts[0] for one in lines(chain) if not is_covered(chain, one, ONE)]
    found = of(BreakKind.TASK_HELD_BY_NOBODY, chain)

    assert sorted(end for one in found for end in one.posts) == sorted(lacking)


def test_a_line_without_posts_covers_nothing():
    assert not is_covered(a_sound_chain(), Line(posts=(), is_whole=False), ONE)


# Spans ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("staff", "is_found"), [(8, True), (9, False), (35, True)])
def test_a_span_outside_the_shipped_bounds_is_found(staff, is_found):
    chain = a_sound_chain(a_held_post("nord", staff=staff))

    assert posts_of(BreakKind.SPAN_OUTSIDE_BOUNDS, chain) == ["nord"] * is_found


def test_posts_and_staff_are_counted_together_against_the_municipalitys_bounds():
    chain = a_sound_chain(bounds={Role.CHIEF_SCHOOLS: Bound(1, 5)})

    (found,) = findings(chain)

    assert (found.post, found.found, found.bound) == ("chief", 6, Bound(1, 5))


def test_a_span_with_unknown_staff_or_without_bounds_is_not_judged():
    chain = a_sound_chain(a_held_post("nord", staff=None))
    team = a_held_post("team", Role.TEAM, "nord", staff=500, unit="nord")

    assert findings(chain) == ()
    assert not span_of(chain, team).is_outside


# Distance ------------------------------------------------------------------------------


def test_units_without_a_leader_near_are_found_once_for_the_nearest_leader():
    department = a_place("ind", Kind.DEPARTMENT, "nord")
    classes = (a_place("1a", Kind.CLASS, "ind"), a_place("1b", Kind.CLASS, "ind"))

    (found,) = findings(a_sound_chain(department, *classes))

    assert (found.kind, found.post) == (BreakKind.UNIT_FAR_FROM_LEADER, "nord")
    assert (found.units, found.found) == (("1a", "1b"), 2)


def test_private_institutions_are_not_far_from_a_leader_they_do_not_have():
    group = a_place("fri-a", Kind.DEPARTMENT, "fri")

    assert findings(a_sound_chain(group, a_place("fri-b", Kind.CLASS, "fri-a"))) == ()


def test_units_that_nobody_leads_at_all_are_not_far():
    chain = a_sound_chain(posts=())

    assert findings(chain) == ()


def test_a_unit_far_from_its_leaders_seat_is_found_in_kilometres():
    chain = a_sound_chain(
        a_seat("nord", north=56.0),
        a_seat("nord-fil", north=56.2, parent="nord", kind=Kind.DEPARTMENT),
    )

    (found,) = findings(chain)

    assert (found.post, found.units, found.in_km) == ("nord", ("nord-fil",), True)
    assert found.found == pytest.approx(22.2, abs=0.1)


def test_the_unit_of_a_post_that_is_led_counts_too():
    chain = a_sound_chain(
        a_seat("nord", north=56.0),
        a_seat("syd", north=56.3),
        a_held_post("nord", Role.AREA_LEADER, staff=9),
        a_held_post("syd", Role.LEADER, "nord", staff=16),
    )

    assert [one.units for one in of(BreakKind.UNIT_FAR_FROM_LEADER, chain)] == [
        ("syd",)
    ]


def test_a_chief_is_not_expected_to_be_round_the_corner():
    chain = a_sound_chain(
        a_seat("schools", north=55.0, kind=Kind.AREA, parent="999"),
        a_seat("nord", north=56.0),
    )

    assert findings(chain) == ()


def test_an_unknown_place_is_no_distance():
    assert km_between(a_seat("nord", north=56.0), a_place("syd")) is None


# Both ----------------------------------------------------------------------------------


def test_the_same_finding_is_known_in_another_chain():
    one = findings(a_sound_chain(a_held_post("nord", staff=5)))
    other = findings(a_sound_chain(a_held_post("nord", staff=6)))

    assert [found.same for found in one] == [found.same for found in other]


def test_leading_posts_stand_between_the_politicians_and_the_team():
    team = a_held_post("team", Role.TEAM, "nord", unit="nord")

    assert {one.key for one in leading_posts(a_sound_chain(team))} == {
        "director",
        "chief",
        "nord",
        "syd",
    }


@pytest.mark.slow
def test_all_of_denmark_is_looked_through_in_a_moment():
    schools = [a_place(f"s{n}") for n in range(50)]
    classes = [a_place(f"s{n}-a", Kind.CLASS, f"s{n}") for n in range(20)]
    leaders = [a_held_post(f"s{n}", staff=40) for n in range(50)]
    chains = [a_sound_chain(*schools, *classes, *leaders) for _ in range(98)]

    began = time.perf_counter()
    found = sum(len(findings(chain)) for chain in chains)

    assert found == 98 * 51
    assert time.perf_counter() - began < 2
