"""What is told of practices and learnt from them: a file for each thing."""

from kaeden.learning.models.competences import CompetenceNote
from kaeden.learning.models.practices import (
    Adoption,
    PracticeDecision,
    WrittenPractice,
)

__all__ = ["Adoption", "CompetenceNote", "PracticeDecision", "WrittenPractice"]
