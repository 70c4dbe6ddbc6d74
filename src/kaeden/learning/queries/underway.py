"""Read which tests run, for breaks and reminders; each docstring ends with its cost."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q

from kaeden.learning.models import TestCycle
from kaeden.learning.rules.tests_of_change import (
    Audience,
    Stage,
    is_quiet,
    is_undecided,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Underway:
    """A test that runs: who leads it where, until when, and when something was counted.

    `counts_itself` says that there is something for the team to count.
    """

    test_id: int
    name: str
    audience: Audience
    post_id: int
    post_key: str
    path: str
    unit_code: str
    shared_on: date | None
    begun_on: date
    ends_on: date
    newest: date | None
    counts_itself: bool

    def is_undecided(self, day: date) -> bool:
        """Whether it is past its end without a decision."""
        return is_undecided(self.ends_on, stage=Stage.RUNNING, today=day)

    def is_quiet(self, day: date) -> bool:
        """Whether nothing has been counted for too long."""
        return self.counts_itself and is_quiet(
            self.newest, begun_on=self.begun_on, today=day, until=self.ends_on
        )


def underway(day: date) -> list[Underway]:
    """Return the tests that ran on a day in all municipalities (1 query)."""
    counted = Q(
        test__measures__observations__taken_back_on=None,
        test__measures__observations__day__lte=day,
    )
    undecided = Q(decided_on__isnull=True) | Q(decided_on__gt=day)
    rows = TestCycle.objects.filter(undecided, begun_on__lte=day).annotate(
        newest=Max("test__measures__observations__day", filter=counted),
        counted=Max("test__measures__counted"),
    )
    found = rows.select_related("test__post__unit").order_by("ends_on", "pk")
    return [
        Underway(
            test_id=one.test_id,
            name=one.test.name,
            audience=Audience(one.test.audience),
            post_id=one.test.post_id,
            post_key=one.test.post.key,
            path=one.test.post.unit.path,
            unit_code=one.test.post.unit.code,
            shared_on=one.test.shared_on,
            begun_on=one.begun_on,
            ends_on=one.ends_on,
            newest=one.newest,
            counts_itself=bool(one.counted),
        )
        for one in found
        if one.begun_on
    ]
