"""Each slip a developer could make is seen by the suite; the number is told."""

import copy
from contextlib import contextmanager

import numpy as np
import pytest
from django.db import transaction

from tests.access.asking import agrees, differences
from tests.access.faults import FAULTS, Fault
from tests.access.routes import ROUTES

STATES, DRAWS_IN_A_STATE = 200, 25


def is_seen(world, fault, monkeypatch, states=STATES):
    """Whether the product and the reference differ once the slip is made."""
    rng, plain, moment = np.random.default_rng(7), world.plain, world.moment

    @contextmanager
    def made():
        with monkeypatch.context() as patch:
            fault.make(patch)
            yield

    world.plain, numbers = copy.deepcopy(plain), dict(world.numbers)
    try:
        with transaction.atomic():
            asked = differences(
                world,
                rng,
                states=states,
                count=DRAWS_IN_A_STATE,
                near=fault.near,
                during=made,
            )
            found = any(
                not agrees(told, wanted, ROUTES[draw["route"]].rule)
                for draw, told, wanted in asked
            )
            transaction.set_rollback(True)
    finally:
        world.plain, world.moment, world.numbers = plain, moment, numbers
    return found


@pytest.mark.slow
@pytest.mark.django_db
def test_without_a_slip_nothing_is_seen(world, monkeypatch):
    near = tuple({route for one in FAULTS for route in one.near})

    assert not is_seen(world, Fault("none", lambda _patch: None, near), monkeypatch, 40)


@pytest.mark.slow
@pytest.mark.django_db
def test_every_slip_is_seen(world, monkeypatch, capsys):
    missed = [one.words for one in FAULTS if not is_seen(world, one, monkeypatch)]

    with capsys.disabled():
        seen = len(FAULTS) - len(missed)
        print(f"\naccess: {seen} of {len(FAULTS)} policy faults seen")  # noqa: T201
    assert missed == []
    assert len(FAULTS) >= 30
