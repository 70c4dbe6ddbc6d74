"""Laws of the importer that hold for any small file."""

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from kaeden.data.errors import BadFile
from kaeden.data.lake.preparing import prepare
from tests.builders.files import HEADER, a_contract, a_file
from tests.plain.data import values_of

CELLS = st.one_of(
    st.just(""),
    st.sampled_from(["*", "..", "0", "0,0", "100", "0,5", "95"]),
    st.decimals(min_value=0, max_value=100, places=2).map(
        lambda number: str(number).replace(".", ",")
    ),
)
PLACES = st.tuples(
    st.sampled_from(["101", "147", "751"]),
    st.sampled_from(["a", "b"]),
    st.sampled_from(["2019", "2020", "2022"]),
)
TABLES = st.dictionaries(PLACES, CELLS, min_size=1, max_size=12)
quick = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def lines(table):
    return [";".join((*place, cell)) for place, cell in table.items()]


def places(prepared):
    return {
        (row["measure"], row["breakdown"], row["unit_code"], row["period"]): (
            row["value"],
            row["status"],
        )
        for row in prepared.observations.to_pylist()
    }


@quick
@given(TABLES)
def test_every_place_agrees_with_the_loop(table):
    content = a_file(*lines(table))

    assert places(prepare(a_contract(), content)) == values_of(a_contract(), content)


@quick
@given(TABLES, st.randoms(use_true_random=False))
def test_the_order_of_the_lines_does_not_matter(table, order):
    shuffled = lines(table)
    order.shuffle(shuffled)

    one = prepare(a_contract(), a_file(*lines(table)))
    other = prepare(a_contract(), a_file(*shuffled))

    assert one.observations.equals(other.observations)
    assert one.quality == other.quality


@quick
@given(TABLES)
def test_every_place_has_one_status_and_a_number_only_with_it(table):
    prepared = prepare(a_contract(), a_file(*lines(table)))

    assert sum(prepared.quality["statuses"].values()) == len(table)
    for value, status in places(prepared).values():
        assert (value is not None) == (status in {"value", "zero"})


@quick
@given(TABLES, st.data())
def test_a_file_cut_anywhere_is_refused(table, data):
    content = a_file(*lines(table))
    rows = {"at_least": len(table), "at_most": len(table)}
    cut = data.draw(st.integers(min_value=0, max_value=len(content) - 1))

    with pytest.raises(BadFile):
        prepare(a_contract(rows=rows), content[:cut])


@quick
@given(st.binary(max_size=60))
def test_any_bytes_are_taken_or_refused_with_a_sentence(noise):
    said = sentence_about(f"{HEADER}\n".encode() + noise + b"\n")

    assert said is None or said.endswith(".")


def sentence_about(content):
    try:
        prepare(a_contract(), content)
    except BadFile as refusal:
        return str(refusal)
