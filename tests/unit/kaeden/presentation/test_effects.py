"""What came after a commitment, in words."""

from datetime import date

import pytest
from django.utils import translation

from kaeden.presentation.effects import build, marks
from tests.builders.figures import a_figure, an_indicator
from tests.unit.kaeden.presentation.test_commitments import promised

AGREED = date(2022, 8, 1)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def years(*values):
    return [
        a_figure(
            period=f"{y}/{y - 1999}", value=value, low=value - 0.1, high=value + 0.1
        )
        for y, value in enumerate(values, start=2021)
    ]


def test_many_later_numbers_are_not_preliminary_and_still_show_no_cause():
    one = promised(accepted_on=AGREED)

    view = build(one, an_indicator(), years(7.9, 7.5, 7.3, 7.1))

    assert view.finding.replace("\xa0", " ") == (
        "Since the commitment: 7.9% → 7.1% (more than chance usually gives)."
    )
    assert view.notes == ("It does not show that the commitment is the cause.",)
    assert len(view.curve.marks) == 1


def test_what_is_not_accepted_has_no_mark():
    assert marks([promised(accepted_on=None)]) == ()
    assert build(promised(accepted_on=None), an_indicator(), years(7.9)) is None
