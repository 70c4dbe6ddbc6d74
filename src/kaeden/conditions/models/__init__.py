"""What leaders tell of their conditions: a file for each thing."""

from kaeden.conditions.models.form_minutes import FormUse
from kaeden.conditions.models.presence import PresenceNote, PresencePlan
from kaeden.conditions.models.support import SupportNeed, SupportOffer
from kaeden.conditions.models.time_robbers import TimeReport, TimeRobber

__all__ = [
    "FormUse",
    "PresenceNote",
    "PresencePlan",
    "SupportNeed",
    "SupportOffer",
    "TimeReport",
    "TimeRobber",
]
