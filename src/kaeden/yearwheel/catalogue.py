"""What each cycle is called, how often it comes back and what it prepares."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from kaeden.shared.cycles import Cycle
from kaeden.shared.files import read, refusal
from kaeden.shared.text import Text

SHIPPED = Path(__file__).parent / "files" / "cycles.yaml"


class Line(BaseModel):
    """A part of the file: frozen, and nothing beside what is known."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class CycleLine(Line):
    """One cycle; `month` is when it comes each school year, where that is known.

    `since` is the year in which the first school year with it begins.
    """

    id: Cycle
    title: Text
    prepares: Text
    how_often: Text
    month: int | None = Field(default=None, ge=1, le=12)
    since: int | None = None
    source: str


class Cycles(Line):
    """The whole file."""

    version: int = Field(ge=1)
    reviewed_on: date
    next_review: date
    owner: str
    cycles: tuple[CycleLine, ...]


def load(path: Path) -> Cycles:
    """Read a file of cycles.

    Raises
    ------
    BadInput
        With every problem of the file.
    """
    found = read(path, Cycles)
    if found.thing is None:
        raise refusal(path, found.problems)
    return found.thing


@lru_cache
def cycles() -> Mapping[Cycle, CycleLine]:
    """Return the cycles by their names, in the file's order."""
    return {one.id: one for one in load(SHIPPED).cycles}
