"""Curves on logarithmic axes as SVG, readable on a phone and without colours."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from math import ceil, floor, log10

WIDTH, HEIGHT = 390, 400
LEFT, RIGHT, TOP, BOTTOM = 44, 110, 30, 48
LINE = 15
"""Least distance between two labels."""
INK, GRID = "#1a1a1a", "#d9d9d9"
COLOURS = (
    *("#0b4f9e", "#a33b00", "#3c6e00", "#7a2b8f", "#8a6100", "#00696b", "#a11245"),
    "#4d4d4d",
)
FRAME = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
    f'width="{WIDTH}" height="{HEIGHT}" role="img" font-family="sans-serif" '
    f'font-size="13" fill="{INK}">'
)
MARKS = (
    '<circle cx="{x}" cy="{y}" r="4.5" fill="{c}"/>',
    '<rect x="{left}" y="{top}" width="8" height="8" fill="{c}"/>',
    '<path d="M{x} {top}l5 9h-10z" fill="{c}"/>',
    '<path d="M{x} {top}l5 5-5 5-5-5z" fill="{c}"/>',
    '<circle cx="{x}" cy="{y}" r="4" fill="#fff" stroke="{c}" stroke-width="2"/>',
    '<rect x="{left}" y="{top}" width="7" height="7" fill="#fff" stroke="{c}"/>',
    '<path d="M{left} {top}l8 8m0-8l-8 8" stroke="{c}" stroke-width="2"/>',
    '<path d="M{x} {top}v9m-4.5-4.5h9" stroke="{c}" stroke-width="2"/>',
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One contestant's points, in the units of the axes."""

    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Curves with what their axes measure, and what they show in a sentence."""

    title: str
    summary: str
    across: str
    up: str
    curves: tuple[Curve, ...]


def drawn(chart: Chart) -> str:
    """Return the chart as SVG; the first curve is the thick one."""
    scale = _Scale.of(chart.curves)
    ends = _apart([scale.y(one.points[-1][1]) for one in chart.curves])
    parts = [
        FRAME,
        f"<title>{escape(chart.title)}</title>",
        f"<desc>{escape(chart.summary)}</desc>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="4" y="16">{escape(chart.up)}</text>',
        f'<text x="{LEFT}" y="{HEIGHT - 8}">{escape(chart.across)}</text>',
        *_grid(scale),
    ]
    for place, (one, end) in enumerate(zip(chart.curves, ends, strict=True)):
        parts += _curve(one, place, scale, end)
    return "\n".join([*parts, "</svg>", ""])


@dataclass(frozen=True, slots=True)
class _Scale:
    """Decades from left to right and from bottom to top."""

    across: tuple[int, int]
    up: tuple[int, int]

    @classmethod
    def of(cls, curves: Sequence[Curve]) -> "_Scale":
        pairs = [point for one in curves for point in one.points]
        return cls(*(_decades([pair[axis] for pair in pairs]) for axis in (0, 1)))

    def x(self, value: float) -> float:
        low, high = self.across
        share = (log10(value) - low) / (high - low)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(self, value: float) -> float:
        low, high = self.up
        share = (log10(value) - low) / (high - low)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)


def _decades(values: Sequence[float]) -> tuple[int, int]:
    low, high = floor(log10(min(values))), ceil(log10(max(values)))
    return low, max(high, low + 1)


def _grid(scale: _Scale) -> Iterator[str]:
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    for power in range(scale.across[0], scale.across[1] + 1):
        x = scale.x(10.0**power)
        yield f'<path d="M{x} {TOP}V{bottom}" stroke="{GRID}"/>'
        yield f'<text x="{x}" y="{bottom + 18}" text-anchor="middle">{_plain(power)}</text>'
    for power in range(scale.up[0], scale.up[1] + 1):
        y = scale.y(10.0**power)
        yield f'<path d="M{LEFT} {y}H{right}" stroke="{GRID}"/>'
        yield f'<text x="{LEFT - 6}" y="{y + 4}" text-anchor="end">{_plain(power)}</text>'


def _plain(power: int) -> str:
    """Write a power of ten as people say it."""
    for size, letter in ((6, "M"), (3, "k")):
        if power >= size:
            return f"{10 ** (power - size)}{letter}"
    return f"{10**power}" if power >= 0 else f"{10.0**power:.{-power}f}"


def _apart(heights: Sequence[float]) -> list[float]:
    """Move labels away from each other, so that each can be read."""
    order = sorted(range(len(heights)), key=lambda place: heights[place])
    moved = list(heights)
    for upper, lower in pairwise(order):
        moved[lower] = max(moved[lower], moved[upper] + LINE)
    over = max(0.0, max(moved) - (HEIGHT - BOTTOM))
    for lower, upper in pairwise(order[::-1]):
        if over:
            moved[lower] = min(moved[lower], HEIGHT - BOTTOM)
            moved[upper] = min(moved[upper], moved[lower] - LINE)
    return moved


def _curve(one: Curve, place: int, scale: _Scale, end: float) -> Iterator[str]:
    colour, mark = COLOURS[place], MARKS[place]
    points = [(scale.x(a), scale.y(b)) for a, b in one.points]
    path = "L".join(f"{x} {y}" for x, y in points)
    thick = 3 if place == 0 else 1.5
    yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="{thick}"/>'
    for x, y in points:
        left, top = round(x - 4, 1), round(y - 4.5, 1)
        yield mark.format(x=x, y=y, left=left, top=top, c=colour)
    x, y = points[-1]
    label = WIDTH - RIGHT + 8
    yield f'<path d="M{x} {y}L{label - 2} {end}" stroke="{colour}" stroke-dasharray="1 3"/>'
    weight = ' font-weight="bold"' if place == 0 else ""
    yield (
        f'<text x="{label}" y="{end + 4:.1f}" fill="{colour}"{weight}>'
        f"{escape(one.name)}</text>"
    )
