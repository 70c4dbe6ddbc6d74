"""The pulse's instrument: a reviewed file of at most five questions."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from kaeden.shared.files import read, refusal
from kaeden.shared.text import Text

SHIPPED = Path(__file__).parent / "instruments" / "pulse.yaml"
MOST_STATEMENTS = 4
"""With the share of time they are five questions, and no more."""


class Part(BaseModel):
    """A part of the file: frozen, and nothing beside what is known."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Statement(Part):
    """Something that both ends of a link agree with, or do not."""

    id: str = Field(pattern=r"^[a-z]+(_[a-z]+)*$")
    text: Text


class TimeQuestion(Part):
    """What share of one's time went to professional leadership, in steps of 10 %."""

    text: Text
    hint: Text


class Caveats(Part):
    """What the answers can't show, in both languages."""

    da: tuple[str, ...] = Field(min_length=1)
    en: tuple[str, ...] = Field(min_length=1)


class Instrument(Part):
    """The whole file."""

    id: str
    version: int = Field(ge=1)
    title: Text
    purpose: Text
    statements: tuple[Statement, ...] = Field(min_length=2, max_length=MOST_STATEMENTS)
    answers: tuple[Text, ...] = Field(min_length=5, max_length=5)
    time: TimeQuestion
    sources: tuple[str, ...] = Field(min_length=1)
    caveats: Caveats
    owner: str
    reviewed_on: date
    next_review: date

    @property
    def name(self) -> str:
        """Its name and version, such as ``pulse@1``; a round keeps it."""
        return f"{self.id}@{self.version}"

    @property
    def items(self) -> tuple[str, ...]:
        """The ids of the statements, in their order."""
        return tuple(one.id for one in self.statements)


def load(path: Path) -> Instrument:
    """Read a file of questions.

    Raises
    ------
    BadInput
        With every problem of the file.
    """
    found = read(path, Instrument)
    if found.thing is None:
        raise refusal(path, found.problems)
    return found.thing


@lru_cache
def instrument() -> Instrument:
    """Return the questions that are asked now."""
    return load(SHIPPED)
