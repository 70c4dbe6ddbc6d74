"""Fjordby as it is told on one day, made once."""

import pytest

from tests.builders.fjordby import the_town


@pytest.fixture
def town():
    return the_town()
