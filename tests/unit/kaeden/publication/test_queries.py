import pytest

from kaeden.publication import queries
from kaeden.publication.errors import NothingReleased
from kaeden.shared.status import ValueStatus
from tests.builders.figures import (
    a_release,
    a_result,
    a_signal,
    a_unit,
)
from tests.builders.places import (
    FRISKOLEN,
    NORDSKOLEN,
    SCHOOLS,
    SYDSKOLEN,
    TOWN,
    a_country,
    unit_at,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _country(db):
    a_country()


def codes(figures):
    return sorted((one.unit.code, one.indicator) for one in figures)


def test_before_the_first_release_there_is_nothing():
    with pytest.raises(NothingReleased, match="No results have been released yet"):
        queries.current_release()


def test_the_newest_release_counts_and_tells_of_its_run(django_assert_num_queries):
    a_release(a_result())
    made = a_release(a_result(), a_signal("999002"))

    with django_assert_num_queries(1):
        current = queries.current_release()

    assert (current.id, current.version, current.signals) == (made.pk, 2, 1)
    assert (current.figure_count, current.hidden_count) == (2, 0)


def test_a_units_figures_come_oldest_first(django_assert_num_queries):
    years = ("2024/25", "2022/23", "2023/24")
    made = a_release(
        *[a_result(period=year, is_latest=year == years[0]) for year in years],
        a_result("999002"),
    )
    ids = [unit_at(NORDSKOLEN).pk]

    with django_assert_num_queries(1):
        found = queries.of_units(made.pk, ids)

    assert [one.period for one in found] == sorted(years)
    assert {one.unit.code for one in found} == {"999001"}


def test_a_figure_knows_its_unit_and_its_status():
    made = a_release(a_result(status="missing", value=None))

    figure = queries.get_figure(made.pk, unit_at(NORDSKOLEN), "school-absence")

    assert figure.unit == a_unit(id=unit_at(NORDSKOLEN).pk)
    assert figure.status is ValueStatus.MISSING


def test_an_indicators_figures_are_the_latest_of_the_kinds_asked_for():
    made = a_release(
        a_result(),
        a_result("999002", is_latest=False),
        a_result("G99901"),
        a_result("999003", indicator="exam-mark"),
        a_result("999", level="municipality"),
    )

    found = queries.of_indicator(made.pk, "school-absence", ["school"])

    assert codes(found) == [("999001", "school-absence")]


def test_an_older_releases_figures_are_not_mixed_in():
    a_release(a_result(value=1.0))
    made = a_release(a_result(value=2.0))

    found = queries.of_units(made.pk, [unit_at(NORDSKOLEN).pk])

    assert [one.value for one in found] == [2.0]


def test_what_is_below_a_path_is_found_and_what_lies_beside_it_is_not():
    made = a_release(*[a_result(code) for code in ("999001", "999003", "998001")])

    found = queries.below(made.pk, SCHOOLS, ["school-absence"])

    assert codes(found) == [("999001", "school-absence")]
    assert queries.below(made.pk, "dk/99", ["school-absence"]) == []
    assert queries.below(made.pk, SCHOOLS, ["exam-mark"]) == []


def test_signals_are_those_below_and_the_units_own_of_the_sectors_that_count():
    made = a_release(
        a_signal(),
        a_result("999002"),
        a_signal("999003"),
        a_signal("999", level="municipality", indicator="high-absence"),
        a_signal("999", level="municipality", indicator="staffing-0-2"),
        a_signal("998", level="municipality", indicator="high-absence"),
    )
    sectors = {"school-absence": True, "high-absence": True, "staffing-0-2": False}

    found = queries.signals_at(
        made.pk, SCHOOLS, unit_id=unit_at(TOWN).pk, sectors=sectors
    )

    assert codes(found) == [("999", "high-absence"), ("999001", "school-absence")]


def test_a_figure_that_is_not_released_is_not_found():
    made = a_release(a_result(), a_result("999002", is_latest=False))

    for path, name in [(NORDSKOLEN, "exam-mark"), (SYDSKOLEN, "school-absence")]:
        with pytest.raises(NothingReleased, match="no released figure"):
            queries.get_figure(made.pk, unit_at(path), name)


def test_peers_come_nearest_first(django_assert_num_queries):
    near = {("institution", "999001"): ("999003", "999002")}
    made, unit = a_release(a_result(), peers=near), unit_at(NORDSKOLEN)

    with django_assert_num_queries(2):
        found = queries.peers_of(made.pk, unit)

    assert [one.path for one in found] == [FRISKOLEN, SYDSKOLEN]
    assert queries.peers_of(made.pk, unit_at(SYDSKOLEN)) == []


@pytest.mark.parametrize(
    ("path", "code"),
    [("dk", ""), ("dk/999", "999"), ("dk/999/schools/1", "999"), ("dk/others/1", "")],
)
def test_a_released_unit_knows_its_municipality(path, code):
    assert a_unit(path=path).municipality_code == code
