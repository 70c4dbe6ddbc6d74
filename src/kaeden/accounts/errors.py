"""What can go wrong with accounts."""

from kaeden.shared.errors import NotFound, Refused


class NoSuchAccount(NotFound):
    """No account has that name."""


class NameIsTaken(Refused):
    """There is an account of that name already."""
