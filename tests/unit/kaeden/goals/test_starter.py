"""The starter set: goals that a municipality can adopt."""

import pytest
import yaml
from django.utils.translation import override

from kaeden.goals import indicators, starter
from kaeden.goals.indicators import Sector
from kaeden.goals.starter import OwnerRole
from kaeden.shared.errors import BadInput


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def a_file(folder, change=None):
    """Write the shipped set after `change` has been at its content."""
    content = yaml.safe_load(starter.SHIPPED.read_text(encoding="utf-8"))
    if change is not None:
        change(content)
    path = folder / "goals.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return path


def refused(folder, change):
    with pytest.raises(BadInput) as error:
        starter.load(a_file(folder, change), indicators.catalogue())
    return error.value.message


def test_there_are_seven_to_nine_goals_under_one_vision():
    assert 7 <= len(starter.goals()) <= 9
    assert {goal.vision for goal in starter.goals()} == {starter.vision().id}


def test_the_goals_cover_every_sector_and_every_chief():
    assert {s for goal in starter.goals() for s in goal.sectors} == set(Sector)
    assert {goal.owner_role for goal in starter.goals()} == set(OwnerRole)
    assert any(len(goal.sectors) > 1 for goal in starter.goals())


@pytest.mark.parametrize("goal", starter.goals(), ids=lambda goal: goal.id)
def test_a_number_is_only_suggested_with_its_source(goal):
    for target in goal.targets:
        assert target.value is None or target.reference


@pytest.mark.parametrize("goal", starter.goals(), ids=lambda goal: goal.id)
def test_a_goal_is_about_children_and_not_about_an_effort(goal):
    words = goal.sentence.da.lower()

    assert any(word in words for word in ("børn", "elev", "unge"))
    assert not any(word in words for word in ("indsats", "projekt", "indfører"))


def test_the_legal_norms_are_suggested_for_day_care():
    known = {t.indicator: t for goal in starter.goals() for t in goal.targets}

    assert (known["staffing-0-2"].value, known["staffing-0-2"].direction) == (
        3,
        "at_most",
    )
    assert known["staffing-3-5"].value == 6


def test_the_suggested_target_is_the_lead_indicators():
    goal = starter.goals()[0]

    assert goal.suggested_target.indicator == goal.lead_indicator


def test_a_goal_without_a_target_on_its_lead_has_no_suggestion():
    goal = starter.goals()[0]
    only_further = goal.model_copy(update={"targets": goal.targets[1:]})

    assert only_further.suggested_target is None


def test_a_number_without_a_source_is_refused(tmp_path):
    def change(content):
        del content["goals"][0]["targets"][0]["reference"]

    assert "a value needs its source" in refused(tmp_path, change)


def test_a_number_without_a_side_is_refused(tmp_path):
    def change(content):
        del content["goals"][0]["targets"][0]["direction"]

    assert "a value needs a side" in refused(tmp_path, change)


def test_a_target_on_another_goals_indicator_is_refused(tmp_path):
    def change(content):
        content["goals"][0]["targets"][0]["indicator"] = "exam-mark"

    assert "exam-mark is not among the goal's indicators" in refused(tmp_path, change)


def test_a_number_on_what_has_no_direction_is_refused(tmp_path):
    def change(content):
        goal = next(g for g in content["goals"] if g["id"] == "seen-in-time")
        goal["targets"][0] |= {"value": 90, "direction": "at_most", "reference": "x"}

    assert "notifications has no good direction" in refused(tmp_path, change)


def test_loose_ends_are_all_told(tmp_path):
    def change(content):
        first, second = content["goals"][:2]
        first["further_indicators"].append("luck")
        second["id"] = first["id"]
        second["vision"] = "another"

    message = refused(tmp_path, change)

    assert "there is no indicator “luck”" in message
    assert "is used by two goals" in message
    assert "there is no vision “another”" in message


def test_a_file_without_goals_is_refused(tmp_path):
    assert "goals: is missing" in refused(
        tmp_path, lambda content: content.pop("goals")
    )
