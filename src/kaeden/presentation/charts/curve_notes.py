"""What stands beside a curve's own line: notes where it breaks, and its limits."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from kaeden.presentation.charts.curve_marks import Axis
from kaeden.presentation.charts.parts import Scale, path, text_width

ROW = 18
Limits: TypeAlias = tuple[float, float] | None
"""The lower and the upper limit at a point, where the series holds any."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnNote:
    """A vertical line with words, for a break."""

    x: float
    text_x: float
    text_y: float
    words: str


def drawn_breaks(
    breaks: Mapping[str, str], axis: Axis, width: float, *, row: int
) -> tuple[DrawnNote, ...]:
    """Breaks, midway between two periods, with rows of words from `row` on.

    `breaks` are the words of each by the label of the first period after it.
    """
    middle = {
        label: round((left + right) / 2, 1)
        for (left, right), label in zip(
            pairwise(axis.places), axis.labels[1:], strict=True
        )
    }
    shown = [(before, words) for before, words in breaks.items() if before in middle]
    return tuple(
        drawn_note(middle[before], words, place, width)
        for place, (before, words) in enumerate(shown, row)
    )


def drawn_note(x: float, words: str, row: int, width: float) -> DrawnNote:
    """A note beside its line, moved as far left as its words need."""
    most = width - 4 - text_width(words, 14)
    return DrawnNote(
        x=x,
        text_x=round(max(min(x + 6, most), 4), 1),
        text_y=16 + ROW * row,
        words=words,
    )


def limit_lines(
    limits: Sequence[Limits],
    places: Sequence[float],
    scale: Scale,
    phases: Collection[int] = (),
) -> tuple[str, ...]:
    """The lower and the upper limits as lines, each as far as they are held.

    None is drawn from one phase into the next; `phases` are the places where they begin.
    """
    return tuple(
        path([(x, scale.at(pair[edge])) for x, pair in run])
        for edge in (0, 1)
        for run in _held(limits, places, phases)
        if len(run) > 1
    )


def _held(
    limits: Sequence[Limits], places: Sequence[float], phases: Collection[int]
) -> Iterator[list[tuple[float, tuple[float, float]]]]:
    """Give the runs of points that hold limits, with their places."""
    run: list[tuple[float, tuple[float, float]]] = []
    for at, (x, pair) in enumerate(zip(places, limits, strict=True)):
        if pair is None or at in phases:
            yield run
            run = []
        if pair is not None:
            run.append((x, pair))
    yield run
