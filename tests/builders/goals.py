"""A goal as it stands in Fjordby."""

from datetime import date
from typing import Any

from kaeden.goals.queries import MunicipalGoal, TargetNumber
from tests.builders.figures import an_indicator


def a_goal(
    *, value: float | None = None, at_most: bool = True, **changes: Any
) -> MunicipalGoal:
    """The goal of absence, adopted; with a target where a value is given."""
    facts: dict[str, Any] = {
        "key": "in-school-every-day",
        "name": "I skole hver dag",
        "sentence": "Alle børn er i skole hver dag.",
        "here": "Her i kommunen",
        "indicator": an_indicator(),
        "further": (),
        "owner_role": "chief_schools",
        "adopted_on": date(2026, 9, 1),
        "target": value
        and TargetNumber(value=value, at_most=at_most, by_period="2027/28"),
        "suggestion": None,
    }
    return MunicipalGoal(**(facts | changes))
