"""What can go wrong in the organisation."""

from kaeden.shared.errors import NotFound, Refused


class NoSuchUnit(NotFound):
    """No unit has that code."""


class NoSuchUpload(NotFound):
    """No chain file that this post has sent is kept under that number."""


class PostIsTaken(Refused):
    """Somebody holds the post already."""


class NoAnswer(Refused):
    """The outside system does not answer, or not in a way that we understand."""


class NoSuchDraft(NotFound):
    """There is no draft with that number, or not for this person."""


class NoSuchCommunity(NotFound):
    """There is no community of that name, or not for this person."""
