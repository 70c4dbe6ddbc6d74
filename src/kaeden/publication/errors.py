"""What can go wrong with releases."""

from kaeden.shared.errors import NotFound, Refused


class NothingReleased(NotFound):
    """No release has been made, or the release has no such figure."""


class ReleaseIsDamaged(Refused):
    """The figures are not those that were released."""
