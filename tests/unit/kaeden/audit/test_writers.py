"""Many who write at once write one chain, without forks; in processes of their own."""

import os
import subprocess
import sys

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db
WRITERS, TIMES, GIVES_UP = 4, 20, 5
WRITE = f"""
import django
django.setup()
from django.db import transaction
from kaeden.access.rules import Actor
from kaeden.accounts.models import User
from kaeden.audit.actions import record, record_look_up
from kaeden.audit.models import Event
me = Actor(user_id=int("@"))
for time in range({TIMES}):
    record_look_up("web:desk", f"/bord/{{time}}", by=me)
    try:
        with transaction.atomic():
            record(Event.Kind.POST_FILLED, by=me, about=User(pk=time))
            if time % {GIVES_UP} == 0:
                raise LookupError
    except LookupError:
        pass
"""
READ = """
import django
django.setup()
from kaeden.audit.models import Event, LookUp
from kaeden.audit.queries import verify
verify()
for entries in (Event, LookUp):
    rows = list(entries.objects.order_by("pk").values_list("pk", "actor_id"))
    print(len(rows), rows[-1][0], len({who for _pk, who in rows}))
"""


ROWS_OF_OLD = """
import django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    for number in (1, 2, 5):
        cursor.execute(
            "INSERT INTO audit_event (id, kind, about, actor_id, at) "
            "VALUES (%s, 'post_filled', 'accounts.user:1', NULL, '2026-11-01 12:00')",
            [number],
        )
"""
HEADS = """
import django
django.setup()
from kaeden.audit.queries import verify
for chain, head in verify().items():
    print(chain, head.number)
"""


def run(environment, *words):
    told = subprocess.run(
        [sys.executable, *words], env=environment, capture_output=True, check=True
    )
    return told.stdout.decode()


@pytest.fixture
def environment(tmp_path, django_db_setup):
    """An empty database of the same kind as the tests', with the trail in it."""
    whole = os.environ | {"KAEDEN_DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3"}
    name = "kaeden_writers"
    if connection.vendor == "postgresql":
        known = connection.settings_dict
        whole["KAEDEN_DATABASE_URL"] = (
            f"postgresql://{known['USER']}@{known['HOST']}:{known['PORT']}/{name}"
        )
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
    run(whole, "-m", "django", "migrate", "audit", "-v0")
    yield whole
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_many_writers_at_once_make_one_chain_without_forks(environment):
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITE.replace("@", str(number))], env=environment
        )
        for number in range(1, WRITERS + 1)
    ]

    assert [writer.wait(timeout=120) for writer in writers] == [0] * WRITERS
    done = WRITERS * (TIMES - TIMES // GIVES_UP)
    assert run(environment, "-c", READ).splitlines() == [
        f"{done} {done} {WRITERS}",
        f"{WRITERS * TIMES} {WRITERS * TIMES} {WRITERS}",
    ]


def test_rows_from_before_there_were_chains_are_linked_in_their_order(environment):
    run(environment, "-m", "django", "migrate", "audit", "0002", "-v0")
    run(environment, "-c", ROWS_OF_OLD)

    run(environment, "-m", "django", "migrate", "audit", "-v0")

    assert "events 5\nlook-ups 0\n" in run(environment, "-c", HEADS)
