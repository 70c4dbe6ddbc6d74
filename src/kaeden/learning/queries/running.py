"""How much a unit runs at once: practices and tests; each docstring says what it costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Greatest

from kaeden.learning.models import Adoption, TestCycle, TestPart
from kaeden.learning.rules.practices import MOST_AT_ONCE, are_too_many

UNIT = ("unit__path", "unit__code")


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
    """Return what units run on a day, by path, of those at or below one (1 query).

    Of tests it counts how many: their words are for those who take part.
    """
    near = Q(unit__path=below) | Q(unit__path__startswith=f"{below}/")
    columns = (*UNIT, "day", "is_test")
    practices = _practices(near, on).order_by().values_list(*columns)
    tests = _tests(near, on).order_by().values_list(*columns)
    found: dict[tuple[str, str], tuple[list[date], list[date]]] = {}
    rows = sorted(practices.union(tests, all=True), key=lambda row: row[2])
    for path, code, day, is_test in rows:
        found.setdefault((path, code), ([], []))[is_test].append(day)
    return {
        path: Load(
            unit=code, path=path, practices=tuple(began[0]), tests=tuple(began[1])
        )
        for (path, code), began in found.items()
    }


def _practices(near: Q, on: date) -> QuerySet[Adoption]:
    """Return the uses that run on a day, with when each began."""
    lasts = Q(ended__isnull=True) | Q(ended__gt=on)
    running = Adoption.objects.filter(near, lasts, started__lte=on)
    return running.annotate(day=F("started"), is_test=Value(False))


def _tests(near: Q, on: date) -> QuerySet[TestPart]:
    """Return each unit's parts in the tests that run on a day, with when each began."""
    lasts = Q(left_on__isnull=True) | Q(left_on__gt=on)
    cycles = TestCycle.objects.filter(test=OuterRef("test"), begun_on__lte=on)
    running = cycles.filter(Q(decided_on__isnull=True) | Q(decided_on__gt=on))
    first = running.order_by("begun_on").values("begun_on")[:1]
    joined = TestPart.objects.filter(near, lasts, joined_on__lte=on)
    began = joined.filter(Exists(running))
    return began.annotate(
        day=Greatest(Subquery(first), "joined_on"), is_test=Value(True)
    )
