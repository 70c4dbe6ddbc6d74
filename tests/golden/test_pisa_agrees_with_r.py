"""The worked example on real pupils gives lme4's numbers."""

import tomllib
from pathlib import Path

import pytest

from kaeden.access.rules import SYSTEM
from kaeden.data import actions, queries
from kaeden.engine import row_models
from kaeden.engine.model_recipes import recipes
from tests.builders.recipes import a_recipe

pytestmark = pytest.mark.django_db
GOLDEN = tomllib.loads((Path(__file__).parent / "pisa.toml").read_text())


@pytest.fixture(autouse=True)
def _imported(settings, tmp_path):
    settings.KAEDEN_LAKE = tmp_path / "lake"
    actions.import_file(queries.contract("pisa_2003"), by=SYSTEM)


def computed(recipe):
    (found,) = row_models.compute(recipe, "dk", lambda _title: None).models
    return found


def test_maths_in_pisa_2003_are_explained_as_lme4_explains_them():
    found = computed(recipes()["pisa-2003-maths"])

    assert (found.rows, found.left_out) == (GOLDEN["rows"], {"escs": 40})
    assert found.mean == pytest.approx(GOLDEN["mean"], rel=1e-11)
    assert found.shares[0].share == pytest.approx(GOLDEN["school_share"], rel=1e-5)
    named = {f"{c.column} {c.value}".strip(): c.estimate for c in found.coefficients}
    assert named == pytest.approx(GOLDEN["coefficients"], rel=1e-6)


def test_schools_that_nobody_can_name_have_the_fair_values_of_lme4():
    found = computed(recipes()["pisa-2003-maths"])
    told = {one.code: [one.fair, one.gradient] for one in found.units}

    assert len(told) == 206
    for code, numbers in GOLDEN["schools"].items():
        assert told[code] == pytest.approx(numbers, rel=1e-6)


def test_weighted_by_pupils_the_mean_is_the_one_that_oecd_published():
    """514 points in table 2.5c of Learning for Tomorrow's World, 2004."""
    weighted = a_recipe("pisa-2003-maths", weights="pupil_weight")

    assert abs(computed(weighted).mean - 514) < 1
