from dataclasses import replace

import pytest

from kaeden.access.rules import Role
from kaeden.organisation.changes import Change, Thing, Verb, diff
from kaeden.organisation.rules import Area, Bound, Kind
from tests.builders.chains import (
    a_chain,
    a_charter,
    a_post,
    a_unit,
    with_post,
    with_unit,
    without,
)


def told(now, wanted):
    """The changes as (thing, verb, key, field, before, after)."""
    return [
        (one.thing, one.verb, one.key, one.field, one.before, one.after)
        for one in diff(now, wanted)
    ]


def test_a_chain_does_not_differ_from_itself():
    assert diff(a_chain(), a_chain()) == ()


def test_since_when_somebody_holds_a_post_is_no_difference():
    wanted = with_post(a_chain(), "direktor", since=None, is_demo=True)

    assert diff(a_chain(), wanted) == ()


@pytest.mark.parametrize(
    ("wanted", "change"),
    [
        (
            with_unit(a_chain(), "G99901", parent="daycare"),
            (Thing.UNIT, Verb.CHANGES, "G99901", "parent", "Klynge Nord", "Dagtilbud"),
        ),
        (
            with_unit(a_chain(), "999002", cluster="nord"),
            (Thing.UNIT, Verb.CHANGES, "999002", "cluster", "", "Klynge Nord"),
        ),
        (
            with_unit(a_chain(), "999002", name="Fjordskolen"),
            (Thing.UNIT, Verb.CHANGES, "999002", "name", "Sydskolen", "Fjordskolen"),
        ),
        (
            with_post(a_chain(), "leder-nord", reports_to="direktor"),
            (
                *(Thing.POST, Verb.CHANGES, "leder-nord", "reports_to"),
                "Chief of day care, Dagtilbud",
                "Director of children and youth, Fjordby",
            ),
        ),
        (
            with_post(a_chain(), "leder-999002", unit="999001"),
            (
                *(Thing.POST, Verb.CHANGES, "leder-999002", "unit"),
                *("Sydskolen", "Nordskolen"),
            ),
        ),
        (
            with_post(a_chain(), "leder-999002", staff=None),
            (Thing.POST, Verb.CHANGES, "leder-999002", "staff", "12", ""),
        ),
        (
            with_post(a_chain(), "skolechef", holder=""),
            (Thing.POST, Verb.CHANGES, "skolechef", "holder", "", ""),
        ),
        (
            with_post(a_chain(), "leder-999001", charter=None),
            (Thing.CHARTER, Verb.ENDS, "leder-999001", "", "", ""),
        ),
        (
            with_post(a_chain(), "leder-999002", charter=a_charter()),
            (Thing.CHARTER, Verb.BEGINS, "leder-999002", "", "", ""),
        ),
        (
            with_post(a_chain(), "leder-999001", charter=a_charter(area="Læsning")),
            (Thing.CHARTER, Verb.CHANGES, "leder-999001", "", "", ""),
        ),
        (
            replace(a_chain(), communities=()),
            (Thing.COMMUNITY, Verb.ENDS, "laesning", "", "", ""),
        ),
        (
            replace(a_chain(), bounds={}),
            (Thing.BOUNDS, Verb.ENDS, "leader", "", "8–25, 1", ""),
        ),
        (
            replace(a_chain(), bounds={Role.LEADER: Bound(9, 25)}),
            (Thing.BOUNDS, Verb.CHANGES, "leader", "", "8–25, 1", "9–25, 1"),
        ),
    ],
)
def test_each_difference_is_told_with_names_and_without_persons(wanted, change):
    assert told(a_chain(), wanted) == [change]


def test_what_begins_one_way_ends_the_other():
    bigger = replace(
        a_chain(),
        units=(*a_chain().units, a_unit("999005", "Østskolen", Kind.SCHOOL, "schools")),
        posts=(*a_chain().posts, a_post("ny", Role.LEADER, "999005", "skolechef")),
    )

    assert [(c.verb, c.name) for c in diff(a_chain(), bigger)] == [
        (Verb.BEGINS, "Østskolen"),
        (Verb.BEGINS, "Institution leader, Østskolen"),
    ]
    assert [c.verb for c in diff(bigger, a_chain())] == [Verb.ENDS, Verb.ENDS]


def test_a_merged_unit_ends_with_the_name_of_the_one_that_carries_it_on():
    merged = without(a_chain(communities=()), "999002", "leder-999002")
    merged = replace(merged, carried_on={"999002": ("999001",)})

    ended = diff(a_chain(communities=()), merged)[0]

    assert ended == Change(
        thing=Thing.UNIT,
        verb=Verb.ENDS,
        key="999002",
        name="Sydskolen",
        after="Nordskolen",
    )


def test_members_who_come_and_go_are_told_by_post():
    community = replace(a_chain().communities[0], members=("leder-nord",))

    change = diff(a_chain(), replace(a_chain(), communities=(community,)))[0]

    assert change.before.startswith("Institution leader, Nordskolen; ")
    assert change.after == "Area leader, Klynge Nord"


def test_a_private_school_may_be_left_out():
    others = Area.OTHERS.value
    with_private = replace(
        a_chain(),
        units=(
            *a_chain().units,
            a_unit(others, "others", Kind.AREA, "999"),
            a_unit("999003", "Fjord Friskole", Kind.SCHOOL, others),
        ),
    )

    assert diff(with_private, a_chain()) == ()
