"""One concept, one word: the glossary's names are the code's."""

import ast
import re

import pytest

from tests.docs.reading import ROOT, read, rows_of

ROWS = rows_of(read("GLOSSARY.md"))
WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-zæøå]+|[A-Z]+|\d+")
LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


def identifiers():
    """Return every name that the code gives to something."""
    found = set()
    for module in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            found |= set(_names_of(node)) | set(module.stem.split("."))
    return found


def _names_of(node):
    for field in ("id", "arg", "attr", "name"):
        name = getattr(node, field, None)
        if isinstance(name, str):
            yield name


def words_of(name):
    """Return a name's words with a space round each: " school year "."""
    return f" {' '.join(word.lower() for word in WORD.findall(name))} "


@pytest.fixture(scope="module")
def names():
    return identifiers()


def test_the_glossary_is_a_table_of_four_columns():
    assert len(ROWS) > 40
    assert {len(row) for row in ROWS} == {4}


def test_every_identifier_in_the_glossary_is_in_use(names):
    written = {name for row in ROWS for name in re.findall(r"`([^`]+)`", row[2])}
    files = [
        path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.yaml")
    ]
    in_files = {
        word for text in files for word in re.findall(r"\b[a-z]+(?:_[a-z]+)*", text)
    }

    assert written - names - in_files == set()


def test_no_concept_stands_twice():
    terms = [row[0] for row in ROWS]

    assert sorted(terms) == sorted(set(terms))


def test_no_danish_term_is_an_identifier(names):
    english = {word for row in ROWS for word in words_of(row[1] + row[2]).split()}
    danish = {term.strip() for row in ROWS for term in row[0].split(",")}
    forbidden = {
        words_of(spelt)
        for term in danish
        for spelt in (term, term.lower().translate(LETTERS))
        if term.lower() not in english
    }
    spoken = {name: words_of(name) for name in names}

    assert {
        n for n, words in spoken.items() if any(f in words for f in forbidden)
    } == set()
