"""The page on false alarms and its picture say what was measured, and nothing else."""

import re
from xml.etree import ElementTree as ET

import pytest
from bench.calibration.page import DOCS, LONGEST, NAMES, drawn, pages

from kaeden.engine.false_alarms import RuleName, false_alarms
from tests.docs.reading import name_of

MADE = pages(false_alarms())


@pytest.mark.parametrize("path", MADE, ids=name_of)
def test_a_page_is_what_the_figures_make_it(path):
    assert path.read_text(encoding="utf-8") == MADE[path]


def test_every_place_for_a_figure_is_filled():
    assert re.findall(r"\{\w+\}", MADE[DOCS / "false-alarms.md"]) == []


def test_the_picture_names_every_rule_and_says_in_words_what_it_shows():
    root = ET.fromstring(drawn(false_alarms()))
    texts = [one.text for one in root.iter() if one.tag.endswith("}text")]
    words = {child.tag.rpartition("}")[2]: child.text for child in root}

    assert root.get("role") == "img"
    assert int(root.get("width")) <= 390
    assert words["title"]
    assert all(
        words["desc"].count(NAMES[rule]) == 2 for rule in RuleName if rule != "arrow"
    )
    assert all(NAMES[rule] in texts for rule in RuleName)


def test_bars_are_as_long_as_their_shares():
    root = ET.fromstring(drawn(false_alarms()))
    bars = [float(one.get("width")) for one in root.iter() if one.tag.endswith("}rect")]
    shares = [one.false_alarms.share for one in false_alarms().rules]

    assert bars[1 : len(shares) + 1] == pytest.approx(
        [max(1.0, LONGEST * share) for share in shares], abs=0.05
    )
