import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaeden.shared.words import fold

danish = st.text(alphabet="abcæøåÆØÅéü -.19", max_size=30)


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        ("Åbyhøj", "aabyhøj"),
        ("AABYHØJ", "aabyhøj"),
        ("  Børnehuset   Solstrålen ", "børnehuset solstraalen"),
        ("Allé", "alle"),
        ("æøå", "æøaa"),
        ("", ""),
    ],
)
def test_names_are_found_as_people_type_them(typed, searched):
    assert fold(typed) == searched


@given(danish)
def test_a_folded_text_folds_to_itself(text):
    assert fold(fold(text)) == fold(text)


@given(danish)
def test_a_text_copied_from_a_file_name_is_found_too(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


@given(danish)
def test_capital_letters_make_no_difference(text):
    assert fold(text.upper()) == fold(text)
