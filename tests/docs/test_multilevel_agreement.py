"""The page on how near our fits lie to lme4's says what the golden files say."""

import json
from dataclasses import asdict

import pytest
from bench.engine import agreement

KEPT = json.loads(agreement.KEPT.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def found():
    return {name: asdict(one) for name, one in agreement.distances().items()}


def test_the_page_is_made_from_the_kept_figures():
    assert agreement.PAGE.read_text(encoding="utf-8") == agreement.page(KEPT)


def test_every_golden_model_has_its_line(found):
    assert list(found) == list(KEPT)


@pytest.mark.slow
def test_the_figures_still_hold(found):
    worse = {
        (name, which): value
        for name, figures in found.items()
        for which, value in figures.items()
        if value is not None and value > 10 * KEPT[name][which]
    }

    assert worse == {}
