"""What an institution did before a result became better, shared with other leaders."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from kaeden.dialogue.rules.lifted import LONGEST
from kaeden.organisation.models import Post, Unit


class WhatWeDid(models.Model):
    """A leader's own words on what was done, for the leaders of the municipality.

    What is written anew takes the place of the row before, which stays as it was.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=60)
    words = models.CharField(max_length=LONGEST)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    shared_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.CheckConstraint(
                name="what_we_did_has_its_words", condition=~Q(words="")
            ),
            models.UniqueConstraint(
                fields=["unit", "indicator"],
                condition=Q(ended_on__isnull=True),
                name="what_we_did_is_shared_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.indicator} ({self.shared_on})"
