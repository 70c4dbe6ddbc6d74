"""A change that a team tries, what it counts, and what it decides."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kaeden.learning.rules.tests_of_change import (
    LONGEST,
    LONGEST_NAME,
    LONGEST_UNIT,
    Audience,
    Better,
    Counted,
    Decision,
    MeasureKind,
)
from kaeden.organisation.models import Post, Unit

UNDECIDED = Q(decision="", why="", decided_on__isnull=True)
DECIDED = (
    ~Q(decision="")
    & ~Q(why="")
    & Q(decided_on__isnull=False, begun_on__isnull=False)
    & Q(decided_on__gte=F("begun_on"))
)


class TestOfChange(models.Model):
    """An aim, and the one change that is tried to reach it.

    `post` leads it and answers for it. `aim_value` is what the outcome is to reach by
    `aim_by`. `practice` is the key of the practice that it tries, if it tries one.
    """

    __test__ = False  # pytest takes it for a test of ours

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME)
    aim = models.CharField(max_length=LONGEST)
    aim_value = models.FloatField()
    aim_by = models.DateField()
    practice = models.CharField(max_length=60, blank=True)
    audience = models.CharField(
        max_length=10,
        choices=[(one.value, one.value) for one in Audience],
        default=Audience.NOBODY.value,
    )
    shared_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_on = models.DateField()

    class Meta:
        verbose_name_plural = "tests of change"
        constraints = [  # noqa: RUF012 - Django's own form
            models.CheckConstraint(
                name="a_test_has_its_name_and_its_aim",
                condition=~Q(name="") & ~Q(aim=""),
            ),
            models.CheckConstraint(
                name="a_test_is_shared_on_a_day",
                condition=Q(audience=Audience.NOBODY.value, shared_on__isnull=True)
                | ~Q(audience=Audience.NOBODY.value) & Q(shared_on__isnull=False),
            ),
        ]
        indexes = [  # noqa: RUF012 - Django's own form
            models.Index(fields=["practice"])
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.made_on}"


class TestPart(models.Model):
    """A unit that takes part in a test, and its post that counts there.

    The post that leads the test has a part too. Another is asked to join, and takes
    part from the day that it does.
    """

    __test__ = False  # pytest takes it for a test of ours

    test = models.ForeignKey(
        TestOfChange, on_delete=models.PROTECT, related_name="parts"
    )
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["test", "post"], name="a_post_takes_part_in_a_test_once"
            ),
            models.CheckConstraint(
                name="a_part_ends_after_it_begins",
                condition=Q(left_on__isnull=True)
                | Q(left_on__gte=F("asked_on"))
                & (Q(joined_on__isnull=True) | Q(left_on__gte=F("joined_on"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.test_id}: {self.post_id}"


class Measure(models.Model):
    """One of a test's three measures: an indicator, or what the team itself counts."""

    test = models.ForeignKey(
        TestOfChange, on_delete=models.PROTECT, related_name="measures"
    )
    kind = models.CharField(
        max_length=9, choices=[(one.value, one.value) for one in MeasureKind]
    )
    indicator = models.CharField(max_length=60, blank=True)
    words = models.CharField(max_length=LONGEST_NAME, blank=True)
    counted = models.CharField(
        max_length=6, blank=True, choices=[(one.value, one.value) for one in Counted]
    )
    unit_of_measure = models.CharField(max_length=LONGEST_UNIT, blank=True)
    better = models.CharField(
        max_length=6, choices=[(one.value, one.value) for one in Better]
    )

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["test", "kind"], name="a_test_has_one_measure_of_each_kind"
            ),
            models.CheckConstraint(
                name="a_measure_is_an_indicator_or_a_count",
                condition=~Q(indicator="") & Q(words="", counted="")
                | Q(indicator="") & ~Q(words="") & ~Q(counted=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.test_id}: {self.kind}"


class TestCycle(models.Model):
    """One time round: the change as it is tried now, from its start to its decision."""

    __test__ = False  # pytest takes it for a test of ours

    test = models.ForeignKey(
        TestOfChange, on_delete=models.PROTECT, related_name="cycles"
    )
    number = models.PositiveSmallIntegerField()
    change = models.CharField(max_length=LONGEST)
    begun_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField()
    decision = models.CharField(
        max_length=7, blank=True, choices=[(one.value, one.value) for one in Decision]
    )
    why = models.CharField(max_length=LONGEST, blank=True)
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("test", "number")
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["test", "number"], name="a_test_has_each_cycle_once"
            ),
            models.UniqueConstraint(
                fields=["test"],
                condition=Q(decision=""),
                name="a_test_has_one_open_cycle_at_a_time",
            ),
            models.CheckConstraint(
                name="a_cycle_has_its_change", condition=~Q(change="")
            ),
            models.CheckConstraint(
                name="a_decision_on_a_cycle_is_whole_or_not_there",
                condition=UNDECIDED | DECIDED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.test_id}.{self.number} ({self.decision or 'open'})"


class Observation(models.Model):
    """What a team counted on a day: a number, or so many of so many. Never of a person."""

    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, related_name="observations"
    )
    part = models.ForeignKey(
        TestPart, on_delete=models.PROTECT, related_name="observations"
    )
    day = models.DateField()
    number = models.FloatField()
    of = models.PositiveIntegerField(null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    noted_on = models.DateField()
    taken_back_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [  # noqa: RUF012 - Django's own form
            models.UniqueConstraint(
                fields=["measure", "part", "day"],
                condition=Q(taken_back_on__isnull=True),
                name="a_day_is_counted_once",
            ),
            models.CheckConstraint(
                name="at_most_all_are_counted",
                condition=Q(number__gte=0)
                & (Q(of__isnull=True) | Q(of__gt=0, number__lte=F("of"))),
            ),
            models.CheckConstraint(
                name="nobody_counts_ahead", condition=Q(day__lte=F("noted_on"))
            ),
        ]
        indexes = [  # noqa: RUF012 - Django's own form
            models.Index(fields=["part", "day"])
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.day}"
