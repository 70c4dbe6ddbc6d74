"""A recipe fits its indicator and its rows, or is refused with a sentence for each reason."""

import pytest
import yaml

from kaeden.engine import model_recipes
from kaeden.engine.model_recipes import SHIPPED, load, of_scope, recipes
from kaeden.goals.indicators import catalogue
from kaeden.shared.errors import BadInput


def content_of(name="wellbeing-general"):
    return yaml.safe_load((SHIPPED / f"{name}.yaml").read_text("utf-8"))


def written(folder, content, name="wellbeing-general"):
    path = folder / f"{name}.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    return path


def test_the_shipped_recipes_are_of_known_indicators_or_examples():
    assert {one.indicator for one in of_scope(is_own=True)} <= catalogue().keys()
    assert [one.id for one in of_scope(is_own=False)] == ["pisa-2003-maths"]
    assert {*recipes()} == {path.stem for path in SHIPPED.glob("*.yaml")}


def test_a_recipe_says_what_it_is_of_and_whose_rows_it_reads():
    wellbeing, pisa = recipes()["wellbeing-general"], recipes()["pisa-2003-maths"]

    assert wellbeing.title == catalogue()["wellbeing-general"].title
    assert wellbeing.source_in("999") == "children_999"
    assert str(pisa.title.en) == "Mathematics in PISA 2003"
    assert pisa.source_in("dk") == "pisa_2003"


REFUSED = {
    "another file's name": ({"id": "wellbeing"}, "id: must be the name of the file"),
    "no subject": ({"indicator": None}, "indicator: give an indicator, or the words"),
    "a municipality's indicator": (
        {"indicator": "high-absence"},
        "indicator: “high-absence” is no indicator of institutions.",
    ),
    "an indicator that nobody knows": (
        {"indicator": "happiness"},
        "indicator: “happiness” is no indicator of institutions.",
    ),
    "an unknown source": ({"source": "moon"}, "source: There is no source “moon”."),
    "a source of means": (
        {"source": "schools"},
        "source: “schools” has no rows of children.",
    ),
    "rows that nobody can name": (
        {"source": "pisa_2003"},
        "source: an indicator needs rows of units that are known.",
    ),
    "a missing outcome": (
        {"outcome": "joy"},
        "outcome: “joy” is not a column that can be used here.",
    ),
    "background as the outcome": (
        {"outcome": "gender"},
        "outcome: “gender” is not a column that can be used here.",
    ),
    "a share of a score": (
        {"kind": "binomial", "gradient": None},
        "kind: binomial belongs to an outcome of 0 and 1",
    ),
    "a missing column": (
        {"fixed": ["parents_education", "income"]},
        "fixed: “income” is not a column that can be used here.",
    ),
    "an outcome that explains": (
        {"fixed": ["parents_education", "exam_mark"]},
        "fixed: “exam_mark” is not a column that can be used here.",
    ),
    "a slope of words": (
        {"slopes": {"institution": ["parents_education", "gender"]}},
        "slopes: “gender” is not a column that can be used here.",
    ),
    "a unit's mean of words": (
        {"unit_means": ["gender"]},
        "unit_means: “gender” is not a column that can be used here.",
    ),
    "a gradient without a slope": (
        {"slopes": {}},
        "gradient: “parents_education” is not a column that can be used here.",
    ),
    "a weight that is none": (
        {"weights": "gender"},
        "weights: “gender” is not a column that can be used here.",
    ),
    "the child as a level": (
        {"levels": ["institution", "class", "child"]},
        "levels: must be of institution, class, outermost first.",
    ),
    "levels the wrong way": (
        {"levels": ["class", "institution"]},
        "levels: must be of institution, class, outermost first.",
    ),
    "a slope of another level": (
        {"slopes": {"institution": ["parents_education"], "area": ["year_group"]}},
        "slopes: “area” is not among the levels.",
    ),
    "another level uncorrelated": (
        {"uncorrelated": ["area"]},
        "uncorrelated: “area” is not among the levels.",
    ),
    "a population of unknown words": (
        {"population": {"gender": ["unknown"]}},
        "population: “gender” is not a column that can be used here.",
    ),
    "a range of words": (
        {"population": {"gender": {"min": 0, "max": 1}}},
        "population: “gender” is not a column that can be used here.",
    ),
    "too few units": (
        {"minimum": {"units": 2, "rows": 200, "spread": 20}},
        "minimum → units: is “2”, but must be at least 5.",
    ),
    "a field that is none": ({"intercept": True}, "intercept"),
}


@pytest.mark.parametrize(("changes", "says"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_fit_is_refused_with_its_field(tmp_path, changes, says):
    path = written(tmp_path, content_of() | changes)

    with pytest.raises(BadInput) as refused:
        load(path)

    assert says in refused.value.message


def test_a_share_has_no_gradient(tmp_path):
    content = content_of("progression-to-youth-education")
    content |= {"slopes": {"institution": ["parents_education"]}}
    content |= {"gradient": content_of()["gradient"]}
    path = written(tmp_path, content, "progression-to-youth-education")

    with pytest.raises(BadInput, match="binomial has neither weights nor a gradient"):
        load(path)


def test_all_problems_are_told_at_once(tmp_path):
    path = written(tmp_path, content_of() | {"outcome": "joy", "levels": ["child"]})

    with pytest.raises(BadInput) as refused:
        load(path)

    assert {"outcome", "levels"} <= {
        line.removeprefix("- ").split(":")[0]
        for line in refused.value.message.splitlines()
    }


def test_a_municipality_adds_its_own_and_no_id_stands_twice(settings, tmp_path):
    content = content_of("exam-mark") | {"id": "exam-mark-alone", "years": 1}
    written(tmp_path, content, "exam-mark-alone")
    settings.KAEDEN_RECIPES = tmp_path
    assert recipes().keys() >= {"exam-mark-alone", "exam-mark"}

    written(tmp_path, content_of())
    with pytest.raises(BadInput, match="the id of another recipe"):
        model_recipes._read(SHIPPED, tmp_path)


def test_a_folder_that_is_not_there_is_said(settings, tmp_path):
    settings.KAEDEN_RECIPES = tmp_path / "nowhere"

    with pytest.raises(BadInput, match="Check KAEDEN_RECIPES"):
        recipes()
