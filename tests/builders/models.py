"""What a model says, as a page is given it."""

from typing import Any

from kaeden.goals.indicators import catalogue
from kaeden.presentation.differences.words import Labels, Subject, subject_of
from kaeden.publication.model_queries import ReleasedFair, ReleasedModel
from kaeden.publication.model_rules import protect_model
from kaeden.publication.queries import ReleasedUnit
from kaeden.publication.rules import Limits
from kaeden.shared.status import ValueStatus
from tests.builders.figures import a_model_result, a_unit

LIMITS = Limits(minimum_group=5, decimals=1)
LABELS = Labels(
    titles={"parents_education": "parents' education, in years", "gender": "gender"},
    values={("gender", "girl"): "girls"},
)


def a_model(**changes: Any) -> ReleasedModel:
    """A released model of wellbeing in Fjordby."""
    return ReleasedModel(id=1, facts=protect_model(a_model_result(**changes), LIMITS))


def a_subject(**changes: Any) -> Subject:
    """What the pages of a model are about."""
    facts = a_model(**changes).facts
    return subject_of(catalogue()[facts.indicator], facts, LABELS)


def a_fair(name: str = "Nordskolen", **changes: Any) -> ReleasedFair:
    """What a model says of a school: 3.8 raw, 3.7 fair."""
    unit: ReleasedUnit = a_unit(name=name, path=f"dk/999/schools/{name}")
    facts: dict[str, Any] = {
        "unit": unit,
        "code": unit.code,
        "status": ValueStatus.VALUE,
        "n": 300,
        "raw": 3.8,
        "fair": 3.7,
        "low": 3.6,
        "high": 3.8,
        "reliability": "high",
        "gradient": 0.1,
        "gradient_low": 0.02,
        "gradient_high": 0.18,
        "spread": 0.6,
        "is_own": True,
    }
    return ReleasedFair(**(facts | changes))


def a_hidden_fair(name: str = "Sydskolen", **changes: Any) -> ReleasedFair:
    """A school with so few children that nothing is told of it."""
    numbers = ("n", "raw", "fair", "low", "high", "gradient", "gradient_low")
    blank = dict.fromkeys((*numbers, "gradient_high", "spread"))
    told = {"status": ValueStatus.HIDDEN, "reliability": ""}
    return a_fair(name, **(blank | told | changes))
