"""One row for each thing that somebody did."""

from django.db import models


class Event(models.Model):
    """Something that happened; no foreign keys, so that nothing blocks deletion."""

    class Kind(models.TextChoices):
        """What can happen, named after the verb of its action."""

        DATA_IMPORTED = "data_imported"
        DATA_REVERTED = "data_reverted"
        ORGANISATION_LOADED = "organisation_loaded"
        CHAIN_APPLIED = "chain_applied"
        POST_FILLED = "post_filled"
        POST_VACATED = "post_vacated"
        GOAL_ADOPTED = "goal_adopted"
        ENGINE_RUN = "engine_run"
        RESULTS_RELEASED = "results_released"
        RESULT_ASSESSED = "result_assessed"
        AGENDA_DECIDED = "agenda_decided"

    kind = models.CharField(max_length=40)
    actor_id = models.BigIntegerField(null=True, blank=True)
    about = models.CharField(max_length=100)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"
