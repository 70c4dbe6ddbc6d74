"""How often Kæden's own forms took how long; by nobody."""

from django.db import models
from django.db.models import Q

from kaeden.conditions.rules.form_minutes import LENGTHS


class FormUse(models.Model):
    """How many sent a form in a week that took them one of the lengths.

    Nothing leads from here to a person, a post or a place.
    """

    form = models.CharField(max_length=60)
    week = models.DateField()
    length = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["form", "week", "length"], name="a_length_of_a_week_stands_once"
            ),
            models.CheckConstraint(
                name="a_use_has_one_of_the_lengths",
                condition=Q(length__lt=len(LENGTHS)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.week}: {self.count}"
