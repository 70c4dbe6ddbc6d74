"""What a community has agreed on, each member's part in it, and visits to colleagues."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kaeden.dialogue.rules import visits
from kaeden.dialogue.rules.commitments import LONGEST, LONGEST_REASON, Step
from kaeden.dialogue.rules.visits import VisitStep
from kaeden.organisation.models import Community, Post

ANSWERS = (Step.ACCEPTED, Step.DECLINED, Step.KEPT, Step.BROKEN)


def a_post() -> "models.ForeignKey[Post, Post]":
    """Return a column for a post that has a part in it."""
    return models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")


class SharedCommitment(models.Model):
    """What a member has proposed that all of a community do, by a day.

    It holds for each member who has said yes, by a row of `Part`.
    """

    community = models.ForeignKey(
        Community, on_delete=models.PROTECT, related_name="shared"
    )
    words = models.CharField(max_length=LONGEST)
    due = models.DateField()
    proposer = a_post()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.CheckConstraint(
                name="a_shared_commitment_has_its_words", condition=~Q(words="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.community_id}: {self.due}"


class Part(models.Model):
    """One member's part in a shared commitment; without a row they have not answered."""

    shared = models.ForeignKey(
        SharedCommitment, on_delete=models.PROTECT, related_name="parts"
    )
    post = a_post()
    step = models.CharField(
        max_length=12, choices=[(step.value, step.value) for step in ANSWERS]
    )
    answered_on = models.DateField()
    settled_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["shared", "post"], name="a_member_has_one_part"
            ),
            models.CheckConstraint(
                name="a_part_that_was_missed_has_its_reason",
                condition=Q(step=Step.BROKEN.value) & ~Q(reason="")
                | ~Q(step=Step.BROKEN.value) & Q(reason=""),
            ),
            models.CheckConstraint(
                name="a_part_that_is_over_has_its_day",
                condition=Q(
                    step__in=[Step.KEPT.value, Step.BROKEN.value],
                    settled_on__isnull=False,
                )
                | Q(
                    step__in=[Step.ACCEPTED.value, Step.DECLINED.value],
                    settled_on__isnull=True,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shared_id}, {self.post_id} ({self.step})"


class Visit(models.Model):
    """One leader comes to another to see how it is done there.

    `community` is theirs, if it is a visit within one. `lesson` is what the visitor
    takes home.
    """

    community = models.ForeignKey(
        Community,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="visits",
    )
    visitor = a_post()
    host = a_post()
    why = models.CharField(max_length=visits.LONGEST)
    step = models.CharField(
        max_length=12,
        choices=[(step.value, step.value) for step in VisitStep],
        default=VisitStep.ASKED.value,
    )
    day = models.DateField(null=True, blank=True)
    lesson = models.CharField(max_length=visits.LONGEST, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_on = models.DateField()
    changed_on = models.DateField()

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.CheckConstraint(
                name="nobody_visits_themselves", condition=~Q(visitor=F("host"))
            ),
            models.CheckConstraint(
                name="a_visit_says_what_it_is_for", condition=~Q(why="")
            ),
            models.CheckConstraint(
                name="a_planned_visit_has_its_day",
                condition=~Q(step__in=[one.value for one in visits.WITH_A_DAY])
                | Q(day__isnull=False),
            ),
            models.CheckConstraint(
                name="what_was_held_has_its_lesson",
                condition=Q(step=VisitStep.HELD.value) & ~Q(lesson="")
                | ~Q(step=VisitStep.HELD.value) & Q(lesson=""),
            ),
            models.UniqueConstraint(
                fields=["visitor", "host"],
                condition=Q(step__in=[one.value for one in visits.OPEN]),
                name="one_visit_of_two_is_open_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visitor_id} → {self.host_id} ({self.step})"
