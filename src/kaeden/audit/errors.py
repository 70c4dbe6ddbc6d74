"""What can go wrong with the trail."""

from kaeden.shared.errors import Refused


class TrailIsDamaged(Refused):
    """A row is not what was written, or rows are gone."""
