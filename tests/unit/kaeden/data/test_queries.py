import json
from datetime import date

import pytest

from kaeden.access.rules import SYSTEM
from kaeden.data import actions, queries
from kaeden.shared.errors import NotFound
from tests.builders.files import a_file, a_register_contract, a_register_file


def test_an_unknown_source_is_told_which_there_are():
    with pytest.raises(NotFound, match=r"no source “other”.*municipalities, .*schools"):
        queries.contract("other")


def test_the_map_has_the_98_municipalities_of_the_list():
    contract = queries.contract("municipalities")
    listed = contract.shipped_file.read_text("utf-8").splitlines()[1:]
    drawn = json.loads(queries.MAP.read_text("utf-8"))["objects"]["kommuner"][
        "geometries"
    ]

    assert sorted(each["properties"]["kode"] for each in drawn) == sorted(
        f"0{line[:3]}" for line in listed
    )


@pytest.mark.django_db
def test_a_register_unit_is_as_the_source_describes_it():
    actions.import_file(queries.contract("schools"), by=SYSTEM)
    units = {unit.code: unit for unit in queries.register_units("schools")}

    assert len(units) == 2303
    assert units["101003"] == queries.RegisterUnit(
        level="institution",
        code="101003",
        name="Nyboder Skole",
        type="folkeskole",
        owner="",
        municipality_code="101",
        postcode="1350",
        town="København K",
        latitude=55.69057176,
        longitude=12.58624455,
        as_of=date(2026, 4, 10),
    )


@pytest.mark.django_db
def test_the_latest_retrieval_of_a_unit_counts():
    def retrieved(day, year, name):
        contract = a_register_contract(
            retrieved=day, period={"kind": "school_year", "fixed": year}
        )
        line = f"101001;{name};folkeskole;101;7,5"
        actions.import_file(contract, a_register_file(line), by=SYSTEM)

    retrieved("2026-02-01", "2024/25", "Ny Skole")
    retrieved("2025-02-01", "2023/24", "Gammel Skole")

    assert [unit.name for unit in queries.register_units("trial")] == ["Ny Skole"]


@pytest.mark.django_db
def test_a_source_without_a_register_has_no_units():
    contract = queries.contract("staffing_ratio")
    actions.import_file(contract, by=SYSTEM)

    with pytest.raises(NotFound, match="no register from the source “staffing_ratio”"):
        queries.register_units("staffing_ratio")


@pytest.mark.django_db
def test_what_counts_now_costs_one_query(django_assert_num_queries):
    actions.import_file(a_register_contract(), REGISTER, by=SYSTEM)

    with django_assert_num_queries(1):
        (found,) = queries.current_imports()

    assert (found.source, found.period, found.rows) == ("trial", "2024/25", 2)
    assert found.statuses["not_applicable"] == 1


REGISTER = a_file(
    "101001;Nordskolen;folkeskole;101;7,5",
    "101002;Friskolen;fri;101;",
    header="nr;navn;type;kommunekode;tal",
)
