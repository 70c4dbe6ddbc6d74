"""Tables of data: what has been imported, and which of it counts."""

from django.db import models

from kaeden.data.rules import State


class DataImport(models.Model):
    """One file taken into the lake as a batch; it can be taken back."""

    source = models.CharField(max_length=60)
    period = models.CharField(max_length=40)
    batch = models.CharField(max_length=64)
    file_digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    statuses = models.JSONField()
    quality = models.JSONField()
    imported_at = models.DateTimeField()
    imported_by = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(
        max_length=12, choices=[(state.value, state.name) for state in State]
    )
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("source", "period", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["source", "period"],
                condition=models.Q(state="current"),
                name="data_one_current_import",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in State]),
                name="data_import_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(rows__gt=0), name="data_import_has_rows"
            ),
        )

    def __str__(self) -> str:
        return f"{self.source} {self.period} ({self.state})"
