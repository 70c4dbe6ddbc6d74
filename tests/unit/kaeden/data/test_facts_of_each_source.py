"""What is known about each source beforehand, counted by others than our importer."""

from collections import Counter
from functools import cache

import pytest

from kaeden.data import queries
from kaeden.data.lake.preparing import prepare
from tests.plain.data import units_of, values_of

SOURCES = [contract.id for contract in queries.contracts()]


@cache
def prepared(source):
    contract = queries.contract(source)
    return prepare(contract, contract.shipped_file.read_bytes())


def with_number(source, measure, breakdown=""):
    (row,) = (
        row
        for row in prepared(source).quality["measures"]
        if (row["measure"], row["breakdown"]) == (measure, breakdown)
    )
    return row["value"] + row["zero"]


def values(source, measure, breakdown=""):
    return {
        (row["unit_code"], row["period"]): row["value"]
        for row in prepared(source).observations.to_pylist()
        if (row["measure"], row["breakdown"]) == (measure, breakdown)
    }


ROWS = {
    "schools": 2303,
    "daycare_register": 4810,
    "daycare_municipality": 98,
    "staffing_ratio": 2058,
    "wellbeing_absence": 1174,
    "municipality_dst": 98,
    "municipality_selected": 98,
    "municipalities": 98,
    "pisa_2003": 4218,
}


@pytest.mark.parametrize("source", SOURCES)
def test_the_number_of_rows_is_the_known_one(source):
    assert prepared(source).rows == ROWS[source]


@pytest.mark.parametrize("source", SOURCES)
def test_every_place_agrees_with_a_loop_over_the_lines(source):
    contract = queries.contract(source)
    ours = {
        (row["measure"], row["breakdown"], row["unit_code"], row["period"]): (
            row["value"],
            row["status"],
        )
        for row in prepared(source).observations.to_pylist()
    }

    assert ours == values_of(contract, contract.shipped_file.read_bytes())


@pytest.mark.parametrize("source", ["schools", "daycare_register", "municipalities"])
def test_every_unit_agrees_with_a_loop_over_the_lines(source):
    contract = queries.contract(source)
    ours = [
        (row["code"], row["name"], row["type"], row["municipality_code"])
        for row in prepared(source).units.to_pylist()
    ]

    assert ours == units_of(contract, contract.shipped_file.read_bytes())


@pytest.mark.parametrize(
    ("measure", "filled"),
    [
        ("pupils", 2061),
        ("exam_mark", 1337),
        ("absence", 1285 - 19),  # 19 folkeskoler claim no absence in a whole year
        ("wellbeing_general", 1244),
        ("wellbeing_calm", 1244),
        ("socref_difference", 1223),
        ("socref_verdict", 1223),
        ("teacher_qualification", 1178),
        ("progression", 1394),
    ],
)
def test_as_many_schools_have_a_number_as_the_source_filled(measure, filled):
    assert with_number("schools", measure) == filled


def test_the_socioeconomic_verdicts_are_counted_by_word():
    verdicts = Counter(values("schools", "socref_verdict").values())

    assert verdicts == {1: 82, 0: 1091, -1: 50, None: 1080}


def test_a_difference_of_zero_is_a_zero_and_no_blank():
    (row,) = (
        row
        for row in prepared("schools").quality["measures"]
        if row["measure"] == "socref_difference"
    )

    assert (row["zero"], row["missing"]) == (102 + 33, 2303 - 1223)


def test_a_school_can_be_half_a_mark_below_and_still_at_its_level():
    assert values("schools", "socref_difference")["101003", "2024/25"] == -0.5
    assert values("schools", "socref_verdict")["101003", "2024/25"] == 0


def test_schools_are_counted_by_type():
    assert prepared("schools").quality["units_by_type"] == {
        "efterskole": 241,
        "folkeskole": 1398,
        "fri/privat grundskole": 545,
        "ungdomsskole": 119,
    }


def test_numbers_kept_out_of_the_schools_are_told_with_their_rule():
    kept_out = prepared("schools").quality["kept_out"]

    assert {(row["measure"], row["reason"]): row["count"] for row in kept_out} == {
        ("absence", "zero"): 19,
        ("teaching_hours", "zero"): 6,
        ("teaching_hours", "implausible"): 2,
    }


def test_wellbeing_is_not_applicable_outside_the_folkeskole():
    rows = prepared("schools").quality["coverage"]
    general = [row for row in rows if row["measure"] == "wellbeing_general"]
    (told,) = (
        row
        for row in prepared("schools").quality["measures"]
        if row["measure"] == "wellbeing_general"
    )

    assert {row["type"]: row["with_number"] for row in general} == {
        "efterskole": 0,
        "folkeskole": 1243,
        "fri/privat grundskole": 0,
        "ungdomsskole": 1,
    }
    assert (told["not_applicable"], told["missing"]) == (904, 1398 - 1243)


def test_only_the_school_on_christiansoe_has_no_municipality():
    assert prepared("schools").quality["units_without_municipality"] == ["411001"]


def test_day_care_is_counted_by_type_and_owner():
    units = prepared("daycare_register").units

    assert prepared("daycare_register").quality["units_by_type"] == {
        "aldersintegreret": 2959,
        "boernehave": 763,
        "dagpleje": 645,
        "klub": 187,
        "sfo": 12,
        "vuggestue": 244,
    }
    assert Counter(units.column("owner").to_pylist()) == {
        "kommunal": 3698,
        "privat": 635,
        "selvejende": 477,
    }


def test_no_childminder_has_a_position():
    rows = prepared("daycare_register").units.to_pylist()
    placed = {row["type"] for row in rows if row["latitude"] is not None}

    assert "dagpleje" not in placed
    assert sum(row["latitude"] is None for row in rows) == 645


def test_care_that_a_municipality_does_not_have_is_not_applicable():
    rows = prepared("staffing_ratio").observations.to_pylist()
    absent = {
        (row["unit_code"], row["breakdown"])
        for row in rows
        if row["status"] == "not_applicable"
    }

    assert absent == {("217", "dagpleje"), ("825", "dagpleje"), ("741", "0-2")}
    assert prepared("staffing_ratio").quality["statuses"]["not_applicable"] == 21


def test_children_per_adult_agrees_between_the_two_files_of_2023():
    for group in ("0-2", "3-5", "dagpleje"):
        series = values("staffing_ratio", "children_per_adult", group)
        of_2023 = {place: v for place, v in series.items() if place[1] == "2023"}

        assert of_2023 == values("daycare_municipality", "children_per_adult", group)


def test_laesoe_has_no_believable_absence_in_2022():
    kept_out = prepared("wellbeing_absence").quality["kept_out"]

    assert (
        values("wellbeing_absence", "absence", "Mellemtrin")["825", "2022/23"] is None
    )
    assert values("wellbeing_absence", "absence", "Udskoling")["825", "2022/23"] is None
    assert [row["reason"] for row in kept_out] == ["implausible", "zero"]


def test_prices_are_a_year_younger_than_the_other_figures():
    fees = values("municipality_dst", "kindergarten_fee")
    sick_days = values("municipality_dst", "sick_days")

    assert {period for _, period in fees} == {"2025"}
    assert {period for _, period in sick_days} == {"2024"}
    assert fees["580", "2025"] == 26301


def test_a_municipality_without_childminders_has_no_price_and_zero_children():
    assert values("municipality_dst", "childminder_fee")["217", "2025"] is None
    assert (
        values("municipality_dst", "children_enrolled", "dagpleje")["217", "2024"] == 0
    )


def test_three_municipalities_have_no_wellbeing():
    wellbeing = values("municipality_selected", "wellbeing_mean")

    missing = {unit for (unit, _), value in wellbeing.items() if value is None}
    assert missing == {"101", "157", "159"}


def test_notifications_lie_between_the_known_ends():
    notifications = values("municipality_selected", "notifications").values()

    assert (min(notifications), max(notifications)) == (51.57, 148.72)


def test_municipalities_are_counted_by_group():
    groups = Counter(values("municipalities", "municipality_group").values())

    assert groups[1] == 24
    assert groups[2] == 3
    assert sum(groups.values()) == 98
