"""What was foretold of a practice at a unit, and what happened; only ever added to."""

from django.db import models
from django.db.models import F, Q

from kaeden.learning.models.practices import post_of
from kaeden.learning.rules.practices import LONGEST_KEY
from kaeden.organisation.models import Unit
from kaeden.publication.models import Release


class Forecast(models.Model):
    """What a practice was expected to give a unit, when its leader asked.

    `said` is `engine.synthesis.Foretold`; `guess` is what the leader expected before the
    forecast was shown, in the indicator's unit. A trigger refuses change and deletion.
    """

    practice = models.CharField(max_length=LONGEST_KEY)
    indicator = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="forecasts")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    method = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    said = models.JSONField()
    guess = models.FloatField(null=True, blank=True)
    asked_on = models.DateField()
    post = post_of()

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["unit", "practice", "indicator", "digest"],
                name="the_same_forecast_is_asked_for_once",
            ),
            models.CheckConstraint(
                name="a_forecast_is_about_something",
                condition=~Q(practice="") & ~Q(indicator="") & ~Q(digest=""),
            ),
        ]
        indexes = [  # noqa: RUF012 - Django's own form
            models.Index(fields=["practice", "unit"])
        ]

    def __str__(self) -> str:
        return f"{self.practice}: {self.asked_on}"


class ForecastOutcome(models.Model):
    """What happened where something was foretold: held once, and never again.

    `low` and `high` are where the gain was expected to be measured; `digest` is of the
    figures that it was measured from.
    """

    forecast = models.OneToOneField(
        Forecast, on_delete=models.PROTECT, related_name="outcome"
    )
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    method = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    gain = models.FloatField()
    standard_error = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    is_inside = models.BooleanField()
    held_on = models.DateField()

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.CheckConstraint(
                name="a_forecast_is_inside_when_its_interval_holds_it",
                condition=Q(is_inside=True, gain__gte=F("low"), gain__lte=F("high"))
                | (Q(is_inside=False) & (Q(gain__lt=F("low")) | Q(gain__gt=F("high")))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.forecast_id}: {self.held_on}"
