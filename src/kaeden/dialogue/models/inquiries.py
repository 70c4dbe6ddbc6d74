"""What the owner of a goal asks further down, to answer a politician."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kaeden.dialogue.models.questions import Question
from kaeden.dialogue.rules.questions import LONGEST
from kaeden.organisation.models import Post


class Inquiry(models.Model):
    """A question sent on to a post below, with words of the sender's own.

    `made_by` and `written_by` are the accounts of those who held the posts.
    """

    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="inquiries"
    )
    sender = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=LONGEST)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_on = models.DateField()
    answer_by = models.DateField()
    answer = models.CharField(max_length=LONGEST, blank=True)
    answered_on = models.DateField(null=True, blank=True)
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
                name="an_inquiry_has_its_words", condition=~Q(words="")
            ),
            models.CheckConstraint(
                name="an_answer_from_below_is_whole_or_not_there",
                condition=~Q(answer="")
                & Q(answered_on__isnull=False, written_by__isnull=False)
                | Q(answer="", answered_on__isnull=True, written_by__isnull=True),
            ),
            models.CheckConstraint(
                name="nobody_asks_themselves", condition=~Q(sender=F("to"))
            ),
            models.UniqueConstraint(
                fields=["question", "to"],
                condition=Q(answered_on__isnull=True),
                name="a_post_is_asked_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.sender_id} → {self.to_id}"
