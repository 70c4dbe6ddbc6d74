"""Cards, and the pages that are made of them."""

import pytest

from kaeden.organisation.models import Unit
from kaeden.presentation import (
    cards,
    goal,
)
from kaeden.shared.status import ValueStatus
from tests.builders.figures import (
    a_current_release,
    a_figure,
    a_town,
    an_indicator,
)
from tests.builders.goals import a_goal

pytestmark = pytest.mark.usefixtures("english")
ABSENCE, SERIES = an_indicator(), an_indicator("absence-upper-years")
RELEASE = a_current_release()


def years(*values, indicator=SERIES, first=2018):
    last = len(values) - 1
    return [
        a_figure(
            indicator=indicator.id,
            period=f"{first + at}/{(first + at + 1) % 100:02d}",
            value=value,
            status=ValueStatus.MISSING if value is None else ValueStatus.VALUE,
            is_latest=at == last,
            unit=a_town(),
        )
        for at, value in enumerate(values)
    ]


def test_a_card_is_of_the_latest_year_and_its_curve_of_all():
    card = cards.build(SERIES, years(6.0, 6.5, 7.0), release=RELEASE)

    assert (card.value, card.period) == ("7.0%", "2020/21")
    assert len(card.curve.table.rows) == 3
    assert len(card.marks) == 3
    assert card.caveat == str(SERIES.caveats[0])


def test_without_a_latest_figure_there_is_no_card():
    assert cards.build(SERIES, [], release=RELEASE) is None
    assert cards.build(SERIES, years(6.0, 7.0)[:1], release=RELEASE) is None


def test_a_card_without_a_number_has_the_reason_and_no_marks_or_curve():
    card = cards.build(ABSENCE, years(None, indicator=ABSENCE), release=RELEASE)

    assert card.headline.startswith("The source shows no number")
    assert card.marks is card.curve is None


def test_the_ministrys_verdict_is_neither_marked_nor_drawn():
    verdict = an_indicator("socioeconomic-reference")

    card = cards.build(verdict, [a_figure(value=1.0)], release=RELEASE)

    assert card.marks is card.curve is None


def test_a_target_is_drawn_on_the_curve_of_its_own_indicator():
    goal_of_series = a_goal(value=5.0, indicator=SERIES)

    drawn = cards.curve_of(SERIES, years(6.0, 6.5), goal_of_series)
    other = cards.curve_of(SERIES, years(6.0, 6.5), a_goal(value=5.0))

    assert "5.0" in str(drawn)
    assert "5.0" not in str(other)


def test_figures_are_gathered_by_indicator_in_their_order():
    found = cards.by_indicator([*years(6.0, 7.0), a_figure()])

    assert [one.value for one in found[SERIES.id]] == [6.0, 7.0]
    assert list(found) == [SERIES.id, ABSENCE.id]


def test_a_goals_page_has_its_lead_result_and_those_further_that_there_are():
    wanted = a_goal(further=(SERIES, an_indicator("wellbeing-social")))

    figures = [a_figure(unit=a_town()), *years(6.0)]
    town = Unit(pk=a_town().id, code="999")

    page = goal.build(town, wanted, (), figures, RELEASE)

    assert page.lead.id == ABSENCE.id
    assert [card.id for card in page.further] == [SERIES.id]
    assert (page.owner, page.suggestion) == ("Chief of schools", "")
