"""How far years usually swing, in words, and on the curve of a card."""

import pytest

from kaeden.presentation import cards
from kaeden.presentation.charts.curve_limits import swing_words
from tests.builders.figures import a_current_release, a_figure, an_indicator

pytestmark = pytest.mark.usefixtures("english")
ABSENCE = an_indicator()


def a_year(start, **facts):
    told = {"lower": 6.0, "upper": 9.0, "centre": 7.5, "limits": "trial", "n": 400}
    period = f"{start}/{start % 100 + 1:02d}"
    return a_figure(**({"period": period, "is_latest": start == 2024} | told | facts))


def years(**facts):
    return [a_year(start, **facts) for start in range(2020, 2025)]


def test_limits_of_few_years_are_called_preliminary():
    assert "preliminary" in swing_words(years())
    assert "preliminary" not in swing_words(years(limits="firm"))


def test_without_limits_nothing_is_said():
    assert swing_words(years(limits="", lower=None, upper=None)) == ""
    assert swing_words([]) == ""


def test_years_outside_are_named_and_others_not():
    series = [*years()[:4], a_year(2024, value=11.0, broken="outside")]

    assert swing_words(series).endswith("Outside them: 2024/25.")


def test_a_long_run_on_one_side_is_told_from_first_to_last():
    series = [a_year(2020), *(a_year(s, broken="long run") for s in range(2021, 2025))]

    assert "From 2021/22 to 2024/25 it stays on one side" in swing_words(series)


def test_a_cards_curve_has_the_limits_that_were_released_and_the_children_counted():
    card = cards.build(ABSENCE, years(), release=a_current_release())

    assert len(card.curve.wide.limits) == 2
    assert card.curve.swings.startswith("The dotted lines")
    assert card.curve.table.rows[0].cells[-1] == "30 of 400 pupils"


@pytest.mark.parametrize(
    ("facts", "basis"),
    [
        ({"value": 1.0}, "400 pupils"),
        ({"n": 9000}, "9,000 pupils"),
        ({"value": 7.5}, "30 of 400 pupils"),
    ],
)
def test_a_share_is_a_count_of_children_where_that_is_safe_and_known(facts, basis):
    card = cards.build(ABSENCE, years(**facts), release=a_current_release())

    assert card.curve.table.rows[-1].cells[-1] == basis
