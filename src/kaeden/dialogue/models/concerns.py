"""Concerns that travel up the chain, and the way that each has gone."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kaeden.dialogue.rules.concerns import LONGEST
from kaeden.goals.models import Goal
from kaeden.organisation.models import Post, Unit

ANSWERED = ~Q(answer="") & Q(
    answered_on__isnull=False, answered_by__isnull=False, written_by__isnull=False
)
UNANSWERED = Q(
    answer="",
    answered_on__isnull=True,
    answered_by__isnull=True,
    written_by__isnull=True,
)
NOTHING = Q(unit__isnull=True, indicator="")
A_RESULT = Q(unit__isnull=False, goal__isnull=True) & ~Q(indicator="")


class Concern(models.Model):
    """What a post is worried about or needs, to be answered above by a day.

    `at` is the post that it waits for, or that answered it. `made_by` and `written_by`
    are the accounts of those who held the posts.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    words = models.CharField(max_length=LONGEST)
    goal = models.ForeignKey(
        Goal, null=True, blank=True, on_delete=models.PROTECT, related_name="concerns"
    )
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    indicator = models.CharField(max_length=100, blank=True)
    written_on = models.DateField()
    answer_by = models.DateField()
    at = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
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
                name="a_concern_has_its_words", condition=~Q(words="")
            ),
            models.CheckConstraint(
                name="a_concern_is_about_one_thing_at_most",
                condition=NOTHING | A_RESULT,
            ),
            models.CheckConstraint(
                name="an_answer_to_a_concern_is_whole_or_not_there",
                condition=ANSWERED | UNANSWERED,
            ),
            models.CheckConstraint(
                name="an_answered_concern_is_not_taken_back",
                condition=Q(withdrawn_on__isnull=True) | UNANSWERED,
            ),
            models.CheckConstraint(
                name="nobody_writes_a_concern_to_themselves",
                condition=~Q(post=F("at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} → {self.at_id}: {self.written_on} – {self.answer_by}"


class Passage(models.Model):
    """A step of a concern's way up: from a post to one above, with words of its own.

    The first is the writing itself and adds no words.
    """

    concern = models.ForeignKey(
        Concern, on_delete=models.PROTECT, related_name="passages"
    )
    number = models.PositiveSmallIntegerField()
    sender = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=LONGEST, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    sent_on = models.DateField()

    class Meta:
        ordering = ("concern", "number")
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["concern", "number"], name="a_concern_takes_a_step_once"
            ),
            models.CheckConstraint(
                name="who_carries_a_concern_adds_words",
                condition=Q(number=1, words="") | Q(number__gt=1) & ~Q(words=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.concern_id}.{self.number}: {self.sender_id} → {self.to_id}"
