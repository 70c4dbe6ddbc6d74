"""What a unit's staff can is counted, and nobody is named."""

from datetime import timedelta

import pytest

from kaeden.audit.models import Event
from kaeden.learning.actions.competences import note
from kaeden.learning.models import CompetenceNote
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Forbidden
from tests.builders.places import NORDSKOLEN, a_country
from tests.builders.practices import chief, leader

pytestmark = pytest.mark.django_db
SOON = today() + timedelta(days=90)


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


def test_a_leader_counts_and_plans():
    made = note("co-teaching", 2, 6, by=leader(), plan=" Kursus i marts ", by_day=SOON)

    assert (made.have, made.wanted, made.plan) == (2, 6, "Kursus i marts")
    assert (made.unit.path, made.by_day) == (NORDSKOLEN, SOON)
    assert Event.objects.order_by("pk").last().kind == "competences_noted"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (("magic", 2, 6, {}), "from the list"),
        (("co-teaching", -1, 6, {}), "0 to 500"),
        (("co-teaching", 2, 501, {}), "0 to 500"),
        (("co-teaching", 2, 6, {"plan": "010203-1234"}), "CPR"),
        (("co-teaching", 2, 6, {"by_day": today() - timedelta(days=1)}), "passed"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_why(said, why):
    *counts, more = said

    with pytest.raises(BadInput, match=why):
        note(*counts, by=leader(), **more)

    assert not CompetenceNote.objects.exists()


def test_nobody_above_counts_for_a_unit():
    with pytest.raises(Forbidden):
        note("co-teaching", 2, 6, by=chief())
