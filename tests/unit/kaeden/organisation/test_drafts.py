"""A draft's steps on a chain, and what they change."""

import pytest

from kaeden.organisation.drafts import (
    STEPS,
    compare,
    drawn,
    measures,
    plain,
    step_of,
)
from kaeden.organisation.rules import Kind
from kaeden.organisation.steps.posts import ClosePost, MovePost, SetStaff
from kaeden.organisation.steps.units import MoveUnit, RenameUnit
from kaeden.shared.breaks import BreakKind
from kaeden.shared.errors import BadInput
from tests.builders.structure import a_held_post, a_place, a_sound_chain

CHAIN = a_sound_chain()
FIRST = RenameUnit(unit="nord", name="Fjordskolen")
SECOND = MoveUnit(unit="syd", to="gone")


def test_every_kind_of_step_has_a_name_of_its_own():
    assert {name: step.kind for name, step in STEPS.items()} == {
        name: name for name in STEPS
    }


def test_a_step_is_kept_as_plain_values_and_found_again():
    assert plain(FIRST) == {
        "kind": "rename_unit",
        "unit": "nord",
        "name": "Fjordskolen",
    }
    assert step_of(plain(FIRST)) == FIRST


@pytest.mark.parametrize(
    "kept", [{}, {"kind": "explode"}, {"kind": "rename_unit", "unit": "nord"}]
)
def test_what_is_no_step_is_refused(kept):
    with pytest.raises(BadInput, match="no such step"):
        step_of(kept)


def test_steps_are_taken_in_order_and_those_that_can_not_be_are_left_out():
    found = drawn(CHAIN, [FIRST, SECOND, RenameUnit(unit="syd", name="Bakkeskolen")])

    assert [found.chain.unit[code].name for code in ("nord", "syd")] == [
        *("Fjordskolen", "Bakkeskolen")
    ]
    assert found.why_not == {1: "There is no unit “gone” any more."}
    assert found.said[0] == "Call Nordskolen “Fjordskolen”."


def test_a_chain_is_measured():
    chain = a_sound_chain(
        a_held_post("nord", holder="", staff=3),
        a_place("ind", Kind.DEPARTMENT, "syd"),
        a_place("1a", Kind.CLASS, "ind"),
    )

    found = measures(chain)

    assert (found.units, found.posts, found.vacant) == (8, 4, 1)
    assert (found.lines, found.whole_lines, dict(found.levels)) == (2, 2, {3: 2})
    assert (found.spans_outside, found.without_leader) == (1, 1)


def test_what_a_draft_mends_and_what_it_breaks_is_told_apart():
    chain = a_sound_chain(a_held_post("nord", staff=3))
    after = drawn(
        chain,
        [SetStaff(post="nord", staff=12), SetStaff(post="syd", staff=90)],
    ).chain

    found = compare(chain, after)

    assert [(one.kind, one.post) for one in found.vanish] == [
        (BreakKind.SPAN_OUTSIDE_BOUNDS, "nord")
    ]
    assert [(one.kind, one.post) for one in found.appear] == [
        (BreakKind.SPAN_OUTSIDE_BOUNDS, "syd")
    ]


def test_only_spans_that_differ_are_told():
    after = drawn(
        CHAIN, [ClosePost(post="syd"), MovePost(post="nord", to="director")]
    ).chain

    found = {one.post: one for one in compare(CHAIN, after).spans}

    assert set(found) == {"director", "chief", "syd"}
    assert (found["director"].before.posts, found["director"].after.posts) == (1, 2)
    assert found["syd"].after is None


def test_an_empty_draft_changes_nothing():
    found = compare(CHAIN, drawn(CHAIN, []).chain)

    assert found.before == found.after
    assert (found.vanish, found.appear, found.spans) == ((), (), ())
