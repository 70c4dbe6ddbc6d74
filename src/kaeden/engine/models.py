"""Runs: where numbers came from. The numbers themselves are in `engine.results`."""

from django.db import models

COUNTRY = "dk"
"""The scope of a run over all municipalities' public figures."""


class Run(models.Model):
    """One computation, published with every number that it made.

    `scope` says whose figures went in: the country's public ones, or the own figures of
    the municipality with that code. The two never meet in a mean, a model or a scan.
    """

    scope = models.CharField(max_length=4, default=COUNTRY)
    method = models.CharField(max_length=40)
    snapshot = models.CharField(max_length=64)
    catalogue_digest = models.CharField(max_length=64)
    seed = models.BigIntegerField(null=True, blank=True)
    results_digest = models.CharField(max_length=64)
    units = models.PositiveIntegerField()
    scanned = models.PositiveIntegerField()
    signals = models.PositiveIntegerField()
    converged = models.BooleanField()
    seconds = models.FloatField()
    notes = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["scope", "method", "snapshot", "catalogue_digest"],
                name="the_same_input_is_run_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.snapshot[:8]}"
