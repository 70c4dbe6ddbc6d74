"""Fjordby, Havby and one release: enough for every door that changes something."""

import pytest
from django.test import Client
from django.urls import reverse

from kaeden.access.rules import Role
from tests.builders.figures import a_release, a_result, a_signal, a_town_result
from tests.builders.places import a_country, a_holder


@pytest.fixture
def fjordby(db):
    a_country()
    return a_release(
        a_signal(),
        a_result("999002", n=3.0),
        a_town_result(),
        a_town_result(indicator="school-absence", period="2024/25", value=6.5),
        peers={("institution", "999001"): ("999002",)},
    )


@pytest.fixture
def as_holder(fjordby):
    """A client that is signed in as the holder of a post."""

    def sign_in(role, path):
        client = Client()
        client.force_login(a_holder(Role(role), path))
        return client

    return sign_in


@pytest.fixture
def to():
    """The address of a route, by name."""
    return lambda name, *args: reverse(f"web:{name}", args=args)
