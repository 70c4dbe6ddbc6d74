"""Which goals have a number, and why the others have none."""

import pytest

from kaeden.goals.indicators import Status
from kaeden.organisation.models import Unit
from kaeden.presentation.desks.numbers_at_hand import build
from kaeden.shared.status import ValueStatus
from tests.builders.figures import a_figure, an_indicator
from tests.builders.goals import a_goal

pytestmark = pytest.mark.usefixtures("english")
FJORDBY = Unit(path="dk/999", code="999", kind="municipality", name="Fjordby")
HAVBY = Unit(path="dk/998", code="998", kind="municipality", name="Havby")


def only_row(town, goal, *figures):
    (row,) = build(town, [goal], figures).rows
    return row


def test_a_number_is_said_in_a_sentence_with_its_year():
    row = only_row(HAVBY, a_goal(), a_figure())

    assert row.is_there
    assert row.period == "2024/25"
    assert row.href == "/indikator/school-absence/"


@pytest.mark.parametrize(
    ("town", "goal", "why"),
    [
        (HAVBY, a_goal(indicator=None), "The goal has no indicator yet."),
        (
            HAVBY,
            a_goal(indicator=an_indicator("language-assessment")),
            "No source delivers this number yet.",
        ),
        (HAVBY, a_goal(), "The source has no number for Havby Municipality."),
        (FJORDBY, a_goal(), "Fjordby is invented, so no public source has a number"),
    ],
)
def test_a_number_that_is_not_there_has_its_reason(town, goal, why):
    row = only_row(town, goal)

    assert not row.is_there
    assert row.says.startswith(why)


def test_a_hidden_number_says_that_it_is_hidden():
    row = only_row(HAVBY, a_goal(), a_figure(value=None, status=ValueStatus.HIDDEN))

    assert row.says.startswith("The number is hidden, because fewer than")
    assert not row.is_there


def test_numbers_are_counted_and_proposed_goals_are_left_out():
    proposed = a_goal(key="x", adopted_on=None)

    view = build(HAVBY, [a_goal(), a_goal(indicator=None), proposed], [a_figure()])

    assert view.lead == "1 of 2 indicators of the adopted goals have a number."


def test_an_indicator_without_figures_has_no_page_to_lead_to():
    waiting = an_indicator("language-assessment")

    assert waiting.status is not Status.PUBLISHED
    assert only_row(HAVBY, a_goal(indicator=waiting)).href == ""
