"""What two linked posts expect of each other, and when each end confirmed it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kaeden.dialogue.rules.expectations import LONGEST, Way
from kaeden.dialogue.rules.links import End
from kaeden.organisation.models import Holding, Post

ENDS = [(end.value, end.value) for end in End]


class Expectation(models.Model):
    """One wording of what one end of a link expects of the other.

    Words are never rewritten: other words are another row with the next `number`.
    Which one is current, and whether it is confirmed, is judged by
    `rules.expectations` from these rows, the confirmations and who holds the posts.
    """

    upper = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    lower = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=4, choices=[(w.value, w.value) for w in Way])
    number = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=LONGEST)
    proposed_by = models.CharField(max_length=5, choices=ENDS)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_on = models.DateField()
    discussed_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["upper", "lower", "way", "number"],
                name="an_expectation_is_worded_one_after_the_other",
            ),
            models.CheckConstraint(
                name="an_expectation_has_its_words", condition=~Q(words="")
            ),
            models.CheckConstraint(
                name="nobody_expects_something_of_themselves",
                condition=~Q(upper=F("lower")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.upper_id} – {self.lower_id}, {self.way} ({self.number})"


class Confirmation(models.Model):
    """One end has confirmed a wording, while two holdings stood at the ends."""

    expectation = models.ForeignKey(
        Expectation, on_delete=models.PROTECT, related_name="confirmations"
    )
    end = models.CharField(max_length=5, choices=ENDS)
    upper_holding = models.ForeignKey(
        Holding, on_delete=models.PROTECT, related_name="+"
    )
    lower_holding = models.ForeignKey(
        Holding, on_delete=models.PROTECT, related_name="+"
    )
    on = models.DateField()

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["expectation", "end", "upper_holding", "lower_holding", "on"],
                name="an_end_confirms_once_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.expectation_id}: {self.end} {self.on}"
