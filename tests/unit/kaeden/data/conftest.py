"""Every test of data has a lake of its own and reads English sentences."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def lake_home(settings, tmp_path):
    settings.KAEDEN_LAKE = tmp_path / "lake"
    with translation.override("en"):
        yield settings.KAEDEN_LAKE
