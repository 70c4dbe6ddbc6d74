"""Two people act on a concern at once: one is done, the other is told."""

import pytest

from kaeden.dialogue.actions import concerns
from kaeden.dialogue.models import Concern, Passage
from tests.builders.dialogue import a_concern, the_line
from tests.builders.places import a_country
from tests.unit.kaeden.dialogue.test_at_once import at_once

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _places(own_database):
    a_country()


def test_a_concern_is_answered_or_carried_and_never_both():
    leader, chief, _director = the_line()
    made = a_concern(leader)

    refused = at_once(
        lambda: concerns.answer(made.pk, "Sådan.", by=chief),
        lambda: concerns.carry(made.pk, "Op.", by=chief),
    )

    assert refused == 1
    is_answered = Concern.objects.get().answer == "Sådan."
    assert Passage.objects.count() == (1 if is_answered else 2)


def test_who_presses_twice_at_once_has_written_once():
    leader, _chief, _director = the_line()

    assert at_once(*[lambda: a_concern(leader)] * 3) == 2
    assert Concern.objects.count() == 1
