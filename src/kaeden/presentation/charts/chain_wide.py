"""The chain map where there is room: levels as rows, chiefs side by side."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaeden.presentation.charts.chain_parts import (
    BROKEN,
    FAINT,
    INK,
    Badge,
    Box,
    ChainPicture,
    ChainView,
    Dot,
    Label,
    Pill,
    Rule,
    Shape,
    Station,
    Strand,
    collected,
    leader_dots,
)
from kaeden.presentation.charts.parts import wrapped

WIDTH = 1120.0
LEFT, RIGHT = 112.0, 1112.0
GAP = 18.0  # between two columns
LANE = 12.0  # between two threads side by side
SLOT = 17.0  # between two dots in a post
POST = 40.0  # height of a post
LANDING = 34.0  # straight run of a thread above a post
NUMBERED = 66.0  # the same, with room for the numbers of breaks
BEND = 12.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a post stands, and where each thread runs through it."""

    station: Station
    x: float
    y: float
    width: float
    slots: Mapping[str, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """Heights of the levels and places of the posts."""

    goals: Mapping[str, float]
    goal_width: float
    goal_height: float
    tops: Mapping[str, Place]
    chiefs: Mapping[str, Place]
    column: float
    leaders_y: float


def draw_wide(view: ChainView) -> ChainPicture:
    """The map in its wide form."""
    plan = planned(view)
    shapes = [
        *goals(view, plan),
        *descents(view, plan),
        *(s for p in plan.tops.values() for s in post(view, p, 300.0)),
        *(s for p in plan.chiefs.values() for s in post(view, p, label_room(plan, p))),
        *(s for p in plan.chiefs.values() for s in field(view, plan, p)),
    ]
    foot = max(
        [s.y + s.height for s in shapes if isinstance(s, Box | Pill)], default=0.0
    )
    return collected(WIDTH, foot + 16, [*levels(view, plan), *shapes])


def planned(view: ChainView) -> Plan:
    """Room for every goal and every post."""
    count = len(view.threads)
    goal_width = min((RIGHT - LEFT + GAP) / max(count, 1) - GAP, 190.0)
    lines = [len(goal_lines(view, key.key, goal_width)) for key in view.threads]
    goal_height = 26.0 + 17 * max(lines, default=1)
    tops = view.below("")
    chiefs = [chief for top in tops for chief in view.below(top.key)]
    centres = spread(count, goal_width + GAP)
    goal_x = {t.key: x for t, x in zip(view.threads, centres, strict=True)}
    top_y = 12 + goal_height + 18 + LANE * count + landing(view, tops)
    chief_y = top_y + POST + 18 + LANE * count + landing(view, chiefs)
    column = (RIGHT - LEFT + GAP) / max(len(chiefs), 1)
    return Plan(
        goals=goal_x,
        goal_width=goal_width,
        goal_height=goal_height,
        tops={
            s.key: place(view, s, x, top_y)
            for s, x in zip(tops, spread(len(tops), 400.0), strict=True)
        },
        chiefs={
            s.key: place(view, s, LEFT + column * i + chief_half(view, s), chief_y)
            for i, s in enumerate(chiefs)
        },
        column=column - GAP,
        leaders_y=chief_y + POST + (84 if any(c.leaders_stop for c in chiefs) else 44),
    )


def landing(view: ChainView, stations: Iterable[Station]) -> float:
    """The straight run above posts, longer when a thread ends there."""
    missing = any(set(view.slots(one)) - set(one.taken_up) for one in stations)
    return NUMBERED if missing else LANDING


def spread(count: int, step: float) -> list[float]:
    """Centres of so many things around the middle."""
    middle = (LEFT + RIGHT) / 2
    return [middle + step * (i - (count - 1) / 2) for i in range(count)]


def post_width(view: ChainView, station: Station) -> float:
    """The width of a post: room for its dots."""
    return 52 + SLOT * max(len(view.slots(station)) - 1, 0)


def chief_half(view: ChainView, station: Station) -> float:
    """From the edge of a chief's column to the middle of the post."""
    return post_width(view, station) / 2 + 4


def place(view: ChainView, station: Station, middle: float, y: float) -> Place:
    """A post around its middle."""
    slots, width = view.slots(station), post_width(view, station)
    return Place(
        station=station,
        x=round(middle - width / 2, 1),
        y=y,
        width=width,
        slots={
            key: round(middle + SLOT * (i - (len(slots) - 1) / 2), 1)
            for i, key in enumerate(slots)
        },
    )


def goal_lines(view: ChainView, key: str, width: float) -> tuple[str, ...]:
    """The goal's name on lines; with a word when it is only proposed."""
    thread = next(found for found in view.threads if found.key == key)
    lines = wrapped(thread.name, width - 14, 14)
    return (*lines, _("(proposed)")) if thread.proposed else lines


def levels(view: ChainView, plan: Plan) -> Iterable[Shape]:
    """The names of the levels with a thin line below each but the last."""
    post_rows = [p.y for p in (*plan.tops.values(), *plan.chiefs.values())]
    middles = [
        12 + plan.goal_height / 2,
        *dict.fromkeys(y + POST / 2 for y in post_rows),
        plan.leaders_y + 26,
    ]
    feet = [
        12 + plan.goal_height + 10,
        *dict.fromkeys(y + POST + 10 for y in post_rows),
    ]
    for level, middle in zip(view.levels, middles, strict=False):
        yield Label(x=0, y=middle + 5, text=level.name, kind="level")
    for foot in feet:
        yield Rule(y=foot, left=0, right=WIDTH)


def goals(view: ChainView, plan: Plan) -> Iterable[Shape]:
    """The goals as the committee sees them."""
    for thread in view.threads:
        middle, lines = (
            plan.goals[thread.key],
            goal_lines(view, thread.key, plan.goal_width),
        )
        yield Pill(
            x=middle - plan.goal_width / 2,
            y=12,
            width=plan.goal_width,
            height=plan.goal_height,
            colour=view.colour(thread.key),
            dashed=thread.proposed,
            radius=min(plan.goal_height / 2, 26),
        )
        top = 12 + plan.goal_height / 2 - 17 * (len(lines) - 1) / 2 + 5
        for row, text in enumerate(lines):
            yield Label(
                x=middle, y=top + 17 * row, text=text, kind="goal", anchor="middle"
            )
        if found := view.broken("", thread.key):
            corner = middle + plan.goal_width / 2 - 6
            yield Badge(x=corner, y=14, radius=11, number=found.number)


def descents(view: ChainView, plan: Plan) -> Iterable[Shape]:
    """Every thread's way down, thread by thread."""
    for thread in view.threads:
        yield from from_committee(view, plan, thread.key)
    for thread in view.threads:
        for target in plan.chiefs.values():
            yield from from_top(view, plan, thread.key, target)


def from_committee(view: ChainView, plan: Plan, key: str) -> Iterable[Shape]:
    """A thread from its goal to the post that owns it."""
    proposed = next(found.proposed for found in view.threads if found.key == key)
    start = plan.goals[key]
    for target in plan.tops.values():
        if key in target.slots:
            end = target.slots[key]
            lane = 12 + plan.goal_height + 18 + LANE * outer_first(plan, target, key)
            begin = (start, 12 + plan.goal_height)
            colour = view.colour(key)
            if proposed:
                yield Strand(
                    path=route(begin, (end, target.y), lane),
                    colour=colour,
                    dotted=True,
                )
            else:
                yield from run(view, target, key, begin, lane)


def outer_first(plan: Plan, target: Place, key: str) -> int:
    """The lane among threads of the same side: the outermost runs lowest."""
    rightwards = plan.goals[key] < target.slots[key]
    side = [
        other
        for other in target.slots
        if (plan.goals[other] < target.slots[other]) == rightwards
    ]
    return len(side) - 1 - side.index(key) if rightwards else side.index(key)


def from_top(view: ChainView, plan: Plan, key: str, target: Place) -> Iterable[Shape]:
    """A thread from the director to a chief who should have it."""
    source = plan.tops[target.station.parent]
    if key not in source.slots or key not in target.slots:
        return
    held = key in source.station.taken_up
    if not held and key not in target.station.taken_up:
        return
    lane = source.y + POST + 18 + LANE * list(source.slots).index(key)
    begin = (source.slots[key], source.y + POST)
    if held:
        yield from run(view, target, key, begin, lane)
        yield trunk(view.colour(key), begin, lane)
    else:
        yield lost(route(begin, (target.slots[key], target.y), lane))


def trunk(colour: str, begin: tuple[float, float], lane: float) -> Strand:
    """The first stretch below a post, unbroken by the lanes of others."""
    x, y = begin
    foot = max(lane - BEND + 4, y)
    return Strand(path=f"M{x:g} {y:g}V{foot:g}", colour=colour, dotted=False, over=True)


def run(
    view: ChainView, target: Place, key: str, begin: tuple[float, float], lane: float
) -> Iterable[Shape]:
    """A thread into a post; where it isn't taken up it ends before, with a number."""
    x, colour = target.slots[key], view.colour(key)
    if key in target.station.taken_up:
        yield Strand(
            path=route(begin, (x, target.y), lane), colour=colour, dotted=False
        )
        return
    stop = target.y - 18 - 25 * (list(target.slots).index(key) % 2)
    yield Strand(path=route(begin, (x, stop), lane), colour=colour, dotted=False)
    yield lost(f"M{x:g} {stop:g}V{target.y:g}")
    if found := view.broken(target.station.key, key):
        yield Badge(x=x, y=stop, radius=11, number=found.number)


def lost(path: str) -> Strand:
    """The stretch that a thread does not reach."""
    return Strand(path=path, colour=FAINT, dotted=True)


def route(begin: tuple[float, float], end: tuple[float, float], lane: float) -> str:
    """Down, across along a lane, and down, with round bends."""
    (x1, y1), (x2, y2) = begin, end
    bend = min(BEND, abs(x2 - x1) / 2)
    if bend < 0.5:
        return f"M{x1:g} {y1:g}V{y2:g}"
    turn = bend if x2 > x1 else -bend
    return (
        f"M{x1:g} {y1:g}V{lane - bend:g}Q{x1:g} {lane:g} {x1 + turn:g} {lane:g}"
        f"H{x2 - turn:g}Q{x2:g} {lane:g} {x2:g} {lane + bend:g}V{y2:g}"
    )


def label_room(plan: Plan, at: Place) -> float:
    """How wide the words beside a chief may be."""
    return plan.column - at.width - 20


def post(view: ChainView, at: Place, room: float) -> Iterable[Shape]:
    """A post with a dot for each goal taken up, and its words beside it."""
    station = at.station
    yield Pill(
        x=at.x,
        y=at.y,
        width=at.width,
        height=POST,
        colour=BROKEN if station.vacant else INK,
        dashed=station.vacant,
        radius=POST / 2,
    )
    for key in station.taken_up:
        yield Dot(
            x=at.slots[key],
            y=at.y + POST / 2,
            radius=6,
            fill=view.colour(key),
            stroke=view.colour(key),
        )
    yield from beside(station, at.x + at.width + 12, at.y + POST / 2, room)
    if found := view.broken(station.key, ""):
        yield Badge(x=at.x + 4, y=at.y + 2, radius=11, number=found.number)


def beside(station: Station, x: float, middle: float, room: float) -> Iterable[Label]:
    """The words beside a post: its name, whether it is vacant, and a note."""
    vacant = [(_("vacant post"), "vacant")] if station.vacant else []
    words = [(text, "name") for text in wrapped(station.name, room, 14.5)]
    words += vacant
    words += [(t, "note") for t in wrapped(station.note, room, 13) if t]
    top = middle - 17 * (len(words) - 1) / 2 + 5
    for row, (text, kind) in enumerate(words):
        yield Label(x=x, y=top + 17 * row, text=text, kind=kind)


def field(view: ChainView, plan: Plan, at: Place) -> Iterable[Shape]:
    """The leaders below a chief, and the threads into their field."""
    if not at.station.leaders:
        return
    box, per_row, lines = field_box(plan, at)
    for key in at.station.taken_up:
        yield from into_field(view, at, key, plan.leaders_y)
    yield box
    dots_width = per_row * 22
    left = box.x + (box.width - dots_width) / 2
    yield from leader_dots(at.station, left, box.y + 10, per_row, 22)
    foot = box.y + box.height - 17 * (len(lines) - 1) - 13
    for row, text in enumerate(lines):
        middle = box.x + box.width / 2
        yield Label(
            x=middle, y=foot + 17 * row, text=text, kind="count", anchor="middle"
        )
    if found := view.broken(at.station.key, "", at_leaders=True):
        yield Badge(x=box.x + box.width, y=box.y, radius=11, number=found.number)


def field_box(plan: Plan, at: Place) -> tuple[Box, int, Sequence[str]]:
    """The field, how many dots it has in a row, and the words below them."""
    count = len(at.station.leaders)
    most = max(int((plan.column - 24) // 22), 1)
    rows = math.ceil(count / most)
    per_row = math.ceil(count / rows)
    needed = max(per_row * 22 + 24, at.width, len(at.station.leaders_words) * 7.8 + 24)
    width = min(needed, plan.column)
    lines = wrapped(at.station.leaders_words, width - 12, 13.5)
    height = 20 + 22 * rows + 17 * len(lines) + 8
    box = Box(x=at.x - 4, y=plan.leaders_y, width=width, height=height)
    return box, per_row, lines


def into_field(view: ChainView, at: Place, key: str, foot: float) -> Iterable[Shape]:
    """A thread from a chief to the leaders; it may end on the way."""
    x, top = at.slots[key], at.y + POST
    colour = view.colour(key)
    if key not in at.station.leaders_stop:
        yield Strand(path=f"M{x:g} {top:g}V{foot:g}", colour=colour, dotted=False)
        return
    stop = top + 20 + 25 * (list(at.slots).index(key) % 2)
    yield Strand(path=f"M{x:g} {top:g}V{stop:g}", colour=colour, dotted=False)
    yield lost(f"M{x:g} {stop:g}V{foot:g}")
    if found := view.broken(at.station.key, key, at_leaders=True):
        yield Badge(x=x, y=stop, radius=11, number=found.number)
