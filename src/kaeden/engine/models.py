"""Runs: where numbers came from. The numbers themselves are in `engine.results`."""

from django.db import models


class Run(models.Model):
    """One computation, published with every number that it made."""

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
                fields=["method", "snapshot", "catalogue_digest"],
                name="the_same_input_is_run_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.snapshot[:8]}"
