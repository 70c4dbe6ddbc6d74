"""What is planted in the rows of Fjordby's children is found by the engine."""

import numpy as np
import pytest

from kaeden.data.models import DataImport
from kaeden.demo.cast import cast
from kaeden.demo.children import middles, rows_of
from kaeden.demo.children_file import file_of, without_rows
from kaeden.demo.children_truth import truth
from kaeden.demo.figures import figures_of
from kaeden.engine import results
from kaeden.engine.model_recipes import recipes
from kaeden.engine.models import Run
from kaeden.publication.models import Figure, Release
from kaeden.shared.periods import Period
from tests.builders.fjordby import the_town
from tests.docs.reading import read
from tests.docs.reading import rows_of as rows_in

NEWEST = Period(start=2025, is_school_year=True)
LINES = {line.indicator: line for line in truth().outcomes}


def drawn(seed=1975):
    figures = figures_of(the_town(), NEWEST, seed=seed)
    return rows_of(the_town(), figures, NEWEST, seed=seed)


@pytest.fixture(scope="module")
def rows():
    return drawn()


def units_of(rows):
    places = zip(rows.cohort.tolist(), rows.year.tolist(), strict=True)
    return np.array([rows.cohorts[cohort].places[year][0] for cohort, year in places])


# The rows themselves ------------------------------------------------------------------


def test_the_same_seed_gives_the_same_children_and_another_others(rows):
    assert file_of(drawn(), NEWEST) == file_of(rows, NEWEST)
    assert file_of(drawn(seed=7), NEWEST) != file_of(rows, NEWEST)


def test_classes_are_as_large_as_the_towns(rows):
    town = the_town()
    newest = rows.year == len(rows.periods) - 1
    found = {}
    for place in rows.cohort[newest].tolist():
        unit, group = rows.cohorts[place].places[-1]
        found[f"{unit}-{group}"] = found.get(f"{unit}-{group}", 0) + 1
    sizes = {code: town.children[code] for code in found}

    assert len(found) == 99
    assert abs(sum(found.values()) - sum(sizes.values())) < 100
    assert max(abs(found[code] - sizes[code]) for code in found) <= 9


def test_a_child_grows_a_year_older_each_year_and_a_few_move(rows):
    units, moved, followed = units_of(rows), 0, 0
    for child in np.unique(rows.child).tolist():
        own = rows.child == child
        assert np.ptp(rows.group[own] - rows.year[own]) == 0
        there = set(units[own]) - {"999011", "999012"}
        followed += own.sum() > 1
        moved += len(there) > 1
    assert 0.02 < moved / followed < 0.1


def test_before_the_merger_children_are_at_the_schools_of_then(rows):
    units = units_of(rows)

    assert {"999011", "999012"} <= set(units[rows.year == 0])
    assert "999004" not in set(units[rows.year == 0])
    assert {"999004"} <= set(units[rows.year == 1])
    assert not {"999011", "999012"} & set(units[rows.year > 0])


def test_answers_are_missing_more_often_where_education_is_short(rows):
    years, silent = rows.background["parents_education"], rows.hidden["wellbeing"]

    assert silent[years < 12].mean() > 1.5 * silent[years > 15].mean()
    assert 0.06 < silent.mean() < 0.14


def test_only_the_ninth_year_has_marks(rows):
    has_mark = np.isfinite(rows.outcomes["exam_mark"])

    assert set(rows.group[has_mark]) == {9}
    assert set(np.unique(rows.outcomes["youth_education"][has_mark])) == {0, 1}


def test_a_file_tells_nothing_of_years_to_come_or_of_what_is_hidden(rows):
    earlier = file_of(rows, Period(start=2024, is_school_year=True)).decode()
    lines = file_of(rows, NEWEST).decode().splitlines()

    assert "2025/26" not in earlier
    assert len(lines) - 1 == len(rows.year)
    blank = sum(line.split(";")[9] == "" for line in lines[1:])
    assert blank == rows.hidden["wellbeing"].sum()


def test_the_towns_figures_leave_out_what_the_rows_say(rows):
    figures = figures_of(the_town(), NEWEST, seed=1975)
    kept = without_rows(figures, rows)

    gone = {(one.indicator, str(one.period)) for one in set(figures) - set(kept)}
    years = ("2023/24", "2024/25", "2025/26")
    assert gone == {(name, year) for name in LINES for year in years}


# What the engine finds ----------------------------------------------------------------


@pytest.fixture(scope="module")
def models(told, django_db_blocker):
    run = Run.objects.filter(scope="999").latest("pk")
    return {(one.recipe, one.period): one for one in results.read_models(run)}


def fair_truths(rows, model):
    """What each unit would have with the average child of the model's rows."""
    line, recipe = LINES[model.indicator], recipes()[model.recipe]
    column, year = rows.outcomes[line.column], _year_of(rows, model.period)
    years = range(year - recipe.years + 1, year + 1)
    own = np.isin(rows.year, years) & np.isfinite(column) & ~rows.hidden[line.column]
    middle = middles()
    away = {n: rows.background[n][own].mean() - middle[n] for n in line.effects}
    education = away.pop("parents_education")
    shift = sum(line.effects[name] * by for name, by in away.items())
    found = {}
    for unit in model.units:
        level = _level(rows, line, unit.code, years)
        told = level + shift + _slope(rows, line, unit.code) * education
        found[unit.code] = 100 / (1 + np.exp(-told)) if line.is_yes_or_no else told
    return found


def _year_of(rows, period):
    return [str(one) for one in rows.periods].index(period)


def _level(rows, line, code, years):
    known = {
        rows.levels[line.column][cohort, year]
        for cohort, one in enumerate(rows.cohorts)
        for year in years
        if one.places[year][0] == code
    }
    (level,) = {one for one in known if np.isfinite(one)}
    return level


def _slope(rows, line, code):
    places = [place for place, one in enumerate(cast().schools) if one.code == code]
    places += [place for place, o in enumerate(cast().schools) if code in o.merges]
    return rows.slopes[line.column][places[0]]


@pytest.mark.django_db
def test_intervals_hold_the_truth_about_as_often_as_they_say(models, rows):
    held = [
        unit.low <= fair_truths(rows, model)[unit.code] <= unit.high
        for model in models.values()
        for unit in model.units
    ]

    assert len(held) == 54
    assert np.mean(held) >= 0.9


@pytest.mark.django_db
def test_gradients_hold_the_truth_about_as_often_as_they_say(models, rows):
    held = [
        one.gradient_low
        <= model.gradient_step * _slope(rows, LINES[model.indicator], one.code)
        <= one.gradient_high
        for model in models.values()
        for one in model.units
        if one.gradient is not None
    ]

    assert len(held) == 34
    assert np.mean(held) >= 0.9


@pytest.mark.django_db
def test_the_flat_and_the_steep_school_are_told_apart(models):
    units = {one.code: one for one in models["wellbeing-general", "2025/26"].units}
    flat, steep = units["999001"], units["999009"]

    assert flat.gradient_low < 0 < flat.gradient_high
    assert steep.gradient_low < 3 * 0.12 < steep.gradient_high
    assert flat.gradient_high < steep.gradient_low


@pytest.mark.django_db
def test_a_weak_start_hides_a_school_that_lifts_and_the_fair_value_shows_it(models):
    model = models["exam-mark", "2025/26"]
    units = {one.code: one for one in model.units}
    lifting = units["999006"]

    assert lifting.raw < model.mean + 0.3
    assert lifting.low > model.mean
    assert lifting.fair == max(one.fair for one in model.units)


@pytest.mark.django_db
def test_sydskolen_lies_lower_whatever_its_children(models):
    model = models["wellbeing-general", "2025/26"]
    lowest = min(model.units, key=lambda one: one.fair)

    assert lowest.code == "999002"
    assert lowest.high < model.mean


@pytest.mark.django_db
def test_most_of_the_differences_lie_between_children(models, rows):
    model = models["wellbeing-general", "2025/26"]
    shares = {one.level: one.share for one in model.shares}
    line, year = LINES["wellbeing-general"], 2
    levels = {u.code: _level(rows, line, u.code, [year]) for u in model.units}
    parts = {
        "institution": np.var(list(levels.values()), ddof=1),
        "class": line.class_spread**2,
        "child": line.child**2 + line.year**2,
    }
    true = {name: part / sum(parts.values()) for name, part in parts.items()}

    assert shares["child"] == pytest.approx(true["child"], abs=0.06)
    assert shares["institution"] == pytest.approx(true["institution"], abs=0.05)
    assert shares["class"] == pytest.approx(true["class"], abs=0.03)


@pytest.mark.django_db
def test_schools_do_not_differ_in_youth_education_by_more_than_chance(models):
    model = models["progression-to-youth-education", "2025/26"]

    assert model.singular == ("institution",)
    assert {one.reliability for one in model.units} == {0}


@pytest.mark.django_db
def test_what_background_means_is_found(models):
    for model in models.values():
        line = LINES[model.indicator]
        named = {(one.column, one.value): one for one in model.coefficients}
        for name, where in {
            "earlier_result": ("earlier_result", ""),
            "girl": ("gender", "pige"),
            "other_language": ("language", "flere"),
            "year_group": ("year_group", ""),
        }.items():
            if name in line.effects:
                one = named[where]
                assert abs(one.estimate - line.effects[name]) < 3 * one.standard_error


@pytest.mark.django_db
@pytest.mark.usefixtures("told")
def test_its_rows_came_with_its_figures_and_their_means_were_released():
    states = DataImport.objects.filter(source="children_999").order_by("pk")
    newest = Release.objects.latest("version")
    figures = Figure.objects.filter(release=newest, indicator="wellbeing-general")

    assert [one.state for one in states] == ["superseded", "current"]
    origins = figures.exclude(unit__code="999").values_list("period", "origin")
    assert {p for p, origin in origins if origin == "rows"} == {
        *("2023/24", "2024/25", "2025/26")
    }
    assert {p for p, origin in origins if origin == "published"} == {
        *("2018/19", "2019/20", "2020/21", "2021/22", "2022/23")
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("told")
def test_no_class_and_no_child_is_in_the_results():
    run = Run.objects.filter(scope="999").latest("pk")

    assert {one.level for one in results.read(run)} == {"institution", "municipality"}
    units = [one for model in results.read_models(run) for one in model.units]
    assert {one.level for one in units} == {"institution"}
    assert all(len(one.code) == 6 for one in units)


def test_the_page_tells_what_is_planted_in_the_rows():
    page = read("docs/demo.md").split("## What is true in the rows of children")[1]
    rows = [row for row in rows_in(page) if row[1].startswith("`")]
    written = {
        (row[0].rsplit(" ", 1)[-1].strip("()"), row[1].strip("`"), row[2].split(" ")[0])
        for row in rows
    }
    planted = {
        (one.unit, one.of, f"{one.by:+g}".replace("-", "−"))
        for one in (*truth().intake, *truth().gradients, *truth().lifts)
    }

    assert written == planted
