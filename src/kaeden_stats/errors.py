"""What can be wrong with the numbers handed to us.

StatisticsError
├── InvalidInput      an argument breaks its own contract (shape, range, type)
└── NotIdentified     the data cannot answer the question, whatever the method
"""


class StatisticsError(Exception):
    """Root of the errors that `kaeden_stats` raises on purpose."""


class InvalidInput(StatisticsError, ValueError):
    """An argument breaks its own contract; the sentence says which and how."""


class NotIdentified(StatisticsError):
    """The data cannot answer the question; more rows or a simpler model can."""
