"""Goals that a municipality has adopted. Their words stay in the files."""

from django.db import models
from django.db.models import Q

from kaeden.organisation.models import Post, Unit


class Goal(models.Model):
    """A goal from the starter set, taken up by a municipality and owned by a post.

    `key` refers to the goal's file: the wording is fetched, never copied.
    """

    municipality = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="goals"
    )
    key = models.CharField(max_length=60)
    owner_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="goals")
    adopted_on = models.DateField()

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["municipality", "key"], name="a_goal_is_adopted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.municipality})"


class Target(models.Model):
    """A number to reach for the goal's lead indicator by a period."""

    goal = models.OneToOneField(Goal, on_delete=models.CASCADE, related_name="target")
    indicator = models.CharField(max_length=60)
    value = models.FloatField()
    at_most = models.BooleanField()
    by_period = models.CharField(max_length=7)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.CheckConstraint(
                name="a_target_has_a_period", condition=~Q(by_period="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"
