"""Outlines of the municipalities, projected and scaled once.

The borders are DAGI's at 1:500,000 (Geodatastyrelsen and the
municipalities, 2014), simplified. Bornholm stands in a box of its own.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kaeden.data.queries import MAP

BORDERS = MAP
BORNHOLM = "0400"
WIDTH = 1120
EDGE = 12
INSET = 190
LATITUDE = 56.0  # the middle of the country, where the map is true to shape
TINY = 6.0  # islets below this area in square units are left out

Point = tuple[float, float]
Places = dict[str, list[list[Point]]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shapes:
    """Every municipality's outline by code, and the room that they fill."""

    width: int
    height: int
    outlines: Mapping[str, str]
    inset: tuple[int, int, int, int]


@lru_cache(maxsize=4)
def shapes(source: Path) -> Shapes:
    """The outlines in a TopoJSON file, projected and scaled once."""
    topology = json.loads(source.read_text(encoding="utf-8"))
    arcs = decoded(topology)
    places = {
        shape["properties"]["kode"]: [
            joined(ring, arcs) for ring in rings_of(shape) if ring
        ]
        for shape in topology["objects"]["kommuner"]["geometries"]
    }
    island = places.pop(BORNHOLM)
    outlines, height = fitted(places, WIDTH)
    inner, inner_height = fitted({BORNHOLM: island}, INSET)
    corner = (WIDTH - INSET - EDGE, EDGE, INSET, inner_height)
    outlines |= moved(inner, (corner[0], corner[1]))
    drawn = {code: outline(rings) for code, rings in outlines.items()}
    return Shapes(
        width=WIDTH, height=height, outlines=MappingProxyType(drawn), inset=corner
    )


def decoded(topology: Mapping[str, Any]) -> list[list[Point]]:
    """Arcs as projected points: TopoJSON stores steps on a whole-number grid."""
    transform = topology["transform"]
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    shrink = math.cos(math.radians(LATITUDE))
    return [
        [
            ((x * scale_x + move_x) * shrink, -(y * scale_y + move_y))
            for x, y in accumulate(arc, lambda a, b: (a[0] + b[0], a[1] + b[1]))
        ]
        for arc in topology["arcs"]
    ]


def rings_of(shape: Mapping[str, Any]) -> list[list[int]]:
    """The rings of a polygon or of several, as numbers of arcs."""
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    return [ring for polygon in polygons for ring in polygon]


def joined(ring: Iterable[int], arcs: Sequence[list[Point]]) -> list[Point]:
    """The points of a ring; a negative number is an arc run backwards."""
    points: list[Point] = []
    for place in ring:
        arc = arcs[place] if place >= 0 else arcs[~place][::-1]
        points += arc[1:] if points else arc
    return points


def fitted(places: Places, width: int) -> tuple[Places, int]:
    """The places scaled to a width with an edge, and the height that this takes."""
    every = [point for rings in places.values() for ring in rings for point in ring]
    left, top = min(x for x, _y in every), min(y for _x, y in every)
    right, foot = max(x for x, _y in every), max(y for _x, y in every)
    scale = (width - 2 * EDGE) / (right - left)
    scaled = {
        code: [
            [((x - left) * scale + EDGE, (y - top) * scale + EDGE) for x, y in ring]
            for ring in rings
        ]
        for code, rings in places.items()
    }
    return scaled, round((foot - top) * scale + 2 * EDGE)


def moved(places: Places, by: Point) -> Places:
    """The places somewhere else."""
    return {
        code: [[(x + by[0], y + by[1]) for x, y in ring] for ring in rings]
        for code, rings in places.items()
    }


def outline(rings: Iterable[list[Point]]) -> str:
    """The rings as one path in steps, without islets too small to be seen."""
    sized = sorted(rings, key=ring_area, reverse=True)
    kept = [
        ring for place, ring in enumerate(sized) if not place or ring_area(ring) >= TINY
    ]
    return "".join(ring_path(ring) for ring in kept)


def ring_area(ring: Sequence[Point]) -> float:
    """The area within a ring, in square units."""
    turns = (x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))
    return abs(sum(turns)) / 2


def ring_path(ring: Iterable[Point]) -> str:
    """One ring in whole units, each step told from the one before."""
    grid = [(round(x), round(y)) for x, y in ring]
    steps = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(grid[:-1])]
    words = " ".join(f"{x} {y}" for x, y in steps if (x, y) != (0, 0))
    return f"M{grid[0][0]} {grid[0][1]}l{words}z".replace(" -", "-")
