"""Who was told in which week."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Reminder(models.Model):
    """The e-mail of a week to one person: claimed before it is sent, so never twice.

    One that is claimed and has no `sent_at` was broken off: nobody knows whether it
    arrived, and it is not sent again in its week.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    week = models.DateField()
    claimed_on = models.DateField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["user", "week"], name="nobody_is_told_twice_in_a_week"
            ),
            models.CheckConstraint(
                name="a_week_begins_before_its_email",
                condition=Q(week__lte=F("claimed_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.week}"
