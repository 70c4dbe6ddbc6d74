"""What leaders write down: a file for each thing. Django finds its tables here."""

from kaeden.dialogue.models.assessments import AgendaItem, Assessment
from kaeden.dialogue.models.expectations import Confirmation, Expectation

__all__ = ["AgendaItem", "Assessment", "Confirmation", "Expectation"]
