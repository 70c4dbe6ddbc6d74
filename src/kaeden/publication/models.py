"""Releases: what every page, chart and file reads. Never changed once made."""

from django.db import models

from kaeden.engine.models import Run
from kaeden.organisation.models import Unit


class Release(models.Model):
    """One version of everything that may be shown, made from one run."""

    version = models.PositiveIntegerField(unique=True)
    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="release")
    digest = models.CharField(max_length=64)
    figure_count = models.PositiveIntegerField()
    hidden_count = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.version}"


class Figure(models.Model):
    """One released figure: an indicator at a unit in a period.

    Rows are only ever added: a trigger in the database refuses change and deletion.
    """

    release = models.ForeignKey(
        Release, on_delete=models.PROTECT, related_name="figures"
    )
    indicator = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=7)
    is_latest = models.BooleanField()
    status = models.CharField(max_length=14)
    origin = models.CharField(max_length=10)
    value = models.FloatField(null=True)
    n = models.PositiveIntegerField(null=True)
    estimate = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    reliability = models.CharField(max_length=6, blank=True)
    peers_mean = models.FloatField(null=True)
    peers = models.PositiveSmallIntegerField(null=True)
    difference = models.FloatField(null=True)
    swing = models.FloatField(null=True)
    compared = models.SmallIntegerField(null=True)
    slope = models.FloatField(null=True)
    slope_half = models.FloatField(null=True)
    points = models.PositiveSmallIntegerField(null=True)
    preliminary = models.BooleanField(null=True)
    direction = models.SmallIntegerField(null=True)
    group = models.CharField(max_length=1, blank=True)
    group_mean = models.FloatField(null=True)
    signal = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=20, blank=True, default="")
    centre = models.FloatField(null=True)
    lower = models.FloatField(null=True)
    upper = models.FloatField(null=True)
    limits = models.CharField(max_length=5, blank=True, default="")
    broken = models.CharField(max_length=40, blank=True, default="")
    change_of = models.CharField(max_length=4, blank=True, default="")

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["release", "unit", "indicator", "period"],
                name="a_figure_is_released_once",
            ),
            models.CheckConstraint(
                name="a_hidden_figure_has_no_number",
                condition=models.Q(status__in=["value", "zero"])
                | models.Q(
                    value__isnull=True,
                    estimate__isnull=True,
                    low__isnull=True,
                    high__isnull=True,
                    difference__isnull=True,
                ),
            ),
        ]
        indexes = [  # noqa: RUF012 - Django's own form
            models.Index(fields=["release", "indicator", "is_latest"]),
            models.Index(
                fields=["release", "signal"],
                condition=~models.Q(signal=""),
                name="figures_with_a_signal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}"


class PeerSet(models.Model):
    """The units like a unit, nearest first, as the release compared them."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    peers = models.JSONField()

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["release", "unit"], name="a_unit_has_one_set_of_peers"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {len(self.peers)}"


class ModelFigure(models.Model):
    """What a model of children's rows says as a whole, in a release.

    `said` is `publication.model_rules.ModelFacts`, already protected.
    """

    release = models.ForeignKey(
        Release, on_delete=models.PROTECT, related_name="models"
    )
    recipe = models.CharField(max_length=60)
    indicator = models.CharField(max_length=60, blank=True)
    period = models.CharField(max_length=7)
    said = models.JSONField()

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["release", "recipe", "period"],
                name="a_model_is_released_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.recipe} {self.period}"


class FairFigure(models.Model):
    """What a model says of one unit; `unit` is empty in a worked example."""

    model = models.ForeignKey(
        ModelFigure, on_delete=models.PROTECT, related_name="units"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", null=True
    )
    code = models.CharField(max_length=40)
    status = models.CharField(max_length=14)
    n = models.PositiveIntegerField(null=True)
    raw = models.FloatField(null=True)
    fair = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    reliability = models.CharField(max_length=6, blank=True)
    gradient = models.FloatField(null=True)
    gradient_low = models.FloatField(null=True)
    gradient_high = models.FloatField(null=True)
    spread = models.FloatField(null=True)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["model", "code"], name="a_unit_is_in_a_model_once"
            ),
            models.CheckConstraint(
                name="a_hidden_unit_has_no_number",
                condition=models.Q(status="value")
                | models.Q(
                    n__isnull=True,
                    raw__isnull=True,
                    fair__isnull=True,
                    low__isnull=True,
                    high__isnull=True,
                    gradient__isnull=True,
                    spread__isnull=True,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.status}"


class GapFigure(models.Model):
    """The gap between two groups of children at one place, as it may be shown.

    Rows are only ever added: a trigger in the database refuses change and deletion.
    """

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="gaps")
    indicator = models.CharField(max_length=60)
    kind = models.CharField(max_length=5)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    first = models.CharField(max_length=24)
    second = models.CharField(max_length=24)
    since = models.CharField(max_length=7)
    period = models.CharField(max_length=7)
    years = models.PositiveSmallIntegerField()
    is_latest = models.BooleanField()
    status = models.CharField(max_length=14)
    n_first = models.PositiveIntegerField(null=True)
    n_second = models.PositiveIntegerField(null=True)
    clusters = models.PositiveIntegerField(null=True)
    mean_first = models.FloatField(null=True)
    mean_second = models.FloatField(null=True)
    difference = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    ratio = models.FloatField(null=True)
    ratio_low = models.FloatField(null=True)
    ratio_high = models.FloatField(null=True)
    apart = models.FloatField(null=True)
    apart_low = models.FloatField(null=True)
    apart_high = models.FloatField(null=True)
    differ_p = models.FloatField(null=True)
    compared = models.PositiveSmallIntegerField(null=True)
    slope = models.FloatField(null=True)
    slope_half = models.FloatField(null=True)
    points = models.PositiveSmallIntegerField(null=True)
    preliminary = models.BooleanField(null=True)
    direction = models.SmallIntegerField(null=True)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["release", "indicator", "unit", "first", "second", "period"],
                name="a_gap_is_released_once",
            ),
            models.CheckConstraint(
                name="a_hidden_gap_has_no_number",
                condition=models.Q(status="value")
                | models.Q(
                    n_first__isnull=True,
                    n_second__isnull=True,
                    mean_first__isnull=True,
                    mean_second__isnull=True,
                    difference__isnull=True,
                    low__isnull=True,
                    high__isnull=True,
                    ratio__isnull=True,
                    apart__isnull=True,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.first}/{self.second} {self.period}"
