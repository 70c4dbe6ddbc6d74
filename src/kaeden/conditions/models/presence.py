"""What a leader plans of presence and notes of it: the holder's own, and nobody else's.

Both hang on the holding, not on the post: whoever comes after is not told.
"""

from django.db import models
from django.db.models import Q

from kaeden.conditions.rules.presence import MOST_IN_A_MONTH, PresenceKind
from kaeden.organisation.models import Holding, Post


class PresencePlan(models.Model):
    """How often in a month, from a month on; it holds until there is another."""

    holding = models.ForeignKey(Holding, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    visits = models.PositiveSmallIntegerField()
    observations = models.PositiveSmallIntegerField()
    feedback = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["holding", "month"], name="a_month_has_one_plan"
            ),
            models.CheckConstraint(
                name="a_plan_begins_with_a_month", condition=Q(month__day=1)
            ),
            models.CheckConstraint(
                name="a_plan_can_be_kept",
                condition=Q(
                    visits__lte=MOST_IN_A_MONTH,
                    observations__lte=MOST_IN_A_MONTH,
                    feedback__lte=MOST_IN_A_MONTH,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month}"


class PresenceNote(models.Model):
    """One visit, observation or feedback on a day; perhaps with which team."""

    holding = models.ForeignKey(Holding, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    kind = models.CharField(
        max_length=12, choices=[(one.value, one.value) for one in PresenceKind]
    )
    team = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = [  # noqa: RUF012 - Django's own form
            models.Index(fields=["holding", "day"])
        ]

    def __str__(self) -> str:
        return f"{self.day}"
