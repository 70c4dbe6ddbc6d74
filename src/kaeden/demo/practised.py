"""Which practices Fjordby's places have taken up, and what each truly does. Pure."""

from collections.abc import Mapping
from functools import lru_cache

from kaeden.demo.cast import Daycare, Line, School, from_file
from kaeden.demo.places import form_of


class Practised(Line):
    """A practice in Fjordby: where it began in which year, and what it adds there."""

    practice: str
    indicator: str
    by: float
    only: tuple[str, ...] = ()
    adopted: Mapping[str, int]

    def added(self, place: School | Daycare, year: int) -> float:
        """Return what the practice adds at a place in one of the eight years."""
        begun = self.adopted.get(place.code)
        fits = not self.only or form_of(place) in self.only
        return self.by if fits and begun is not None and year >= begun else 0.0


class Practices(Line):
    """Everything in the file."""

    practices: tuple[Practised, ...]


@lru_cache(maxsize=1)
def practised() -> tuple[Practised, ...]:
    """Return what is practised and what it does; read once."""
    return from_file("practices.yaml", Practices).practices


def added(place: School | Daycare, indicator: str, year: int) -> float:
    """Return what all practices add to an indicator at a place in a year."""
    return sum(
        one.added(place, year) for one in practised() if one.indicator == indicator
    )
