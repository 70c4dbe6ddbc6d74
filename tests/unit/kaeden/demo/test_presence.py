"""Presence in Fjordby: a year of it, with something to read at every level."""

import pytest

from kaeden.conditions.models import PresenceNote
from kaeden.conditions.queries.presence import own, shares
from kaeden.conditions.rules.presence import PresenceKind
from kaeden.demo.scene import scene_of
from tests.builders.fjordby import TODAY, the_town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]


@pytest.fixture
def scene():
    return scene_of(the_town(), 1)


def test_every_level_is_told_of_in_the_newest_month(scene):
    found = shares(scene.voices["direktoer"], scene.units["999"])

    assert all(one.months[-1][1] is not None for one in found)
    assert any(share and share.end == 0 for one in found for _m, share in one.months)


def test_the_leaders_that_visitors_enter_have_a_year_behind_them(scene):
    for key in ("leder-nordskolen", "leder-boernehuset-solstraalen"):
        found = own(scene.voices[key])
        assert sum(one.done for one in found.months) > 12
        assert found.today == ()


def test_all_kinds_are_noted_and_nothing_of_today_or_later():
    notes = PresenceNote.objects.all()

    assert set(notes.values_list("kind", flat=True)) == {
        one.value for one in PresenceKind
    }
    assert not notes.filter(day__gte=TODAY).exists()
