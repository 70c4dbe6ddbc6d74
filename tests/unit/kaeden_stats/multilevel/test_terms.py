import pytest

from kaeden_stats import InvalidInput
from kaeden_stats.multilevel._summed import wanted
from kaeden_stats.multilevel._terms import coded, unfold

VALUES = {"sex": ("girl", "boy"), "year": (7, 8, 9)}


def names(terms):
    return [column.name for column in unfold(terms, VALUES)]


def test_a_number_is_one_column_and_a_category_one_for_each_value():
    assert names(["prior", "C(sex)"]) == ["1", "prior", "C(sex)[girl]", "C(sex)[boy]"]


def test_a_product_has_a_column_for_each_choice_of_values():
    assert names(["C(sex):C(year):x"])[1:] == [
        f"C(sex)[{sex}]:C(year)[{year}]:x"
        for sex in ("girl", "boy")
        for year in (7, 8, 9)
    ]


def test_a_column_that_two_terms_share_is_there_once():
    assert names(["prior", "prior", "1"]) == ["1", "prior"]


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (["C(sex)"], ["1", "C(sex)[boy]"]),
        (["C(sex):x"], ["1", "C(sex)[girl]:x", "C(sex)[boy]:x"]),
        (["x", "C(sex):x"], ["1", "x", "C(sex)[boy]:x"]),
        (
            ["C(sex)", "x:C(sex)"],
            ["1", "C(sex)[boy]", "x:C(sex)[girl]", "x:C(sex)[boy]"],
        ),
        (
            ["C(year)", "C(sex):C(year)"],
            [
                *("1", "C(year)[8]", "C(year)[9]"),
                *(f"C(sex)[boy]:C(year)[{year}]" for year in (7, 8, 9)),
            ],
        ),
    ],
    ids=["main effect", "no margin", "margin", "factors turned", "nested in one"],
)
def test_a_reference_is_left_out_where_the_margin_is_in_the_model(terms, expected):
    """As R codes the same formulas: ~ sex, ~ sex:x, ~ x + sex:x, ~ sex + x:sex, …"""
    assert list(coded(terms, VALUES)) == expected


@pytest.mark.parametrize("term", ["a:", ":a", "C( )", ""])
def test_a_term_with_an_empty_part_is_refused(term):
    with pytest.raises(InvalidInput, match="has an empty part"):
        unfold([term], {})


@pytest.mark.parametrize(
    ("outcome", "terms", "groups", "words"),
    [
        ("y", ["x", "C(x)"], ["school"], "x is used as a number and as a category"),
        ("y", ["x"], [], "no grouping column"),
        ("y", ["x"], ["school", "school"], "named twice"),
        ("y", ["y"], ["school"], "y is both"),
        ("y", ["x"], ["y"], "y is both"),
    ],
)
def test_uses_that_exclude_each_other_are_refused(outcome, terms, groups, words):
    with pytest.raises(InvalidInput, match=words):
        wanted(outcome, terms, groups)


def test_a_grouping_column_can_be_a_number_of_the_model_too():
    asked = wanted("y", ["year", "C(sex)"], ["school", "year"], weights="w")

    assert asked.numbers == ("y", "year", "w")
    assert asked.labels == ("school", "year", "sex")
    assert asked.names == ("y", "year", "w", "school", "sex")
