"""Why do I see this? The rule, the data, how much was scanned, how much is chance."""

import pytest

from kaeden.presentation.why import false_alarms, why_shown
from tests.builders.figures import a_current_release, a_figure, an_indicator

pytestmark = pytest.mark.usefixtures("english")
ABSENCE, RELEASE = an_indicator(), a_current_release()


def why(**facts):
    return " ".join(why_shown(ABSENCE, a_figure(n=400, **facts), RELEASE))


def test_a_development_names_its_rule_and_its_years():
    assert "The rule: over 8 school years the number has moved one way" in why(
        signal="development", points=8
    )


def test_a_change_of_the_children_themselves_names_its_own_rule():
    told = why(signal="development", points=4, change_of="rows")

    assert "over 4 school years the children of this place, with the same" in told
    assert "each year is left out" not in told


def test_a_comparison_names_its_rule_and_the_places_like_it():
    told = why(signal="comparison", peers=20, swing=1.2)

    assert "further from the mean of the 20 like it" in told
    assert "±\xa01.2" in told


@pytest.mark.parametrize(
    ("signal", "own"), [("comparison", "This is one of"), ("", "This is not one of")]
)
def test_it_says_how_many_were_scanned_and_whether_this_is_one(signal, own):
    told = why(signal=signal, peers=20, swing=1.0)

    assert "This time 12,000 results (units times indicators) were held up" in told
    assert "340 stood out" in told
    assert own in told
    assert "Behind the number: 400 pupils." in told
    assert ("The rule" in told) is bool(signal)


@pytest.mark.parametrize(
    ("signals", "told"),
    [
        (12, "of the 12 probably about 1."),
        (340, "of the 340 probably about 17."),
        (7, "of so few, probably none."),
        (0, "of so few, probably none."),
    ],
)
def test_the_false_alarms_are_told_as_a_count(signals, told):
    assert false_alarms(signals).endswith(told)


def test_own_figures_are_said_to_be_held_against_nobody_outside():
    own = a_current_release(scope="999", scanned=195, signals=16)

    told = " ".join(why_shown(ABSENCE, a_figure(signal="comparison", peers=9), own))

    assert "195 of the municipality's own results" in told
    assert "held against nobody outside it" in told
    assert "the page of the indicator" not in told
