"""Fjordby, the demo's municipality, as it is told on one day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache

from django.db import connection

from kaeden.access.rules import SYSTEM
from kaeden.demo.actions import load_fjordby
from kaeden.demo.scene import noon
from kaeden.demo.town import Town, town_of
from kaeden.shared.clock import standing_at

TODAY = date(2026, 11, 24)


@cache
def the_town() -> Town:
    """The town's value; made once."""
    return town_of(TODAY)


@contextmanager
def told_fjordby() -> Iterator[Town]:
    """Write Fjordby, and stand on its day while inside."""
    with standing_at(noon(TODAY)):
        load_fjordby(by=SYSTEM)
        _count_rows()
        yield the_town()


def _count_rows() -> None:
    """Let PostgreSQL know what it holds: inside one transaction nobody counts for it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
