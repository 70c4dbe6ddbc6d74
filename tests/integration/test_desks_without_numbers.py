"""A desk in a municipality where nothing has been released yet."""

import pytest
from django.test import Client
from django.urls import reverse

from kaeden.access.rules import Role
from tests.builders.places import NORDSKOLEN, SCHOOLS, a_country, a_holder

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "path"), [(Role.LEADER, NORDSKOLEN), (Role.CHIEF_SCHOOLS, SCHOOLS)]
)
def test_a_desk_says_that_there_are_no_numbers_yet(role, path):
    a_country()
    client = Client()
    client.cookies["django_language"] = "en"
    client.force_login(a_holder(role, path))

    text = client.get(reverse("web:desk")).text

    assert "There are no numbers for Fjordby Municipality to assess yet." in text
    assert "Who has lifted themselves?" not in text
