"""The product answers as the reference does: every route, role, day and tree."""

import ast
from collections import Counter
from pathlib import Path

import pytest
from django.urls import get_resolver

from kaeden.audit.models import LookUp
from kaeden.web.policy import is_same_for_all
from tests.access import reference
from tests.access.asking import agrees, differences
from tests.access.routes import ROUTES
from tests.architecture.test_policies import routes

STATES, DRAWS_IN_A_STATE = 160, 126


@pytest.mark.slow
@pytest.mark.django_db
def test_the_product_and_the_reference_never_differ(world, rng, capsys):
    asked, protected = Counter(), 0

    for draw, told, wanted in differences(
        world, rng, states=STATES, count=DRAWS_IN_A_STATE
    ):
        asked[draw["route"]] += 1
        rule = ROUTES[draw["route"]].rule
        assert agrees(told, wanted, rule), f"{told} instead of {wanted}: {draw}"
        protected += is_protected(world, draw, told)

    with capsys.disabled():
        kinds = f"{len(asked)} routes, {STATES} trees and days"
        print(f"\naccess: {asked.total()} draws over {kinds}")  # noqa: T201
    assert asked.total() >= 20_000
    assert set(asked) == set(ROUTES)
    assert LookUp.objects.count() == protected


VIEWS = {one.name: one.callback for one in routes(get_resolver().url_patterns)}


def is_protected(world, draw, told):
    """Whether somebody who is signed in was shown a page that is not the same for all.

    What a button answers is taken back, and its row with it.
    """
    user = world.plain["users"].get(draw["user"], {"active": False})
    is_shown = told[0] == 200 and ROUTES[draw["route"]].form is None
    return user["active"] and is_shown and not is_same_for_all(VIEWS[draw["route"]])


def test_every_route_of_the_product_is_drawn():
    assert set(VIEWS) == set(ROUTES)


def test_the_reference_is_short_and_knows_nothing_of_the_product():
    text = Path(reference.__file__).read_text(encoding="utf-8")
    imports = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.ImportFrom)]

    assert len([line for line in text.splitlines() if line.strip()]) <= 100
    assert {one.module for one in imports} == {"datetime", "tests.access.rights"}
    assert "\nimport" not in text
