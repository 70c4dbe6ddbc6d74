"""A post on the chain map: its outline, its goals as dots, its leaders as a field."""

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise

from kaeden.presentation.charts.chain_parts import (
    BROKEN,
    FAINT,
    INK,
    Anchor,
    ChainView,
    Dot,
    Field,
    Label,
    Leader,
    Meaning,
    Pill,
    Station,
    Strand,
    Where,
)
from kaeden.presentation.charts.chain_plan import LINE, LOW_POST, Place, post_words

FILLS = {Meaning.ALL: INK, Meaning.UNKNOWN: "#a6a6a6"}
"""What a leader's dot is filled with; else it is white."""


def outline(place: Place) -> Pill:
    """The outline of a post; a vacant one is dashed."""
    station = place.station
    colour = (FAINT if station.quiet else BROKEN) if station.vacant else INK
    return Pill(
        x=place.x,
        y=place.y,
        width=place.width,
        height=place.height,
        colour=colour,
        dashed=station.vacant,
        radius=place.height / 2,
    )


def goal_dots(view: ChainView, place: Place) -> Iterator[Dot]:
    """A dot for each goal taken up in a post; hollow where it is not, or not yet."""
    space = apart(place)
    radius = min(6.0 if place.height > LOW_POST else 5.0, space / 2 - 0.6)
    for key, x in place.slots.items():
        taken, colour = key in place.station.taken_up, view.colour(key)
        owned = key in place.station.owns and space > 2 * radius + 4
        yield Dot(
            x=x,
            y=place.middle,
            radius=round(
                radius if taken and place.station.is_known else radius * 0.75, 1
            ),
            fill=colour if taken and place.station.is_known else "#fff",
            stroke=colour if taken or key in view.proposed else FAINT,
            ring=radius + 2.4 if owned else 0.0,
        )


def passing(
    view: ChainView, place: Place, rails: Mapping[str, float]
) -> Iterator[Strand]:
    """The threads that run across a post without being for it."""
    for key, x in rails.items():
        is_within = place.x < x < place.x + place.width
        if key not in place.slots and is_within:
            way = f"M{x:g} {place.y:g}V{place.foot:g}"
            dotted = key in view.proposed
            yield Strand(path=way, colour=view.colour(key), dotted=dotted, over=True)


def lines_at(station: Station, room: float, x: float, top: float) -> Iterator[Label]:
    """The words of a post below one another."""
    for row, (text, kind) in enumerate(post_words(station, room)):
        name = "" if row else station.name
        yield Label(x=x, y=top + LINE * row, text=text, kind=kind, post=name)


def stop_above(place: Place, key: str) -> float:
    """Where a thread ends above a post; two beside each other end apart."""
    return place.y - 15 - 20 * (list(place.slots).index(key) % 2)


def anchors_of(place: Place) -> Iterator[Anchor]:
    """The places of numbers at a post: its corner, and above it on each thread."""
    key = place.station.key
    yield Anchor(where=Where(station=key), x=place.x + 3, y=place.y + 3)
    for thread, x in place.slots.items():
        where = Where(station=key, thread=thread)
        yield Anchor(where=where, x=x, y=stop_above(place, thread))


def apart(place: Place) -> float:
    """How far two dots of a post stand from each other."""
    xs = sorted(place.slots.values())
    return min((right - left for left, right in pairwise(xs)), default=99.0)


def leader_dots(
    field: Field, left: float, top: float, per_row: int, pitch: float
) -> Iterator[Dot]:
    """The leaders as a field of dots, filled as far as the goals mean something there."""
    for place, leader in enumerate(field.leaders):
        row, column = divmod(place, per_row)
        yield Dot(
            x=round(left + pitch * (column + 0.5), 1),
            y=round(top + pitch * (row + 0.5), 1),
            radius=round(pitch * 0.34, 1),
            fill=FILLS.get(leader.meaning, "#fff") if not leader.vacant else "#fff",
            stroke=edge_of(field, leader),
            half=leader.meaning is Meaning.SOME and not leader.vacant,
            dashed=leader.vacant,
            title=leader.name,
        )


def edge_of(field: Field, leader: Leader) -> str:
    """The colour of a leader's ring: red for the vacant among others that are held."""
    if not leader.vacant:
        return FILLS[Meaning.UNKNOWN] if leader.meaning is Meaning.UNKNOWN else INK
    return FAINT if field.is_empty else BROKEN


def rows_of(count: int, width: float, pitch: float) -> tuple[int, int]:
    """How many rows a field of dots needs, and how many stand in each, evenly."""
    most = max(int(width // pitch), 1)
    rows = max(math.ceil(count / most), 1)
    return rows, math.ceil(count / rows)
