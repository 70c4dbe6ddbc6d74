"""What can go wrong with the conditions for leading."""

from kaeden.shared.errors import NotFound, Refused


class NoSuchTimeRobber(NotFound):
    """There is no such time robber, or it is not one's own to read."""


class OthersWereQuicker(Refused):
    """Somebody has changed it meanwhile; what was written is kept in the form."""
