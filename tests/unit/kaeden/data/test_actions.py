import pytest
from django.db import IntegrityError, transaction

from kaeden.access.rules import NOBODY, SYSTEM
from kaeden.audit.models import Event
from kaeden.data import actions, lake, queries
from kaeden.data.errors import BadFile, LakeDamaged
from kaeden.data.lake import storing
from kaeden.data.models import DataImport
from kaeden.data.rules import State
from kaeden.shared.errors import Forbidden, NotFound, Refused
from tests.builders.files import LINES, a_contract, a_file
from tests.plain.data import measure_of

pytestmark = pytest.mark.django_db

CORRECTED = a_file("101;a;2020;8,5", *LINES[1:])


def imported(content=None, *, contract=None):
    return actions.import_file(
        contract or a_contract(), a_file() if content is None else content, by=SYSTEM
    )


def scores():
    found = lake.measure("trial", "score", "a")
    return dict(zip(found.unit_code, found.value.tolist(), strict=True))


def test_an_import_is_recorded_with_who_what_and_how_much():
    taken = imported()

    assert (taken.source, taken.period, taken.rows) == ("trial", "2019–2022", 4)
    assert taken.statuses == {
        "value": 4,
        "zero": 0,
        "missing": 0,
        "not_applicable": 0,
        "hidden": 0,
    }
    event = Event.objects.get()
    assert (event.kind, event.about) == ("data_imported", f"data.dataimport:{taken.pk}")


def test_an_import_tells_its_source_years_and_state():
    assert str(imported()) == "trial 2019–2022 (current)"


def test_the_values_are_in_the_lake_afterwards():
    imported()

    assert scores() == {"101": 7.5, "147": 6.25}


def test_the_same_file_again_changes_nothing():
    first, before = imported(), lake.snapshot()

    assert imported() == first
    assert lake.snapshot() == before
    assert (DataImport.objects.count(), Event.objects.count()) == (1, 1)


def test_the_same_file_costs_two_queries(django_assert_num_queries):
    imported()

    with django_assert_num_queries(2):
        imported()


def test_a_corrected_file_takes_the_place_of_the_first():
    first = imported()

    second = imported(CORRECTED)

    first.refresh_from_db()
    assert (first.state, second.state) == (State.SUPERSEDED, State.CURRENT)
    assert second.replaces == first
    assert scores()["101"] == 8.5


def test_taking_an_import_back_brings_what_was_there_before():
    imported()
    before = lake.snapshot()
    second = imported(CORRECTED)

    actions.revert(second, by=SYSTEM)

    assert lake.snapshot() == before
    assert scores()["101"] == 7.5
    assert [each.batch for each in queries.current_imports()] == [
        each.batch for each in storing.current()
    ]
    assert Event.objects.filter(kind="data_reverted").count() == 1


def test_taking_the_only_import_back_empties_the_lake():
    empty = lake.snapshot()

    actions.revert(imported(), by=SYSTEM)

    assert lake.snapshot() == empty
    with pytest.raises(NotFound, match="Import the source first"):
        scores()


def test_an_import_taken_back_can_be_made_again():
    first = imported()
    actions.revert(first, by=SYSTEM)

    second = imported()

    assert second != first
    assert scores()["101"] == 7.5


def test_only_what_counts_now_can_be_taken_back():
    first = imported()
    imported(CORRECTED)
    first.refresh_from_db()

    with pytest.raises(Refused, match="Only the import that counts now"):
        actions.revert(first, by=SYSTEM)


def test_an_import_that_somebody_else_took_back_is_refused():
    taken = imported()
    DataImport.objects.update(state=State.REVERTED)

    with pytest.raises(Refused, match="Somebody has changed"):
        actions.revert(taken, by=SYSTEM)


def test_nobody_without_the_right_imports_or_takes_back():
    taken = imported()

    with pytest.raises(Forbidden):
        actions.import_file(a_contract(), CORRECTED, by=NOBODY)
    with pytest.raises(Forbidden):
        actions.revert(taken, by=NOBODY)
    assert queries.current_import("trial", "2019–2022") == taken


BAD = {
    "cut": a_file()[:-2],
    "wrong columns": a_file(header="kommune;gruppe;aar;tal"),
    "wrong encoding": a_file("101;å;2020;7,5").decode().encode("latin-1"),
    "the same key twice": a_file(LINES[0], LINES[0]),
    "a decimal point": a_file("101;a;2020;7.5"),
    "a wrong year": a_file("101;a;2030;7,5"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_refused_file_leaves_everything_as_it_was(case, lake_home):
    taken = imported()
    before, files = lake.snapshot(), sorted(lake_home.rglob("*"))

    with pytest.raises(BadFile):
        imported(BAD[case])

    assert lake.snapshot() == before
    assert sorted(lake_home.rglob("*")) == files
    assert [each.import_id for each in queries.current_imports()] == [taken.pk]
    assert Event.objects.count() == 1


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BadFile, match=r"gone\.csv can't be opened"):
        imported(tmp_path / "gone.csv")


def test_no_more_of_a_file_is_read_than_may_be(tmp_path):
    path = tmp_path / "large.csv"
    path.write_bytes(a_file() + b"x" * 3_000_000)

    with pytest.raises(BadFile, match="holds 1000001 bytes"):
        imported(path)


def test_an_import_interrupted_before_the_manifest_is_completed_later(monkeypatch):
    imported()
    with monkeypatch.context() as patch:
        patch.setattr(storing, "activate", lambda batches: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            imported(CORRECTED)
    assert scores()["101"] == 7.5

    actions.settle()

    assert scores()["101"] == 8.5


def test_importing_again_mends_a_damaged_lake():
    taken = imported()
    path = storing.current()[0].path(storing.OBSERVATIONS)
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(LakeDamaged, match="gone or altered"):
        scores()

    assert imported() == taken

    assert scores()["101"] == 7.5


def test_two_imports_of_one_source_and_period_cannot_both_count():
    first = imported()
    second = imported(CORRECTED)

    with pytest.raises(IntegrityError), transaction.atomic():
        DataImport.objects.filter(pk=first.pk).update(state=State.CURRENT)
    assert queries.current_import("trial", "2019–2022") == second


def test_another_year_of_a_source_counts_beside_the_first():
    def of_year(year):
        return a_contract(
            period={"kind": "calendar_year", "fixed": year},
            keys=["kommunekode", "gruppe"],
        )

    imported(a_file("101;a;x;7,5"), contract=of_year("2020"))
    imported(a_file("101;a;x;8,5"), contract=of_year("2021"))

    found = lake.measure("trial", "score", "a")
    assert found.period == ("2020", "2021")
    assert found.value.tolist() == [7.5, 8.5]


def test_everything_that_is_shipped_comes_in_and_agrees_with_the_loop():
    taken = actions.import_shipped(by=SYSTEM)

    assert [each.source for each in taken] == [c.id for c in queries.contracts()]
    contract = queries.contract("staffing_ratio")
    found = lake.measure("staffing_ratio", "children_per_adult", "dagpleje")
    ours = [
        (unit, period, number if status.has_number else None, status)
        for unit, period, number, status in zip(
            found.unit_code,
            found.period,
            found.value.tolist(),
            found.status,
            strict=True,
        )
    ]
    assert ours == measure_of(
        contract, contract.shipped_file.read_bytes(), "children_per_adult", "dagpleje"
    )
