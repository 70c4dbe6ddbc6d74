"""What can go wrong in the organisation."""

from kaeden.shared.errors import NotFound, Refused


class NoSuchUnit(NotFound):
    """No unit has that code."""


class PostIsTaken(Refused):
    """Somebody holds the post already."""
