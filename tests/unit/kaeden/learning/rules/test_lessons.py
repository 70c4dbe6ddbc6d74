"""How what was learnt is found again."""

import pytest

from kaeden.learning.rules.lessons import holds_all, words_of


def test_a_search_looks_for_whole_words_folded_as_names_are():
    assert words_of("  Åbent   skoleår i 2 ") == ("aabent", "skoleaar")
    assert words_of("") == ()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", True),
        ("ringer", True),
        ("RINGER hjem", True),
        ("hjem nordskolen", True),
        ("ringer ud", False),
    ],
)
def test_a_lesson_is_found_when_it_holds_every_word(asked, found):
    assert holds_all(words_of(asked), "Vi ringer hjem.", "Nordskolen") is found
