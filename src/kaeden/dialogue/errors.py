"""What can go wrong in the dialogue."""

from kaeden.shared.errors import NotFound, Refused


class NoSuchAgendaItem(NotFound):
    """There is no such item, or not for this person."""


class NoSuchLink(NotFound):
    """There is no such link today, or one's post is at neither end of it."""


class NoSuchExpectation(NotFound):
    """There is no such expectation, or one's post is at neither end of its link."""


class OthersWereQuicker(Refused):
    """Somebody has changed it meanwhile; what was written is kept in the form."""


class NoSuchRound(NotFound):
    """There is no such round of the pulse, or not for this person."""


class RoundIsClosed(Refused):
    """The pulse is not open: it has not begun, or it has been closed."""


class NoSuchQuestion(NotFound):
    """There is no such question, or one stands outside the goal's line."""


class NoSuchConversation(NotFound):
    """There is no such conversation, or it is between two other posts."""


class NoSuchCommitment(NotFound):
    """There is no such commitment, or it is between two other posts."""


class NothingToAgreeOn(NotFound):
    """There is nothing there that a commitment can hang on."""


class NoSuchConcern(NotFound):
    """There is no such concern, or it has not passed one's post."""


class NoSuchHypothesis(NotFound):
    """There is no such hypothesis, or it is outside one's line."""


class NoSuchVisit(NotFound):
    """There is no such visit, or it is between two other posts."""


class NoSuchMeeting(NotFound):
    """There is no such meeting, or it is not for one's post to read."""


class NoSuchDecision(NotFound):
    """There is no such decision, or it is not for one's post to read."""
