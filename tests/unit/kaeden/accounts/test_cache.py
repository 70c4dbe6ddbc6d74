"""What all workers must agree on lies where all of them look."""

import pytest
from django.core.cache import cache

pytestmark = pytest.mark.django_db


def test_the_cache_in_the_database_has_its_table_and_adds_a_thing_once(settings):
    settings.CACHES = settings.CACHES | {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "kaeden_cache",
        }
    }

    assert [cache.add("code", value=True) for _time in "12"] == [True, False]
