"""A unit's own change in its children's rows, beyond that of all units."""

import re
from dataclasses import replace

import numpy as np
import pytest

from kaeden.engine import model_recipes, row_changes, row_models, row_values
from kaeden.engine.results import Result
from kaeden.shared.errors import BadInput
from tests.builders.recipes import SCHOOLS, a_lake_of_children, a_recipe

pytestmark = pytest.mark.django_db
YEARS = ("2021/22", "2022/23", "2023/24", "2024/25")
FALLS, RISES = SCHOOLS[0], SCHOOLS[1]
SIMPLE = {"fixed": ("parents_education", "gender"), "levels": ("institution",)}


@pytest.fixture(autouse=True)
def lake_home(settings, tmp_path):
    settings.KAEDEN_LAKE = tmp_path / "lake"


def some_years(slopes, *, years=YEARS, each=40, shared=0.0, shocks=(), seed=5):
    """Lines of children whose schools change by `slopes` a year, and all by `shared`."""
    rng = np.random.default_rng(seed)
    bump = (*shocks, *([0.0] * len(years)))
    lines = []
    for school in SCHOOLS:
        level = 3.6 + 0.1 * rng.normal()
        for at, year in enumerate(years):
            moved = (slopes.get(school, 0.0) + shared) * at + bump[at]
            here = level + moved + 0.03 * rng.normal()
            for child in range(each):
                school_years = int(rng.integers(9, 18))
                score = here + 0.05 * (school_years - 13) + 0.4 * rng.normal()
                told = f"{min(max(score, 1), 5):.2f}".replace(".", ",")
                gender = ("pige", "dreng")[child % 2]
                lines.append(
                    f"{year};{school};7a;{school}-{at}-{child};7;{gender};dansk;"
                    f"{school_years};;{told};;"
                )
    return tuple(lines)


def computed(lines, **facts):
    a_lake_of_children(*lines)
    recipe = a_recipe(**({"change_years": 5} | SIMPLE | facts))
    return row_models.compute(recipe, "999", lambda _title: None)


def test_a_school_that_changes_is_told_from_those_that_do_not():
    found = computed(some_years({FALLS: -0.2, RISES: 0.2})).changes.units

    assert (found[FALLS].direction, found[RISES].direction) == (-1, 1)
    assert {found[code].direction for code in SCHOOLS[2:]} == {0}
    assert found[FALLS].years == 4
    assert found[FALLS].slope == pytest.approx(
        -0.2, abs=3 * found[FALLS].standard_error
    )


def test_what_a_year_does_to_all_schools_is_no_schools_own_change():
    found = computed(
        some_years({FALLS: -0.25}, shocks=(0.0, 0.4, -0.3, 0.5))
    ).changes.units

    assert found[FALLS].direction == -1
    assert found[FALLS].p_value < 1e-3
    assert all(found[code].p_value > 0.005 for code in SCHOOLS[1:])


def test_a_school_that_only_falls_less_than_all_has_not_become_better():
    found = computed(some_years({RISES: 0.2}, shared=-0.35)).changes.units

    assert found[RISES].slope > 0
    assert found[RISES].p_value < 0.05
    assert found[RISES].direction == 0


def test_where_all_schools_change_alike_none_is_told_to_have_changed():
    quiet = [computed(some_years({}, shared=-0.1, seed=seed)) for seed in range(4)]

    told = [one for made in quiet for one in made.changes.units.values()]
    assert not [one for one in told if one.p_value < 0.01]
    assert "units change alike" in {
        made.changes.note.get("no_result") for made in quiet
    }


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (some_years({}, years=YEARS[:2]), "too few years"),
        (some_years({}, each=8), "too few rows"),
    ],
)
def test_where_no_change_can_be_told_the_notes_say_why(lines, why):
    made = computed(lines, minimum={"units": 6, "rows": 400, "spread": 20})

    assert made.changes.units == {}
    assert why == made.changes.note["no_result"]


def test_terms_that_cannot_be_told_apart_are_noted_and_stop_nothing():
    lines = [re.sub(r";;\d,\d+;;", ";;3,80;;", line) for line in some_years({})]

    made = computed(lines)

    assert made.changes.units == {}
    assert made.changes.note["no_result"]


def test_a_change_without_its_certificate_is_not_told(monkeypatch):
    fit = row_changes._fitted

    def astray(*given):
        made = fit(*given)
        return replace(made, run=replace(made.run, is_optimum=False))

    monkeypatch.setattr(row_changes, "_fitted", astray)
    made = computed(some_years({FALLS: -0.2}))

    assert made.changes.units == {}
    assert made.changes.note["no_result"] == "no optimum was found"


def test_a_recipe_that_does_not_ask_tells_of_no_change():
    made = computed(some_years({FALLS: -0.2}), change_years=None)

    assert made.changes.units == {}
    assert made.changes.note == {}


def test_the_newest_result_has_the_change_of_its_children_and_older_ones_have_not():
    made = computed(some_years({FALLS: -0.2}))
    change = made.changes.units[FALLS]
    rows = [
        Result(
            indicator="wellbeing-general",
            level="institution",
            code=FALLS,
            period=period,
            status="value",
            value=3.5,
            is_latest=period == YEARS[-1],
            direction=0,
        )
        for period in YEARS[-2:]
    ]

    before, newest = row_values.with_models(
        row_values.Computed(results=rows), made
    ).results

    assert (before.slope, before.change_of) == (None, "")
    assert (newest.slope, newest.slope_se) == (change.slope, change.standard_error)
    assert (newest.direction, newest.development_p) == (-1, change.p_value)
    assert (newest.preliminary, newest.points) == (False, 4.0)
    assert newest.change_of == "rows"


def test_only_a_linear_recipe_tells_of_change(tmp_path):
    shipped = model_recipes.SHIPPED / "progression-to-youth-education.yaml"
    path = tmp_path / shipped.name
    path.write_text(
        shipped.read_text().replace("years: 3\n", "years: 3\nchange_years: 4\n")
    )

    with pytest.raises(BadInput, match="change_years: "):
        model_recipes.load(path)
