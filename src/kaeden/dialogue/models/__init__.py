"""What leaders write down: a file for each thing. Django finds its tables here."""

from kaeden.dialogue.models.assessments import AgendaItem, Assessment
from kaeden.dialogue.models.expectations import Confirmation, Expectation
from kaeden.dialogue.models.pulse import (
    PulseAnswer,
    PulseRound,
    PulseTicket,
    TimeShare,
)

__all__ = [
    "AgendaItem",
    "Assessment",
    "Confirmation",
    "Expectation",
    "PulseAnswer",
    "PulseRound",
    "PulseTicket",
    "TimeShare",
]
