"""How much a unit runs at once: practices and tests; each docstring says what it costs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Greatest

from kaeden.learning.models import Adoption, TestCycle, TestPart
from kaeden.learning.rules.practices import MOST_AT_ONCE, are_too_many

UNIT = ("unit__path", "unit__code")
Began: TypeAlias = tuple[str, str, date]
"""A unit's path and code, and the day on which something of it began."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What a unit runs at once on a day: when each began, the first first.

    `unit` is its code, `path` where the rights to it lie.
    """

    unit: str
    path: str
    practices: tuple[date, ...]
    tests: tuple[date, ...] = ()

    @property
    def count(self) -> int:
        """How many there are in all."""
        return len(self.practices) + len(self.tests)

    @property
    def is_too_much(self) -> bool:
        """Whether there are more than can be done well."""
        return are_too_many(len(self.practices), len(self.tests))

    @property
    def since(self) -> date:
        """The day on which the first one too many began."""
        return sorted((*self.practices, *self.tests))[MOST_AT_ONCE]


def loads(on: date, *, below: str = "dk") -> Mapping[str, Load]:
    """Return what units run on a day, by path, of those at or below one (2 queries).

    Of tests it counts how many: their words are for those who take part.
    """
    near = Q(unit__path=below) | Q(unit__path__startswith=f"{below}/")
    practices, tests = _by_unit(_practices(near, on)), _by_unit(_tests(near, on))
    return {
        path: Load(
            unit=code,
            path=path,
            practices=tuple(practices.get((path, code), ())),
            tests=tuple(tests.get((path, code), ())),
        )
        for path, code in {**practices, **tests}
    }


def _practices(near: Q, on: date) -> Iterable[Began]:
    """Return when the uses that run on a day began (1 query)."""
    lasts = Q(ended__isnull=True) | Q(ended__gt=on)
    running = Adoption.objects.filter(near, lasts, started__lte=on)
    return running.order_by("started", "pk").values_list(*UNIT, "started")


def _tests(near: Q, on: date) -> Iterable[Began]:
    """Return when each unit's parts in the tests that run on a day began (1 query)."""
    lasts = Q(left_on__isnull=True) | Q(left_on__gt=on)
    cycles = TestCycle.objects.filter(test=OuterRef("test"), begun_on__lte=on)
    running = cycles.filter(Q(decided_on__isnull=True) | Q(decided_on__gt=on))
    first = running.order_by("begun_on").values("begun_on")[:1]
    joined = TestPart.objects.filter(near, lasts, joined_on__lte=on)
    began = joined.annotate(began=Greatest(Subquery(first), "joined_on"))
    there = began.filter(Exists(running)).order_by("began", "pk")
    return there.values_list(*UNIT, "began")


def _by_unit(rows: Iterable[Began]) -> Mapping[tuple[str, str], list[date]]:
    found: dict[tuple[str, str], list[date]] = {}
    for path, code, day in rows:
        found.setdefault((path, code), []).append(day)
    return found
