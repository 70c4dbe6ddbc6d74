import pytest
from django.db import DatabaseError, connection, transaction

from kaeden.access.rules import NOBODY, SYSTEM, Actor, Role
from kaeden.accounts.models import User
from kaeden.audit.actions import record, record_look_up
from kaeden.audit.models import CHAINS, Event, LookUp
from kaeden.audit.queries import head_of, latest
from kaeden.audit.rules import Head, digest_of
from tests.builders.places import an_account

pytestmark = pytest.mark.django_db
CHIEF = Actor(user_id=5, role=Role.CHIEF_SCHOOLS, path="dk/999/schools", post_id=3)


def test_an_event_says_who_did_what_to_which_thing_in_which_post():
    user = an_account("direktøren")

    record(Event.Kind.POST_FILLED, by=CHIEF, about=user)

    event = Event.objects.get()
    assert (event.kind, event.actor_id) == ("post_filled", 5)
    assert event.about == f"accounts.user:{user.pk}"
    assert (event.post_id, event.role, event.seat) == (
        *(3, "chief_schools"),
        "dk/999/schools",
    )
    assert str(event) == f"post_filled accounts.user:{user.pk}"


def test_a_look_up_says_who_saw_which_page_in_which_post():
    record_look_up("web:result", "/vurder/999001/absence/?a=b", by=CHIEF)

    seen = LookUp.objects.get()
    assert (seen.actor_id, seen.post_id, seen.role) == (5, 3, "chief_schools")
    assert str(seen) == "web:result /vurder/999001/absence/?a=b"


def test_what_the_command_line_does_has_no_person():
    record(Event.Kind.ENGINE_RUN, by=SYSTEM, about=an_account("nogen"))

    event = Event.objects.get()
    assert (event.actor_id, event.post_id, event.role) == (None, None, "system")


def test_an_event_outlives_what_it_tells_of():
    user = an_account("en der rejser")
    record(Event.Kind.POST_FILLED, by=Actor(user_id=user.pk), about=user)

    User.objects.all().delete()

    assert Event.objects.count() == 1


def test_each_row_is_linked_to_the_one_before_it():
    user = an_account("nogen")
    for _time in range(3):
        record(Event.Kind.POST_FILLED, by=NOBODY, about=user)
        record_look_up("web:desk", "/bord/", by=CHIEF)

    for entries in CHAINS:
        head = Head()
        for entry in entries.objects.order_by("pk"):
            row = entry.as_row()
            assert row.number == head.number + 1
            assert row.digest == digest_of(entries.chain, head, row.number, row.said)
            head = Head(number=row.number, digest=row.digest)
        assert head == head_of(entries)
        assert head.number == 3


@pytest.mark.parametrize("entries", CHAINS)
def test_a_digest_covers_everything_that_a_row_says(entries):
    columns = {field.attname for field in entries._meta.get_fields()}

    assert set(entries(pk=1).as_row().said) == columns - {"id", "digest"}


def test_what_was_seen_changes_nothing():
    record(Event.Kind.POST_FILLED, by=NOBODY, about=an_account("nogen"))
    before = latest()

    record_look_up("web:desk", "/bord/", by=CHIEF)

    assert latest() == before == 1


def test_a_row_of_an_action_that_fails_is_not_there():
    def fails():
        record(Event.Kind.POST_FILLED, by=NOBODY, about=an_account("nogen"))
        raise DatabaseError

    with pytest.raises(DatabaseError), transaction.atomic():
        fails()

    record(Event.Kind.POST_FILLED, by=NOBODY, about=an_account("en anden"))
    assert [event.pk for event in Event.objects.all()] == [1]


@pytest.mark.parametrize("entries", CHAINS)
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_lets_nobody_change_or_remove_a_row(entries, verb):
    record(Event.Kind.POST_FILLED, by=NOBODY, about=an_account("nogen"))
    record_look_up("web:desk", "/bord/", by=CHIEF)
    changes = {"update": {"seat": "dk/998"}, "delete": {}}[verb]

    with (
        pytest.raises(DatabaseError, match="only added to"),
        transaction.atomic(),
    ):
        getattr(entries.objects.all(), verb)(**changes)

    assert entries.objects.get().seat != "dk/998"


@pytest.mark.skipif(
    "connection.vendor != 'postgresql'",
    reason="SQLite has no TRUNCATE; `make test` runs it on PostgreSQL. "
    "On Debian: apt-get install postgresql",
)
@pytest.mark.parametrize("entries", CHAINS)
def test_postgresql_does_not_empty_a_chain_either(entries):
    with (
        pytest.raises(DatabaseError, match="only added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {entries._meta.db_table}")
