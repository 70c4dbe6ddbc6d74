import pytest
from django.utils import translation
from pydantic import ValidationError

from kaeden.shared.text import Text

TEXT = Text(da="Fravær", en="Absence")


@pytest.mark.parametrize(
    ("language", "shown"),
    [("da", "Fravær"), ("en", "Absence"), ("en-gb", "Absence"), ("de", "Fravær")],
)
def test_a_text_is_shown_in_the_readers_language(language, shown):
    with translation.override(language):
        assert str(TEXT) == shown


def test_a_text_is_danish_where_no_language_is_chosen():
    with translation.override(None):
        assert str(TEXT) == "Fravær"


@pytest.mark.parametrize(
    "parts",
    [{"da": "Fravær"}, {"da": "Fravær", "en": "  "}, {"da": "a", "en": "b", "x": "c"}],
)
def test_a_text_needs_both_languages_and_nothing_else(parts):
    with pytest.raises(ValidationError):
        Text(**parts)


def test_a_text_cannot_be_changed():
    with pytest.raises(ValidationError):
        TEXT.da = "Andet"
