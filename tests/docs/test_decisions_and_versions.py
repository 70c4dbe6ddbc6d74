"""Decisions, changes and the public card: numbers, headings and versions agree."""

import re
from datetime import date

import pytest
import yaml

import kaeden
from tests.architecture.reading import project
from tests.docs.reading import ROOT, files, name_of, read

DECISIONS = files("docs/adr/*.md")
NEEDED = {
    *("publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus"),
    *("softwareType", "description", "legal", "maintenance", "localisation"),
}
LONGEST_SHORT_DESCRIPTION = 150


def test_decisions_are_numbered_without_holes():
    numbers = [int(page.name[:4]) for page in DECISIONS]

    assert numbers == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("page", DECISIONS, ids=name_of)
def test_a_decision_bears_its_number_and_says_why(page):
    text = page.read_text(encoding="utf-8")

    assert re.fullmatch(r"\d{4}(-[a-z0-9]+)+\.md", page.name)
    assert re.match(rf"# {page.name[:4]} \w", text)
    for part in ("Situation", "Decision", "What follows"):
        assert f"**{part}.**" in text


def test_the_newest_heading_of_the_changelog_is_this_version():
    newest = re.search(r"^## (\S+)", read("CHANGELOG.md"), re.MULTILINE)[1]

    assert newest in {"Unreleased", kaeden.__version__}


def test_the_public_card_holds_what_its_standard_asks_for():
    card = yaml.safe_load(read("publiccode.yml"))

    assert set(card) >= NEEDED
    assert card["softwareVersion"] == kaeden.__version__
    assert card["legal"]["license"] == project()["project"]["license"]
    assert date.fromisoformat(str(card["releaseDate"]))
    assert card["localisation"]["availableLanguages"] == ["da", "en"]
    for words in card["description"].values():
        assert {"shortDescription", "longDescription", "features"} <= set(words)
        assert len(words["shortDescription"]) <= LONGEST_SHORT_DESCRIPTION
        assert len(words["longDescription"]) >= LONGEST_SHORT_DESCRIPTION


def test_the_licence_is_the_one_that_is_named():
    assert read("LICENSE").lstrip().startswith("Mozilla Public License Version 2.0")
    assert (ROOT / "LICENSE").stat().st_size > 10_000
