import hashlib

import pytest
import yaml
from pydantic import ValidationError

from kaeden.data.contracts import (
    HOME,
    Contract,
    Period,
    PeriodRule,
    read_contract,
    shipped_contracts,
)
from tests.builders.files import TEXT, a_contract, a_measure

SHIPPED = {contract.id: contract for contract in shipped_contracts()}


@pytest.mark.parametrize("source", SHIPPED)
def test_a_contract_names_every_column_of_its_file_in_order(source):
    first_line = SHIPPED[source].shipped_file.read_text("utf-8").split("\n")[0]

    assert list(SHIPPED[source].columns) == first_line.replace('"', "").split(",")


@pytest.mark.parametrize("source", SHIPPED)
def test_a_contract_says_where_numbers_come_from_and_when(source):
    contract = SHIPPED[source]

    assert str(contract.retrieved.year) in contract.attribution.da
    assert contract.attribution.da.startswith(("Kilde:", "Baseret på data fra"))
    assert contract.traps


@pytest.mark.parametrize("source", SHIPPED)
def test_each_number_of_a_file_is_a_measure_a_childs_or_the_registers(source):
    contract = SHIPPED[source]
    numbers = {name for name, column in contract.columns.items() if column.is_number}
    register = contract.register_units
    places = set(register.columns().values()) if register else set()
    places |= set(contract.children.named) if contract.children else set()

    assert numbers <= {rule.column for rule in contract.measures} | places


def test_the_break_of_2023_in_children_per_adult_is_data():
    (found,) = SHIPPED["staffing_ratio"].breaks

    assert (found.measure, found.after, found.before) == (
        "children_per_adult",
        "2022",
        "2023",
    )


def test_the_break_of_2026_in_the_national_tests_is_known_beforehand():
    breaks = SHIPPED["schools"].breaks

    assert ("national_tests", "2025/26", "2026/27") in {
        (each.measure, each.after, each.before) for each in breaks
    }


def test_the_midpoint_score_of_wellbeing_is_labelled_as_derived():
    rules = {rule.name: rule for rule in SHIPPED["wellbeing_absence"].measures}

    assert "ikke STIL's eget gennemsnit" in rules["wellbeing_midpoint"].derived.da
    assert rules["absence"].derived is None


def test_every_shipped_file_is_named_with_its_traps():
    sources = (HOME / "files" / "SOURCES.md").read_text("utf-8")
    shipped = [p.name for p in (HOME / "files").iterdir() if p.name != "SOURCES.md"]

    assert all(
        sources.count(name) >= 2 for name in shipped if "kommuner.csv" not in name
    )
    assert {c.file_name for c in SHIPPED.values()} == {
        name for name in shipped if name.endswith(".csv")
    }


def test_the_fingerprint_follows_the_meaning_and_not_the_layout(tmp_path):
    path = HOME / "contracts" / "staffing_ratio.yaml"
    other_layout = tmp_path / path.name
    other_layout.write_text(
        yaml.safe_dump(yaml.safe_load(path.read_text("utf-8")), sort_keys=False)
    )

    same = read_contract(other_layout)

    assert same.fingerprint == read_contract(path).fingerprint
    assert a_contract(retrieved="2026-01-16").fingerprint != a_contract().fingerprint


def test_a_contract_file_is_named_after_its_id(tmp_path):
    path = tmp_path / "other.yaml"
    path.write_text((HOME / "contracts" / "schools.yaml").read_text("utf-8"))

    with pytest.raises(ValueError, match="has the id schools"):
        read_contract(path)


WRONG = {
    "an unknown field": {"colour": "red"},
    "a key that isn't a column": {"keys": ["nr"]},
    "a unit that isn't a column": {
        "unit": {"level": "municipality", "column": "nr", "pattern": "x"}
    },
    "an institution without a municipality": {
        "unit": {"level": "institution", "column": "kommunekode", "pattern": "x"}
    },
    "a measure of an unknown column": {"measures": [a_measure(column="andet")]},
    "a measure twice": {"measures": [a_measure(), a_measure()]},
    "a measure of words that aren't coded": {"measures": [a_measure(column="gruppe")]},
    "a measure of coded numbers": {"measures": [a_measure(coded={"ja": 1})]},
    "a second breakdown": {"measures": [a_measure(breakdown="a")]},
    "a break of an unknown measure": {
        "breaks": [
            {
                "measure": "other",
                "after": "2020",
                "before": "2021",
                "why": {"da": "Ny", "en": "New"},
            }
        ]
    },
    "an ignored column without a reason": {
        "columns": {
            "kommunekode": {"kind": "code"},
            "gruppe": {"kind": "code"},
            "aar": {"kind": "code"},
            "tal": {"kind": "ignored"},
        }
    },
    "an ignored column in use": {
        "columns": {
            "kommunekode": {"kind": "code"},
            "gruppe": {"kind": "code"},
            "aar": {"kind": "code"},
            "tal": {"kind": "ignored", "why": {"da": "Tom", "en": "Blank"}},
        }
    },
    "years of the wrong kind": {"period": {"kind": "school_year", "fixed": "2024"}},
    "both a year and a column of years": {
        "period": {"kind": "calendar_year", "fixed": "2024", "column": "aar"}
    },
    "a file outside the folder": {"file_name": "../passwd.csv"},
}


@pytest.mark.parametrize("case", WRONG)
def test_a_contract_is_refused_with(case):
    with pytest.raises(ValidationError):
        a_contract(**WRONG[case])


def test_a_break_may_be_about_numbers_that_this_file_does_not_have():
    contract = a_contract(
        breaks=[
            {
                "measure": "other",
                "after": "2020",
                "before": "2021",
                "why": {"da": "Ny", "en": "New"},
                "in_this_file": False,
            }
        ]
    )

    assert isinstance(contract, Contract)


def test_only_years_of_its_kind_and_span_fit_a_period_rule():
    rule = PeriodRule(kind="school_year", column="år", first="2019/20", last="2024/25")
    years = ["2018/19", "2019/20", "2024/2025", "2025/26", "2020"]

    assert [rule.fits(Period.parse(year)) for year in years] == [
        False,
        True,
        True,
        False,
        False,
    ]


# Rows of children ---------------------------------------------------------------------


def of_children(*columns, child="kommunekode"):
    return a_contract(measures=[], children={"child": child, "columns": columns})


def a_column(name, column, **changes):
    return {"name": name, "title": TEXT, "column": column, "part": "outcome"} | changes


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ([a_column("score", "tal"), a_column("score", "tal")], "more than once"),
        ([a_column("period", "tal")], "more than once"),
        ([a_column("score", "tal", values={"ja": TEXT})], "belongs to words"),
        ([a_column("group", "gruppe")], "belongs to words"),
        ([a_column("score", "alder")], "columns that the file doesn't have"),
    ],
)
def test_a_contract_of_children_names_each_column_once_and_as_what_it_is(columns, says):
    with pytest.raises(ValidationError, match=says):
        of_children(*columns)


def test_a_contract_without_children_has_the_name_it_always_had():
    """Else every batch of the lake would have to be imported again."""
    contract = a_contract()
    said = contract.model_dump_json(by_alias=True)
    before = said.replace(',"children":null', "")

    assert before != said
    assert contract.fingerprint == hashlib.sha256(before.encode()).hexdigest()
    assert of_children(a_column("score", "tal")).fingerprint != contract.fingerprint
