"""What robs leaders of time, who told of it, and what was decided."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kaeden.conditions.rules.time_robbers import (
    LONGEST,
    LONGEST_TITLE,
    MOST_MINUTES,
    Decision,
    Outside,
)
from kaeden.organisation.models import Post, Unit

DECIDED = ~Q(decision="") & Q(
    ~Q(reason=""),
    decided_on__isnull=False,
    decided_by__isnull=False,
    written_by__isnull=False,
)
UNDECIDED = Q(
    decision="",
    reason="",
    decided_on__isnull=True,
    decided_by__isnull=True,
    written_by__isnull=True,
)


def no_post() -> "models.ForeignKey[Post | None, Post | None]":
    """Return a column for a post that may not be there yet."""
    return models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )


class TimeRobber(models.Model):
    """Something that takes leaders' time from the core task.

    `title` is the one line that all leaders of the municipality may read. It waits for
    `decider` until `decide_by`. Of two that are the same, one is `merged_into` the
    other: it keeps its own reports, follows what is decided there, and can be split
    off again until then. `outside` says what could remove it when no post above can.
    """

    municipality = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=LONGEST_TITLE)
    outside = models.CharField(
        max_length=16, blank=True, choices=[(one.value, one.value) for one in Outside]
    )
    decider = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()
    decide_by = models.DateField()
    passed_on = models.DateField(null=True, blank=True)
    passed_by = no_post()
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
    )
    merged_on = models.DateField(null=True, blank=True)
    decision = models.CharField(
        max_length=10, blank=True, choices=[(one.value, one.value) for one in Decision]
    )
    reason = models.CharField(max_length=LONGEST, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = no_post()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.CheckConstraint(
                name="a_time_robber_has_its_title", condition=~Q(title="")
            ),
            models.CheckConstraint(
                name="a_decision_has_its_reason_its_day_and_its_post",
                condition=DECIDED | UNDECIDED,
            ),
            models.CheckConstraint(
                name="a_merged_time_robber_is_decided_with_the_other",
                condition=Q(merged_into__isnull=True, merged_on__isnull=True)
                | Q(merged_into__isnull=False, merged_on__isnull=False)
                & ~Q(merged_into=F("id"))
                & UNDECIDED,
            ),
            models.CheckConstraint(
                name="what_is_passed_on_has_its_day_and_its_post",
                condition=Q(passed_on__isnull=True, passed_by__isnull=True)
                | Q(passed_on__isnull=False, passed_by__isnull=False),
            ),
        ]
        indexes = [  # noqa: RUF012 - Django's own form
            models.Index(fields=["municipality", "decision"])
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id}: {self.opened_on} – {self.decide_by}"


class TimeReport(models.Model):
    """That one post loses time to it: in its own words, and how many minutes a week.

    `minutes_now` is what it takes some weeks after it was removed or made simpler.
    """

    robber = models.ForeignKey(
        TimeRobber, on_delete=models.PROTECT, related_name="reports"
    )
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    words = models.CharField(max_length=LONGEST)
    minutes = models.PositiveSmallIntegerField()
    reported_on = models.DateField()
    minutes_now = models.PositiveSmallIntegerField(null=True, blank=True)
    measured_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["robber", "post"], name="a_post_reports_a_time_robber_once"
            ),
            models.CheckConstraint(
                name="a_report_has_its_words_and_its_minutes",
                condition=~Q(words="") & Q(minutes__gte=1, minutes__lte=MOST_MINUTES),
            ),
            models.CheckConstraint(
                name="what_is_measured_again_has_its_day",
                condition=Q(minutes_now__isnull=True, measured_on__isnull=True)
                | Q(
                    minutes_now__isnull=False,
                    measured_on__isnull=False,
                    minutes_now__lte=MOST_MINUTES,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.robber_id}: {self.minutes}"
