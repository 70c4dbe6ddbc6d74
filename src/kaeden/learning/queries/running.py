"""How much a unit runs at once: practices and tests; each docstring says what it costs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from kaeden.learning.models import Adoption
from kaeden.learning.rules.practices import MOST_AT_ONCE, are_too_many


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
    """Return what units run on a day, by path, of those at or below one (1 query)."""
    lasts = Q(ended__isnull=True) | Q(ended__gt=on)
    near = Q(unit__path=below) | Q(unit__path__startswith=f"{below}/")
    running = Adoption.objects.filter(near, lasts, started__lte=on)
    rows = running.order_by("started").values_list(
        "unit__path", "unit__code", "started"
    )
    return _gathered(rows)


def _gathered(rows: Iterable[tuple[str, str, date]]) -> Mapping[str, Load]:
    began: dict[tuple[str, str], list[date]] = {}
    for path, code, day in rows:
        began.setdefault((path, code), []).append(day)
    return {
        path: Load(unit=code, path=path, practices=tuple(days))
        for (path, code), days in began.items()
    }
