"""What can go wrong with the conditions for leading."""

from kaeden.shared.errors import NotFound, Refused


class NoSuchTimeRobber(NotFound):
    """There is no such time robber, or it is not one's own to read."""


class NoSuchOffer(NotFound):
    """There is no such offer of support, or it has ended."""


class NoSuchNeed(NotFound):
    """There is no such need, or it is not for one's post to read."""


class NoSuchNote(NotFound):
    """There is no such note of presence, or it is another's."""


class OthersWereQuicker(Refused):
    """Somebody has changed it meanwhile; what was written is kept in the form."""
