from dataclasses import replace
from datetime import date

import pytest

from kaeden.access.rules import Role
from kaeden.organisation.breaks import Since, as_break, breaks
from kaeden.organisation.findings import findings
from kaeden.organisation.models import Charter, Link
from kaeden.organisation.rules import Kind, Task
from kaeden.organisation.snapshot import all_chains
from kaeden.shared.breaks import BreakKind
from tests.builders import chains as applied_chains
from tests.builders.structure import (
    EVERY_TASK,
    a_charter_of,
    a_held_post,
    a_place,
    a_sound_chain,
    with_charters,
)

ONE = Task.EVALUATE
LATER = date(2025, 2, 1)


def sentences(chain):
    return [str(as_break(chain, one).sentence) for one in findings(chain)]


def owners(chain):
    return [as_break(chain, one).owner for one in findings(chain)]


# Sentences -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chain", "sentence"),
    [
        (
            a_sound_chain(a_held_post("nord", staff=20, holder="")),
            "Institution leader, Nordskolen: nobody holds the post in Kæden.",
        ),
        (
            with_charters(a_sound_chain(), {"nord": None}),
            "Institution leader, Nordskolen has no charter: nobody has written what the post decides.",
        ),
        (
            a_sound_chain(a_held_post("nord", staff=20, reports_to="")),
            "Institution leader, Nordskolen reports to nobody.",
        ),
        (
            a_sound_chain(a_held_post("nord", staff=20, reports_to="gone")),
            "Institution leader, Nordskolen reports to a post that is not there.",
        ),
        (
            a_sound_chain(a_held_post("nord", staff=3)),
            "Institution leader, Nordskolen leads 3 directly. The bounds are 9 to 34.",
        ),
        (
            a_sound_chain(
                a_place("ind", Kind.DEPARTMENT, "nord"),
                a_place("1a", Kind.CLASS, "ind", name="1.a"),
            ),
            "1.a lies 2 levels below its nearest leader, Institution leader, Nordskolen.",
        ),
        (
            a_sound_chain(
                a_place("ind", Kind.DEPARTMENT, "nord"),
                a_place("1a", Kind.CLASS, "ind"),
                a_place("1b", Kind.CLASS, "ind"),
            ),
            "2 units lie up to 2 levels below their leader, Institution leader, Nordskolen.",
        ),
        (
            a_sound_chain(
                a_place("nord", name="Nordskolen", latitude=56.0, longitude=10.0),
                a_place(
                    *("fil", Kind.DEPARTMENT, "nord"),
                    name="Filialen",
                    latitude=56.2,
                    longitude=10.0,
                ),
            ),
            "Filialen lies 22 km from the leader nearest it, Institution leader, Nordskolen.",
        ),
        (
            a_sound_chain(
                a_place("nord", name="Nordskolen", latitude=56.0, longitude=10.0),
                *(
                    a_place(code, Kind.DEPARTMENT, "nord", latitude=n, longitude=10.0)
                    for code, n in (("fil", 56.2), ("bo", 56.3))
                ),
            ),
            "2 units lie up to 33 km from their leader, Institution leader, Nordskolen.",
        ),
        (
            with_charters(
                a_sound_chain(), {"chief": a_charter_of(holds=EVERY_TASK - {ONE})}
            ),
            "Nobody holds the task “Evaluate results to develop the practice” in the 2 lines under Director of children and youth.",
        ),
        (
            with_charters(
                a_sound_chain(),
                {
                    "chief": a_charter_of(holds=EVERY_TASK - {ONE}),
                    "syd": a_charter_of(holds=[ONE]),
                },
            ),
            "Nobody from Institution leader, Nordskolen up holds the task “Evaluate results to develop the practice”.",
        ),
        (
            with_charters(a_sound_chain(), {"nord": a_charter_of(holds=[ONE])}),
            "Both Chief of schools and Institution leader, Nordskolen hold the task “Evaluate results to develop the practice”.",
        ),
        (
            with_charters(
                a_sound_chain(),
                dict.fromkeys(("nord", "syd"), a_charter_of(holds=[ONE])),
            ),
            "Chief of schools and 2 posts below it all hold the task “Evaluate results to develop the practice”.",
        ),
    ],
)
def test_a_break_says_what_is_broken(chain, sentence):
    assert sentences(chain) == [sentence]


def test_a_circle_is_said_of_each_post_in_it():
    chief = a_held_post("chief", Role.CHIEF_SCHOOLS, "nord", unit="schools", staff=4)

    assert sentences(a_sound_chain(chief))[:1] == [
        "Chief of schools reports to itself through others, and nobody leads it."
    ]


def test_every_break_names_one_act_and_an_address():
    chain = a_sound_chain(
        a_held_post("nord", staff=2, holder="", charter=None, reports_to="")
    )
    found = [as_break(chain, one) for one in findings(chain)]

    assert {(str(one.act), one.path) for one in found} == {
        ("Fill the post", "/kommune/999/stilling/nord/"),
        ("Write the charter", "/kommune/999/stilling/nord/beskrivelse/"),
        ("Say who leads the post", "/kommune/999/udkast/"),
        ("Draw another structure", "/kommune/999/udkast/"),
    }


def test_a_break_is_seen_at_the_unit_it_is_about():
    chain = a_sound_chain(
        a_place("ind", Kind.DEPARTMENT, "nord"), a_place("1a", Kind.CLASS, "ind")
    )
    (one,) = findings(chain)

    assert (as_break(chain, one).unit, as_break(chain, one).about) == (
        "1a",
        "post:nord",
    )


# Owners --------------------------------------------------------------------------------


def test_the_nearest_held_post_above_that_can_mend_it_owns_a_break():
    area = a_held_post("area", Role.AREA_LEADER, "chief", unit="schools", staff=3)
    chain = a_sound_chain(
        area,
        a_held_post("nord", reports_to="area", staff=20, holder="", charter=None),
        a_held_post("syd", reports_to="area", staff=20),
    )

    assert owners(chain) == ["chief", "area"]


def test_what_a_vacant_post_would_own_moves_up():
    chain = a_sound_chain(
        a_held_post(
            *("chief", Role.CHIEF_SCHOOLS, "director"),
            unit="schools",
            staff=4,
            holder="",
            charter=a_charter_of(holds=EVERY_TASK),
        ),
        a_held_post("nord", staff=20, charter=None),
    )

    assert owners(chain) == ["director", "director"]


def test_where_all_are_vacant_the_nearest_owns_it():
    posts = tuple(replace(post, holder="") for post in a_sound_chain().posts)
    chain = a_sound_chain(posts=posts)

    assert owners(chain) == ["director", "director", "chief", "chief"]


# Since when ----------------------------------------------------------------------------


@pytest.fixture
def fjordby(db):
    """Fjordby's chain in the database, and some dates."""
    chain = applied_chains.a_chain()
    applied_chains.applied(chain)
    applied_chains.applied(
        applied_chains.with_post(
            chain,
            "leder-999001",
            charter=None,
            reports_to="",
        ),
        on=LATER,
    )
    return all_chains(LATER)["999"]


@pytest.mark.parametrize(
    ("kind", "post", "day"),
    [
        (BreakKind.VACANT_POST, "leder-999002", applied_chains.BEGAN),
        (BreakKind.POST_WITHOUT_CHARTER, "leder-999002", applied_chains.BEGAN),
        (BreakKind.POST_WITHOUT_CHARTER, "leder-999001", LATER),
        (BreakKind.POST_WITHOUT_LINK, "leder-999001", LATER),
    ],
)
def test_a_break_says_since_when(fjordby, kind, post, day):
    found = {(one.kind, one.about): one for one in breaks({"999": fjordby}, LATER)}

    assert found[kind, f"post:{post}"].since == day


def test_a_task_is_in_disorder_since_the_newest_charter(fjordby):
    chain = replace(fjordby, posts=applied_chains.a_chain().posts)
    charters = dict.fromkeys(
        ("direktor", "leder-999001"), a_charter_of(holds=EVERY_TASK)
    )
    chain = with_charters(chain, charters)
    one = next(o for o in findings(chain) if o.kind is BreakKind.TASK_HELD_BY_TWO)

    Charter.objects.update(valid_to=None)

    assert Since(LATER).of(chain, one) == applied_chains.BEGAN


def test_a_span_and_a_distance_are_since_the_newest_post_and_place(fjordby):
    post = next(post for post in fjordby.posts if post.key == "leder-999001")
    chain = replace(
        fjordby,
        posts=tuple(
            replace(one, staff=1) if one is post else one for one in fjordby.posts
        ),
        bounds={},
    )
    span = next(
        o
        for o in findings(chain)
        if o.kind is BreakKind.SPAN_OUTSIDE_BOUNDS and o.post == post.key
    )
    far = replace(
        span, kind=BreakKind.UNIT_FAR_FROM_LEADER, units=("999001-3a", "unknown")
    )

    assert Since(LATER).of(chain, span) == applied_chains.BEGAN
    assert Since(LATER).of(chain, far) == applied_chains.BEGAN


def test_the_dates_of_all_municipalities_are_read_at_once(
    fjordby, django_assert_max_num_queries
):
    Link.objects.all().delete()
    chains = {str(number): fjordby for number in range(50)}

    with django_assert_max_num_queries(6):
        assert len(list(breaks(chains, LATER))) > 50
