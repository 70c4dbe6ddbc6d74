"""The small world in the database, and a clock that both worlds read."""

import logging

import numpy as np
import pytest
from django.utils import timezone

from tests.access import things
from tests.access.world import build


@pytest.fixture
def world(db, monkeypatch, settings):
    """The world as it begins; requests are answered at its `moment`."""

    def clock(world):
        monkeypatch.setattr(timezone, "now", lambda: world.moment)

    settings.KAEDEN_SECOND_FACTOR = True
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    made = build(clock)
    things.everything(made)
    return made


@pytest.fixture
def rng():
    return np.random.default_rng(1909)
