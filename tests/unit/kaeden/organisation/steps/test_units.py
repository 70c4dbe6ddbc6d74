"""Steps about units: what moves along, what ends, and what is refused."""

from dataclasses import replace

import pytest

from kaeden.access.rules import Role
from kaeden.organisation.chain import NotMine
from kaeden.organisation.rules import Kind
from kaeden.organisation.soundness import loose_ends
from kaeden.organisation.steps.units import (
    CloseUnit,
    ClusterUnit,
    MergeUnits,
    MoveUnit,
    OpenUnit,
    RenameUnit,
    SplitUnit,
)
from kaeden.shared.errors import BadInput
from tests.builders.chains import (
    POSTS,
    a_chain,
    a_charter,
    a_post,
    with_post,
    with_unit,
    without,
)

CHAIN = a_chain()
NORD, SYD = "999001", "999002"


def merged(chain=CHAIN, **facts):
    known = {"unit": NORD, "other": SYD, "code": NORD, "name": "Nordskolen"}
    return MergeUnits(**(known | facts)).apply(chain)


# Moving and naming ---------------------------------------------------------------------


def test_a_moved_unit_takes_along_what_is_in_it():
    chain = MoveUnit(unit=NORD, to="daycare").apply(CHAIN)

    assert [unit.code for unit in chain.up("999001-3a")] == [
        *("999001-3a", NORD, "daycare", "999")
    ]
    assert chain.post["leder-999001"].reports_to == "skolechef"
    assert loose_ends(chain) == ()


def test_a_unit_can_not_be_moved_below_itself():
    for to in (NORD, "999001-3a"):
        with pytest.raises(BadInput, match="below itself"):
            MoveUnit(unit=NORD, to=to).apply(CHAIN)


@pytest.mark.parametrize(
    "step",
    [
        MoveUnit(unit="999", to="schools"),
        RenameUnit(unit="999", name="x"),
        CloseUnit(unit="999"),
        SplitUnit(unit="999", code="a", name="a", other_code="b", other_name="b"),
        MergeUnits(unit="999", other=NORD, code="999", name="x"),
        ClusterUnit(unit="999"),
    ],
)
def test_the_municipality_itself_stays(step):
    with pytest.raises(BadInput, match="stays where it is"):
        step.apply(CHAIN)


@pytest.mark.parametrize(
    "step",
    [
        MoveUnit(unit="x", to="schools"),
        MoveUnit(unit=NORD, to="x"),
        CloseUnit(unit=NORD, by="x"),
        OpenUnit(code="a", name="a", unit_kind="class", to="x"),
        ClusterUnit(unit=NORD, cluster="x"),
    ],
)
def test_a_unit_that_is_not_there_is_refused(step):
    with pytest.raises(BadInput, match="There is no unit “x” any more"):
        step.apply(CHAIN)


def test_a_renamed_unit_stays_the_same():
    chain = RenameUnit(unit=NORD, name="Fjordskolen").apply(CHAIN)

    assert chain.unit[NORD] == replace(CHAIN.unit[NORD], name="Fjordskolen")


def test_a_unit_is_put_in_a_cluster_and_taken_out_again():
    inside = ClusterUnit(unit=NORD, cluster="nord").apply(CHAIN)

    assert inside.unit[NORD].cluster == "nord"
    assert ClusterUnit(unit=NORD).apply(inside) == CHAIN


# Merging -------------------------------------------------------------------------------


def test_a_merged_unit_is_carried_on_and_what_was_in_it_goes_over():
    inside = replace(CHAIN.unit["999001-3a"], code="999002-1b", parent=SYD)
    chain = merged(replace(CHAIN, units=(*CHAIN.units, inside)), name="Fjordskolen")

    assert SYD not in chain.unit
    assert chain.carried_on == {SYD: (NORD,)}
    assert chain.unit[NORD].name == "Fjordskolen"
    assert chain.unit["999002-1b"].parent == NORD
    assert loose_ends(chain) == ()


def test_the_leader_of_the_unit_that_goes_on_leads_them_all():
    chain = with_post(CHAIN, "leder-999001", staff=20)
    team = a_post("team", Role.TEAM, SYD, "leder-999002")
    chain = merged(replace(chain, posts=(*chain.posts, team)))

    assert "leder-999002" not in chain.post
    assert chain.post["leder-999001"].staff == 32
    assert (chain.post["team"].unit, chain.post["team"].reports_to) == (
        NORD,
        "leder-999001",
    )


def test_where_one_number_of_staff_is_not_known_the_sum_is_not():
    assert merged().post["leder-999001"].staff is None


def test_two_units_become_a_new_one_with_the_first_ones_leader():
    chain = merged(code="999009", name="Fjordskolen")

    assert chain.carried_on == {NORD: ("999009",), SYD: ("999009",)}
    assert chain.post["leder-999001"].unit == "999009"
    assert chain.post["leder-999001"].charter == a_charter()
    assert chain.unit["999001-3a"].parent == "999009"
    assert loose_ends(chain) == ()


def test_where_the_second_goes_on_its_leader_does():
    chain = merged(code=SYD)

    assert "leder-999001" not in chain.post
    assert chain.post["leder-999002"].staff is None


def test_where_only_the_other_has_a_leader_that_one_goes_over():
    chain = merged(without(replace(CHAIN, communities=()), "leder-999001"))

    assert chain.post["leder-999002"].unit == NORD


def test_two_units_without_leaders_are_merged_all_the_same():
    chain = without(replace(CHAIN, communities=()), "leder-999001", "leder-999002")

    assert merged(chain).carried_on == {SYD: (NORD,)}


def test_a_leader_led_by_the_one_who_leaves_answers_to_the_next_above():
    chain = merged(with_post(CHAIN, "leder-999001", reports_to="leder-999002"))

    assert chain.post["leder-999001"].reports_to == "skolechef"


def test_who_was_to_be_asked_and_is_gone_is_asked_further_up():
    asked = a_charter(not_mine=(NotMine(words="Takster", ask="leder-999002"),))
    chain = merged(with_post(CHAIN, "leder-999001", charter=asked))

    assert chain.post["leder-999001"].charter.not_mine == (
        NotMine(words="Takster", ask="skolechef"),
    )


def test_a_community_loses_the_post_that_is_closed():
    assert merged().communities[0].members == ("leder-999001",)


@pytest.mark.parametrize(
    ("unit", "other"), [(NORD, NORD), (NORD, "999001-3a"), ("999001-3a", NORD)]
)
def test_units_that_lie_in_each_other_are_not_merged(unit, other):
    with pytest.raises(BadInput, match="don't lie in each other"):
        merged(unit=unit, other=other)


@pytest.mark.parametrize("code", ["daycare", "gone"])
def test_a_code_that_is_or_was_in_use_is_refused(code):
    chain = replace(CHAIN, carried_on={"gone": (NORD,)})

    with pytest.raises(BadInput, match="has or had the code"):
        merged(chain, code=code)


# Splitting -----------------------------------------------------------------------------


def split(**facts):
    known = {"code": "a", "name": "Øst", "other_code": "b", "other_name": "Vest"}
    return SplitUnit(**({"unit": NORD} | known | facts))


def test_a_split_unit_is_carried_on_by_two_and_the_first_gets_what_was_in_it():
    chain = split().apply(CHAIN)

    assert chain.carried_on == {NORD: ("a", "b")}
    assert (chain.unit["a"].name, chain.unit["b"].name) == ("Øst", "Vest")
    assert chain.unit["999001-3a"].parent == "a"
    assert chain.post["leder-999001"].unit == "a"
    assert "b" not in chain.posts_at
    assert loose_ends(chain) == ()


def test_a_split_into_two_with_one_code_is_refused():
    with pytest.raises(BadInput, match="two codes"):
        split(other_code="a").apply(CHAIN)


# Opening and closing -------------------------------------------------------------------


def test_a_unit_opens_below_another():
    chain = OpenUnit(code="oest", name="Øst", unit_kind="cluster", to="daycare").apply(
        CHAIN
    )

    assert (chain.unit["oest"].kind, chain.unit["oest"].parent) == (
        Kind.CLUSTER,
        "daycare",
    )
    assert OpenUnit(code="x", name="x", unit_kind="class", to="oest").apply(chain)


def test_a_closed_unit_is_carried_on_and_its_posts_end():
    chain = CloseUnit(unit="nord", by="schools").apply(CHAIN)

    assert chain.carried_on == {"nord": ("schools",)}
    assert chain.unit["G99901"].parent == "schools"
    assert "leder-nord" not in chain.post
    assert chain.post["leder-solstraalen"].reports_to == "dagtilbudschef"
    assert loose_ends(chain) == ()


def test_a_unit_that_nobody_carries_on_leaves_what_was_in_it_above():
    chain = CloseUnit(unit=NORD).apply(with_unit(CHAIN, SYD, cluster=NORD))

    assert chain.carried_on == {}
    assert chain.unit["999001-3a"].parent == "schools"
    assert chain.unit[SYD].cluster == ""


@pytest.mark.parametrize("by", [NORD, "999001-3a"])
def test_a_unit_is_not_carried_on_by_itself(by):
    with pytest.raises(BadInput, match="carried on by itself"):
        CloseUnit(unit=NORD, by=by).apply(CHAIN)


# In words ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (MoveUnit(unit=NORD, to="daycare"), "Move Nordskolen to Dagtilbud."),
        (RenameUnit(unit=NORD, name="Fjord"), "Call Nordskolen “Fjord”."),
        (
            MergeUnits(unit=NORD, other=SYD, code=NORD, name="Fjord"),
            "Merge Nordskolen and Sydskolen into “Fjord”.",
        ),
        (split(), "Split Nordskolen into “Øst” and “Vest”."),
        (
            OpenUnit(code="x", name="Øst", unit_kind="class", to="gone"),
            "Open “Øst” under gone.",
        ),
        (CloseUnit(unit=NORD), "Close Nordskolen."),
        (CloseUnit(unit=NORD, by=SYD), "Close Nordskolen; Sydskolen carries it on."),
        (
            ClusterUnit(unit=NORD, cluster="nord"),
            "Let Nordskolen be in the cluster Klynge Nord.",
        ),
        (ClusterUnit(unit=NORD), "Take Nordskolen out of its cluster."),
    ],
)
def test_a_step_is_said_in_a_sentence(step, sentence):
    assert step.said(CHAIN) == sentence


def test_no_step_touches_the_chain_it_is_taken_on():
    merged()
    split().apply(CHAIN)

    assert a_chain() == CHAIN
    assert CHAIN.posts == POSTS
