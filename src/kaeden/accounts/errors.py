"""What can go wrong with accounts."""

from kaeden.shared.errors import Forbidden, NotFound, Refused


class NoSuchAccount(NotFound):
    """No account has that name."""


class NameIsTaken(Refused):
    """There is an account of that name already."""


class LoginRefused(Forbidden):
    """A municipality's login does not let this person in."""
