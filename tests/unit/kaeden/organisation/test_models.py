from datetime import date

import pytest
from django.db import IntegrityError, transaction

from kaeden.access.rules import Role
from kaeden.organisation.models import Holding, Post, Unit
from kaeden.shared.clock import now
from tests.builders.places import (
    LOADED,
    NORDSKOLEN,
    TOWN,
    a_country,
    an_account,
    post_at,
    unit_at,
)

pytestmark = pytest.mark.django_db
LATER = date(2026, 8, 1)


@pytest.fixture(autouse=True)
def _country(db):
    a_country()


def refused(name):
    return pytest.raises(IntegrityError, match=name)


def a_copy(unit, **changes):
    facts = {"code": unit.code, "kind": unit.kind, "name": unit.name, "path": unit.path}
    return Unit(**(facts | {"valid_from": LATER, "recorded_at": now()} | changes))


def test_a_path_is_one_unit_at_a_time():
    with refused("path"), transaction.atomic():
        a_copy(unit_at(NORDSKOLEN)).save()


def test_a_unit_that_has_ended_can_begin_again_later():
    old = unit_at(NORDSKOLEN)
    Unit.objects.filter(pk=old.pk).update(valid_to=date(2026, 7, 31))

    a_copy(old).save()

    assert Unit.objects.filter(path=NORDSKOLEN).count() == 2


def test_a_unit_does_not_end_before_it_begins():
    with refused("a_unit_ends_after_it_begins"), transaction.atomic():
        Unit.objects.filter(path=NORDSKOLEN).update(valid_to=date(2020, 1, 1))


def test_a_post_ends_after_it_begins():
    with refused("a_post_ends_after_it_begins"), transaction.atomic():
        Post.objects.filter(role=Role.DIRECTOR.value).update(valid_to=date(2020, 1, 1))


def test_a_unit_has_each_post_once():
    with refused("(?i)unique"), transaction.atomic():
        Post.objects.create(
            unit=unit_at(TOWN),
            role=Role.DIRECTOR.value,
            key="director",
            valid_from=LATER,
        )


def test_a_post_has_one_holder_at_a_time():
    post = post_at(TOWN, Role.DIRECTOR)
    Holding.objects.create(post=post, holder_name="A", valid_from=LOADED)

    with refused("(?i)unique"), transaction.atomic():
        Holding.objects.create(post=post, holder_name="B", valid_from=LATER)


def test_a_holding_has_a_holder():
    post = post_at(TOWN, Role.DIRECTOR)

    with refused("a_holding_has_a_holder"), transaction.atomic():
        Holding.objects.create(post=post, valid_from=LOADED)


def test_a_holding_may_end_on_the_day_that_it_began_but_not_before():
    post, user = post_at(TOWN, Role.DIRECTOR), an_account("direktøren")
    Holding.objects.create(post=post, user=user, valid_from=LATER, valid_to=LATER)

    with refused("a_holding_ends_after_it_begins"), transaction.atomic():
        Holding.objects.create(post=post, user=user, valid_from=LATER, valid_to=LOADED)


@pytest.mark.parametrize(
    ("path", "municipality", "is_in_chain"),
    [
        ("dk", "", True),
        ("dk/999", "999", True),
        ("dk/999/schools/999001", "999", True),
        ("dk/999/others", "999", False),
        ("dk/999/others/999003", "999", False),
        ("dk/others/999004", "", False),
    ],
)
def test_a_path_says_where_a_unit_lies_and_whether_it_is_led(
    path, municipality, is_in_chain
):
    unit = Unit(path=path)

    assert (unit.municipality_code, unit.is_in_chain) == (municipality, is_in_chain)


def test_things_say_what_they_are():
    post = post_at(TOWN, Role.DIRECTOR)
    held = Holding.objects.create(post=post, holder_name="A", valid_from=LOADED)

    assert str(unit_at(NORDSKOLEN)) == "Nordskolen"
    assert str(post) == "Director of children and youth, Fjordby"
    assert str(held) == "Director of children and youth, Fjordby (2026-04-10 –)"
