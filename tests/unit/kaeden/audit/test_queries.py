"""The trail of a real database is followed, and what was done to it is found."""

import pytest
from django.db import connection

from kaeden.access.rules import NOBODY, Actor
from kaeden.audit.actions import record, record_look_up
from kaeden.audit.errors import TrailIsDamaged
from kaeden.audit.models import Event, LookUp
from kaeden.audit.queries import verify
from kaeden.audit.rules import Head
from tests.builders.places import an_account

pytestmark = pytest.mark.django_db
READER = Actor(user_id=5)


@pytest.fixture
def trail(db):
    """Six events and six look-ups, behind no guard."""
    user = an_account("nogen")
    for number in range(6):
        record(Event.Kind.POST_FILLED, by=NOBODY, about=user)
        record_look_up("web:institution", f"/institution/99900{number}/", by=READER)
    for table in ("audit_event", "audit_lookup"):
        for verb in ("update", "delete"):
            let_go(table, verb)
    return verify()


def let_go(table, verb):
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {table}_is_not_{verb}d{on}")


def test_a_whole_trail_is_told_by_its_heads(trail):
    assert {chain: head.number for chain, head in trail.items()} == {
        "events": 6,
        "look-ups": 6,
    }


@pytest.mark.parametrize(
    ("change", "first"),
    [
        (lambda rows: rows.filter(pk=3).update(seat="dk/998"), 3),
        (lambda rows: rows.filter(pk=3).update(actor_id=8), 3),
        (lambda rows: rows.filter(pk=3).update(post_id=8), 3),
        (lambda rows: rows.filter(pk=1).update(role="leader"), 1),
        (lambda rows: rows.filter(pk=6).update(digest="0" * 64), 6),
        (lambda rows: rows.filter(pk=3).delete(), 4),
        (lambda rows: rows.filter(pk=1).delete(), 2),
        (lambda rows: rows.filter(pk=6).update(id=7), 7),
        (lambda rows: rows.create(pk=9, at=rows.get(pk=1).at, digest="a" * 64), 9),
    ],
)
@pytest.mark.parametrize("entries", [Event, LookUp])
def test_the_first_damaged_row_is_named(trail, entries, change, first):
    change(entries.objects)

    with pytest.raises(TrailIsDamaged, match=f"row {first} is not what was written"):
        verify()


@pytest.mark.usefixtures("trail")
def test_rows_that_changed_places_are_found():
    one, two = LookUp.objects.filter(pk__in=(2, 3)).order_by("pk")
    LookUp.objects.filter(pk=2).update(address=two.address, at=two.at)
    LookUp.objects.filter(pk=3).update(address=one.address, at=one.at)

    with pytest.raises(TrailIsDamaged, match="row 2 is not"):
        verify()


def test_a_cut_tail_is_found_by_a_head_that_was_noted(trail):
    noted = [str(head) for head in trail.values()]
    assert verify(noted) == trail

    LookUp.objects.filter(pk=6).delete()

    assert verify(noted[:1])["look-ups"].number == 5
    with pytest.raises(TrailIsDamaged, match=f"No chain holds the head {noted[1]}"):
        verify(noted)


@pytest.mark.usefixtures("trail")
@pytest.mark.parametrize("noted", ["", "6", "6:", "six:aa", "7:" + "0" * 64, ":"])
def test_what_is_no_head_is_in_no_chain(noted):
    with pytest.raises(TrailIsDamaged, match="No chain holds the head"):
        verify([noted])


def test_a_head_noted_before_anything_was_written_holds():
    assert verify([str(Head())]) == {"events": Head(), "look-ups": Head()}


def test_a_trail_is_followed_at_a_price_that_does_not_grow_row_by_row(
    trail, django_assert_num_queries
):
    with django_assert_num_queries(2):
        verify()
