"""What leaders tell of their conditions: a file for each thing."""

from kaeden.conditions.models.support import SupportNeed, SupportOffer
from kaeden.conditions.models.time_robbers import TimeReport, TimeRobber

__all__ = ["SupportNeed", "SupportOffer", "TimeReport", "TimeRobber"]
