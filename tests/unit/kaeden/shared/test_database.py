import pytest
from django.db import connection

from kaeden.organisation.models import Unit
from kaeden.shared.database import refresh_statistics

pytestmark = pytest.mark.django_db


def test_postgresql_is_told_to_count_and_sqlite_is_left_alone(
    django_assert_num_queries,
):
    expected = 1 if connection.vendor == "postgresql" else 0

    with django_assert_num_queries(expected) as seen:
        refresh_statistics(Unit)

    assert all("ANALYZE" in one["sql"] for one in seen)
