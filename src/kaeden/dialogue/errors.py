"""What can go wrong in the dialogue."""

from kaeden.shared.errors import NotFound


class NoSuchAgendaItem(NotFound):
    """There is no such item, or not for this person."""
