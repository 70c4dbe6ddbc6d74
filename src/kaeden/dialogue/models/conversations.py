"""What the two ends of a link talk about: prepared, held, agreed on and confirmed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kaeden.dialogue.rules.conversations import (
    LONGEST_CONCLUSION,
    LONGEST_CORRECTION,
    LONGEST_PART,
    Kind,
)
from kaeden.dialogue.rules.links import End
from kaeden.organisation.models import Holding, Post, Unit
from kaeden.publication.models import Release

ENDS = [(end.value, end.value) for end in End]


def a_post() -> "models.ForeignKey[Post, Post]":
    """Return a column for one of the two posts."""
    return models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")


def a_writer() -> "models.ForeignKey[models.Model, models.Model]":
    """Return a column for who wrote it."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )


class Conversation(models.Model):
    """A planned or held conversation about one unit, between the posts of a link.

    Where it is, is judged by `rules.conversations` from its rows. `law` is the list of
    legal points as the file stood on the day it was held; empty until then.
    """

    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in Kind])
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    upper = a_post()
    lower = a_post()
    planned_for = models.DateField()
    opens_on = models.DateField()
    planned_on = models.DateField()
    made_by = a_writer()
    held_on = models.DateField(null=True, blank=True)
    held_by = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    law = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.CheckConstraint(
                name="nobody_talks_with_themselves", condition=~Q(upper=F("lower"))
            ),
            models.CheckConstraint(
                name="a_held_conversation_was_held_by_a_post",
                condition=Q(held_on__isnull=True, held_by__isnull=True)
                | Q(held_on__isnull=False, held_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["upper", "lower"],
                condition=Q(held_on__isnull=True),
                name="two_posts_plan_one_conversation_at_a_time",
            ),
        ]
        indexes = [  # noqa: RUF012 - Django's own form
            models.Index(fields=["lower", "held_on"])
        ]

    def __str__(self) -> str:
        return f"{self.upper_id} – {self.lower_id}, {self.planned_for}"


class Preparation(models.Model):
    """What one end has written before a conversation; other words are another row.

    `results` are ids of indicators, as the `release` shows them of the unit.
    """

    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="preparations"
    )
    end = models.CharField(max_length=5, choices=ENDS)
    number = models.PositiveSmallIntegerField()
    focus = models.JSONField(default=list)
    tried = models.CharField(max_length=LONGEST_PART, blank=True)
    needs = models.CharField(max_length=LONGEST_PART, blank=True)
    results = models.JSONField(default=list, blank=True)
    release = models.ForeignKey(
        Release, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_by = a_writer()
    written_on = models.DateField()

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["conversation", "end", "number"],
                name="an_end_prepares_one_after_the_other",
            )
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id}: {self.end} ({self.number})"


class Conclusion(models.Model):
    """What the two agree on; other words are another row, and take a yes back."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="conclusions"
    )
    number = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=LONGEST_CONCLUSION)
    open_parts = models.JSONField(default=list, blank=True)
    post = a_post()
    made_by = a_writer()
    written_on = models.DateField()

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["conversation", "number"],
                name="a_conclusion_is_worded_one_after_the_other",
            ),
            models.CheckConstraint(
                name="a_conclusion_has_its_words", condition=~Q(words="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id} ({self.number})"


class Agreed(models.Model):
    """One end has confirmed a conclusion."""

    conclusion = models.ForeignKey(
        Conclusion, on_delete=models.PROTECT, related_name="agreed"
    )
    end = models.CharField(max_length=5, choices=ENDS)
    post = a_post()
    on = models.DateField()

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["conclusion", "end"], name="an_end_agrees_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.conclusion_id}: {self.end} {self.on}"


class Correction(models.Model):
    """What was added to a conversation after both had confirmed it."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="corrections"
    )
    words = models.CharField(max_length=LONGEST_CORRECTION)
    post = a_post()
    made_by = a_writer()
    added_on = models.DateField()

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.CheckConstraint(
                name="a_correction_has_its_words", condition=~Q(words="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id}, {self.added_on}"


class Burden(models.Model):
    """What weighs on the two, sealed, for the two who hold the posts, until a day.

    The only row of the dialogue that is deleted: that is what it is for.
    """

    conversation = models.OneToOneField(
        Conversation, on_delete=models.PROTECT, related_name="burden"
    )
    sealed = models.BinaryField()
    number = models.PositiveSmallIntegerField()
    delete_on = models.DateField()
    upper_holding = models.ForeignKey(
        Holding, on_delete=models.PROTECT, related_name="+"
    )
    lower_holding = models.ForeignKey(
        Holding, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.conversation_id} until {self.delete_on}"
