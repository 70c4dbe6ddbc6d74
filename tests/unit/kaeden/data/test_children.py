"""Rows of children come in whole or not at all, and no word of them comes out."""

import json
from datetime import timedelta
from statistics import fmean

import pytest

from kaeden.access.rules import NOBODY, SYSTEM, Role
from kaeden.audit.models import Event
from kaeden.data import actions, lake, own
from kaeden.data.contract_parts import Range
from kaeden.data.errors import BadFile, LakeDamaged
from kaeden.data.lake import rows, storing
from kaeden.data.lake.rows import Wanted
from kaeden.data.models import DataImport
from kaeden.organisation.queries import get_municipality
from kaeden.shared.errors import Forbidden, NotFound
from tests.builders.children import FOUR, HEADER, a_file_of_children, many_children
from tests.builders.files import a_file
from tests.builders.places import FJORDBY, HAVBY, TOWN, a_country, an_actor
from tests.plain.children import complete_of, means_of, number

pytestmark = pytest.mark.django_db
SOURCE = "children_999"


@pytest.fixture
def town():
    a_country()
    return get_municipality(FJORDBY)


def imported(town, *lines, by=SYSTEM):
    return actions.import_children(town, a_file_of_children(*lines), by=by)


def kept():
    with rows.opened(SOURCE) as connection:
        return connection.sql("SELECT * FROM children").to_arrow_table().to_pylist()


def test_rows_come_in_with_a_number_for_each_child(town):
    taken = imported(town)

    assert (taken.source, taken.rows) == (SOURCE, 4)
    first, second, *_later = kept()
    assert (first["institution"], first["class"], first["period"]) == (
        "999001",
        "7a",
        "2023/24",
    )
    assert (first["wellbeing"], first["parents_education"]) == (3.8, 13)
    assert (second["wellbeing"], second["language"]) == (None, "flere")
    assert [one["child"] for one in kept()] == [1, 2, 1, 2]


def test_no_pseudonym_is_in_the_lake(town):
    taken = imported(town)

    files = list((storing._home() / "batches" / taken.batch).iterdir())
    assert {one.name for one in files} >= {storing.CHILDREN}
    assert not [one for one in files if b"q1" in one.read_bytes()]


def test_rows_are_counted_and_their_lacks_are_told(town):
    found = imported(town).quality["children"]

    assert (found["rows"], found["children"], found["units"]) == (4, 2, 2)
    assert found["years"] == {"2023/24": 2, "2024/25": 2}
    assert (found["missing"]["wellbeing"], found["missing"]["gender"]) == (1, 0)
    assert found["moved"] == 1


def test_the_same_file_again_changes_nothing(town):
    first, before = imported(town), lake.snapshot("999")

    assert imported(town) == first
    assert DataImport.objects.count() == 1
    assert lake.snapshot("999") == before


def test_a_newer_file_replaces_the_older_and_can_be_taken_back(town):
    imported(town)
    newer = imported(town, FOUR[0])
    assert len(kept()) == 1

    actions.revert(newer, by=SYSTEM)

    assert len(kept()) == 4
    written = Event.objects.order_by("pk").values_list("kind", flat=True)
    kinds = [Event.Kind.DATA_IMPORTED] * 2 + [Event.Kind.DATA_REVERTED]
    assert list(written)[-3:] == kinds


def test_rows_are_in_their_municipalitys_scope_alone(town):
    country, other = lake.snapshot(), lake.snapshot(HAVBY)
    imported(town)

    assert (lake.snapshot(), lake.snapshot(HAVBY)) == (country, other)
    assert lake.verify() > 0
    with pytest.raises(NotFound, match="children_998"), rows.opened("children_998"):
        pass


REFUSED = {
    "another municipality's school": (
        "2023/24;998001;7a;q1;7;pige;dansk;13;;3,8;;",
        "Line 2, column “enhed”: “…” is not a unit of this municipality.",
    ),
    "the municipality itself": (
        "2023/24;999;7a;q1;7;pige;dansk;13;;3,8;;",
        "is not a unit of this municipality",
    ),
    "a word that nobody knows": (
        "2023/24;999001;7a;q1;7;ukendt;dansk;13;;3,8;;",
        "column “køn”: “…” is not a word that the contract knows.",
    ),
    "a score that can't be": (
        "2023/24;999001;7a;q1;7;pige;dansk;13;;5,8;;",
        "column “trivsel”: … is outside what the number can possibly be.",
    ),
    "a decimal point": (
        "2023/24;999001;7a;q1;7;pige;dansk;13;;3.8;;",
        "“…” is not a number with “,” as its decimal sign",
    ),
    "no child": (
        "2023/24;999001;7a;;7;pige;dansk;13;;3,8;;",
        "column “barn”: “…” is not a code that the contract allows.",
    ),
    "a civil registration number": (
        "2023/24;999001;7a;010190-1234;7;pige;dansk;13;;3,8;;",
        "looks like a civil registration number",
    ),
    "a calendar year": (
        "2019;999001;7a;q1;7;pige;dansk;13;;3,8;;",
        "“…” is not one of the years",
    ),
    "a line that is cut": (
        "2023/24;999001;7a;q1;7;pige",
        "Line 2 has 6 fields; the file has 12 columns.",
    ),
}


@pytest.mark.parametrize(("line", "says"), REFUSED.values(), ids=REFUSED)
def test_what_rows_may_not_hold_refuses_the_file_and_tells_no_value(town, line, says):
    imported(town)

    with pytest.raises(BadFile) as refused:
        imported(town, line)

    assert says in refused.value.message
    assert not [v for v in ("010190", "ukendt", "5,8") if v in refused.value.message]
    assert len(kept()) == 4


def test_a_child_can_be_in_one_place_in_a_year_and_is_not_named(town):
    with pytest.raises(BadFile) as refused:
        imported(town, FOUR[0], FOUR[0].replace("999001", "999002"))

    assert "Lines 2 and 3 have the same key" in refused.value.message
    assert "q1" not in refused.value.message


def test_a_file_without_its_header_is_refused_and_no_word_of_it_is_told(town):
    with pytest.raises(BadFile) as refused:
        actions.import_children(town, a_file(*FOUR, header=FOUR[0]), by=SYSTEM)

    assert "The columns are wrong" in refused.value.message
    assert not {"q1", "pige", "3,8"} & set(refused.value.message.split("“"))
    assert "pige" not in refused.value.message


@pytest.mark.parametrize("actor", [NOBODY, an_actor(Role.DIRECTOR, TOWN)])
def test_only_the_command_line_imports_rows(town, actor):
    with pytest.raises(Forbidden):
        imported(town, by=actor)


@pytest.mark.parametrize("harm", ["changed", "gone"])
def test_a_damaged_file_of_rows_is_not_opened_and_another_import_mends_it(town, harm):
    taken = imported(town)
    path = storing._home() / "batches" / taken.batch / storing.CHILDREN
    path.write_bytes(path.read_bytes()[:-1]) if harm == "changed" else path.unlink()

    with pytest.raises(LakeDamaged), rows.opened(SOURCE):
        pass

    imported(town)
    assert len(kept()) == 4


# How long they stay -------------------------------------------------------------------


def aged(days):
    for one in DataImport.objects.all():
        one.imported_at -= timedelta(days=days)
        one.save()


def batches():
    return {path.name for path in (storing._home() / "batches").iterdir()}


def test_rows_that_were_replaced_are_forgotten_when_they_can_no_longer_be_wanted(town):
    first, second = imported(town), imported(town, FOUR[0])
    assert actions.forget_children() == 0
    aged(31)

    assert actions.forget_children() == 1
    assert actions.forget_children() == 0

    assert batches() == {second.batch}
    assert Event.objects.filter(kind=Event.Kind.ROWS_FORGOTTEN).count() == 1
    first.refresh_from_db()
    assert first.state == "superseded"
    assert len(kept()) == 1


def test_after_that_only_the_newest_can_be_taken_back_and_nothing_counts(town):
    imported(town)
    second = imported(town, FOUR[0])
    aged(31)
    actions.forget_children()

    actions.revert(second, by=SYSTEM)

    with pytest.raises(NotFound), rows.opened(SOURCE):
        pass


def test_rows_that_came_again_are_kept(town):
    first = imported(town)
    actions.revert(first, by=SYSTEM)
    imported(town)
    aged(31)

    assert actions.forget_children() == 0
    assert len(kept()) == 4


def test_figures_that_are_no_childs_are_kept_for_good(town):
    header = "enhed;indikator;skoleår;værdi;børn"
    for value in ("7,1", "7,2"):
        line = f"999001;school-absence;2024/25;{value};640"
        actions.import_own(town, a_file(line, header=header), by=SYSTEM)
    aged(400)

    assert actions.forget_children() == 0
    assert len(batches()) == 2


# What the engine may read -------------------------------------------------------------


WANTED = Wanted(
    outcome="wellbeing",
    numbers=("parents_education",),
    words=("gender",),
    levels=("institution", "class"),
    periods=("2024/25",),
    population={"year_group": Range(min=7, max=9)},
)


def test_averages_are_those_of_a_loop_over_the_lines(town):
    lines = many_children(("999001", "999002"))
    content = a_file_of_children(*lines, *FOUR)
    actions.import_children(town, content, by=SYSTEM)
    columns = ("trivsel", "forældres_uddannelse", "køn")
    expected = complete_of(
        own.contract_of_children("999"),
        content,
        columns,
        lambda line: line["skoleår"] == "2024/25",
    )

    with rows.opened(SOURCE) as connection:
        found = rows.averages(connection, WANTED)

    years = fmean(number(one["forældres_uddannelse"]) for one in expected)
    girls = fmean(one["køn"] == "pige" for one in expected)
    assert found.rows == len(expected)
    assert found.mean == pytest.approx(fmean(number(o["trivsel"]) for o in expected))
    assert found.numbers == pytest.approx({"parents_education": years})
    assert found.shares["gender"]["pige"] == pytest.approx(girls)
    units = {one.code: (one.rows, one.mean, one.spread) for one in found.units}
    for code, (count, mean, spread) in means_of(expected, "trivsel").items():
        assert units[code] == pytest.approx((count, mean, spread))


def test_numbers_are_given_as_distances_from_the_middle_and_incomplete_rows_stay(town):
    imported(town)
    wanted = Wanted(
        outcome="wellbeing",
        numbers=("parents_education",),
        periods=("2023/24",),
        population={"gender": ("pige", "dreng")},
    )

    with rows.opened(SOURCE) as connection:
        found = rows.centred(connection, wanted, {"parents_education": 10.0})
        table = found.to_arrow_table().to_pydict()

    assert table == {"wellbeing": [3.8, None], "parents_education": [3.0, -1.0]}


def test_without_complete_rows_there_is_no_average(town):
    imported(town, FOUR[1])
    wanted = Wanted(outcome="wellbeing", periods=("2023/24",))

    with rows.opened(SOURCE) as connection:
        found = rows.averages(connection, wanted)

    assert (found.rows, found.units) == (0, ())


def test_the_years_of_the_rows_are_told_oldest_first(town):
    imported(town)

    with rows.opened(SOURCE) as connection:
        assert rows.periods(connection) == ("2023/24", "2024/25")


def test_weighted_rows_have_weighted_means(town):
    imported(town)
    wanted = Wanted(
        outcome="wellbeing", weight="year_group", periods=("2023/24", "2024/25")
    )

    with rows.opened(SOURCE) as connection:
        found = rows.averages(connection, wanted)

    assert found.mean == pytest.approx((7 * 3.8 + 8 * 3.9 + 8 * 4.2) / 23)


def test_a_contract_of_rows_names_the_columns_of_its_file():
    contract = own.contract_of_children("999")

    assert list(contract.columns) == HEADER.split(";")
    assert json.loads(contract.model_dump_json())["children"]["child"] == "barn"
