"""What leaders write down: a file for each thing. Django finds its tables here."""

from kaeden.dialogue.models.assessments import AgendaItem, Assessment
from kaeden.dialogue.models.briefs import TeamShare
from kaeden.dialogue.models.commitments import Commitment
from kaeden.dialogue.models.communities import Part, SharedCommitment, Visit
from kaeden.dialogue.models.concerns import Concern, Passage
from kaeden.dialogue.models.conversations import (
    Agreed,
    Burden,
    Conclusion,
    Conversation,
    Correction,
    Preparation,
)
from kaeden.dialogue.models.expectations import Confirmation, Expectation
from kaeden.dialogue.models.hypotheses import Hypothesis
from kaeden.dialogue.models.inquiries import Inquiry
from kaeden.dialogue.models.lifted import WhatWeDid
from kaeden.dialogue.models.meetings import (
    Decision,
    Delay,
    Meeting,
    MeetingItem,
    Minute,
    Participant,
)
from kaeden.dialogue.models.pulse import (
    PulseAnswer,
    PulseRound,
    PulseTicket,
    TimeShare,
)
from kaeden.dialogue.models.questions import Question

__all__ = [
    "AgendaItem",
    "Agreed",
    "Assessment",
    "Burden",
    "Commitment",
    "Concern",
    "Conclusion",
    "Confirmation",
    "Conversation",
    "Correction",
    "Decision",
    "Delay",
    "Expectation",
    "Hypothesis",
    "Inquiry",
    "Meeting",
    "MeetingItem",
    "Minute",
    "Part",
    "Participant",
    "Passage",
    "Preparation",
    "PulseAnswer",
    "PulseRound",
    "PulseTicket",
    "Question",
    "SharedCommitment",
    "TeamShare",
    "TimeShare",
    "Visit",
    "WhatWeDid",
]
