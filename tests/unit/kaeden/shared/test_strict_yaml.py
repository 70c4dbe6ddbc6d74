"""YAML that people write: nothing twice, nothing hidden, and every line known."""

import pytest

from kaeden.shared.errors import BadInput
from kaeden.shared.strict_yaml import DEEPEST, read_yaml

FILE = """\
town: "999"
posts:
  - key: chief
    unit: schools
  - key: leader
    charter:
      area: All
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ((), 1),
        (("town",), 1),
        (("posts", 0, "unit"), 4),
        (("posts", 1), 5),
        (("posts", 1, "charter", "area"), 7),
        (("posts", 1, "title"), 5),
        (("posts", 7), 3),
        (("posts", "chief"), 3),
        (("town", "name"), 1),
        (("nowhere",), 1),
    ],
)
def test_a_place_has_the_line_of_what_is_nearest(place, line):
    assert read_yaml(FILE).line(place) == line


def test_an_empty_file_is_nothing_on_its_first_line():
    empty = read_yaml("")

    assert (empty.content, empty.line(("town",)), empty.problems) == (None, 1, ())


def test_as_text_a_word_stays_what_is_written():
    words = "code: 0461\nname: no\nday: 2026-01-01\nnothing:"

    assert read_yaml(words, as_text=True).content == {
        "code": "0461",
        "name": "no",
        "day": "2026-01-01",
        "nothing": "",
    }
    assert read_yaml(words).content["name"] is False


def test_everything_that_is_written_twice_is_told_with_its_line():
    found = read_yaml("a: 1\nb:\n  - c: 1\n    c: 2\na: 2\na: 3").problems

    assert found == (
        "Linje 6: “a” står to gange. Behold den ene.",
        "Linje 4: “c” står to gange. Behold den ene.",
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: &x [1]\nb: *x", "henviser til sig selv"),
        ("a: 1\nb: \x00", "Linje 2 har et tegn, man ikke kan se (U+0000)"),
        ("a: 1\nb: c: d", "Linje 2 kan ikke læses"),
        ("? [a]\n: 1", "Linje 1 kan ikke læses"),
        ("a: 1\n--- \nb: 1", "Linje 2 kan ikke læses"),
        ("[" * 100_000, "for mange niveauer"),
        ("- " * (DEEPEST + 1) + "a", "for mange niveauer"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_line(text, sentence):
    with pytest.raises(BadInput) as refused:
        read_yaml(text)

    assert sentence in refused.value.message


def test_a_file_that_grows_when_it_is_read_is_refused_before_it_grows():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n"
        for i in range(20)
    )

    with pytest.raises(BadInput, match="henviser til sig selv"):
        read_yaml(bomb)
