"""The page of benchmarks and its pictures say what was measured, and nothing else."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from bench.engine import docs
from bench.engine.bars import bars
from bench.engine.measured import read

from tests.docs.reading import name_of

MEASURED = read()
MADE = docs.pages(MEASURED)
PICTURES = [path for path in MADE if path.suffix == ".svg"]


@pytest.mark.parametrize("path", MADE, ids=name_of)
def test_a_page_is_what_the_measurements_make_it(path):
    assert path.read_text(encoding="utf-8") == MADE[path]


def test_every_place_for_a_figure_is_filled():
    page = MADE[docs.DOCS / "benchmarks.md"]

    assert re.findall(r"\{\w+\}", page) == []


def test_every_bar_says_whether_it_is_held():
    found = bars(MEASURED["parts"])

    assert {one.verdict for one in found} <= {"held", "missed", "not measured"}
    assert len({one.what for one in found}) == len(found) > 10


@pytest.mark.parametrize("path", PICTURES, ids=name_of)
def test_a_picture_says_in_words_what_it_shows(path):
    root = ET.fromstring(MADE[path])
    words = {child.tag.rpartition("}")[2]: child.text for child in root}

    assert root.get("role") == "img"
    assert words["title"]
    assert words["desc"].endswith(".")


@pytest.mark.parametrize("path", PICTURES, ids=name_of)
def test_a_picture_fits_a_phone_and_names_every_curve(path):
    root = ET.fromstring(MADE[path])
    texts = [one for one in root.iter() if one.tag.endswith("}text")]
    right = [one for one in texts if float(one.get("x")) > 280]
    heights = sorted(float(one.get("y")) for one in right)

    assert int(root.get("width")) <= 390
    assert len(right) >= 3
    assert min(b - a for a, b in pairwise(heights)) >= 14
    assert heights[0] > 0
    assert heights[-1] < int(root.get("height"))
