"""What every test can ask for, and what none may do."""

import shutil

import pytest
from django.db import connection, transaction
from django.utils import translation

from kaeden.access.rules import SYSTEM
from kaeden.cli import demo
from kaeden.data import actions as data
from kaeden.engine import actions as engine
from kaeden.publication import actions as publication
from tests.builders.fjordby import told_fjordby


@pytest.fixture(autouse=True)
def _no_network(socket_disabled):
    """No test reaches another machine; the browser's tests ask for their own."""


@pytest.fixture(autouse=True)
def _danish():
    """Every test begins in the language that people meet first."""
    with translation.override("da"):
        yield


@pytest.fixture(scope="module")
def country(django_db_setup, django_db_blocker):
    """Load all Denmark's public results, released, for the tests of one module.

    The rows live in a transaction that the module rolls back; each test's own changes
    are rolled back inside it. Ask for `db` too.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        data.import_shipped(by=SYSTEM)
        demo.load_organisation()
        yield publication.release(engine.compute(by=SYSTEM), by=SYSTEM)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """Tell Fjordby, the demo's municipality, for the tests of one module.

    It is rolled back like `country`, and everything stands on its day. Ask for `db` too.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        with told_fjordby() as town:
            yield town
        transaction.set_rollback(True)


@pytest.fixture
def own_database(django_db_setup, django_db_blocker, tmp_path):
    """A copy of the empty database, for tests in which several write at once.

    Everything in it is really written, and thrown away with it: the trail, which is
    only added to, could not be emptied afterwards.
    """
    with django_db_blocker.unblock():
        shared = connection.settings_dict["NAME"]
        connection.settings_dict["NAME"] = own = _copied(shared, tmp_path)
        yield
        _let_go()
        connection.settings_dict["NAME"] = shared
        if connection.vendor == "postgresql":
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{own}"')


def _copied(shared, folder):
    """Return the name of a fresh copy of a database."""
    _let_go()
    if connection.vendor != "postgresql":
        return shutil.copy(shared, folder / "own.sqlite3")
    own = f"{shared}_own"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{own}" TEMPLATE "{shared}"')
    return own


def _let_go():
    connection.close()
    if hasattr(connection, "close_pool"):
        connection.close_pool()
