import warnings

import polars as pl
import pytest

from kaeden_stats import InvalidInput, multilevel
from tests.builders.exact import exact_blocks
from tests.builders.pupils import pupils

MODEL = {
    "outcome": "score",
    "fixed": ["prior", "C(choice)", "C(choice):prior"],
    "levels": ["authority", "school"],
    "slopes": {"school": ["prior"]},
}


@pytest.fixture(autouse=True)
def _quiet():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", multilevel.ModelWarning)
        yield


def the_same(one, other):
    assert one.log_likelihood == other.log_likelihood
    for column in ("estimate", "standard_error"):
        assert one.coefficients[column].tolist() == other.coefficients[column].tolist()
    for level, matrix in one.variances.items():
        assert matrix.tolist() == other.variances[level].tolist()


def parts_of(rows, by):
    return [
        exact_blocks([row for row in rows if by(row) == part], **MODEL)
        for part in sorted({by(row) for row in rows})
    ]


@pytest.mark.parametrize(
    "by",
    [
        lambda row: row["authority"],
        lambda row: row["choice"],
        lambda row: row["prior"] > 0.5,
        lambda row: round(row["score"] * 256) % 5,
    ],
    ids=["authorities", "values of a category", "a number", "rows at random"],
)
def test_parts_add_up_to_the_bits_of_the_whole(by):
    rows = pupils()
    first, *others = parts_of(rows, by)

    together = sum(others, start=first)

    the_same(
        multilevel.fit_crossproducts(together),
        multilevel.fit_crossproducts(exact_blocks(rows, **MODEL)),
    )


def test_parts_add_up_in_any_order():
    first, second, third = parts_of(pupils(), lambda row: row["choice"])

    one, other = first + second + third, third + (second + first)

    assert one.values == other.values == {"choice": ("art", "music", "sport")}
    assert one.products.tolist() == other.products.tolist()
    assert one.remainder == pytest.approx(other.remainder, abs=1e-25)
    assert [key.tolist() for key in one.keys] == [key.tolist() for key in other.keys]


def test_a_mean_far_from_zero_changes_nothing():
    near, far = (
        multilevel.fit_crossproducts(exact_blocks(pupils(shift=shift), **MODEL))
        for shift in (0.0, 2.0**20)
    )

    assert far.log_likelihood == pytest.approx(near.log_likelihood, abs=1e-10)
    assert far.residual_variance == pytest.approx(near.residual_variance, rel=1e-12)
    for column in ("estimate", "standard_error"):
        here, there = near.coefficients[column], far.coefficients[column]
        same = [1, 4, 5]  # the terms whose meaning does not depend on zero
        assert there[same] == pytest.approx(here[same], rel=1e-12)


def test_blocks_are_kept_as_bytes():
    blocks = exact_blocks(pupils(), **MODEL)

    again = multilevel.CrossProducts.from_bytes(blocks.to_bytes())

    assert again.values == blocks.values
    assert again.slopes == blocks.slopes
    the_same(multilevel.fit_crossproducts(again), multilevel.fit_crossproducts(blocks))


def test_bytes_of_another_format_are_refused(monkeypatch):
    blocks = exact_blocks(pupils(), **MODEL)
    monkeypatch.setattr("kaeden_stats.multilevel.blocks.FORMAT", 0)
    old = blocks.to_bytes()
    monkeypatch.undo()

    with pytest.raises(InvalidInput, match="not of format 1"):
        multilevel.CrossProducts.from_bytes(old)


@pytest.mark.parametrize(
    ("other", "what"),
    [
        ({"outcome": "prior", "fixed": ["C(choice)"], "slopes": {}}, "outcome"),
        ({"fixed": ["prior"]}, "terms"),
        ({"levels": ["school"]}, "levels"),
        ({"levels": ["school"], "crossed": ["former"]}, "levels"),
    ],
)
def test_blocks_of_other_models_do_not_add_up(other, what):
    one, another = (
        exact_blocks(pupils(), **MODEL),
        exact_blocks(pupils(), **MODEL | other),
    )

    with pytest.raises(InvalidInput, match=f"The blocks have other {what}"):
        one + another


def test_a_second_model_needs_no_second_pass():
    blocks = exact_blocks(pupils(), **MODEL)
    fewer = {"fixed": ["prior"], "slopes": {}}

    the_same(
        multilevel.fit_crossproducts(blocks, **fewer),
        multilevel.fit_crossproducts(exact_blocks(pupils(), **MODEL | fewer)),
    )


def test_a_term_that_was_not_summed_is_refused():
    blocks = exact_blocks(pupils(), **MODEL | {"fixed": ["prior"]})

    with pytest.raises(InvalidInput, match=r"no columns for C\(choice\)"):
        multilevel.fit_crossproducts(blocks, fixed=["C(choice)"])


def test_values_without_an_order_are_ordered_as_text():
    one = exact_blocks(pupils(), **MODEL)
    rows = [row | {"choice": 7} for row in pupils()]

    together = one + exact_blocks(rows, **MODEL)

    assert together.values["choice"] == (7, "art", "music", "sport")


def test_labels_of_two_kinds_are_taken_as_text():
    rows = [row | {"authority": f"{row['authority']}"} for row in pupils()]

    together = exact_blocks(pupils(), **MODEL) + exact_blocks(rows, **MODEL)

    assert together.keys[0].tolist() == exact_blocks(rows, **MODEL).keys[0].tolist()
    assert together.n == 2 * len(rows)


def test_a_pass_sums_what_fractions_sum():
    rows = pupils(shift=1000.0)

    blocks = multilevel.crossproducts(pl.DataFrame(rows), **MODEL)
    exact = exact_blocks(rows, **MODEL)

    assert blocks.columns == exact.columns
    assert blocks.rows.tolist() == exact.rows.tolist()
    assert blocks.products == pytest.approx(exact.products, rel=1e-12)


def test_a_level_called_unit_keeps_its_labels():
    rows = [row | {"unit": row["authority"]} for row in pupils()]
    blocks = exact_blocks(rows, **MODEL | {"levels": ["unit", "school"]})

    effects = multilevel.fit_crossproducts(blocks).effects("school")

    assert len(set(effects["unit"])) == 20
    assert len(set(effects["unit (level)"])) == 4
