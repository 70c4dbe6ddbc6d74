import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _english():
    """A refusal is read by those who wrote the file: in Danish."""
    with translation.override("da"):
        yield
