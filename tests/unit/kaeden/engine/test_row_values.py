"""Rows of children take the place of a municipality's own file, and only where they are."""

import numpy as np
import pytest

from kaeden.data.lake.rows import UnitMean
from kaeden.engine.panel import OwnPanel
from kaeden.engine.recipe import Computed
from kaeden.engine.row_models import Modelled
from kaeden.engine.row_values import by_indicator, laid_over, with_models
from kaeden.shared.status import ValueStatus
from tests.builders.figures import (
    a_model_result,
    a_result,
    a_unit_result,
    an_indicator,
)
from tests.builders.panels import a_panel

WELLBEING = an_indicator("wellbeing-general")
CODES = ("999001", "999002")


def a_mean(code="999001", **changes):
    facts = {"rows": 300, "mean": 3.81, "spread": 0.5}
    return UnitMean(code=code, **(facts | changes))


def of_rows(**changes):
    facts = {
        "indicator": "wellbeing-general",
        "models": (a_model_result(a_unit_result(), period="2021/22"),),
        "means": {"2021/22": (a_mean(), a_mean("999004", mean=3.5))},
    }
    return Modelled(**(facts | changes))


def own_panel():
    panel = a_panel([[3.5, 3.6], [3.7, 3.8]], codes=CODES, indicator=WELLBEING)
    return OwnPanel(
        panel=panel,
        children=np.array([[200.0, 210.0], [50.0, 52.0]]),
        there=np.ones((2, 2), dtype=bool),
    )


def test_a_rows_mean_stands_where_the_files_value_stood():
    found = laid_over(own_panel(), WELLBEING, of_rows())

    assert found.panel.codes == (*CODES, "999004")
    assert [str(period) for period in found.panel.periods] == ["2020/21", "2021/22"]
    np.testing.assert_array_equal(
        found.panel.value, [[3.5, 3.81], [3.7, 3.8], [np.nan, 3.5]]
    )
    np.testing.assert_array_equal(found.children[:, 1], [300, 52, 300])
    np.testing.assert_array_equal(found.panel.n, [300, 52, 300])
    assert found.there.tolist() == [[True, True], [True, True], [False, True]]
    assert found.panel.status[2].tolist() == [ValueStatus.MISSING, ValueStatus.VALUE]


def test_rows_alone_make_a_panel():
    found = laid_over(None, WELLBEING, of_rows())

    assert found.panel.codes == ("999001", "999004")
    np.testing.assert_array_equal(found.panel.value, [[3.81], [3.5]])


def test_without_rows_the_file_is_left_as_it_is():
    own = own_panel()

    assert laid_over(own, WELLBEING, None) is own
    assert laid_over(None, WELLBEING, None) is None
    made = Computed(results=[a_result()])
    assert with_models(made, None) is made


def test_a_share_of_rows_becomes_per_cent():
    found = laid_over(None, WELLBEING, of_rows(scale=100.0))

    np.testing.assert_allclose(found.panel.value, [[381], [350]])


def test_an_estimate_is_the_models_and_says_where_it_comes_from():
    results = [
        a_result(period="2021/22", estimate=3.0, origin="published"),
        a_result("999004", period="2021/22", estimate=3.5, low=3.4, high=3.6),
        a_result("999001", period="2020/21", estimate=3.1),
        a_result("999", level="municipality", period="2021/22", origin="computed"),
    ]

    found = with_models(Computed(results=results), of_rows()).results

    assert (found[0].origin, found[0].estimate) == ("rows", 3.7)
    assert (found[0].low, found[0].high, found[0].reliability) == (3.6, 3.8, 0.9)
    assert (found[1].origin, found[1].estimate) == ("rows", 3.5)
    assert found[2:] == results[2:]


@pytest.mark.parametrize(
    "changes", [{"indicator": ""}, {"means": {}}], ids=["an example", "no rows"]
)
def test_what_says_nothing_of_an_indicator_is_passed_over(changes):
    assert by_indicator([of_rows(**changes)]) == {}
    assert by_indicator([of_rows()]).keys() == {"wellbeing-general"}
