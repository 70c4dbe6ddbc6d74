"""Record batches in, exact sums out."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pyarrow as pa
import pytest

from kaeden_stats import InvalidInput, NotIdentified
from kaeden_stats.multilevel import _refined, _stream
from kaeden_stats.multilevel._summed import wanted
from tests.builders.exact import exact_blocks
from tests.builders.streamed import in_order, many_pupils, sums_of

TERMS = {
    "numbers": ["prior", "age"],
    "a category": ["C(choice)", "prior"],
    "two categories": ["C(choice)", "C(sex)", "prior"],
    "a product of numbers": ["prior:age", "prior:prior"],
    "a number within a category": ["C(choice)", "C(choice):prior", "age:C(sex):prior"],
    "categories within each other": ["C(choice):C(sex)", "C(sex)"],
    "only within each other": ["C(choice):C(sex):prior"],
    "nine numbers": ["prior", "age", *("prior:" * k + "age" for k in range(1, 6))],
    "nothing": [],
}


@pytest.mark.parametrize("weights", [None, "weight"])
@pytest.mark.parametrize("at_once", [1, 7, 1000])
@pytest.mark.parametrize("terms", TERMS.values(), ids=TERMS)
def test_sums_are_those_of_fractions(terms, at_once, weights, monkeypatch):
    monkeypatch.setattr(_stream, "ROWS", at_once)
    rows = many_pupils(90)
    model = {"outcome": "score", "levels": ["authority", "school"], "weights": weights}

    found = sums_of(rows, terms, ["authority", "school"], weights=weights)

    exact = exact_blocks(rows, fixed=terms, **model)
    assert found.values == exact.values
    for here, there in zip(found.keys, exact.keys, strict=True):
        assert here.tolist() == there.tolist()
    assert found.rows.tolist() == exact.rows.tolist()
    assert found.products.tolist() == exact.products.tolist()
    assert np.abs(found.remainder - exact.remainder).max() <= 1e-30 * np.abs(
        exact.products
    ).max(initial=1.0)
    assert found.log_weight == pytest.approx(exact.log_weight, rel=1e-15)


@pytest.mark.parametrize("weights", [None, "weight"])
@pytest.mark.parametrize(("size", "threads"), [(1, 1), (7, 2), (64, 4), (500, 3)])
def test_neither_batches_nor_threads_show_in_the_bits(
    size, threads, weights, monkeypatch
):
    monkeypatch.setattr(_stream, "ROWS", 60)
    rows = many_pupils(400)
    terms = ["prior", "C(choice)", "C(choice):C(sex)", "C(choice):prior"]

    found, whole = (
        sums_of(rows, terms, ["authority", "school"], weights=weights, **how)
        for how in ({"size": size, "threads": threads}, {"size": 400, "threads": 1})
    )

    assert found.products.tobytes() == whole.products.tobytes()
    assert found.remainder.tobytes() == whole.remainder.tobytes()
    assert found.log_weight == whole.log_weight


def test_many_groups_are_made_room_for(monkeypatch):
    monkeypatch.setattr(_stream, "ROWS", 100)
    rows = [
        {"score": 1.0 + k, "school": 7919 * k, "kind": f"k{k % 90}"}
        for k in range(3000)
    ]

    found = sums_of(rows, ["C(kind)"], ["school"], size=100, threads=2)

    assert found.keys[0].tolist() == sorted(row["school"] for row in rows)
    assert found.rows.tolist() == [1.0] * 3000
    outcome = found.products[:, len(found.values["kind"]) + 1]
    assert outcome.tolist() == [1.0 + k for k in range(3000)]


@pytest.mark.parametrize("limits", [{"MANY": 3}, {"BUNDLE": 5}, {"BUNDLE": 1}])
def test_how_categories_are_bundled_does_not_show(limits, monkeypatch):
    rows = many_pupils(300)
    terms = ["C(choice)", "C(sex)", "C(authority)", "C(choice):C(sex)", "prior"]
    usual = sums_of(rows, terms, ["school"], weights="weight")
    for name, limit in {"ROWS": 3, **limits}.items():
        monkeypatch.setattr(_stream, name, limit)

    found = sums_of(rows, terms, ["school"], weights="weight")

    assert found.products.tolist() == usual.products.tolist()
    assert np.abs(found.remainder - usual.remainder).max() < 1e-30 * np.max(
        usual.products
    )


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("at_once", [1, 3, 1000])
def test_how_many_records_are_taken_apart_at_once_does_not_show(
    at_once, threads, monkeypatch
):
    rows, terms = many_pupils(300), ["C(choice)", "C(sex)", "C(sex):prior"]
    kept = sums_of(rows, terms, ["school"], weights="weight")
    monkeypatch.setattr(_refined, "AT_ONCE", at_once)

    found = sums_of(rows, terms, ["school"], weights="weight", threads=threads)

    assert len(found.rows) > 3
    assert found.products.tolist() == kept.products.tolist()
    assert found.remainder.tolist() == kept.remainder.tolist()


def test_incomplete_rows_count_at_the_first_column_they_lack():
    rows = many_pupils(40)
    lacking = {
        3: {"score": None},
        4: {"score": float("nan"), "prior": None},
        5: {"prior": float("inf"), "school": None},
        6: {"weight": None},
        7: {"authority": None, "choice": None},
        8: {"choice": None},
        9: {"school": None},
    }
    held = [row | lacking.get(k, {}) for k, row in enumerate(rows)]
    asked = ["prior", "C(choice)"], ["authority", "school"]

    found = sums_of(held, *asked, weights="weight", size=6)

    assert found.left_out == {
        "score": 2,
        "prior": 1,
        "weight": 1,
        "authority": 1,
        "school": 1,
        "choice": 1,
    }
    kept = [row for k, row in enumerate(rows) if k not in lacking]
    alone = sums_of(kept, *asked, weights="weight")
    assert found.products.tobytes() == alone.products.tobytes()


def test_values_and_groups_of_incomplete_rows_are_none():
    rows = many_pupils(40)
    odd = rows[0] | {"choice": "chess", "school": 999, "score": None}

    found = sums_of([odd, *rows], ["C(choice)"], ["school"])

    assert found.values == {"choice": ("art", "music", "sport")}
    assert 999 not in found.keys[0]


LABELS = {
    "whole numbers": ([3, -1, 3], pa.int16(), [-1, 3]),
    "large numbers": ([2**62, 1, 1], pa.int64(), [1, 2**62]),
    "numbers without sign": ([2**63 + 1, 5, 5], pa.uint64(), ["5", str(2**63 + 1)]),
    "yes and no": ([True, False, True], pa.bool_(), ["False", "True"]),
    "text": (["b", "a", "b"], pa.string(), ["a", "b"]),
    "long text": (["b", "a", "b"], pa.large_string(), ["a", "b"]),
    "text in views": (["b", "a", "b"], pa.string_view(), ["a", "b"]),
    "a dictionary": (
        ["b", "a", "b"],
        pa.dictionary(pa.int8(), pa.string()),
        ["a", "b"],
    ),
    "dates": (
        [date(2026, 1, 2), date(2025, 1, 2), None],
        pa.date32(),
        ["2025-01-02", "2026-01-02"],
    ),
    "moments": (
        [datetime(2026, 1, 2, 3), None, None],  # noqa: DTZ001  # Arrow's have none
        pa.timestamp("ns"),
        ["2026-01-02 03:00:00"],
    ),
    "decimals": ([Decimal("1.50"), None, None], pa.decimal128(5, 2), ["1.50"]),
    "doubles": ([1.5, float("nan"), float("inf")], pa.float64(), ["1.5"]),
}


@pytest.mark.parametrize(("values", "kind", "labels"), LABELS.values(), ids=LABELS)
def test_labels_may_be_of_any_kind(values, kind, labels):
    table = pa.table({"score": [1.0, 2.0, 3.0], "school": pa.array(values, kind)})

    found = in_order(
        _stream.summed(table.to_batches(2), wanted("score", [], ["school"]))
    )

    assert found.keys[0].tolist() == labels
    missing = 3 - found.rows.sum()
    assert found.left_out == ({"school": missing} if missing else {})


NUMBERS = {
    "bytes": (pa.int8(), [1, 2, None]),
    "large whole numbers": (pa.int64(), [2**53 + 2, 1, None]),
    "single precision": (pa.float32(), [0.5, 2.25, None]),
    "half precision": (pa.float16(), [0.5, 2.25, None]),
    "yes and no": (pa.bool_(), [True, False, None]),
    "short decimals": (
        pa.decimal128(9, 3),
        [Decimal("-1234.567"), Decimal("0.1"), None],
    ),
    "narrow decimals": (
        pa.decimal32(9, 3),
        [Decimal("-1234.567"), Decimal("0.1"), None],
    ),
    "long decimals": (pa.decimal128(38, 20), [Decimal("0.1"), Decimal("-2.3"), None]),
    "a dictionary": (pa.dictionary(pa.int8(), pa.float64()), [0.5, 2.0, None]),
}


@pytest.mark.parametrize(("kind", "values"), NUMBERS.values(), ids=NUMBERS)
def test_numbers_may_be_of_any_kind(kind, values):
    prior = pa.array(values, kind)
    table = pa.table({"score": [1.0] * 3, "prior": prior, "school": [1, 2, 3]})

    found = in_order(
        _stream.summed(table.to_batches(), wanted("score", ["prior"], ["school"]))
    )

    assert found.products[:, 1].tolist() == [float(value) for value in values[:2]]
    assert found.left_out == {"prior": 1}


def test_decimals_need_lack_no_row():
    prior = pa.array([Decimal("0.25"), Decimal("-1.50")], pa.decimal128(5, 2))
    table = pa.table({"score": [1.0, 1.0], "prior": prior, "school": [1, 2]})

    found = in_order(
        _stream.summed(table.to_batches(), wanted("score", ["prior"], ["school"]))
    )

    assert found.products[:, 1].tolist() == [0.25, -1.5]


def test_a_column_of_nothing_lacks_all_rows():
    table = pa.table({"score": [1.0], "prior": pa.nulls(1), "school": [1]})

    with pytest.raises(NotIdentified, match=r"No row is complete.*'prior': 1"):
        _stream.summed(table.to_batches(), wanted("score", ["prior"], ["school"]))


@pytest.mark.parametrize(
    ("column", "values", "words"),
    [
        ("prior", ["Anna", "Bo"], "prior holds string, not numbers. Write C(prior)"),
        ("school", [[1], [2]], "school holds list<.*>; its values can't be labels"),
        (
            "school",
            pa.array([1, 2], pa.timestamp("ns")),
            "school holds moments finer than a microsecond",
        ),
    ],
)
def test_what_is_no_number_or_label_is_refused(column, values, words):
    held = {"score": [1.0, 2.0], "prior": [1.0, 2.0], "school": [1, 2]}
    table = pa.table(held | {column: values})

    with pytest.raises(
        InvalidInput, match=words.replace("(", r"\(").replace(")", r"\)")
    ) as said:
        _stream.summed(table.to_batches(), wanted("score", ["prior"], ["school"]))

    assert "Anna" not in str(said.value)


def test_labels_may_change_their_type_on_the_way():
    batches = [
        pa.record_batch({"score": [1.0, 2.0], "school": pa.array(school)})
        for school in ([1, 2], ["x", "y"], [2, 3])
    ]

    found = _stream.summed(batches, wanted("score", [], ["school"]))

    assert sorted(found.keys[0].tolist()) == ["1", "2", "3", "x", "y"]
    assert found.rows.sum() == 6


@pytest.mark.parametrize("weight", [0.0, -1.0])
def test_weights_must_be_above_nothing(weight):
    rows = many_pupils(20)
    held = [
        row | ({"weight": weight} if k in (3, 15) else {}) for k, row in enumerate(rows)
    ]

    with pytest.raises(
        InvalidInput, match="2 rows have a weight in weight that is not above 0"
    ):
        sums_of(held, [], ["school"], weights="weight", size=8)


def test_no_rows_are_said():
    with pytest.raises(NotIdentified, match="none, the table is empty"):
        _stream.summed([], wanted("score", [], ["school"]))


def test_progress_is_told(monkeypatch):
    monkeypatch.setattr(_stream, "ROWS", 20)
    told = []

    sums_of(many_pupils(50), [], ["school"], told=told.append)

    assert told == [20, 40, 50]


def test_what_stops_the_reading_stops_the_pass():
    def until_stopped():
        yield pa.record_batch({"score": [1.0], "school": [1]})
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _stream.summed(until_stopped(), wanted("score", [], ["school"]), threads=2)


def test_means_far_from_zero_lose_nothing():
    rows = [row | {"prior": row["prior"] + 1e12} for row in many_pupils(200)]

    found = sums_of(rows, ["prior"], ["authority"])

    for place, authority in enumerate(found.keys[0].tolist()):
        prior = [Fraction(r["prior"]) for r in rows if r["authority"] == authority]
        mean = sum(prior) / len(prior)
        spread = sum((one - mean) ** 2 for one in prior)
        first, second = (
            Fraction(found.products[place, k]) + Fraction(found.remainder[place, k])
            for k in (1, 3)
        )
        about = second - first**2 / len(prior)
        assert float(about) == pytest.approx(float(spread), rel=1e-6)
