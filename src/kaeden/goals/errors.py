"""What can go wrong with goals."""

from kaeden.shared.errors import NotFound, Refused


class NoSuchGoal(NotFound):
    """No goal or indicator has that name."""


class GoalIsAdopted(Refused):
    """The municipality has adopted the goal already."""
