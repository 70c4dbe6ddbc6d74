"""What one post has promised another."""

from typing import TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kaeden.conditions.models import TimeRobber
from kaeden.dialogue.models.conversations import Conversation
from kaeden.dialogue.models.expectations import Expectation
from kaeden.dialogue.rules.commitments import (
    COLUMNS,
    LONGEST,
    LONGEST_REASON,
    OPEN,
    TAKEN,
    About,
    Step,
)
from kaeden.goals.models import Goal
from kaeden.organisation.models import Community, Post, Unit

Hook = TypeVar("Hook", bound=models.Model)

OPEN_STEPS = [step.value for step in OPEN]
TAKEN_STEPS = [step.value for step in TAKEN]


def one_post() -> "models.ForeignKey[Post, Post]":
    """Return a column for one of the two posts."""
    return models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")


def what_it_hangs_on(
    thing: type[Hook],
) -> "models.ForeignKey[Hook | None, Hook | None]":
    """Return a column for something that a commitment may hang on."""
    return models.ForeignKey(
        thing, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )


class Commitment(models.Model):
    """A promise from one post to another, in either direction of a link.

    `proposer` is one of the two: who promises, or who asks for the promise. Another
    commitment may take its place: that one `follows` it. What it hangs on is named by
    `rules.commitments.About`.
    """

    promiser = one_post()
    receiver = one_post()
    proposer = one_post()
    words = models.CharField(max_length=LONGEST)
    due = models.DateField()
    step = models.CharField(
        max_length=12,
        choices=[(step.value, step.value) for step in Step],
        default=Step.PROPOSED.value,
    )
    follows = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="followed_by",
    )
    unit = what_it_hangs_on(Unit)
    indicator = models.SlugField(max_length=60, blank=True)
    goal = what_it_hangs_on(Goal)
    expectation = what_it_hangs_on(Expectation)
    community = what_it_hangs_on(Community)
    time_robber = what_it_hangs_on(TimeRobber)
    conversation = models.ForeignKey(
        Conversation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="commitments",
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_on = models.DateField()
    accepted_on = models.DateField(null=True, blank=True)
    settled_on = models.DateField(null=True, blank=True)
    settled_by = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.CheckConstraint(
                name="a_commitment_has_its_words", condition=~Q(words="")
            ),
            models.CheckConstraint(
                name="nobody_promises_themselves",
                condition=~Q(promiser=F("receiver"))
                & (Q(proposer=F("promiser")) | Q(proposer=F("receiver"))),
            ),
            models.CheckConstraint(
                name="what_both_agreed_on_has_its_day",
                condition=Q(step__in=TAKEN_STEPS, accepted_on__isnull=False)
                | ~Q(step__in=TAKEN_STEPS) & Q(accepted_on__isnull=True),
            ),
            models.CheckConstraint(
                name="what_is_settled_has_its_day_and_its_post",
                condition=Q(
                    step__in=OPEN_STEPS,
                    settled_on__isnull=True,
                    settled_by__isnull=True,
                )
                | ~Q(step__in=OPEN_STEPS)
                & Q(settled_on__isnull=False, settled_by__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_broken_has_its_reason",
                condition=Q(step=Step.BROKEN.value) & ~Q(reason="")
                | ~Q(step=Step.BROKEN.value) & Q(reason=""),
            ),
            models.CheckConstraint(
                name="a_result_is_a_unit_and_an_indicator",
                condition=Q(unit__isnull=True, indicator="")
                | Q(unit__isnull=False) & ~Q(indicator=""),
            ),
            models.UniqueConstraint(
                fields=["follows"],
                condition=Q(step=Step.PROPOSED.value),
                name="one_other_commitment_is_proposed_at_a_time",
            ),
        ]
        indexes = [  # noqa: RUF012 - Django's own form
            models.Index(fields=["step", "due"])
        ]

    def __str__(self) -> str:
        return f"{self.promiser_id} → {self.receiver_id} ({self.step}, {self.due})"

    @property
    def about(self) -> About:
        """What it hangs on."""
        columns = (name for names in COLUMNS.values() for name in names)
        return About(**{name: getattr(self, name) for name in columns})
