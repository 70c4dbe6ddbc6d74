from dataclasses import replace

import pytest

from kaeden.access.rules import Role
from kaeden.organisation.rules import Kind
from kaeden.organisation.soundness import loose_ends
from tests.builders.chains import (
    a_chain,
    a_post,
    a_unit,
    with_post,
    with_unit,
    without,
)


def more(*, units=(), posts=()):
    chain = a_chain()
    return replace(chain, units=(*chain.units, *units), posts=(*chain.posts, *posts))


def test_fjordbys_chain_hangs_together():
    assert loose_ends(a_chain()) == ()


@pytest.mark.parametrize(
    ("chain", "words"),
    [
        (
            more(units=[a_unit("nord", "Nord", Kind.CLUSTER, "999")]),
            "nord is used twice",
        ),
        (more(posts=[a_post("udvalg", Role.TEAM, "999", "")]), "udvalg is used twice"),
        (
            replace(a_chain(), communities=a_chain().communities * 2),
            "laesning is used twice",
        ),
        (with_unit(a_chain(), "999002", parent="vest"), "below vest, which is not"),
        (with_unit(a_chain(), "999002", cluster="vest"), "below vest, which is not"),
        (with_unit(a_chain(), "schools", parent=""), "schools has no unit above"),
        (replace(a_chain(), municipality="998"), "must be the municipality 998"),
        (with_unit(a_chain(), "999", kind=Kind.AREA), "must be the municipality 999"),
        (with_unit(a_chain(), "daycare", parent="nord"), "nord lies below itself"),
        (without(a_chain(), "999002"), "leder-999002 is at 999002, which is not"),
        (
            replace(without(a_chain(), "999002"), carried_on={"999002": ("999001",)}),
            "leder-999002 is at 999002, which has ended",
        ),
        (
            with_post(a_chain(), "leder-nord", reports_to="ukendt"),
            "reports to ukendt, which is not",
        ),
        (
            with_post(a_chain(), "direktor", reports_to="skolechef"),
            "direktor reports to itself in a circle",
        ),
        (
            without(a_chain(), "skolechef"),
            "leder-999001 sends on to skolechef, which is not",
        ),
        (
            without(a_chain(), "leder-999001"),
            "Læsefællesskabet has the member leder-999001",
        ),
        (
            replace(a_chain(), carried_on={"999009": ("999008",)}),
            "carried on by 999008, which is not",
        ),
        (
            replace(a_chain(), carried_on={"999001": ("999002",)}),
            "999001 is carried on by others, and is still there",
        ),
    ],
)
def test_a_loose_end_is_said_with_its_key(chain, words):
    assert any(words in sentence for sentence in loose_ends(chain))


def test_a_unit_may_be_carried_on_by_one_that_has_ended_in_its_turn():
    ended = {"999008": ("999009",), "999009": ("999001",)}

    assert loose_ends(replace(a_chain(), carried_on=ended)) == ()
