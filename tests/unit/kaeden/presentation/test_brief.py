"""What a team's brief says: from the release, and never more than it holds."""

from dataclasses import replace

import pytest

from kaeden.dialogue.queries.briefs import Briefing
from kaeden.presentation import cards
from kaeden.presentation.brief import build
from tests.builders.dialogue import an_adopted_goal
from tests.builders.figures import a_release, a_result, a_signal
from tests.builders.places import (
    HAVBY,
    NEIGHBOUR_SCHOOL,
    NORDSKOLEN,
    TOWN,
    a_country,
    unit_at,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


def brief_of(path=NORDSKOLEN, town=TOWN):
    return build(Briefing(unit_at(town)).brief(unit_at(path)))


def test_a_result_is_told_in_words_with_how_it_moves_and_its_curve():
    an_adopted_goal()
    a_release(a_result())

    view = brief_of()

    assert view.title == "Alle elever er i skole og er en del af fællesskabet."
    assert len(view.result) == 2
    assert view.result[1].startswith("Udvikling: ")
    assert (view.curve is not None, view.aim) == (True, "")


def test_what_stands_out_is_told_with_its_children_and_of_how_many_it_is():
    an_adopted_goal()
    a_release(a_signal())

    assert brief_of().signal.startswith("Det handler om 400 elever.")


def test_whose_figure_it_is_is_said_when_it_is_not_the_units_own():
    an_adopted_goal()
    a_release(a_result("999", level="municipality", n=None))

    assert "Tallet er for Fjordby." in brief_of().result


def test_a_verdict_has_no_marks_to_tell_of(monkeypatch):
    an_adopted_goal()
    a_release(a_result())
    found = Briefing(unit_at(TOWN)).brief(unit_at(NORDSKOLEN))
    card = cards.lead_of(found.goal, found.series, found.release)
    monkeypatch.setattr(cards, "lead_of", lambda *_args: replace(card, marks=None))

    assert build(found).result == (card.headline,)


def test_without_a_release_it_is_said_that_there_is_no_figure():
    an_adopted_goal()

    view = brief_of()

    assert view.result == ("Der er endnu ikke et tal for målet.",)
    assert view.curve is None


def test_a_real_municipality_is_given_its_public_result_its_source_and_no_words():
    a_release(a_result("998001"))

    view = brief_of(NEIGHBOUR_SCHOOL, f"dk/{HAVBY}")

    assert view.title != "Alle elever er i skole og er en del af fællesskabet."
    assert "har ikke vedtaget et mål" in view.aim
    assert (view.meanings, view.tries) == ((), ())
    assert view.footer.startswith("Kilde:")


def test_a_municipality_without_a_release_is_given_no_source():
    a_release(a_result("998001"))
    found = Briefing(unit_at(f"dk/{HAVBY}")).brief(unit_at(NEIGHBOUR_SCHOOL))

    assert build(replace(found, release=None)).footer == "Kæden"
