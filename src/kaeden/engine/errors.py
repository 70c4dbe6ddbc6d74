"""What can go wrong in the engine."""

from kaeden.shared.errors import Refused


class NothingToCompute(Refused):
    """The lake has no figures for any indicator."""


class ResultsAreDamaged(Refused):
    """A run's results are not what the run wrote."""
