"""Which units a unit carries on, and who carries on those. Pure; no database."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Descent:
    """From a day on, one unit carries on another; both by their id."""

    predecessor: int
    successor: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """A unit of a lineage: what it is called, and from when until when it is there."""

    name: str
    code: str
    since: date
    until: date | None = None

    @property
    def is_there(self) -> bool:
        """Whether it has not ended."""
        return self.until is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """A unit, all that it carries on, and all that carries on those.

    `kin` holds the facts of every unit that the descents name, and of the unit itself.
    """

    unit: int
    kin: Mapping[int, Kin]
    descents: tuple[Descent, ...] = ()

    def at(self, day: date) -> "Lineage":
        """Return the lineage as it was on a day: what came later has not happened."""
        kin = {
            pk: replace(one, until=None) if one.until and one.until > day else one
            for pk, one in self.kin.items()
        }
        past = tuple(one for one in self.descents if one.on <= day)
        return replace(self, kin=kin, descents=past)

    def into(self, unit: int) -> Iterator[Descent]:
        """Give the descents that end in a unit, the earliest first."""
        found = (one for one in self.descents if one.successor == unit)
        yield from sorted(found, key=lambda one: (one.on, one.predecessor))

    def ancestors(self) -> frozenset[int]:
        """Return every unit that the unit carries on, near or far."""
        found: set[int] = set()
        waiting = [self.unit]
        while waiting:
            above = {one.predecessor for one in self.into(waiting.pop())}
            waiting += above - found
            found |= above
        return frozenset(found)

    def heirs(self, unit: int) -> frozenset[int]:
        """Return the units of today that carry a unit on; itself, if it is there."""
        found: set[int] = set()
        seen: set[int] = set()
        waiting = [unit]
        while waiting:
            one = waiting.pop()
            if one in seen:
                continue
            seen.add(one)
            if self.kin[one].is_there:
                found.add(one)
            waiting += [d.successor for d in self.descents if d.predecessor == one]
        return frozenset(found)
