"""What support is offered, and what leaders need of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from kaeden.conditions.rules.support import (
    FASTEST,
    LONGEST,
    LONGEST_OFFER,
    LONGEST_REASON,
    OPEN,
    OVER,
    SLOWEST,
    Rating,
    Step,
)
from kaeden.organisation.models import Post

OPEN_STEPS = [step.value for step in OPEN]
OVER_STEPS = [step.value for step in OVER]


def a_post(*, optional: bool = True) -> "models.ForeignKey[Post | None, Post | None]":
    """Return a column for a post that stands at a need."""
    return models.ForeignKey(
        Post,
        null=optional,
        blank=optional,
        on_delete=models.PROTECT,
        related_name="+",
    )


class SupportOffer(models.Model):
    """What a post offers others, for whom, and within how many working days it answers."""

    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="support_offers"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    what = models.CharField(max_length=LONGEST_OFFER)
    for_whom = models.CharField(max_length=LONGEST_OFFER)
    answer_days = models.PositiveSmallIntegerField()
    begun_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.CheckConstraint(
                name="an_offer_says_what_and_for_whom",
                condition=~Q(what="") & ~Q(for_whom=""),
            ),
            models.CheckConstraint(
                name="an_offer_promises_an_answer",
                condition=Q(answer_days__gte=FASTEST, answer_days__lte=SLOWEST),
            ),
            models.UniqueConstraint(
                fields=["post", "what"],
                condition=Q(ended_on__isnull=True),
                name="a_post_offers_the_same_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.begun_on}"


class SupportNeed(models.Model):
    """What a post needs: of an offer, or of anybody who can help.

    `answer_by` is the promise, counted when it was asked. `answered_by` answers with
    words and a day, or says no. A post above may answer what is not met (`decision`).
    """

    asked_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="needs")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    offer = models.ForeignKey(
        SupportOffer,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="needs",
    )
    words = models.CharField(max_length=LONGEST)
    wanted_by = models.DateField()
    asked_on = models.DateField()
    answer_by = models.DateField()
    step = models.CharField(
        max_length=12,
        choices=[(step.value, step.value) for step in Step],
        default=Step.ASKED.value,
    )
    answer = models.CharField(max_length=LONGEST, blank=True)
    met_by = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = a_post()
    settled_on = models.DateField(null=True, blank=True)
    settled_by = a_post()
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    rating_words = models.CharField(max_length=LONGEST_REASON, blank=True)
    rated_on = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=LONGEST, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = a_post()

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.CheckConstraint(name="a_need_has_its_words", condition=~Q(words="")),
            models.CheckConstraint(
                name="an_answer_to_a_need_has_its_post",
                condition=Q(answered_on__isnull=False, answered_by__isnull=False)
                | Q(answered_on__isnull=True, answered_by__isnull=True, answer=""),
            ),
            models.CheckConstraint(
                name="a_day_to_meet_a_need_has_its_words",
                condition=Q(met_by__isnull=True, answer="")
                | (Q(met_by__isnull=False) & ~Q(answer="")),
            ),
            models.CheckConstraint(
                name="an_answered_need_has_its_day",
                condition=~Q(step__in=[Step.ANSWERED.value, Step.MET.value])
                | Q(met_by__isnull=False),
            ),
            models.CheckConstraint(
                name="a_settled_need_has_its_day_and_its_post",
                condition=Q(
                    step__in=OPEN_STEPS,
                    settled_on__isnull=True,
                    settled_by__isnull=True,
                )
                | ~Q(step__in=OPEN_STEPS)
                & Q(settled_on__isnull=False, settled_by__isnull=False),
            ),
            models.CheckConstraint(
                name="an_unmet_need_has_its_reason",
                condition=Q(step=Step.NOT_MET.value) & ~Q(reason="")
                | ~Q(step=Step.NOT_MET.value) & Q(reason=""),
            ),
            models.CheckConstraint(
                name="only_what_is_over_is_rated",
                condition=Q(rating__isnull=True, rated_on__isnull=True, rating_words="")
                | Q(
                    rating__gte=min(Rating).value,
                    rating__lte=max(Rating).value,
                    rated_on__isnull=False,
                    step__in=OVER_STEPS,
                ),
            ),
            models.CheckConstraint(
                name="a_decision_on_a_need_is_whole",
                condition=Q(
                    decision="", decided_on__isnull=True, decided_by__isnull=True
                )
                | ~Q(decision="")
                & Q(decided_on__isnull=False, decided_by__isnull=False),
            ),
        ]
        indexes = [  # noqa: RUF012 - Django's own form
            models.Index(fields=["step", "answer_by"])
        ]

    def __str__(self) -> str:
        return f"{self.asked_by_id} ({self.step}, {self.answer_by})"
