"""What a model says, as a page is given it."""

from typing import Any

from kaeden.goals.indicators import catalogue
from kaeden.presentation.differences.words import Labels, Subject, subject_of
from kaeden.publication.gap_queries import ReleasedGap
from kaeden.publication.model_queries import ReleasedFair, ReleasedModel
from kaeden.publication.model_rules import protect_model
from kaeden.publication.queries import ReleasedUnit
from kaeden.publication.rules import Limits
from kaeden.shared.status import ValueStatus
from tests.builders.figures import a_model_result, a_town, a_unit

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


def a_gap(name: str = "Nordskolen", **changes: Any) -> ReleasedGap:
    """A school's released gap in wellbeing: girls 0.3 points above boys."""
    facts: dict[str, Any] = {
        "unit": a_unit(name=name, path=f"dk/999/schools/{name}"),
        "indicator": "wellbeing-general",
        "kind": "pair",
        "first": "boys",
        "second": "girls",
        "since": "2024/25",
        "period": "2024/25",
        "years": 1,
        "is_latest": True,
        "status": ValueStatus.VALUE,
        "n_first": 40,
        "n_second": 50,
        "clusters": 6,
        "mean_first": 3.5,
        "mean_second": 3.8,
        "difference": 0.3,
        "low": 0.1,
        "high": 0.5,
        "ratio": 1.09,
        "ratio_low": 1.03,
        "ratio_high": 1.15,
        "apart": 0.1,
        "apart_low": -0.2,
        "apart_high": 0.4,
        "differ_p": None,
        "compared": 8,
        "slope": None,
        "slope_half": None,
        "points": None,
        "preliminary": None,
        "direction": None,
    }
    return ReleasedGap(**(facts | changes))


def a_town_gap(**changes: Any) -> ReleasedGap:
    """Fjordby's gap in wellbeing: the schools' can't be told from each other."""
    own = {"unit": a_town(), "differ_p": 0.4}
    blank = dict.fromkeys(("apart", "apart_low", "apart_high"))
    return a_gap(**(own | blank | changes))


def a_hidden_gap(name: str = "Sydskolen", **changes: Any) -> ReleasedGap:
    """A school with a group so small that the gap is not shown."""
    numbers = ReleasedGap.__dataclass_fields__.keys() - {
        *("unit", "indicator", "kind", "first", "second", "since", "period", "years"),
        *("is_latest", "status"),
    }
    blank = dict.fromkeys(numbers)
    return a_gap(name, **(blank | {"status": ValueStatus.HIDDEN} | changes))
