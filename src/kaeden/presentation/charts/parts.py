"""What all charts share: a scale, lines of reference, and the table beneath."""

import math
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kaeden.presentation.numbers import Form, status_words
from kaeden.shared.status import ValueStatus

DASH = "–"
LETTER = 0.54  # mean width of a letter of IBM Plex Sans, in font sizes


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferenceLine:
    """A value that the others are held against, and what it is called."""

    label: str
    value: float


@dataclass(frozen=True, kw_only=True, slots=True)
class TableRow:
    """One row: the name of it, then a text per column."""

    name: str
    cells: tuple[str, ...]
    href: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FigureTable:
    """The same rows as the picture; `heads` includes the head of the names."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[TableRow, ...]
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tick:
    """A place on an axis and the words there."""

    at: float
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnLine:
    """A line of reference in the picture, and where its label stands."""

    at: float
    text_x: float
    text_y: float
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """Turns values into coordinates; `start` may lie beyond `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The coordinate of a value, to a tenth of a pixel."""
        share = (value - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)

    def ticks(
        self, form: Form, wanted: int = 5, *, signed: bool = False
    ) -> tuple[Tick, ...]:
        """Round values within the scale, with no more digits than the form has."""
        step = max(round_step(self.high - self.low, wanted), 10.0**-form.decimals)
        first = math.ceil(round(self.low / step, 6))
        last = math.floor(round(self.high / step, 6))
        values = (step * count for count in range(first, last + 1))
        write = form.signed if signed else form.text
        return tuple(Tick(at=self.at(value), label=write(value)) for value in values)


def round_step(span: float, wanted: int) -> float:
    """The step of 1, 2 or 5 times a power of ten that gives about so many ticks."""
    rough = span / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= rough * 0.999)


def scale_over(values: Iterable[float], start: float, end: float) -> Scale:
    """A scale that holds all values with some air, and never no span at all."""
    known = list(values) or [0.0, 1.0]
    low, high = min(known), max(known)
    air = (high - low) * 0.08 or max(abs(high) * 0.1, 1.0)
    bottom = max(low - air, 0.0) if low >= 0 else low - air
    return Scale(low=bottom, high=high + air, start=start, end=end)


def value_cell(value: float | None, status: ValueStatus, form: Form) -> str:
    """The value as text, or the word for why there is none."""
    if value is None or not status.has_number:
        return status_words(status) or status_words(ValueStatus.MISSING)
    return form.text(value)


def interval_cell(low: float | None, high: float | None, form: Form) -> str:
    """The interval as text, or a dash."""
    return DASH if low is None or high is None else form.interval(low, high)


def known(values: Iterable[float | None]) -> list[float]:
    """The values that are there."""
    return [value for value in values if value is not None]


def alphabetical(name: str) -> str:
    """A key that sorts names as Danes do: æ, ø and å (also written aa) come last."""
    folded = name.casefold().replace("aa", "å")
    return folded.translate(str.maketrans("æøå", "{|}"))


def wrapped(text: str, width: float, size: float) -> tuple[str, ...]:
    """Lines of at most about this width in pixels, at this font size."""
    letters = max(int(width / (size * LETTER)), 6)
    words = " ".join(halved(word, letters) for word in text.split())
    return tuple(textwrap.wrap(words, letters, break_long_words=False)) or ("",)


def halved(word: str, letters: int) -> str:
    """A word too long for a line, parted with a hyphen: where two words meet in it.

    Many Danish compounds are joined by an s; else it is parted in the middle.

    >>> halved("ungdomsuddannelse", 13), halved("dagtilbudschef", 10)
    ('ungdoms- uddannelse', 'dagtilbuds- chef')
    """
    if len(word) <= letters:
        return word
    half = (len(word) + 1) // 2
    joints = [place + 1 for place, letter in enumerate(word[:-3]) if letter == "s"]
    near = [place for place in joints if abs(place - half) <= len(word) / 4]
    at = min(near, key=lambda place: abs(place - half), default=half)
    return f"{word[:at]}- {word[at:]}"


def text_width(text: str, size: float) -> float:
    """About how wide a text is in pixels, at this font size."""
    return len(text) * size * LETTER


def shortened(text: str, width: float, size: float) -> str:
    """One line of about this width at most, cut with an ellipsis."""
    letters = max(int(width / (size * LETTER)), 4)
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"


def path(points: Sequence[tuple[float, float]]) -> str:
    """A line through the points, as SVG writes it."""
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)
