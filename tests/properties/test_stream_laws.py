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
    """A few rows whose numbers lie far from zero, or are of very different size.

    They lie on one side of zero: where sums cancel, the nearest double is that of terms
    that were rounded at 2⁻¹⁰⁶ of their own size.
    """
    far = draw(st.sampled_from([0.0, 1.0, 1e6, -1e9]))
    number = st.floats(1e-3, 1e3).map(lambda x: far + x)
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


@given(tables())
def test_sums_are_the_nearest_doubles(rows):
    found, exact = blocks_of(rows), exact_blocks(rows, **MODEL)

    assert found.columns == exact.columns
    assert found.products.tolist() == exact.products.tolist()


@given(tables(), st.randoms(use_true_random=False), st.integers(1, 30))
def test_order_and_batches_do_not_show(rows, chance, size):
    shuffled = list(rows)
    chance.shuffle(shuffled)

    found, other = blocks_of(rows), blocks_of(shuffled, size)

    assert found.products.tolist() == other.products.tolist()
    assert found.rows.tolist() == other.rows.tolist()


@given(tables(), st.data())
def test_parts_add_up_to_the_whole(rows, data):
    cut = data.draw(st.integers(0, len(rows)))
    parts = [blocks_of(part) for part in (rows[:cut], rows[cut:]) if part]
    added = sum(parts[1:], start=parts[0])

    assert added.products.tolist() == blocks_of(rows).products.tolist()
    assert added.columns == blocks_of(rows).columns
