"""Claims that a number can test, and what was learnt from them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from kaeden.dialogue.rules.hypotheses import LONGEST, Expected
from kaeden.organisation.models import Post, Unit
from kaeden.publication.models import Release


class Hypothesis(models.Model):
    """What a post believes that an indicator will show at a unit by a year.

    `release` is the one that the claim begins from: its newest figure there is what the
    later one is held up against.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=60)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=LONGEST)
    expected = models.CharField(
        max_length=5, choices=[(one.value, one.value) for one in Expected]
    )
    by_period = models.CharField(max_length=7)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_on = models.DateField()
    learnt = models.CharField(max_length=LONGEST, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "hypotheses"
        constraints = [  # noqa: RUF012 - Django's own form
            models.CheckConstraint(
                name="a_hypothesis_has_its_words", condition=~Q(words="")
            ),
            models.CheckConstraint(
                name="a_closed_hypothesis_says_what_was_learnt",
                condition=Q(closed_on__isnull=True, learnt="")
                | Q(closed_on__isnull=False) & ~Q(learnt=""),
            ),
        ]
        indexes = [  # noqa: RUF012 - Django's own form
            models.Index(fields=["unit", "indicator"])
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.expected} {self.by_period}"
