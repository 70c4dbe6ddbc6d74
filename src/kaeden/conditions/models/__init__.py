"""What leaders tell of their conditions: a file for each thing."""

from kaeden.conditions.models.time_robbers import TimeReport, TimeRobber

__all__ = ["TimeReport", "TimeRobber"]
