"""A reorganisation that somebody has drawn, and that may be carried out one day."""

from django.db import models

from kaeden.organisation.models.chain import Post, Unit


class Draft(models.Model):
    """Steps from today's chain to another one; today is not touched by them.

    `steps` are plain values, as `drafts.plain` makes them. `post` drew it. Once it is
    carried out, `carried_out_on` is the day from which it holds, and it stays as it is.
    """

    municipality = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="drafts"
    )
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="drafts")
    name = models.CharField(max_length=120)
    steps = models.JSONField(default=list)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    carried_out_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
