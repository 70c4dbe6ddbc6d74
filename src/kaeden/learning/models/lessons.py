"""What was learnt: it belongs to a post and a unit, and outlives who wrote it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from kaeden.learning.models.tests_of_change import TestOfChange
from kaeden.learning.rules.lessons import LONGEST, LONGEST_CONDITIONS
from kaeden.organisation.models import Post, Unit


class Lesson(models.Model):
    """What was learnt at a unit, and under which conditions it is held to be true.

    It comes from a test, from the use of a practice, or from neither. From a test, it
    is read by those who may read the test.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=LONGEST)
    conditions = models.CharField(max_length=LONGEST_CONDITIONS)
    test = models.ForeignKey(
        TestOfChange,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="lessons",
    )
    practice = models.CharField(max_length=60, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.CheckConstraint(
                name="a_lesson_says_what_and_under_which_conditions",
                condition=~Q(words="") & ~Q(conditions=""),
            ),
        ]
        indexes = [  # noqa: RUF012 - Django's own form
            models.Index(fields=["practice"])
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.written_on}"
