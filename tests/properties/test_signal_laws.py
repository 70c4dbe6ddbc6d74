"""What must hold of signals whatever the results: one each, and no side is favoured."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kaeden.engine.results import Result
from kaeden.engine.scan import scan
from kaeden.engine.signals import State
from kaeden.goals.indicators import Direction

MIRROR = {
    State.IMPROVED: State.WORSENED,
    State.WORSENED: State.IMPROVED,
    State.BETTER: State.WORSE,
    State.WORSE: State.BETTER,
}
p_values = st.none() | st.sampled_from([1e-12, 1e-4, 0.01, 0.049, 0.05, 0.3, 1.0])
distances = st.none() | st.floats(-3, 3)
drawn = st.lists(
    st.builds(
        Result,
        indicator=st.just("wellbeing-general"),
        level=st.just("institution"),
        code=st.integers(1, 99).map(str),
        period=st.just("2024/25"),
        status=st.just("value"),
        is_latest=st.booleans(),
        value=st.none() | st.floats(1, 5),
        reliability=st.none() | st.floats(0, 1),
        difference=distances,
        comparison_p=p_values,
        development_p=p_values,
        direction=st.sampled_from([None, -1, 0, 1]),
        preliminary=st.none() | st.booleans(),
    ),
    max_size=30,
    unique_by=lambda one: one.code,
)
ways = st.sampled_from(Direction)


def told(results, way):
    done = scan(results, {"wellbeing-general": way}).results
    return {one.code: State(one.state) for one in done if one.is_latest}


@given(drawn, ways)
def test_every_newest_result_has_exactly_one_state_and_no_older_one_has_any(rows, way):
    done = scan(rows, {"wellbeing-general": way}).results

    assert all((one.state in set(State)) is one.is_latest for one in done)
    assert all(
        bool(one.signal) is bool(State(one.state).by) for one in done if one.is_latest
    )


@given(drawn, ways)
def test_no_unit_is_in_both_the_good_list_and_the_bad(rows, way):
    states = told(rows, way)
    good = {code for code, one in states.items() if one.is_good}
    bad = {code for code, one in states.items() if one.is_bad}

    assert not good & bad
    assert (way.judges) or not good | bad


@given(drawn)
def test_turned_over_good_news_is_bad_news_and_nothing_else_changes(rows):
    over = [
        replace(
            one,
            direction=None if one.direction is None else -one.direction,
            difference=None if one.difference is None else -one.difference,
        )
        for one in rows
    ]

    mirrored = {
        c: MIRROR.get(one, one) for c, one in told(rows, Direction.HIGHER).items()
    }

    assert told(over, Direction.HIGHER) == mirrored
    assert told(rows, Direction.LOWER) == mirrored


@given(drawn, ways)
def test_a_state_is_that_of_the_result_and_not_of_where_it_stands(rows, way):
    assert told(rows[::-1], way) == told(rows, way)
