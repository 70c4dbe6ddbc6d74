"""What leaders write down: a file for each thing. Django finds its tables here."""

from kaeden.dialogue.models.assessments import AgendaItem, Assessment

__all__ = ["AgendaItem", "Assessment"]
