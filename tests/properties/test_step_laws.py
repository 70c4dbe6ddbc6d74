"""Steps of a reorganisation: whatever is drawn, the chain hangs together."""

from hypothesis import given
from hypothesis import strategies as st

from kaeden.organisation.drafts import drawn, plain, step_of
from kaeden.organisation.rules import Degree, Task
from kaeden.organisation.soundness import loose_ends
from kaeden.organisation.steps.posts import (
    ClosePost,
    MovePost,
    OpenPost,
    SeatPost,
    SetStaff,
    SetTask,
)
from kaeden.organisation.steps.units import (
    CloseUnit,
    ClusterUnit,
    MergeUnits,
    MoveUnit,
    OpenUnit,
    RenameUnit,
    SplitUnit,
)
from tests.builders.chains import a_chain

CHAIN = a_chain()
CODES = st.sampled_from([*CHAIN.unit, "ny1", "ny2", "ny3"])
KEYS = st.sampled_from([*CHAIN.post, "p1", "p2"])
NAMES = st.sampled_from(["Øst", "Vest"])
STEPS = st.one_of(
    st.builds(MoveUnit, unit=CODES, to=CODES),
    st.builds(RenameUnit, unit=CODES, name=NAMES),
    st.builds(MergeUnits, unit=CODES, other=CODES, code=CODES, name=NAMES),
    st.builds(
        SplitUnit,
        unit=CODES,
        code=CODES,
        name=NAMES,
        other_code=CODES,
        other_name=NAMES,
    ),
    st.builds(OpenUnit, code=CODES, name=NAMES, unit_kind=st.just("class"), to=CODES),
    st.builds(CloseUnit, unit=CODES, by=st.one_of(CODES, st.just(""))),
    st.builds(ClusterUnit, unit=CODES, cluster=st.one_of(CODES, st.just(""))),
    st.builds(MovePost, post=KEYS, to=KEYS),
    st.builds(SeatPost, post=KEYS, unit=CODES),
    st.builds(
        OpenPost, key=KEYS, role=st.just("leader"), title=NAMES, unit=CODES, to=KEYS
    ),
    st.builds(ClosePost, post=KEYS),
    st.builds(SetStaff, post=KEYS, staff=st.integers(0, 40)),
    st.builds(
        SetTask,
        post=KEYS,
        task=st.sampled_from([task.value for task in Task]),
        degree=st.sampled_from([degree.value for degree in Degree]),
    ),
)


@given(st.lists(STEPS, max_size=8))
def test_a_drawn_chain_has_no_loose_ends(steps):
    assert loose_ends(drawn(CHAIN, steps).chain) == ()


@given(st.lists(STEPS, max_size=8))
def test_parents_stand_before_children_and_leaders_before_the_led(steps):
    chain = drawn(CHAIN, steps).chain
    units, posts = {""}, {""}

    for unit in chain.units:
        assert unit.parent in units
        units.add(unit.code)
    for post in chain.posts:
        assert post.reports_to in posts
        posts.add(post.key)


@given(st.lists(STEPS, max_size=8))
def test_no_holder_is_lost_but_with_the_post(steps):
    chain = drawn(CHAIN, steps).chain

    for key, post in chain.post.items():
        if key in CHAIN.post:
            assert post.holder == CHAIN.post[key].holder


@given(STEPS)
def test_a_kept_step_is_the_step(step):
    assert step_of(plain(step)) == step


def test_today_is_not_touched():
    assert a_chain() == CHAIN
