"""What databases need to be told, and Django does not tell them."""

from django.db import connection, models


def refresh_statistics(*tables: type[models.Model]) -> None:
    """Let PostgreSQL count tables again, after rows came in by the thousand.

    Until its own housekeeping has passed by, it plans as if they were empty, and a
    join that takes a millisecond takes half a minute. SQLite needs no telling.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for table in tables:
            name = connection.ops.quote_name(table._meta.db_table)
            cursor.execute(f"ANALYZE {name}")


def wait_for_turn(name: str) -> None:
    """Be alone with what is called `name` until the transaction ends (1 query).

    SQLite needs no asking: our transactions there begin by taking the whole database.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"kaeden {name}"])
