"""What is planted in the rows of Fjordby's children, read from its file."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from kaeden.demo.cast import Line, from_file


class NumberLine(Line):
    """A number of background: how it is spread over schools and children."""

    mean: float
    between: float
    child: float
    decimals: int
    possible: tuple[float, float]


class SchoolLine(Line):
    """What is true of one school: of a background, or of an indicator."""

    unit: str
    of: str
    by: float


class OutcomeLine(Line):
    """How an outcome follows from background, class, child and year."""

    indicator: str
    column: str
    decimals: int
    effects: dict[str, float]
    class_spread: float
    child: float
    year: float
    slopes: float
    only: int | None = None
    is_yes_or_no: bool = False


class Unanswered(Line):
    """How many don't answer, and how much likelier that is by a year less education."""

    share: float
    steeper: float


class ChildrenTruth(Line):
    """Everything in the file."""

    years: int
    groups: tuple[int, int]
    parents_education: NumberLine
    earlier_result: NumberLine
    girls: float
    other_language: float
    intake: tuple[SchoolLine, ...]
    outcomes: tuple[OutcomeLine, ...]
    gradients: tuple[SchoolLine, ...]
    lifts: tuple[SchoolLine, ...]
    unanswered: Unanswered
    unknown: dict[str, float]
    movers: float

    @property
    def numbers(self) -> Mapping[str, NumberLine]:
        """The numbers of background, by name."""
        return {
            "parents_education": self.parents_education,
            "earlier_result": self.earlier_result,
        }


@lru_cache(maxsize=1)
def truth() -> ChildrenTruth:
    """Return how the children are drawn and what is planted; read once."""
    return from_file("children.yaml", ChildrenTruth)


def planted(
    lines: Iterable[SchoolLine], unit: str, of: str, *, default: float = 0.0
) -> float:
    """Return what is planted at a school, or what it has without that."""
    found = (one.by for one in lines if (one.unit, one.of) == (unit, of))
    return next(found, default)
