"""For whom? Gaps at a municipality and its units, from rows of children."""

from statistics import fmean

import numpy as np
import pytest

from kaeden.engine import gap_tables, gaps
from kaeden.goals.rules import Group
from tests.builders.recipes import SCHOOLS, a_lake_of_children, a_recipe

pytestmark = pytest.mark.django_db
GENDER = (Group.BOYS, Group.GIRLS)
YEARS = ("2022/23", "2023/24", "2024/25")


@pytest.fixture(autouse=True)
def lake_home(settings, tmp_path):
    settings.KAEDEN_LAKE = tmp_path / "lake"


def a_child(name, score, **changes):
    """A line of one child with wellbeing."""
    facts = {
        "year": "2024/25",
        "unit": SCHOOLS[0],
        "class": "7a",
        "gender": "pige",
        "language": "dansk",
        "education": "13",
        "mark": "",
        "group": "7",
    } | changes
    told = "" if score is None else f"{score:.2f}".replace(".", ",")
    return (
        f"{facts['year']};{facts['unit']};{facts['class']};{name};{facts['group']};"
        f"{facts['gender']};{facts['language']};{facts['education']};;{told};"
        f"{facts['mark']};{changes.get('youth', '')}"
    )


def many(*, units=SCHOOLS, each=48, years=("2024/25",), gap=0.4, gaps_of=None, seed=11):
    """Children of four classes at each unit; girls lie `gap` above boys."""
    rng = np.random.default_rng(seed)
    lines = []
    for year in years:
        for place, unit in enumerate(units):
            level, own = 3.4 + 0.2 * rng.normal(), (gaps_of or {}).get(unit, gap)
            for child in range(each):
                is_girl = child % 2
                score = level + own * is_girl + 0.5 * rng.normal()
                lines.append(
                    a_child(
                        f"p{place}-{child}",
                        min(max(score, 1), 5),
                        **{
                            "year": year,
                            "unit": unit,
                            "class": "7" + "abcd"[child // 2 % 4],
                            "gender": ("dreng", "pige")[is_girl],
                            "language": ("dansk", "flere")[child % 8 == 3],
                            "education": str(9 + child % 9),
                        },
                    )
                )
    return lines


def computed(*lines, recipe=None, scope="999"):
    a_lake_of_children(*lines)
    return gaps.compute(recipe or a_recipe(), scope, lambda _text: None)


def of(found, code, pair=GENDER):
    """The gaps of a pair at one place, oldest first."""
    names = [one.value for one in pair]
    return [
        one
        for one in found.results
        if one.code == code and [one.first, one.second] == names
    ]


def scores(lines, unit, gender):
    cells = [line.split(";") for line in lines]
    return [
        float(cell[9].replace(",", "."))
        for cell in cells
        if cell[1] == unit and cell[5] == gender
    ]


def test_a_municipality_without_rows_has_no_gaps():
    assert computed(*many(units=SCHOOLS[:1]), scope="998") == gaps.Gaps()


def test_public_rows_and_weighted_rows_are_left_alone():
    pisa = a_recipe("pisa-2003-maths")

    assert computed(*many(units=SCHOOLS[:1]), recipe=pisa) == gaps.Gaps()


def test_a_unit_s_gap_is_the_difference_of_its_groups_means():
    lines = many()
    (gap,) = of(computed(*lines), SCHOOLS[2])
    girls, boys = (scores(lines, SCHOOLS[2], one) for one in ("pige", "dreng"))

    assert (gap.mean_first, gap.mean_second) == pytest.approx(
        (fmean(boys), fmean(girls))
    )
    assert gap.difference == pytest.approx(fmean(girls) - fmean(boys))
    assert gap.ratio == pytest.approx(fmean(girls) / fmean(boys))
    assert gap.low < gap.difference < gap.high
    assert (gap.n_first, gap.n_second, gap.clusters, gap.years) == (24, 24, 4, 1)
    assert gap.is_latest


def test_the_municipality_s_gap_rests_on_its_schools():
    lines = many()
    (gap,) = of(computed(*lines), "999")

    assert (gap.level, gap.clusters) == ("municipality", 8)
    assert gap.low < 0.4 < gap.high
    assert gap.n_first + gap.n_second == len(lines)


def test_with_few_schools_the_municipality_s_gap_rests_on_its_classes():
    (gap,) = of(computed(*many(units=SCHOOLS[:3], each=80)), "999")

    assert gap.clusters == 12
    assert gap.differ_p is None


def test_every_pair_of_groups_that_the_rows_hold_is_told():
    found = computed(*many())
    kinds = {(one.first, one.second) for one in found.results if one.kind == "pair"}

    assert kinds == {(one.value, other.value) for one, other in gaps.PAIRS}


def test_small_groups_are_put_together_over_years_and_never_over_more_than_needed():
    lines = many(each=24, years=YEARS)
    (gap,) = of(computed(*lines), SCHOOLS[0])

    assert (gap.since, gap.period, gap.years) == ("2023/24", "2024/25", 2)
    assert gap.n_first == gap.n_second == 24


def test_years_that_are_put_together_never_overlap():
    lines = many(each=24, years=("2021/22", *YEARS))
    older, newest = of(computed(*lines), SCHOOLS[0])

    assert (older.since, older.period) == ("2021/22", "2022/23")
    assert (newest.since, newest.period) == ("2023/24", "2024/25")
    assert not older.is_latest


def test_a_group_that_is_small_in_all_years_together_has_no_gap():
    (gap,) = of(computed(*many(each=8, years=YEARS)), SCHOOLS[0])

    assert (gap.years, gap.n_first, gap.n_second) == (3, 12, 12)
    assert gap.difference is gap.mean_first is gap.low is gap.apart is None


def test_a_unit_that_has_closed_is_not_told_of():
    gone = many(units=SCHOOLS[7:], years=("2023/24",))
    found = computed(*many(units=SCHOOLS[:6]), *gone)

    assert of(found, SCHOOLS[7]) == []


def test_all_the_years_of_a_child_are_in_one_class():
    """A child that moves up takes its earlier rows with it: they are no new children."""
    once = many(each=40, units=SCHOOLS[:1])
    again = [line.replace("2024/25", "2023/24").replace(";7", ";6", 1) for line in once]
    (alone,) = of(computed(*once), SCHOOLS[0])

    assert alone.clusters == 4
    a_country_of_two = computed(*once, *again)
    assert [one.clusters for one in of(a_country_of_two, SCHOOLS[0])] == [4, 4]


def test_children_of_no_known_group_are_counted_in_the_run():
    lines = [*many(), *(a_child(f"x{n}", 3.0, gender="") for n in range(7))]
    note = computed(*lines).notes["boys/girls"]

    assert note["left_out"] == {"no known group": 7}
    assert note["rows"] == len(lines)
    assert note["design_effect"] >= 1


def test_classes_that_differ_in_their_gaps_make_all_intervals_wider():
    def told(by_class):
        rng = np.random.default_rng(3)
        lines = []
        for place, unit in enumerate(SCHOOLS):
            for letter in "abcd":
                own = by_class * rng.normal()
                for child in range(20):
                    score = 3 + own * (child % 2) + 0.3 * rng.normal()
                    gender = ("dreng", "pige")[child % 2]
                    lines.append(
                        a_child(
                            f"{place}{letter}{child}",
                            min(max(score, 1), 5),
                            **{"unit": unit, "class": f"7{letter}", "gender": gender},
                        )
                    )
        return lines

    alike, apart = computed(*told(0.0)), computed(*told(0.6))

    assert alike.notes["boys/girls"]["design_effect"] < 1.6
    assert apart.notes["boys/girls"]["design_effect"] > 3
    ours, theirs = (of(one, SCHOOLS[0])[0] for one in (alike, apart))
    assert theirs.high - theirs.low > 1.5 * (ours.high - ours.low)


def test_rows_in_too_few_classes_to_judge_are_told_of_nowhere():
    lines = [
        a_child(f"{n}{unit}", 3 + n / 50, unit=unit, gender=("dreng", "pige")[n % 2])
        for unit in SCHOOLS[:2]
        for n in range(60)
    ]
    found = computed(*lines)

    assert {one.difference for one in found.results} == {None}
    assert found.notes["boys/girls"]["design_effect"] is None


def test_a_group_whose_children_are_all_alike_has_no_gap():
    other = [
        a_child(
            f"alike{n}",
            4.0,
            **{
                "unit": SCHOOLS[7],
                "class": "7" + "abcd"[n // 2 % 4],
                "gender": ("dreng", "pige")[n % 2],
            },
        )
        for n in range(60)
    ]
    (gap,) = of(computed(*many(units=SCHOOLS[:6]), *other), SCHOOLS[7])

    assert gap.n_first == gap.n_second == 30
    assert gap.difference is None


# Beside the others --------------------------------------------------------------------


def test_a_unit_is_held_beside_the_others_by_the_difference_of_the_gaps():
    found = computed(*many(gaps_of={SCHOOLS[0]: 1.4}, gap=0.2, each=80))
    (one,), (other,) = of(found, SCHOOLS[0]), of(found, SCHOOLS[1])

    assert one.apart_low > 0
    assert one.apart == pytest.approx(one.difference - 0.2, abs=0.15)
    assert other.apart_low < 0 < other.apart_high
    assert one.compared == 8


def test_that_a_unit_is_clear_of_nothing_alone_does_not_set_it_apart():
    """Of units with one and the same gap some are clear of 0 and some are not."""
    found = computed(*many(gap=0.3))
    own = [gap for unit in SCHOOLS for gap in of(found, unit)]

    assert {one.low > 0 for one in own} == {True, False}
    assert all(one.apart_low < 0 < one.apart_high for one in own)
    (town,) = of(found, "999")
    assert town.differ_p > 0.05
    assert town.compared == 8


def test_units_whose_gaps_truly_differ_are_found_to():
    wide = {unit: 0.9 if place % 2 else -0.3 for place, unit in enumerate(SCHOOLS)}
    (town,) = of(computed(*many(gaps_of=wide)), "999")

    assert town.differ_p < 0.001


def test_few_units_are_not_held_beside_each_other():
    found = computed(*many(units=SCHOOLS[:4], each=80))

    assert {one.apart for one in found.results} == {None}


# Over years ---------------------------------------------------------------------------


def test_a_gap_of_several_years_says_how_it_has_moved_and_that_it_is_preliminary():
    *older, newest = of(computed(*many(years=YEARS)), "999")

    assert newest.points == 3
    assert newest.preliminary
    assert newest.direction == 0
    assert newest.slope_half > 0
    assert {one.slope for one in older} == {None}


def test_a_gap_that_closes_steadily_over_five_years_is_found_to():
    years = [f"20{start}/{start + 1}" for start in range(20, 25)]
    lines = [
        line
        for place, year in enumerate(years)
        for line in many(years=(year,), gap=1.4 - 0.3 * place, each=80, seed=place)
    ]
    *_older, newest = of(computed(*lines), "999")

    assert (newest.direction, newest.preliminary, newest.points) == (-1, False, 5)
    assert newest.slope == pytest.approx(-0.3, abs=0.05)


def test_shares_are_told_in_per_cent_and_by_score_intervals():
    rng = np.random.default_rng(5)
    lines = [
        a_child(
            f"{unit}{n}",
            None,
            **{
                "unit": unit,
                "class": "9" + "abc"[n // 2 % 3],
                "group": "9",
                "gender": ("dreng", "pige")[n % 2],
                "youth": str(int(rng.random() < (0.8, 0.9)[n % 2])),
            },
        )
        for unit in SCHOOLS
        for n in range(80)
    ]
    found = computed(*lines, recipe=a_recipe("progression-to-youth-education"))
    (town,), (unit,) = of(found, "999"), of(found, SCHOOLS[0])

    assert town.difference == pytest.approx(10, abs=8)
    assert 70 < town.mean_first < town.mean_second < 100
    assert town.ratio == pytest.approx(town.mean_second / town.mean_first)
    assert -100 < unit.low < unit.difference < unit.high < 100


# From the lowest to the highest -------------------------------------------------------


def slope(found):
    return next(one for one in found.results if one.kind == "slope")


def test_the_slope_index_goes_from_the_shortest_education_to_the_longest():
    rng = np.random.default_rng(9)
    lines = [
        a_child(
            f"{unit}{n}",
            min(max(3 + 0.1 * (9 + n % 9 - 13) + 0.3 * rng.normal(), 1), 5),
            unit=unit,
            education=str(9 + n % 9),
        )
        for unit in SCHOOLS
        for n in range(54)
    ]
    found = slope(computed(*lines))

    assert found.difference == pytest.approx(0.9, abs=0.15)
    assert found.mean_second - found.mean_first == pytest.approx(found.difference)
    assert (found.clusters, found.n_first) == (8, len(lines))


@pytest.mark.parametrize(
    "lines",
    [
        [a_child(f"{n}", 3 + n / 50, education=str(9 + n % 9)) for n in range(12)],
        [a_child(f"{n}", 3 + n / 50, education=str(9 + n % 2)) for n in range(40)],
    ],
    ids=["few children", "two steps in one class"],
)
def test_no_slope_is_drawn_through_too_little(lines):
    assert all(one.kind == "pair" for one in computed(*lines).results)


def test_without_an_outcome_there_are_no_gaps():
    found = computed(*[a_child(f"{n}", None) for n in range(30)])

    assert found.results == ()


def test_windows_are_whole_and_the_newest_stands_last():
    found = gap_tables.windows(["20", "21", "22", "23", "24"], 2)

    assert [one.periods for one in found] == [("21", "22"), ("23", "24")]
