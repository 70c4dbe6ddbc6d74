"""Needs and presence in words: what is late, and how one's own plan was followed."""

from datetime import timedelta

import pytest

from kaeden.access.rules import Role
from kaeden.conditions.actions import support as actions
from kaeden.conditions.models import SupportNeed
from kaeden.conditions.queries import presence as queries
from kaeden.conditions.queries.support import get_need
from kaeden.presentation import presence, support
from kaeden.presentation.charts.marks import Tone
from kaeden.shared.clock import today
from tests.builders.dialogue import holder_of
from tests.builders.places import NORDSKOLEN, a_country
from tests.builders.presence import noted, planned
from tests.builders.support import a_need, an_offer, analyst, leader

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


def test_a_need_that_was_to_be_met_says_by_whom_and_when():
    made = a_need(an_offer(), ago=40)
    actions.answer(made.pk, "Snart", met_by=today(), by=analyst())
    before = support.view(get_need(leader(), made.pk))
    SupportNeed.objects.update(met_by=today() - timedelta(days=1))

    after = support.view(get_need(leader(), made.pk))

    assert before.state.startswith("Klares senest")
    assert after.state.startswith("Skulle være klaret senest")
    assert (before.tone, after.tone) == (Tone.NEUTRAL, Tone.BAD)


def test_months_that_are_over_are_held_against_ones_own_plan():
    actor = holder_of(Role.LEADER, NORDSKOLEN)
    first = presence.own(queries.own(actor)).chart
    planned(actor, 2)
    noted(actor, 2)

    chart = presence.own(queries.own(actor)).chart

    assert first.summary.startswith("Når en måned er gået")
    assert chart.summary == "Du fulgte din egen plan i 1 af 1 måneder."
    assert [row.cells for row in chart.table.rows[-2:]] == [("2", "2"), ("0", "2")]
    assert [one.plan is None for one in chart.columns[-3:]] == [True, False, False]
    assert len(chart.columns) == len(chart.table.rows) == 13
