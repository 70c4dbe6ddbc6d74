"""The brief of Fjordby's teams: its own figures, and what the leader has ticked."""

import pytest

from kaeden.dialogue.queries.briefs import Briefing
from kaeden.organisation.queries import get_municipality, get_unit
from kaeden.presentation.brief import build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]


def test_nordskolens_team_reads_a_result_what_it_means_and_what_is_tried():
    town = get_municipality("999")

    brief = Briefing(town).brief(get_unit(town, "999001"), "in-school-every-day")
    view = build(brief)

    assert view.curve is not None
    assert [one.who for one in view.meanings][-1] == "Hos os"
    assert any("ringer hjem" in one for one in view.tries)
    assert view.footer == "Fjordby er opdigtet. Lavet med Kæden."
