"""Fjordby is written whole or not at all, by nobody but the installation itself."""

import pytest
from django.utils import timezone

from kaeden.access.rules import NOBODY, SYSTEM, Role
from kaeden.demo import actions
from kaeden.demo.actions import load_fjordby
from kaeden.organisation.models import Holding, Unit
from kaeden.shared.clock import today
from kaeden.shared.errors import Forbidden

pytestmark = pytest.mark.django_db


def test_it_is_written_whole_or_not_at_all(monkeypatch):
    def broken(**_asked):
        raise Forbidden("stop")

    monkeypatch.setattr(actions, "seat_demo", broken)

    with pytest.raises(Forbidden):
        load_fjordby(by=SYSTEM)
    assert not Unit.objects.exists()


def test_nobody_else_writes_it():
    with pytest.raises(Forbidden):
        load_fjordby(by=NOBODY)


def test_the_story_ends_where_we_stand():
    load_fjordby(by=SYSTEM)

    assert today() == timezone.localdate()
    assert Unit.objects.filter(kind="municipality").count() == 1
    assert Holding.objects.filter(post__role=Role.DIRECTOR.value).count() == 1
