"""Who did what, and who saw what: rows that are only ever added, each to a chain."""

from typing import ClassVar

from django.db import models

from kaeden.audit.rules import Row, Said


class Entry(models.Model):
    """A row of a chain: who, in which post, when. `rules` says what `digest` holds.

    There are no foreign keys, so that nothing blocks deletion. `seat` is the path of
    the unit of the post, as it was then.
    """

    actor_id = models.BigIntegerField(null=True, blank=True)
    post_id = models.BigIntegerField(null=True, blank=True)
    role = models.CharField(max_length=20, blank=True, default="")
    seat = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    chain: ClassVar[str]

    class Meta:
        abstract = True

    def as_row(self) -> Row:
        """Return it as a row of its chain: everything it says but number and digest."""
        fields = self._meta.concrete_fields
        names = {field.attname for field in fields} - {"id", "digest"}
        said: Said = {name: getattr(self, name) for name in names}
        return Row(number=self.pk, said=said, digest=self.digest)


class Event(Entry):
    """Something that somebody did."""

    class Kind(models.TextChoices):
        """What can happen, named after the verb of its action.

        The column has no choices of its own: a new kind needs no migration.
        """

        ACCOUNT_ADDED = "account_added"
        ACCOUNT_DISABLED = "account_disabled"
        ACCOUNT_ENABLED = "account_enabled"
        REMINDERS_CHOSEN = "reminders_chosen"
        REMINDED = "reminded"
        PASSWORD_GIVEN = "password_given"  # noqa: S105 - the name of an event
        PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the same
        SECOND_FACTOR_SET = "second_factor_set"
        SECOND_FACTOR_REMOVED = "second_factor_removed"
        DATA_IMPORTED = "data_imported"
        DATA_REVERTED = "data_reverted"
        ROWS_FORGOTTEN = "rows_forgotten"
        ORGANISATION_LOADED = "organisation_loaded"
        CHAIN_SENT = "chain_sent"
        CHAIN_DISCARDED = "chain_discarded"
        CHAIN_APPLIED = "chain_applied"
        POST_FILLED = "post_filled"
        POST_VACATED = "post_vacated"
        CHARTER_WRITTEN = "charter_written"
        COMMUNITY_FORMED = "community_formed"
        COMMUNITY_CHANGED = "community_changed"
        COMMUNITY_ENDED = "community_ended"
        DRAFT_BEGUN = "draft_begun"
        DRAFT_CHANGED = "draft_changed"
        DRAFT_CARRIED_OUT = "draft_carried_out"
        DRAFT_DROPPED = "draft_dropped"
        VISION_WRITTEN = "vision_written"
        DEMO_SEATED = "demo_seated"
        GOAL_ADOPTED = "goal_adopted"
        GOAL_DRAFTED = "goal_drafted"
        GOAL_WRITTEN = "goal_written"
        GOAL_REWORDED = "goal_reworded"
        GOAL_GIVEN = "goal_given"
        GOAL_ENDED = "goal_ended"
        GOAL_TAKEN_UP = "goal_taken_up"
        GOAL_LET_GO = "goal_let_go"
        STRATEGY_WRITTEN = "strategy_written"
        EFFORT_BEGUN = "effort_begun"
        EFFORT_ENDED = "effort_ended"
        CONTRIBUTION_WRITTEN = "contribution_written"
        CONTRIBUTION_ENDED = "contribution_ended"
        TARGET_SET = "target_set"
        TARGET_ENDED = "target_ended"
        CHECKED_IN = "checked_in"
        DEVIATION_ACCEPTED = "deviation_accepted"
        VALUE_WRITTEN = "value_written"
        VALUE_ENDED = "value_ended"
        ENGINE_RUN = "engine_run"
        RESULTS_RELEASED = "results_released"
        RESULT_ASSESSED = "result_assessed"
        AGENDA_DECIDED = "agenda_decided"
        MEETING_CALLED = "meeting_called"
        MEETING_MOVED = "meeting_moved"
        MEETING_CANCELLED = "meeting_cancelled"
        AGENDA_APPROVED = "agenda_approved"
        AGENDA_ADDED_TO = "agenda_added_to"
        MINUTE_WRITTEN = "minute_written"
        MINUTES_APPROVED = "minutes_approved"
        MINUTES_CORRECTED = "minutes_corrected"
        DECISION_MADE = "decision_made"
        DECISION_STRUCK = "decision_struck"
        DECISION_DONE = "decision_done"
        DECISION_CARRIED_ON = "decision_carried_on"
        EXPECTATION_PROPOSED = "expectation_proposed"
        EXPECTATION_DISCUSSED = "expectation_discussed"
        EXPECTATION_CONFIRMED = "expectation_confirmed"
        EXPECTATION_WITHDRAWN = "expectation_withdrawn"
        PULSE_OPENED = "pulse_opened"
        PULSE_ANSWERED = "pulse_answered"
        PULSE_CLOSED = "pulse_closed"
        QUESTION_ASKED = "question_asked"
        QUESTION_ANSWERED = "question_answered"
        QUESTION_WITHDRAWN = "question_withdrawn"
        QUESTION_SENT_DOWN = "question_sent_down"
        ANSWERED_FROM_BELOW = "answered_from_below"
        CONCERN_WRITTEN = "concern_written"
        CONCERN_CARRIED = "concern_carried"
        CONCERN_ANSWERED = "concern_answered"
        CONCERN_WITHDRAWN = "concern_withdrawn"
        HYPOTHESIS_WRITTEN = "hypothesis_written"
        HYPOTHESIS_CLOSED = "hypothesis_closed"
        WHAT_WE_DID_SHARED = "what_we_did_shared"
        WHAT_WE_DID_TAKEN_BACK = "what_we_did_taken_back"
        COMMITMENT_PROPOSED = "commitment_proposed"
        COMMITMENT_ACCEPTED = "commitment_accepted"
        COMMITMENT_DECLINED = "commitment_declined"
        COMMITMENT_KEPT = "commitment_kept"
        COMMITMENT_BROKEN = "commitment_broken"
        SHARED_PROPOSED = "shared_proposed"
        SHARED_WITHDRAWN = "shared_withdrawn"
        SHARED_ACCEPTED = "shared_accepted"
        SHARED_DECLINED = "shared_declined"
        SHARED_KEPT = "shared_kept"
        SHARED_BROKEN = "shared_broken"
        VISIT_ASKED = "visit_asked"
        VISIT_PLANNED = "visit_planned"
        VISIT_HELD = "visit_held"
        VISIT_DECLINED = "visit_declined"
        VISIT_CALLED_OFF = "visit_called_off"
        TIME_ROBBER_REPORTED = "time_robber_reported"
        TIME_ROBBER_JOINED = "time_robber_joined"
        TIME_ROBBER_DECIDED = "time_robber_decided"
        TIME_ROBBER_PASSED_ON = "time_robber_passed_on"
        TIME_ROBBERS_MERGED = "time_robbers_merged"
        TIME_ROBBERS_SPLIT = "time_robbers_split"
        TIME_MEASURED = "time_measured"
        SUPPORT_OFFERED = "support_offered"
        SUPPORT_ENDED = "support_ended"
        SUPPORT_RATED = "support_rated"
        NEED_WRITTEN = "need_written"
        NEED_ANSWERED = "need_answered"
        NEED_MET = "need_met"
        NEED_NOT_MET = "need_not_met"
        NEED_WITHDRAWN = "need_withdrawn"
        NEED_DECIDED = "need_decided"
        BRIEF_SHOWN = "brief_shown"
        PRESENCE_PLANNED = "presence_planned"
        PRESENCE_NOTED = "presence_noted"
        PRESENCE_TAKEN_BACK = "presence_taken_back"
        CONVERSATION_PLANNED = "conversation_planned"
        CONVERSATION_MOVED = "conversation_moved"
        CONVERSATION_PREPARED = "conversation_prepared"
        CONVERSATION_HELD = "conversation_held"
        CONVERSATION_CONCLUDED = "conversation_concluded"
        CONVERSATION_CONFIRMED = "conversation_confirmed"
        CONVERSATION_CORRECTED = "conversation_corrected"
        BURDEN_WRITTEN = "burden_written"
        BURDEN_DELETED = "burden_deleted"
        EVIDENCE_WEIGHED = "evidence_weighed"
        FORECAST_ASKED = "forecast_asked"
        FORECAST_HELD = "forecast_held"
        PRACTICE_WRITTEN = "practice_written"
        PRACTICE_WITHDRAWN = "practice_withdrawn"
        PRACTICE_ACCEPTED = "practice_accepted"
        PRACTICE_RETURNED = "practice_returned"
        PRACTICE_DECIDED = "practice_decided"
        ADOPTION_STARTED = "adoption_started"
        ADOPTION_TOLD = "adoption_told"
        ADOPTION_ENDED = "adoption_ended"
        COMPETENCES_NOTED = "competences_noted"
        TEST_PLANNED = "test_planned"
        TEST_BEGUN = "test_begun"
        TEST_PROLONGED = "test_prolonged"
        TEST_OBSERVED = "test_observed"
        OBSERVATION_TAKEN_BACK = "observation_taken_back"
        TEST_DECIDED = "test_decided"
        TEST_SHARED = "test_shared"
        TEST_ASKED_TO_JOIN = "test_asked_to_join"
        TEST_JOINED = "test_joined"
        TEST_LEFT = "test_left"
        LESSON_WRITTEN = "lesson_written"
        LESSON_WITHDRAWN = "lesson_withdrawn"

    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=100)

    chain = "events"

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"


class LookUp(Entry):
    """A page or a file that somebody was shown, and that not everybody may see."""

    route = models.CharField(max_length=100)
    address = models.TextField()

    chain = "look-ups"

    def __str__(self) -> str:
        return f"{self.route} {self.address}"


CHAINS: tuple[type[Entry], ...] = (Event, LookUp)
