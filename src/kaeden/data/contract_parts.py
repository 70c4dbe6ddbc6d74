"""The parts of a contract that more than one kind of file has, and those about children."""

from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kaeden.shared.text import Text

IDENTIFIER = r"^[a-z][a-z0-9_]*$"
INSTITUTION, PERIOD, CHILD = "institution", "period", "child"
"""What every file of children's rows says of a row, under these names in the lake."""


class Frozen(BaseModel):
    """A part of a contract; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Range(Frozen):
    """A closed interval of numbers."""

    min: float
    max: float


class Part(StrEnum):
    """What a column is for: what is explained, what explains, or how a row counts."""

    OUTCOME = "outcome"
    BACKGROUND = "background"
    WEIGHT = "weight"


class GroupRule(Frozen):
    """Where the group of a child within its unit stands, and what it is."""

    column: str
    level: str = Field(pattern="^(class|group)$")


class ChildColumn(Frozen):
    """What one column says of a child: a number, or one of the words in `values`.

    The words are what the file writes, each with how it is said.
    """

    name: str = Field(pattern=IDENTIFIER)
    title: Text
    column: str
    part: Part
    values: dict[str, Text] = Field(default_factory=dict)
    note: Text | None = None


class ChildrenRule(Frozen):
    """How the rows of a file are about children: one row for each in each period."""

    child: str
    group: GroupRule | None = None
    columns: tuple[ChildColumn, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_name_stands_once(self) -> Self:
        taken = [INSTITUTION, PERIOD, CHILD, *(one.name for one in self.columns)]
        taken += [self.group.level] if self.group else []
        twice = sorted({name for name in taken if taken.count(name) > 1})
        if twice:
            raise ValueError(f"names that stand more than once: {twice}")
        return self

    @property
    def named(self) -> tuple[str, ...]:
        """The columns of the file that this rule reads."""
        group = (self.group.column,) if self.group else ()
        return (self.child, *group, *(one.column for one in self.columns))

    @property
    def levels(self) -> tuple[str, ...]:
        """What can group the rows, outermost first."""
        group = (self.group.level,) if self.group else ()
        return (INSTITUTION, *group, CHILD)
