"""What a practice did to an indicator, by a release; the database only adds to it."""

from django.db import models
from django.db.models import Q

from kaeden.learning.rules.practices import LONGEST_KEY
from kaeden.organisation.models import Unit
from kaeden.publication.models import Release


class Evidence(models.Model):
    """An effect estimated from released figures, or why there is none.

    `said` is `learning.rules.evidence.Said`; `method`, `digest` (of figures and starts)
    and the release with its run say where it came from. A trigger refuses change and
    deletion; the newest row of a practice and an indicator counts.
    """

    practice = models.CharField(max_length=LONGEST_KEY)
    indicator = models.CharField(max_length=60)
    municipality = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    method = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    has_effect = models.BooleanField()
    drawn_by_lot = models.BooleanField(default=False)
    said = models.JSONField()
    weighed_at = models.DateTimeField()

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=[
                    *("practice", "indicator", "municipality"),
                    *("release", "method", "digest"),
                ],
                name="the_same_evidence_is_weighed_once",
            ),
            models.CheckConstraint(
                name="evidence_is_about_something",
                condition=~Q(practice="") & ~Q(indicator="") & ~Q(digest=""),
            ),
        ]
        indexes = [  # noqa: RUF012 - Django's own form
            models.Index(fields=["practice", "municipality"])
        ]

    def __str__(self) -> str:
        return f"{self.practice}: {self.indicator}"
