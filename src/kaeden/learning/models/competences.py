"""How many of a unit's staff have a competence: counts, never names; only added to."""

from django.db import models
from django.db.models import F, Q

from kaeden.learning.rules.practices import LONGEST_KEY, LONGEST_REASON
from kaeden.organisation.models import Post, Unit


class CompetenceNote(models.Model):
    """How many have a competence and how many are to have it; the newest counts."""

    competence = models.CharField(max_length=LONGEST_KEY)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="competence_notes"
    )
    have = models.PositiveSmallIntegerField()
    wanted = models.PositiveSmallIntegerField()
    plan = models.TextField(max_length=LONGEST_REASON, blank=True)
    by_day = models.DateField(null=True, blank=True)
    noted_on = models.DateField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.CheckConstraint(
                name="a_note_names_a_competence", condition=~Q(competence="")
            ),
            models.CheckConstraint(
                name="a_plan_for_a_competence_lies_ahead",
                condition=Q(by_day__isnull=True) | Q(by_day__gte=F("noted_on")),
            ),
        ]
        indexes = [  # noqa: RUF012 - Django's own form
            models.Index(fields=["unit", "competence"])
        ]

    def __str__(self) -> str:
        return f"{self.competence}: {self.have} of {self.wanted}"
