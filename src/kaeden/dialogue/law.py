"""What the law asks of a conversation: reviewed files, to be checked against the law."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field

from kaeden.dialogue.rules.conversations import Kind
from kaeden.shared.files import read, refusal
from kaeden.shared.text import Text

SHIPPED = Path(__file__).parent / "files" / "law"


class Line(BaseModel):
    """A part of the file: frozen, and nothing beside what is known."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class CoveredBy(StrEnum):
    """What on a conversation's own page covers a point."""

    HELD = "held"
    WROTE = "wrote"
    RESULTS = "results"
    LAST_TIME = "last_time"
    COMMITMENTS = "commitments"
    CONFIRMED = "confirmed"
    ELSEWHERE = "elsewhere"
    NOTHING = "nothing"


class Point(Line):
    """One point: what is asked in plain words, where it stands, what covers it."""

    id: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    text: Text
    reference: Text
    href: str = Field(pattern=r"^https://")
    covered_by: CoveredBy


class Law(Line):
    """The whole file for one kind of conversation."""

    id: Kind
    version: int = Field(ge=1)
    title: Text
    basis: Text
    months: int = Field(ge=1, le=60)
    is_required: bool
    written_down: date
    next_review: date
    owner: str
    sources: tuple[str, ...] = Field(min_length=1)
    points: tuple[Point, ...] = Field(min_length=1)

    @property
    def name(self) -> str:
        """Its name and version, such as ``school@1``."""
        return f"{self.id}@{self.version}"


def load(path: Path) -> Law:
    """Read a file of legal points.

    Raises
    ------
    BadInput
        With every problem of the file.
    """
    found = read(path, Law)
    if found.thing is None:
        raise refusal(path, found.problems)
    return found.thing


def law_of(kind: Kind) -> Law:
    """Return the points that hold now: the municipality's own file, or the shipped one.

    Raises
    ------
    BadInput
        If the municipality's file can't be used; the message says why.
    """
    return _laws(getattr(settings, "KAEDEN_LAW", None))[kind]


def law_held_under(kept: Mapping[str, Any], kind: Kind) -> Law:
    """Return the points that a conversation was held under, or those of today."""
    return Law.model_validate(kept) if kept else law_of(kind)


@lru_cache(maxsize=4)
def _laws(own: Path | None) -> Mapping[Kind, Law]:
    return {kind: load(_path(own, kind)) for kind in Kind}


def _path(own: Path | None, kind: Kind) -> Path:
    name = f"{kind.value}.yaml"
    if own is not None and (own / name).is_file():
        return own / name
    return SHIPPED / name
