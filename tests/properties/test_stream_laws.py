"""Laws of the streamed pass: order, parts and distance from zero do not show."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from kaeden_stats import multilevel
from tests.builders.exact import exact_blocks

MODEL = {
    "outcome": "score",
    "fixed": ["prior", "C(choice)", "C(choice):prior"],
    "levels": ["school"],
    "weights": "weight",
}


@st.composite
def tables(draw):
    """A few rows whose numbers lie far from zero, or are of very different size."""
    far = draw(st.sampled_from([0.0, 1.0, 1e6, -1e9]))
    number = st.floats(-1e3, 1e3, allow_subnormal=False).map(lambda x: far + x)
    row = st.fixed_dictionaries(
        {
            "score": number,
            "prior": number,
            "weight": st.floats(0.1, 10),
            "choice": st.sampled_from("abc"),
            "school": st.integers(1, 3),
        }
    )
    return draw(st.lists(row, min_size=1, max_size=25))


def blocks_of(rows, size=100):
    reader = pa.Table.from_pylist(rows).to_reader(size)
    return multilevel.crossproducts(reader, **MODEL)


def the_same_sums(one, other, rows):
    """Whether two pairs differ by nothing but what no pair can hold.

    Not the first parts alone: a sum a hair from the middle of two doubles may be written
    as either of them, and the second part says the rest.
    """
    sizes = exact_blocks(
        [row | {name: abs(row[name]) for name in ("score", "prior")} for row in rows],
        **MODEL,
    ).products
    apart = (one.products - other.products) + (one.remainder - other.remainder)
    return bool((abs(apart) <= 1e-30 * sizes + 1e-300).all())


@given(tables())
def test_sums_are_those_of_fractions(rows):
    found, exact = blocks_of(rows), exact_blocks(rows, **MODEL)

    assert found.columns == exact.columns
    assert the_same_sums(found, exact, rows)


@given(tables(), st.randoms(use_true_random=False), st.integers(1, 30))
def test_order_and_batches_do_not_show(rows, chance, size):
    shuffled = list(rows)
    chance.shuffle(shuffled)

    found, other = blocks_of(rows), blocks_of(shuffled, size)

    assert the_same_sums(found, other, rows)
    assert found.rows.tolist() == other.rows.tolist()


@given(tables(), st.data())
def test_parts_add_up_to_the_whole(rows, data):
    cut = data.draw(st.integers(0, len(rows)))
    parts = [blocks_of(part) for part in (rows[:cut], rows[cut:]) if part]
    added, whole = sum(parts[1:], start=parts[0]), blocks_of(rows)

    assert added.columns == whole.columns
    assert the_same_sums(added, whole, rows)
