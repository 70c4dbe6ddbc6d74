"""Fjordby as it is told on one day, made once."""

import pytest
from django.db import transaction

from tests.builders.fjordby import the_town, told_fjordby


@pytest.fixture
def town():
    return the_town()


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """Write Fjordby for the tests of one module, which rolls it back. Ask for `db`."""
    with django_db_blocker.unblock(), transaction.atomic():
        with told_fjordby() as town:
            yield town
        transaction.set_rollback(True)
