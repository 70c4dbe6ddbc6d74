"""Questions that politicians put on a goal, and what its owner answers."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from kaeden.dialogue.rules.questions import LONGEST
from kaeden.goals.models import Goal
from kaeden.organisation.models import Post

ANSWERED = ~Q(answer="") & Q(
    answered_on__isnull=False, answered_by__isnull=False, written_by__isnull=False
)
UNANSWERED = Q(
    answer="",
    answered_on__isnull=True,
    answered_by__isnull=True,
    written_by__isnull=True,
)


class Question(models.Model):
    """A question on a goal: to whoever owns the goal, with one day to answer by.

    `asked_by` and `answered_by` are posts, `made_by` and `written_by` the accounts of
    those who held them.
    """

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="questions")
    asked_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    words = models.CharField(max_length=LONGEST)
    asked_on = models.DateField()
    answer_by = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=LONGEST, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.CheckConstraint(
                name="a_question_has_its_words", condition=~Q(words="")
            ),
            models.CheckConstraint(
                name="an_answer_is_whole_or_not_there", condition=ANSWERED | UNANSWERED
            ),
            models.CheckConstraint(
                name="what_is_answered_is_not_taken_back",
                condition=Q(withdrawn_on__isnull=True) | UNANSWERED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goal}: {self.asked_on} – {self.answer_by}"
