"""What a leader shows the team on its brief: nothing but what was ticked."""

from django.db import models
from django.db.models import Q

from kaeden.dialogue.models.commitments import Commitment
from kaeden.goals.models import Effort
from kaeden.organisation.models import Post


class TeamShare(models.Model):
    """An effort or a commitment of a post that its holder shows the team."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    effort = models.ForeignKey(
        Effort, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    commitment = models.ForeignKey(
        Commitment, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    shared_on = models.DateField()

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.CheckConstraint(
                name="one_thing_is_shown_the_team",
                condition=Q(effort__isnull=False, commitment__isnull=True)
                | Q(effort__isnull=True, commitment__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["post", "effort"], name="an_effort_is_shown_once"
            ),
            models.UniqueConstraint(
                fields=["post", "commitment"], name="a_commitment_is_shown_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.effort_id or self.commitment_id}"
