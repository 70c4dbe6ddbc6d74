"""The main menu is short, and each role's own."""

import pytest

from kaeden.access.rules import NOBODY, Actor, Role
from kaeden.presentation.menu import menu

MOST = 6


def names(actor):
    return [entry.name for entry in menu(actor)]


def test_a_visitor_is_shown_the_country_and_what_the_numbers_are():
    assert names(NOBODY) == ["denmark", "indicators", "sources"]


def test_somebody_signed_in_without_a_post_finds_the_desk():
    assert names(Actor(user_id=1)) == ["denmark", "indicators", "sources", "desk"]


@pytest.mark.parametrize("role", set(Role) - {Role.SYSTEM})
def test_each_role_begins_at_its_desk_and_has_few_entries(role):
    found = menu(Actor(user_id=1, role=role, path="dk/706/schools"))

    assert found[0].href == "/bord/"
    assert len(found) <= MOST
    assert "/kommune/706/maal/" in {entry.href for entry in found}


def test_the_installation_itself_sits_at_no_desk():
    assert names(Actor(role=Role.SYSTEM, path="dk")) == names(NOBODY)
