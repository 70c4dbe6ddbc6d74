"""The next meeting on a desk, and what it decided that is yours to carry out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from kaeden.dialogue.queries.agenda import SeenDecision
from kaeden.dialogue.queries.meetings import SeenMeeting
from kaeden.dialogue.rules.decisions import Fate
from kaeden.presentation import meetings
from kaeden.presentation.meetings import DecisionView, MeetingView
from kaeden.shared.clock import today

SOON = timedelta(days=14)
MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class NextMeeting:
    """The next meeting, if there is one, and the decisions that are due soon."""

    meeting: MeetingView | None
    due: tuple[DecisionView, ...]
    may_call: bool


def build(
    found: SeenMeeting | None, decided: Sequence[SeenDecision], *, may_call: bool
) -> NextMeeting:
    """Return the part; of the decisions only those past their day or due soon."""
    near = today() + SOON
    due = [one for one in decided if one.fate is Fate.OPEN and one.due <= near]
    return NextMeeting(
        meeting=meetings.view(found) if found else None,
        due=tuple(meetings.decision(one) for one in due[:MOST]),
        may_call=may_call,
    )
