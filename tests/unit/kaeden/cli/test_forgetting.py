"""`kaeden forget`: what has had its time is deleted, every night."""

from datetime import timedelta

import pytest

from kaeden.cli.main import main
from kaeden.dialogue.actions import burdens
from kaeden.dialogue.models import Burden
from kaeden.shared.clock import today
from tests.builders.places import a_country
from tests.builders.talks import at, held, two

pytestmark = pytest.mark.django_db


def test_it_says_how_many_were_deleted(db, capsys):
    a_country()
    chief, leader = two()
    with at(today() - timedelta(days=40)):
        burdens.write(held(chief, leader).pk, "Tungt.", after=0, by=leader)

    assert main(["forget"]) == 0
    assert main(["forget"]) == 0

    assert not Burden.objects.exists()
    said = capsys.readouterr().out
    assert "Tungt" not in said
    assert "1" in said
