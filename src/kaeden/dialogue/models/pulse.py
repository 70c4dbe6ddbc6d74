"""Rounds of the pulse, who has answered, and answers that belong to nobody.

A ticket says that a holding has answered in a round. An answer says what somebody
answered, and no more than it must: there is no column in it, nor any order or time,
that leads to a ticket. See `actions.pulse` for how it is put in.
"""

from django.db import models
from django.db.models import Q

from kaeden.dialogue.rules.pulse import TENTHS, Side, TimeLevel
from kaeden.organisation.models import Holding, Unit


class PulseRound(models.Model):
    """A round in one municipality; at most one in a quarter, and one open at a time."""

    municipality = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="pulse_rounds"
    )
    quarter = models.CharField(max_length=6)
    instrument = models.CharField(max_length=40)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["municipality", "quarter"],
                name="a_pulse_is_taken_once_a_quarter",
            ),
            models.UniqueConstraint(
                fields=["municipality"],
                condition=Q(closed_on__isnull=True),
                name="one_pulse_is_open_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quarter} ({self.municipality})"


class PulseTicket(models.Model):
    """Somebody who held a post has answered; not what."""

    round = models.ForeignKey(
        PulseRound, on_delete=models.PROTECT, related_name="tickets"
    )
    holding = models.ForeignKey(Holding, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["round", "holding"], name="a_holding_answers_a_round_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.holding_id}"


class PulseAnswer(models.Model):
    """What was answered about a link, from one of its sides.

    `about` is the key of the post that leads the link, and `level` its level then.
    `scores` holds an answer, 1 to 5, for each statement by its id.
    """

    round = models.ForeignKey(
        PulseRound, on_delete=models.PROTECT, related_name="answers"
    )
    side = models.CharField(max_length=5, choices=[(s.value, s.value) for s in Side])
    about = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField()
    scores = models.JSONField()

    class Meta:
        indexes = [  # noqa: RUF012 - Django's own form
            models.Index(fields=["round", "side", "about"])
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.side} {self.about}"


class TimeShare(models.Model):
    """Somebody's share of time on professional leadership, in tenths."""

    round = models.ForeignKey(
        PulseRound, on_delete=models.PROTECT, related_name="time_shares"
    )
    level = models.CharField(
        max_length=12, choices=[(one.value, one.value) for one in TimeLevel]
    )
    tenths = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.CheckConstraint(
                name="a_share_of_time_is_between_none_and_all",
                condition=Q(tenths__lte=TENTHS),
            )
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.level} {self.tenths}"
