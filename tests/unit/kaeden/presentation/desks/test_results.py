"""A chief's queue, as it is read."""

from datetime import date

import pytest

from kaeden.dialogue.queries.assessments import Queue
from kaeden.organisation.models import Unit
from kaeden.presentation.desks import results
from tests.builders.figures import a_current_release, a_figure

pytestmark = pytest.mark.usefixtures("english")
RELEASE = a_current_release()


@pytest.mark.parametrize(
    ("waiting", "assessed", "lead"),
    [
        (1, 0, "1 result to assess."),
        (2, 0, "1 result to assess. 1 more waits; the strongest come first."),
        (
            4,
            1,
            (
                "1 result to assess. 3 more wait; the strongest come first. "
                "You have assessed 1 result."
            ),
        ),
        (1, 2, "1 result to assess. You have assessed 2 results."),
    ],
)
def test_a_queue_says_what_waits_beyond_what_is_shown(waiting, assessed, lead):
    figure = a_figure(signal="comparison", compared=1, difference=2.0, swing=1.0)

    view = results.build(
        Queue(figures=(figure,), waiting=waiting, assessed=assessed), RELEASE
    )

    assert view.lead == lead
    assert view.waiting[0].mark.label == "Comparison"
    assert "one of 340 that stand out among 12,000" in view.waiting[0].said
    assert view.waiting[0].href == "/vurder/999001/school-absence/"
    assert "12,000 results (units times indicators)" in view.scanned


def test_a_queue_of_own_figures_names_its_own_scan():
    own = a_current_release(scope="999", scanned=195, signals=16)

    view = results.build(Queue(figures=(), waiting=0, assessed=0), own)

    assert "This time 195 of the municipality's own results" in view.scanned


def test_an_empty_queue_is_silent():
    view = results.build(Queue(figures=(), waiting=0, assessed=0), RELEASE)

    assert view.lead == "Nothing calls for your assessment this month."
    assert view.waiting == ()


def test_a_signal_of_development_is_asked_about_as_one():
    figure = a_figure(signal="development", slope=1.0, slope_half=0.2, direction=1)

    view = results.build(Queue(figures=(figure,), waiting=1, assessed=0), RELEASE)

    assert view.waiting[0].mark.label == "Development"


def test_a_place_without_numbers_says_so_and_names_no_scan():
    town = Unit(path="dk/999", code="999", kind="municipality", name="Fjordby")

    view = results.no_numbers(town)

    assert view.lead == "There are no numbers for Fjordby Municipality to assess yet."
    assert view.scanned == ""


def test_what_is_with_its_leader_says_when_it_opens():
    figure = a_figure(signal="comparison", compared=1, difference=2.0, swing=1.0)
    until = {(figure.unit.id, figure.indicator): date(2026, 12, 8)}

    view = results.build(
        Queue(figures=(figure,), waiting=1, assessed=0, leaders_until=until), RELEASE
    )

    assert view.lead == (
        "Nothing calls for your assessment this month. 1 is with its leader first."
    )
    assert "on Dec. 8, 2026 at the latest" in view.waiting[0].opens
