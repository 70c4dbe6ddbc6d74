"""The trail for the data protection officer: by post and page, without names."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kaeden.audit.models import Entry, Event, LookUp
from kaeden.presentation.numbers import number

Kind = Event.Kind
DONE: Mapping[str, str | Promise] = {
    Kind.ACCOUNT_ADDED: gettext_lazy("an account was added"),
    Kind.ACCOUNT_DISABLED: gettext_lazy("an account was closed"),
    Kind.ACCOUNT_ENABLED: gettext_lazy("an account was opened again"),
    Kind.REMINDERS_CHOSEN: gettext_lazy("the weekly e-mail was chosen or declined"),
    Kind.REMINDED: gettext_lazy("the weekly e-mail was sent"),
    Kind.PASSWORD_GIVEN: gettext_lazy("a first password was given"),
    Kind.PASSWORD_CHANGED: gettext_lazy("a password was changed"),
    Kind.SECOND_FACTOR_SET: gettext_lazy("a second factor was set up"),
    Kind.SECOND_FACTOR_REMOVED: gettext_lazy("a second factor was removed"),
    Kind.DATA_IMPORTED: gettext_lazy("data were imported"),
    Kind.DATA_REVERTED: gettext_lazy("an import was undone"),
    Kind.ROWS_FORGOTTEN: gettext_lazy("rows of children were deleted"),
    Kind.ORGANISATION_LOADED: gettext_lazy("the registers of units were loaded"),
    Kind.CHAIN_SENT: gettext_lazy("a chain was sent as a file"),
    Kind.CHAIN_DISCARDED: gettext_lazy("a chain that was sent was thrown away"),
    Kind.CHAIN_APPLIED: gettext_lazy("the chain was changed"),
    Kind.POST_FILLED: gettext_lazy("a post was filled"),
    Kind.POST_VACATED: gettext_lazy("a post was vacated"),
    Kind.CHARTER_WRITTEN: gettext_lazy("a charter was written"),
    Kind.VISION_WRITTEN: gettext_lazy("the vision was written"),
    Kind.DEMO_SEATED: gettext_lazy("the demo's posts were filled"),
    Kind.GOAL_ADOPTED: gettext_lazy("a goal was adopted"),
    Kind.GOAL_DRAFTED: gettext_lazy("a goal was drafted"),
    Kind.GOAL_WRITTEN: gettext_lazy("a goal was written"),
    Kind.GOAL_REWORDED: gettext_lazy("a goal was reworded"),
    Kind.GOAL_GIVEN: gettext_lazy("a goal got another owner"),
    Kind.GOAL_ENDED: gettext_lazy("a goal ended"),
    Kind.GOAL_TAKEN_UP: gettext_lazy("a goal was taken up"),
    Kind.GOAL_LET_GO: gettext_lazy("a goal was let go"),
    Kind.STRATEGY_WRITTEN: gettext_lazy("a way to a goal was written"),
    Kind.EFFORT_BEGUN: gettext_lazy("an effort began"),
    Kind.EFFORT_ENDED: gettext_lazy("an effort ended"),
    Kind.CONTRIBUTION_WRITTEN: gettext_lazy("a contribution was written"),
    Kind.CONTRIBUTION_ENDED: gettext_lazy("a contribution ended"),
    Kind.TARGET_SET: gettext_lazy("a target was set"),
    Kind.TARGET_ENDED: gettext_lazy("a target ended"),
    Kind.CHECKED_IN: gettext_lazy("a status on a target was written"),
    Kind.DEVIATION_ACCEPTED: gettext_lazy("a deviation was accepted"),
    Kind.VALUE_WRITTEN: gettext_lazy("a value was written"),
    Kind.VALUE_ENDED: gettext_lazy("a value was taken away"),
    Kind.ENGINE_RUN: gettext_lazy("results were computed"),
    Kind.RESULTS_RELEASED: gettext_lazy("results were released"),
    Kind.RESULT_ASSESSED: gettext_lazy("a result was assessed"),
    Kind.AGENDA_DECIDED: gettext_lazy("an agenda item was decided"),
    Kind.MEETING_CALLED: gettext_lazy("a meeting was called"),
    Kind.MEETING_MOVED: gettext_lazy("a meeting was moved"),
    Kind.MEETING_CANCELLED: gettext_lazy("a meeting was called off"),
    Kind.AGENDA_APPROVED: gettext_lazy("an agenda was approved"),
    Kind.AGENDA_ADDED_TO: gettext_lazy("an item was added to an agenda"),
    Kind.MINUTE_WRITTEN: gettext_lazy("minutes were written"),
    Kind.MINUTES_APPROVED: gettext_lazy("minutes were approved"),
    Kind.MINUTES_CORRECTED: gettext_lazy("a correction was added to minutes"),
    Kind.DECISION_MADE: gettext_lazy("a decision was minuted"),
    Kind.DECISION_STRUCK: gettext_lazy("a decision was taken out of the minutes"),
    Kind.DECISION_DONE: gettext_lazy("a decision was marked as done"),
    Kind.DECISION_CARRIED_ON: gettext_lazy("a decision was carried on"),
    Kind.EXPECTATION_PROPOSED: gettext_lazy("an expectation was proposed"),
    Kind.EXPECTATION_DISCUSSED: gettext_lazy("an expectation was talked about"),
    Kind.EXPECTATION_CONFIRMED: gettext_lazy("an expectation was confirmed"),
    Kind.EXPECTATION_WITHDRAWN: gettext_lazy("an expectation was taken back"),
    Kind.PULSE_OPENED: gettext_lazy("the pulse was opened"),
    Kind.PULSE_ANSWERED: gettext_lazy("the pulse was answered"),
    Kind.PULSE_CLOSED: gettext_lazy("the pulse was closed"),
    Kind.QUESTION_ASKED: gettext_lazy("a question was asked"),
    Kind.QUESTION_ANSWERED: gettext_lazy("a question was answered"),
    Kind.QUESTION_WITHDRAWN: gettext_lazy("a question was withdrawn"),
    Kind.QUESTION_SENT_DOWN: gettext_lazy("a question was sent further down"),
    Kind.ANSWERED_FROM_BELOW: gettext_lazy("a question was answered from below"),
    Kind.CONCERN_WRITTEN: gettext_lazy("a concern was written"),
    Kind.CONCERN_CARRIED: gettext_lazy("a concern was carried further up"),
    Kind.CONCERN_ANSWERED: gettext_lazy("a concern was answered"),
    Kind.CONCERN_WITHDRAWN: gettext_lazy("a concern was withdrawn"),
    Kind.HYPOTHESIS_WRITTEN: gettext_lazy("a hypothesis was written"),
    Kind.HYPOTHESIS_CLOSED: gettext_lazy("a hypothesis was closed"),
    Kind.WHAT_WE_DID_SHARED: gettext_lazy("what was done was shared"),
    Kind.WHAT_WE_DID_TAKEN_BACK: gettext_lazy("what was done is shared no longer"),
    Kind.COMMITMENT_PROPOSED: gettext_lazy("a commitment was proposed"),
    Kind.COMMITMENT_ACCEPTED: gettext_lazy("a commitment was accepted"),
    Kind.COMMITMENT_DECLINED: gettext_lazy("a commitment was declined"),
    Kind.COMMITMENT_KEPT: gettext_lazy("a commitment was kept"),
    Kind.COMMUNITY_FORMED: gettext_lazy("a community was formed"),
    Kind.COMMUNITY_CHANGED: gettext_lazy("a community was changed"),
    Kind.COMMUNITY_ENDED: gettext_lazy("a community ended"),
    Kind.DRAFT_BEGUN: gettext_lazy("a draft of the chain was begun"),
    Kind.DRAFT_CHANGED: gettext_lazy("a draft of the chain was changed"),
    Kind.DRAFT_CARRIED_OUT: gettext_lazy("a draft of the chain was carried out"),
    Kind.DRAFT_DROPPED: gettext_lazy("a draft of the chain was thrown away"),
    Kind.COMMITMENT_BROKEN: gettext_lazy("a commitment was not kept"),
    Kind.SHARED_PROPOSED: gettext_lazy("a shared commitment was proposed"),
    Kind.SHARED_WITHDRAWN: gettext_lazy("a shared commitment was taken back"),
    Kind.SHARED_ACCEPTED: gettext_lazy("a shared commitment was accepted by a member"),
    Kind.SHARED_DECLINED: gettext_lazy("a shared commitment was declined by a member"),
    Kind.SHARED_KEPT: gettext_lazy("a shared commitment was kept by a member"),
    Kind.SHARED_BROKEN: gettext_lazy("a shared commitment was not kept by a member"),
    Kind.VISIT_ASKED: gettext_lazy("a visit was asked for"),
    Kind.VISIT_PLANNED: gettext_lazy("a visit was planned"),
    Kind.VISIT_HELD: gettext_lazy("a visit was held"),
    Kind.VISIT_DECLINED: gettext_lazy("a visit was declined"),
    Kind.VISIT_CALLED_OFF: gettext_lazy("a visit was called off"),
    Kind.TIME_ROBBER_REPORTED: gettext_lazy("a time robber was reported"),
    Kind.TIME_ROBBER_JOINED: gettext_lazy("one more reported a time robber"),
    Kind.TIME_ROBBER_DECIDED: gettext_lazy("it was decided on a time robber"),
    Kind.TIME_ROBBER_PASSED_ON: gettext_lazy("a time robber was passed on"),
    Kind.TIME_ROBBERS_MERGED: gettext_lazy("two time robbers were put together"),
    Kind.TIME_ROBBERS_SPLIT: gettext_lazy("two time robbers were split again"),
    Kind.TIME_MEASURED: gettext_lazy("minutes given back were told"),
    Kind.SUPPORT_OFFERED: gettext_lazy("support was offered"),
    Kind.SUPPORT_ENDED: gettext_lazy("an offer of support ended"),
    Kind.SUPPORT_RATED: gettext_lazy("support was rated"),
    Kind.NEED_WRITTEN: gettext_lazy("a need of support was written"),
    Kind.NEED_ANSWERED: gettext_lazy("a need of support was answered"),
    Kind.NEED_MET: gettext_lazy("a need of support was met"),
    Kind.NEED_NOT_MET: gettext_lazy("a need of support was not met"),
    Kind.NEED_WITHDRAWN: gettext_lazy("a need of support was taken back"),
    Kind.BRIEF_SHOWN: gettext_lazy("it was chosen what the team's brief shows"),
    Kind.PRESENCE_PLANNED: gettext_lazy("a leader planned presence"),
    Kind.PRESENCE_NOTED: gettext_lazy("a leader noted presence"),
    Kind.PRESENCE_TAKEN_BACK: gettext_lazy("a leader took back a note of presence"),
    Kind.NEED_DECIDED: gettext_lazy("a need that was not met was answered from above"),
    Kind.CONVERSATION_PLANNED: gettext_lazy("a conversation was planned"),
    Kind.CONVERSATION_MOVED: gettext_lazy("a conversation was moved"),
    Kind.CONVERSATION_PREPARED: gettext_lazy("a conversation was prepared"),
    Kind.CONVERSATION_HELD: gettext_lazy("a conversation was held"),
    Kind.CONVERSATION_CONCLUDED: gettext_lazy("a conversation was concluded"),
    Kind.CONVERSATION_CONFIRMED: gettext_lazy("a conversation was confirmed"),
    Kind.CONVERSATION_CORRECTED: gettext_lazy("something was added to a conversation"),
    Kind.BURDEN_WRITTEN: gettext_lazy("what weighs on two was written"),
    Kind.BURDEN_DELETED: gettext_lazy("what weighed on two was deleted"),
    Kind.EVIDENCE_WEIGHED: gettext_lazy("the effect of a practice was estimated"),
    Kind.FORECAST_ASKED: gettext_lazy("a forecast of a practice was asked for"),
    Kind.FORECAST_HELD: gettext_lazy("a forecast was held against what happened"),
    Kind.PRACTICE_WRITTEN: gettext_lazy("a practice was written"),
    Kind.PRACTICE_WITHDRAWN: gettext_lazy("a practice was taken back"),
    Kind.PRACTICE_ACCEPTED: gettext_lazy("a practice was accepted for all"),
    Kind.PRACTICE_RETURNED: gettext_lazy("a practice was returned to its writer"),
    Kind.PRACTICE_DECIDED: gettext_lazy("it was decided on a practice"),
    Kind.ADOPTION_STARTED: gettext_lazy("a unit began to use a practice"),
    Kind.ADOPTION_TOLD: gettext_lazy("it was told how a practice is used"),
    Kind.ADOPTION_ENDED: gettext_lazy("a unit ended its use of a practice"),
    Kind.TEST_PLANNED: gettext_lazy("a test of change was planned"),
    Kind.TEST_BEGUN: gettext_lazy("a test of change began"),
    Kind.TEST_PROLONGED: gettext_lazy("a test of change was given another end"),
    Kind.TEST_OBSERVED: gettext_lazy("something was counted in a test of change"),
    Kind.OBSERVATION_TAKEN_BACK: gettext_lazy("a count in a test was taken back"),
    Kind.TEST_DECIDED: gettext_lazy("a test of change was decided on"),
    Kind.TEST_SHARED: gettext_lazy("a test of change was shared"),
    Kind.TEST_ASKED_TO_JOIN: gettext_lazy("a post was asked to take part in a test"),
    Kind.TEST_JOINED: gettext_lazy("a post took part in a test"),
    Kind.TEST_LEFT: gettext_lazy("a post left a test"),
    Kind.LESSON_WRITTEN: gettext_lazy("a lesson was written"),
    Kind.LESSON_WITHDRAWN: gettext_lazy("a lesson was taken back"),
    Kind.COMPETENCES_NOTED: gettext_lazy("a unit's competences were counted"),
}
"""What was done, as the officer reads it."""

COLUMNS = ("number", "time", "post", "seat", "what", "about")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailLine:
    """One row of the trail: when, which post, and what it saw or did."""

    number: int
    at: datetime
    post: str
    seat: str
    what: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailPage:
    """A page of the trail, and how many rows there are in all."""

    lines: tuple[TrailLine, ...]
    said: str


def build(
    entries: Iterable[Entry], posts: Mapping[int, str], *, found: int
) -> TrailPage:
    """Return a page of the trail; `posts` are the names of posts by id."""
    said = ngettext("%(count)s row.", "%(count)s rows.", found)
    return TrailPage(
        lines=tuple(_line(entry, posts) for entry in entries),
        said=said % {"count": number(found)},
    )


def csv_rows(
    entries: Iterable[Entry], posts: Mapping[int, str]
) -> Iterator[tuple[object, ...]]:
    """Give the trail as rows of a file, with a heading and times in Danish time."""
    yield COLUMNS
    for one in (_line(entry, posts) for entry in entries):
        yield one.number, one.at.isoformat(), one.post, one.seat, one.what, one.about


def _line(entry: Entry, posts: Mapping[int, str]) -> TrailLine:
    what, about = _said(entry)
    return TrailLine(
        number=entry.pk,
        at=localtime(entry.at),
        post=posts.get(entry.post_id or 0, _("a post that is no more")),
        seat=entry.seat,
        what=what,
        about=about,
    )


def _said(entry: Entry) -> tuple[str, str]:
    """Return what was seen or done, and about what."""
    if isinstance(entry, LookUp):
        return _("saw"), entry.address
    assert isinstance(entry, Event)
    return str(DONE.get(entry.kind, entry.kind)), entry.about
