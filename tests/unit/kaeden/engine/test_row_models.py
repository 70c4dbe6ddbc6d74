"""Models of rows say what lies where; where one can't stand, the run says why."""

from dataclasses import replace
from statistics import fmean

import numpy as np
import pytest

from kaeden.engine import row_models
from kaeden.engine.model_results import ModelResult
from tests.builders.children import many_children
from tests.builders.recipes import SCHOOLS, a_lake_of_children, a_recipe
from tests.plain.children import number

pytestmark = pytest.mark.django_db
SIMPLE = {"fixed": ("parents_education", "gender")}


@pytest.fixture(autouse=True)
def lake_home(settings, tmp_path):
    settings.KAEDEN_LAKE = tmp_path / "lake"


def computed(recipe, scope="999"):
    return row_models.compute(recipe, scope, lambda _title: None)


def note_of(recipe):
    made = computed(recipe)
    assert made.models == ()
    (note,) = made.notes
    return note


def cells(lines, place):
    return [line.split(";")[place] for line in lines]


def test_a_scope_without_rows_has_no_models():
    a_lake_of_children(*many_children(SCHOOLS))

    assert computed(a_recipe(**SIMPLE), "998") == row_models.Modelled()


def test_units_have_a_raw_and_a_fair_value_with_an_interval():
    lines = many_children(SCHOOLS)
    a_lake_of_children(*lines)

    (found,) = computed(a_recipe(**SIMPLE)).models

    assert [one.code for one in found.units] == list(SCHOOLS)
    for one in found.units:
        own = [line for line in lines if f";{one.code};" in line]
        assert one.raw == pytest.approx(fmean(map(number, cells(own, 9))))
        assert (one.level, one.n) == ("institution", 60)
        assert one.low < one.fair < one.high
        assert one.gradient_low < one.gradient < one.gradient_high
        assert 0 < one.reliability < 1
        assert one.spread == pytest.approx(
            np.std([number(cell) for cell in cells(own, 9)], ddof=1)
        )


def test_shares_add_up_and_fair_values_lie_closer_than_raw_ones():
    a_lake_of_children(*many_children(SCHOOLS))

    (found,) = computed(a_recipe(**SIMPLE)).models

    assert [one.level for one in found.shares] == ["institution", "class", "child"]
    assert sum(one.share for one in found.shares) == pytest.approx(1)
    assert [one.groups for one in found.shares] == [8, 16, 480]
    assert np.std([one.fair for one in found.units]) < np.std(
        [one.raw for one in found.units]
    )


def test_a_fair_value_is_of_the_average_child():
    """With no differences between units, it is the mean of all, whatever the intake."""
    lines = []
    for place, unit in enumerate(SCHOOLS):
        for child in range(40):
            years = 9 + place + child % 2
            score = f"{3 + 0.1 * (years - 9) + 0.2 * (child % 4 > 1):.1f}"
            lines.append(
                f"2024/25;{unit};7a;p{place}-{child};7;pige;dansk;{years};;"
                f"{score.replace('.', ',')};;"
            )
    a_lake_of_children(*lines)
    recipe = a_recipe(
        fixed=("parents_education",), levels=("institution",), slopes={}, gradient=None
    )

    (found,) = computed(recipe).models

    assert np.ptp([one.raw for one in found.units]) > 0.6
    for one in found.units:
        assert one.fair == pytest.approx(found.mean, abs=1e-6)
        assert one.gradient is None


def test_incomplete_rows_are_left_out_and_counted_and_stay_in_the_raw_mean():
    lines = list(many_children(SCHOOLS))
    lacking = lines[0].split(";")
    lacking[7] = ""
    lines[0] = ";".join(lacking)
    a_lake_of_children(*lines)

    (found,) = computed(a_recipe(**SIMPLE)).models

    assert (found.rows, found.left_out) == (479, {"parents_education": 1})
    assert found.units[0].n == 60


def test_coefficients_have_the_columns_that_a_reader_knows():
    a_lake_of_children(*many_children(SCHOOLS))

    (found,) = computed(a_recipe(**SIMPLE)).models

    named = {(one.column, one.value): one for one in found.coefficients}
    assert named.keys() == {("", ""), ("parents_education", ""), ("gender", "pige")}
    education = named["parents_education", ""]
    assert education.low < 0.05 < education.high
    assert education.df < 480


def test_a_unit_of_few_children_has_no_spread():
    lines = many_children(SCHOOLS)
    a_lake_of_children(*lines[:10], *lines[60:])

    (found,) = computed(a_recipe(**SIMPLE)).models

    assert found.units[0].n == 10
    assert found.units[0].spread is None
    assert found.units[1].spread


def test_each_school_year_has_a_model_or_several_are_read_together():
    lines = (
        *many_children(SCHOOLS, year="2023/24"),
        *many_children(SCHOOLS, year="2024/25", seed=8),
    )
    a_lake_of_children(*lines)
    told = []

    alone = row_models.compute(a_recipe(**SIMPLE), "999", told.append)
    together = computed(a_recipe(**SIMPLE, years=2))

    assert [one.period for one in alone.models] == ["2023/24", "2024/25"]
    assert [title[-7:] for title in told] == ["2023/24", "2024/25"]
    (found,) = together.models
    assert (found.period, found.rows) == ("2024/25", 960)
    assert ("period", "2024/25") in {(c.column, c.value) for c in found.coefficients}
    assert together.means.keys() == {"2023/24", "2024/25"}


def test_fewer_years_than_are_wanted_are_read_together():
    a_lake_of_children(*many_children(SCHOOLS))

    (found,) = computed(a_recipe(**SIMPLE, years=3)).models

    assert (found.period, found.rows) == ("2024/25", 480)


def test_the_mean_of_a_units_background_can_stand_by_itself():
    a_lake_of_children(*many_children(SCHOOLS))

    (found,) = computed(a_recipe(**SIMPLE, unit_means=("parents_education",))).models

    assert "parents_education_of_unit" in {one.column for one in found.coefficients}


def test_an_uncorrelated_slope_is_another_model():
    a_lake_of_children(*many_children(SCHOOLS))

    plain = computed(a_recipe(**SIMPLE)).models[0]
    alone = computed(a_recipe(**SIMPLE, uncorrelated=("institution",))).models[0]

    assert alone.units[0].gradient != plain.units[0].gradient


def test_a_share_is_told_in_per_cent_of_the_average_child():
    a_lake_of_children(*yes_or_no(SCHOOLS))
    recipe = a_recipe(
        "progression-to-youth-education", fixed=("parents_education", "gender")
    )

    made = computed(recipe)

    (found,) = made.models
    assert (found.kind, found.outcome_unit, made.scale) == ("binomial", "percent", 100)
    assert 50 < found.mean < 100
    for one in found.units:
        assert 0 < one.low < one.fair < one.high < 100
        assert one.raw == pytest.approx(100 * round(one.raw * one.n / 100) / one.n)
        assert (one.spread, one.gradient) == (None, None)
    assert all(one.df is None for one in found.coefficients)


def yes_or_no(units):
    rng = np.random.default_rng(5)
    for place, unit in enumerate(units):
        for child in range(60):
            years = int(rng.integers(9, 18))
            odds = 1 + 0.3 * (years - 13) + 0.5 * (place % 3 - 1)
            there = int(rng.random() < 1 / (1 + np.exp(-odds)))
            gender = ("pige", "dreng")[child % 2]
            yield (
                f"2024/25;{unit};9a;p{place}-{child};9;{gender};dansk;{years};;;;{there}"
            )


# Where no model can stand ------------------------------------------------------------


def test_too_few_units_give_no_result():
    a_lake_of_children(*many_children(SCHOOLS[:5]))

    note = note_of(a_recipe(**SIMPLE))

    assert (note["no_result"], note["units"]) == ("too few units", 5)


def test_too_few_rows_give_no_result():
    a_lake_of_children(*many_children(SCHOOLS, each=20))

    assert note_of(a_recipe(**SIMPLE))["no_result"] == "too few rows"


def test_rows_without_the_wanted_column_give_no_result():
    a_lake_of_children(*many_children(SCHOOLS))

    note = note_of(a_recipe(fixed=("parents_education", "earlier_result")))

    assert (note["no_result"], note["rows"]) == ("too few rows", 0)


def test_an_outcome_that_never_differs_gives_no_result():
    lines = [line.rsplit(";", 1)[0] + ";1" for line in yes_or_no(SCHOOLS)]
    a_lake_of_children(*lines)
    recipe = a_recipe("progression-to-youth-education", fixed=("parents_education",))

    assert "youth_education" in note_of(recipe)["no_result"]


def test_a_fit_without_its_certificate_gives_no_result(monkeypatch):
    a_lake_of_children(*many_children(SCHOOLS))
    fit = row_models.multilevel.fit

    def astray(*given, **named):
        made = fit(*given, **named)
        return replace(made, run=replace(made.run, is_optimum=False))

    monkeypatch.setattr(row_models.multilevel, "fit", astray)
    note = note_of(a_recipe(**SIMPLE))

    assert (note["no_result"], note["converged"]) == ("no optimum was found", False)


def test_without_degrees_of_freedom_intervals_are_the_normal_ones(monkeypatch):
    a_lake_of_children(*many_children(SCHOOLS))

    def unknown(_made):
        raise row_models.NotIdentified("The variances can't be told apart.")

    monkeypatch.setattr(row_models.multilevel, "degrees_of_freedom", unknown)
    (found,) = computed(a_recipe(**SIMPLE)).models

    (first, *_others) = found.coefficients
    assert first.df is None
    assert (first.high - first.estimate) / first.standard_error == pytest.approx(
        1.96, abs=1e-3
    )


def test_the_same_rows_give_the_same_model():
    a_lake_of_children(*many_children(SCHOOLS))

    first, second = (computed(a_recipe(**SIMPLE)).models for _time in range(2))

    assert first == second
    assert isinstance(first[0], ModelResult)
