"""What a pass over rows of any kind counts, leaves out and refuses."""

import duckdb
import numpy as np
import polars as pl
import pytest

from kaeden_stats import InvalidInput, NotIdentified
from kaeden_stats.multilevel._summed import wanted
from kaeden_stats.multilevel.binomial import _counts
from kaeden_stats.multilevel.binomial._counts import counted
from tests.builders.passes import passes

ASKED = wanted("passed", ["C(choice)", "prior"], ["authority", "school"])
CLASSES = {
    "school": ["S1", "S1", "S2", "S2", "S2", "S3", "S3"],
    "girl": [1, 1, 0, 1, 0, None, 0],
    "mark": [2.0, 2.0, 4.0, 4.0, float("nan"), 4.0, 2.0],
    "passed": [1, 0, 1, 1, 1, 1, None],
}


def of(columns, *, trials=None, fixed=("C(girl)", "mark"), outcome="passed"):
    return counted(
        pl.DataFrame(columns), wanted(outcome, fixed, ["school"], weights=trials)
    )


def test_rows_with_the_same_covariates_in_a_group_are_one_pattern():
    found = of(CLASSES)

    assert found.rows == 4
    assert found.successes.tolist() == [1, 1, 1]
    assert found.trials.tolist() == [2, 1, 1]
    assert found.starts.tolist() == [0, 1]
    assert found.distinct == 3
    assert found.groups[0].labels.tolist() == ["S1", "S2"]


def test_a_row_that_lacks_something_is_left_out_and_counted_once():
    assert of(CLASSES).left_out == {"passed": 1, "mark": 1, "girl": 1}


def test_true_and_false_count_as_1_and_0():
    either = [bool(one) for one in CLASSES["passed"]]

    found = of(CLASSES | {"passed": either})

    assert found.successes.tolist() == [1, 1, 1, 0]
    assert found.rows == 5


def test_groups_with_repeated_names_lie_in_their_parents():
    found = counted(
        pl.DataFrame(
            {"area": [2, 1, 1, 2], "school": list("abba"), "passed": [1, 0, 1, 1]}
        ),
        wanted("passed", [], ["area", "school"]),
    )

    area, school = found.groups
    assert area.labels.tolist() == [1, 2]
    assert school.labels.tolist() == ["b", "a"]
    assert school.parent.tolist() == [0, 1]


def test_trials_are_added_up_with_the_rows_binomial_coefficients():
    found = of(
        {"school": ["a", "a", "b"], "passed": [1, 2, 0], "pupils": [2, 4, 3]},
        trials="pupils",
        fixed=(),
    )

    assert found.successes.tolist() == [3, 0]
    assert found.trials.tolist() == [6, 3]
    assert found.log_constant == pytest.approx(np.log(2 * 6 * 1))


@pytest.mark.parametrize(
    "kind", ["duckdb", "polars", "lazy", "pandas", "arrow", "path"]
)
def test_whatever_holds_the_rows_counts_the_same(kind, tmp_path):
    rows = passes(200)
    rows.write_parquet(tmp_path / "rows.parquet")
    arrow = rows.to_arrow()
    table = {
        "duckdb": lambda: duckdb.from_arrow(arrow),
        "polars": lambda: rows,
        "lazy": rows.lazy,
        "pandas": rows.to_pandas,
        "arrow": lambda: arrow,
        "path": lambda: tmp_path / "rows.parquet",
    }[kind]()
    truth = counted(rows.reverse(), ASKED)

    found = counted(table, ASKED)

    for name in ("which", "starts", "successes", "trials"):
        assert getattr(found, name).tolist() == getattr(truth, name).tolist()
    assert found.values == {"choice": ["art", "music", "sport"]}
    assert found.columns["prior"].tolist() == truth.columns["prior"].tolist()


def test_categories_of_a_table_that_knows_them_are_read_by_their_names():
    rows = passes(50)

    found = counted(
        rows.with_columns(pl.col("school", "choice").cast(pl.Categorical)), ASKED
    )

    assert (
        found.groups[1].labels.tolist()
        == counted(rows, ASKED).groups[1].labels.tolist()
    )
    assert found.values == {"choice": ["art", "music", "sport"]}


def test_more_combinations_than_a_number_counts_are_counted_all_the_same(monkeypatch):
    truth = counted(passes(200), ASKED)
    monkeypatch.setattr(_counts, "WIDEST", 4)

    found = counted(passes(200), ASKED)

    assert found.which.tolist() == truth.which.tolist()


@pytest.mark.parametrize(
    ("columns", "trials", "words"),
    [
        ({"passed": [0, 1, 2]}, None, "passed is neither 0 nor 1 in 1 rows"),
        ({"passed": [0.5, 1, 0.2]}, None, "neither 0 nor 1 in 2 rows"),
        ({"passed": [0, 1, 3], "n": [1, 1, 2]}, "n", "no number of successes among n"),
        ({"passed": [0, 1, 1], "n": [1.0, 1.0, 1.5]}, "n", "Both must be whole"),
        ({"passed": [0, -1, 1], "n": [1, 1, 1]}, "n", "in 1 rows"),
        ({"failed": [0, 1, 1]}, None, "The table has no column passed"),
        ({"passed": ["Y", "N", "Y"]}, None, "passed holds text"),
    ],
)
def test_an_outcome_that_is_no_count_is_refused(columns, trials, words):
    with pytest.raises(InvalidInput, match=words):
        of({"school": [1, 1, 2], **columns}, trials=trials, fixed=())


def test_no_complete_row_is_said():
    with pytest.raises(
        NotIdentified, match=r"No row is complete\. Left out: {'passed': 2}"
    ):
        of({"school": [1, 2], "passed": [None, float("nan")]}, fixed=())
