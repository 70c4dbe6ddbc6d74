"""What can go wrong when something is learnt."""

from kaeden.shared.errors import NotFound, Refused


class NoSuchPractice(NotFound):
    """There is no such practice, or it is not for one's post to read yet."""


class NoSuchAdoption(NotFound):
    """The unit does not use that practice, or another post's unit does."""


class SomebodyWasQuicker(Refused):
    """Somebody has changed it meanwhile; what was written is kept in the form."""


class NoSuchTest(NotFound):
    """There is no such test of change, or it is not for one's post to read."""


class NoSuchLesson(NotFound):
    """There is no such lesson, or it is not for one's post to read."""


class NoSuchForecast(NotFound):
    """There is no such forecast, or it is of a place that one's post does not reach."""
