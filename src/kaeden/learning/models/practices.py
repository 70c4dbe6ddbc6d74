"""Practices that leaders have written, who uses which practice, and what is decided."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kaeden.learning.rules.practices import (
    LONGEST,
    LONGEST_KEY,
    LONGEST_REASON,
    LONGEST_TITLE,
    Fidelity,
    PracticeChoice,
    ReviewStep,
)
from kaeden.organisation.models import Post, Unit

REVIEWED = [ReviewStep.ACCEPTED.value, ReviewStep.RETURNED.value]


def words(
    longest: int = LONGEST, *, blank: bool = False
) -> "models.TextField[str, str]":
    """Return a column for what a person has written."""
    return models.TextField(max_length=longest, blank=blank)


def post_of(name: str = "+") -> "models.ForeignKey[Post, Post]":
    """Return the column of the post that a row is the word of."""
    return models.ForeignKey(Post, on_delete=models.PROTECT, related_name=name)


class WrittenPractice(models.Model):
    """A practice that a leader has written; others see it when it has been reviewed.

    It is the same value as a practice in a file (`learning.practices.Practice`), in
    the one language that it was written in. `review` are the reviewer's words.
    """

    municipality = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="written_practices"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    post = post_of("written_practices")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(max_length=LONGEST_TITLE)
    target_group = words()
    method = words()
    implementation = words(blank=True)
    effect = words(blank=True)
    economy = words(blank=True)
    mechanism = words()
    core_parts = models.JSONField(default=list)
    indicators = models.JSONField(default=list)
    competences = models.JSONField(default=list)
    sectors = models.JSONField(default=list)
    cost_per_child = models.FloatField(null=True, blank=True)
    staff_hours = models.FloatField(null=True, blank=True)
    sources = words(blank=True)
    written_on = models.DateField()
    step = models.CharField(
        max_length=10,
        choices=[(step.value, step.value) for step in ReviewStep],
        default=ReviewStep.SENT.value,
    )
    review = words(LONGEST_REASON, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.CheckConstraint(
                name="a_written_practice_says_what_for_whom_and_why",
                condition=~Q(title="")
                & ~Q(target_group="")
                & ~Q(method="")
                & ~Q(mechanism=""),
            ),
            models.CheckConstraint(
                name="a_review_has_its_day_and_its_post",
                condition=~Q(step__in=REVIEWED)
                | Q(reviewed_on__isnull=False, reviewed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="a_practice_is_returned_with_words",
                condition=~Q(step=ReviewStep.RETURNED.value) | ~Q(review=""),
            ),
            models.CheckConstraint(
                name="a_practice_costs_nothing_or_more",
                condition=(Q(cost_per_child__isnull=True) | Q(cost_per_child__gte=0))
                & (Q(staff_hours__isnull=True) | Q(staff_hours__gte=0)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.written_on}"

    @property
    def key(self) -> str:
        """What it is called among all practices: the municipality's code and a number.

        The municipality has to be read along.
        """
        return f"{self.municipality.code}-{self.pk}"


class Adoption(models.Model):
    """A unit uses a practice from a day, perhaps to a day; a leader's word."""

    practice = models.CharField(max_length=LONGEST_KEY)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="adoptions")
    started = models.DateField()
    ended = models.DateField(null=True, blank=True)
    fidelity = models.CharField(
        max_length=8,
        choices=[(one.value, one.value) for one in Fidelity],
        default=Fidelity.UNKNOWN.value,
    )
    adaptations = words(blank=True)
    why_ended = words(LONGEST_REASON, blank=True)
    post = post_of("adoptions")

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["unit", "practice"],
                condition=Q(ended__isnull=True),
                name="a_unit_uses_a_practice_once_at_a_time",
            ),
            models.CheckConstraint(
                name="an_adoption_ends_after_it_starts",
                condition=Q(ended__isnull=True) | Q(ended__gte=F("started")),
            ),
            models.CheckConstraint(
                name="an_adoption_names_a_practice", condition=~Q(practice="")
            ),
        ]
        indexes = [  # noqa: RUF012 - Django's own form
            models.Index(fields=["practice", "started"])
        ]

    def __str__(self) -> str:
        return f"{self.practice}: {self.started}"


class PracticeDecision(models.Model):
    """What a chief or the director has decided of a practice, and why; only added to.

    It holds at `unit` and below it until the next one there.
    """

    practice = models.CharField(max_length=LONGEST_KEY)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="practice_decisions"
    )
    choice = models.CharField(
        max_length=8, choices=[(one.value, one.value) for one in PracticeChoice]
    )
    reason = words(LONGEST_REASON)
    decided_on = models.DateField()
    post = post_of("practice_decisions")

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.CheckConstraint(
                name="a_decision_on_a_practice_has_its_reason",
                condition=~Q(reason="") & ~Q(practice=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice}: {self.choice}"
