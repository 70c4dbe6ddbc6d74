"""What is told of practices and learnt from them: a file for each thing."""

from kaeden.learning.models.competences import CompetenceNote
from kaeden.learning.models.evidence import Evidence
from kaeden.learning.models.forecasts import Forecast, ForecastOutcome
from kaeden.learning.models.lessons import Lesson
from kaeden.learning.models.practices import (
    Adoption,
    PracticeDecision,
    WrittenPractice,
)
from kaeden.learning.models.tests_of_change import (
    Measure,
    Observation,
    TestCycle,
    TestOfChange,
    TestPart,
)

__all__ = [
    "Adoption",
    "CompetenceNote",
    "Evidence",
    "Forecast",
    "ForecastOutcome",
    "Lesson",
    "Measure",
    "Observation",
    "PracticeDecision",
    "TestCycle",
    "TestOfChange",
    "TestPart",
    "WrittenPractice",
]
