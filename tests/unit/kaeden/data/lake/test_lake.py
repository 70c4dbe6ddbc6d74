import numpy as np
import pytest

from kaeden.data import lake
from kaeden.data.lake import storing
from kaeden.data.lake.preparing import prepare
from kaeden.shared.errors import NotFound
from kaeden.shared.status import ValueStatus
from tests.builders.files import a_contract, a_file
from tests.plain.data import measure_of

CONTENT = a_file("147;a;2020;", "101;a;2021;*", "101;a;2020;7,5", "101;b;2020;3")


@pytest.fixture
def score(lake_home):
    prepared = prepare(a_contract(), CONTENT)
    with storing.the_only_writer():
        storing.write(a_contract(), prepared)
        storing.activate([prepared.batch])
    return lake.measure("trial", "score", "a")


def test_a_measure_is_sorted_by_unit_and_period(score):
    assert score.unit_code == ("101", "101", "147")
    assert score.period == ("2020", "2021", "2020")
    assert len(score) == 3


def test_a_place_without_a_number_says_why(score):
    assert score.status == (
        ValueStatus.VALUE,
        ValueStatus.HIDDEN,
        ValueStatus.MISSING,
    )
    assert np.isnan(score.value).tolist() == [False, True, True]


def test_a_measure_agrees_with_the_loop(score):
    places = zip(score.unit_code, score.period, score.status, strict=True)
    loop = measure_of(a_contract(), CONTENT, "score", "a")

    assert list(places) == [(unit, year, status) for unit, year, _, status in loop]


def test_a_measure_cannot_be_written_into(score):
    with pytest.raises(ValueError, match="read-only"):
        score.value[0] = 1


@pytest.mark.parametrize(
    "place", [("other", "score", "a"), ("trial", "other", "a"), ("trial", "score", "c")]
)
def test_what_the_lake_does_not_have_is_not_found(score, place):
    with pytest.raises(NotFound, match=f"“{place[1]}” with the breakdown “{place[2]}”"):
        lake.measure(*place)


def test_an_empty_lake_has_a_snapshot_too(score, settings, tmp_path):
    before = lake.snapshot()
    settings.KAEDEN_LAKE = tmp_path / "empty"

    assert len(lake.snapshot()) == 64
    assert lake.snapshot() != before
