"""What is judged of results, and what is proposed for an agenda."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from kaeden.dialogue.rules.assessments import JUDGEMENT_NAMES, AgendaStep
from kaeden.organisation.models import Post, Unit
from kaeden.publication.models import Release


class Assessment(models.Model):
    """A post's judgement of one result, as it was released then.

    What is written anew while the release is current has the next `number`; what stood
    before it stays.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assessments")
    indicator = models.CharField(max_length=60)
    period = models.CharField(max_length=7)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    judgement = models.CharField(max_length=14, choices=list(JUDGEMENT_NAMES.items()))
    sentence = models.CharField(max_length=500)
    next_step = models.CharField(max_length=500)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["unit", "indicator", "release", "post", "number"],
                name="an_assessment_has_one_number",
            ),
            models.CheckConstraint(
                name="an_assessment_has_its_words",
                condition=~Q(sentence="") & ~Q(next_step=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}: {self.judgement}"


class AgendaItem(models.Model):
    """An assessed result, proposed for the director's agenda."""

    municipality = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="agenda_items"
    )
    assessment = models.OneToOneField(
        Assessment, on_delete=models.PROTECT, related_name="agenda_item"
    )
    step = models.CharField(
        max_length=10,
        choices=[(step.value, step.value) for step in AgendaStep],
        default=AgendaStep.PROPOSED.value,
    )
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.CheckConstraint(
                name="a_decided_item_has_its_time",
                condition=Q(step="proposed", decided_at__isnull=True)
                | (~Q(step="proposed") & Q(decided_at__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessment} ({self.step})"
