"""Meetings with their agenda, what was said, and what was decided."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from kaeden.dialogue.models.assessments import Assessment
from kaeden.dialogue.models.concerns import Concern
from kaeden.dialogue.models.questions import Question
from kaeden.dialogue.rules import decisions
from kaeden.dialogue.rules.agenda import LONGEST_TITLE, Why
from kaeden.dialogue.rules.meetings import LONGEST_PLACE, Body, Stage
from kaeden.goals.models import Deviation, Goal
from kaeden.organisation.models import Post, Unit

LONGEST_MINUTE = 2000
REACHED = [Stage.AGREED.value, Stage.MINUTED.value]


def one_account() -> "models.ForeignKey[models.Model, models.Model]":
    """Return the column of who wrote something."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )


def one_post() -> "models.ForeignKey[Post, Post]":
    """Return the column of a post."""
    return models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")


class Meeting(models.Model):
    """A meeting that a post holds with those who report to it, at its unit.

    `uid` and `sequence` are how calendars know it again when it is moved.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="meetings")
    body = models.CharField(max_length=10, choices=[(b.value, b.value) for b in Body])
    post = one_post()
    day = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    place = models.CharField(max_length=LONGEST_PLACE)
    stage = models.CharField(
        max_length=9,
        choices=[(s.value, s.value) for s in Stage],
        default=Stage.CALLED.value,
    )
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    sequence = models.PositiveSmallIntegerField(default=0)
    made_by = one_account()
    called_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    minuted_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.CheckConstraint(
                name="a_meeting_ends_after_it_starts",
                condition=Q(ends__gt=models.F("starts")),
            ),
            models.CheckConstraint(
                name="approved_minutes_have_their_day",
                condition=Q(stage=Stage.MINUTED.value, minuted_on__isnull=False)
                | ~Q(stage=Stage.MINUTED.value) & Q(minuted_on__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["post", "day"],
                condition=~Q(stage=Stage.CANCELLED.value),
                name="a_post_holds_one_meeting_a_day",
            ),
        ]
        indexes = [  # noqa: RUF012 - Django's own form
            models.Index(fields=["unit", "body", "day"])
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.day} ({self.stage})"


class Participant(models.Model):
    """A post that is asked to a meeting."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="participants"
    )
    post = one_post()

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["meeting", "post"], name="a_post_is_asked_to_a_meeting_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.post_id}"


class MeetingItem(models.Model):
    """An item of an agenda, or what was proposed for it and left off.

    `title` and `said` are the words that stood there when it was approved. `key` and
    `stamp` say by which it would be proposed again.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    is_on = models.BooleanField(default=True)
    key = models.CharField(max_length=120)
    stamp = models.CharField(max_length=60, blank=True)
    why = models.CharField(max_length=12, choices=[(w.value, w.value) for w in Why])
    title = models.CharField(max_length=LONGEST_TITLE)
    said = models.CharField(max_length=LONGEST_TITLE, blank=True)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    indicator = models.CharField(max_length=60, blank=True)
    goal = models.ForeignKey(
        Goal, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    question = models.ForeignKey(
        Question, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    assessment = models.ForeignKey(
        Assessment, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    deviation = models.ForeignKey(
        Deviation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    concern = models.ForeignKey(
        Concern, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decision = models.ForeignKey(
        "Decision", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("meeting", "number", "pk")
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["meeting", "key"], name="an_agenda_has_a_thing_once"
            ),
            models.CheckConstraint(
                name="an_item_has_its_title", condition=~Q(title="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.key}"


class Minute(models.Model):
    """What was said about an item, as somebody has written it; the newest counts.

    Nothing is written over: each version stays, also the one that came second. What is
    written after the minutes were approved is a correction beside them.
    """

    item = models.ForeignKey(
        MeetingItem, on_delete=models.PROTECT, related_name="minutes"
    )
    number = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=LONGEST_MINUTE)
    is_correction = models.BooleanField(default=False)
    post = one_post()
    made_by = one_account()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("item", "number")
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["item", "number"], name="a_minute_is_written_once"
            ),
            models.CheckConstraint(
                name="a_minute_has_its_words", condition=~Q(words="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} ({self.number})"


class Decision(models.Model):
    """What a meeting decided about an item: whose it is, and by when."""

    item = models.ForeignKey(
        MeetingItem, on_delete=models.PROTECT, related_name="decisions"
    )
    words = models.CharField(max_length=decisions.LONGEST)
    owner = one_post()
    due = models.DateField()
    fate = models.CharField(
        max_length=6,
        choices=[(f.value, f.value) for f in decisions.Fate],
        default=decisions.Fate.OPEN.value,
    )
    made_on = models.DateField()
    made_by = one_account()
    settled_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=decisions.LONGEST, blank=True)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.CheckConstraint(
                name="a_decision_has_its_words", condition=~Q(words="")
            ),
            models.CheckConstraint(
                name="a_settled_decision_has_its_day",
                condition=Q(fate=decisions.Fate.OPEN.value, settled_on__isnull=True)
                | ~Q(fate=decisions.Fate.OPEN.value) & Q(settled_on__isnull=False),
            ),
        ]
        indexes = [  # noqa: RUF012 - Django's own form
            models.Index(fields=["fate", "due"])
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.due} ({self.fate})"


class Delay(models.Model):
    """That a decision was carried on to another day, and why."""

    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="delays"
    )
    was_due = models.DateField()
    due = models.DateField()
    reason = models.CharField(max_length=decisions.LONGEST)
    made_by = one_account()
    made_on = models.DateField()

    class Meta:
        ordering = ("decision", "pk")
        constraints = [  # noqa: RUF012 - Django's own form
            models.CheckConstraint(
                name="a_delay_has_its_reason", condition=~Q(reason="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.was_due} → {self.due}"
