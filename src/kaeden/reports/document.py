"""A document: headings, paragraphs, lists and tables, in the order they are read."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias


class Shape(StrEnum):
    """What a document is set for: a sheet of paper, or a screen on a wall."""

    A4 = "a4"
    SLIDE = "slide"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` is 1, or 2 below a heading of level 1."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences; `is_strong` sets them in bold, and lines are kept as lines."""

    text: str
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list: numbered, or with a dot before each line."""

    lines: tuple[str, ...]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below a row of headings, each as long as that; the first column leads."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG, and in words what it shows, for those who don't see it."""

    svg: str
    words: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Two columns: what stands to the left is read first."""

    left: tuple["DocumentPart", ...]
    right: tuple["DocumentPart", ...]


DocumentPart: TypeAlias = Heading | Paragraph | Bullets | Table | Picture | Beside


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Everything that is on the paper; `day` is the day it tells of.

    The same document gives the same bytes, whenever it is made. With `is_one_page` its
    letters become as small as one page needs them, down to half their size.
    """

    title: str
    subtitle: str
    day: date
    parts: tuple[DocumentPart, ...]
    footer: str = ""
    shape: Shape = Shape.A4
    is_one_page: bool = False


def plain(text: str) -> str:
    r"""Return a text as it can be printed: composed letters, no invisible signs.

    >>> plain("A\u030arhus\x00\r\nby\u200b")
    'Århus\nby'
    """
    composed = unicodedata.normalize("NFC", text)
    kept = (
        sign
        for sign in composed
        if sign == "\n" or unicodedata.category(sign)[0] != "C"
    )
    return "".join(kept)
