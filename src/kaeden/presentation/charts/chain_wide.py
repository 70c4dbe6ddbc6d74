"""The chain map where there is room: levels as rows, chiefs side by side."""

import math
from collections.abc import Iterable, Sequence

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
    Link,
    Pill,
    Rule,
    Shape,
    Station,
    Strand,
    collected,
    leader_dots,
)
from kaeden.presentation.charts.chain_plan import (
    LANDING,
    POST,
    WIDTH,
    Place,
    Plan,
    centre,
    goal_lines,
    label_room,
    planned,
)
from kaeden.presentation.charts.parts import wrapped

BEND = 12.0


def draw_wide(view: ChainView) -> ChainPicture:
    """The map in its wide form."""
    plan = planned(view)
    shapes = [
        *goals(view, plan),
        *links(plan),
        *descents(view, plan),
        *(s for p in plan.tops.values() for s in post(view, p, 300.0)),
        *(s for p in plan.chiefs.values() for s in post(view, p, label_room(plan, p))),
        *(s for p in plan.chiefs.values() for s in field(view, plan, p)),
    ]
    feet = [s.y + s.height for s in shapes if isinstance(s, Box | Pill)]
    feet += [s.y + 4 for s in shapes if isinstance(s, Label)]
    foot = max(feet, default=0.0)
    return collected(WIDTH, foot + 16, [*levels(view, plan), *shapes])


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
            last = thread.proposed and row == len(lines) - 1
            kind = "note" if last else "goal"
            yield Label(
                x=middle, y=top + 17 * row, text=text, kind=kind, anchor="middle"
            )
        if found := view.broken("", thread.key):
            corner = middle + plan.goal_width / 2 - 6
            yield Badge(x=corner, y=14, radius=11, number=found.number)


def links(plan: Plan) -> Iterable[Link]:
    """Who reports to whom, as thin lines below all threads."""
    for top in plan.tops.values():
        begin = 12 + plan.goal_height + 10
        yield Link(path=f"M{centre(top):g} {begin:g}V{top.y:g}")
    for chief in plan.chiefs.values():
        top = plan.tops[chief.station.parent]
        begin, turn = top.y + POST, chief.y - LANDING / 2
        way = f"M{centre(top):g} {begin:g}V{turn:g}H{centre(chief):g}V{chief.y:g}"
        yield Link(path=way)
        if chief.station.leaders:
            foot = chief.y + POST
            yield Link(path=f"M{centre(chief):g} {foot:g}V{plan.leaders_y:g}")


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
            order = outer_first(plan, target, key)
            lane = 12 + plan.goal_height + 18 + plan.lane * order
            begin = (start, 12 + plan.goal_height)
            if proposed:
                way = route(begin, (end, target.y), lane)
                yield Strand(path=way, colour=view.colour(key), dotted=True)
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
    proposed = key in view.proposed
    if not (held or proposed or key in target.station.taken_up):
        return
    lane = source.y + POST + 18 + plan.lane * running(plan, source).index(key)
    begin = (source.slots[key], source.y + POST)
    if proposed:
        way = route(begin, (target.slots[key], target.y), lane)
        yield Strand(path=way, colour=view.colour(key), dotted=True)
    elif held:
        yield from run(view, target, key, begin, lane)
        yield trunk(view.colour(key), begin, lane)
    else:
        yield lost(route(begin, (target.slots[key], target.y), lane))


def running(plan: Plan, source: Place) -> list[str]:
    """The threads that go on from a director to any chief, in their order."""
    below = [
        one for one in plan.chiefs.values() if one.station.parent == source.station.key
    ]
    return [key for key in source.slots if any(key in one.slots for one in below)]


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
    yield from goal_dots(view, at)
    yield from beside(station, at.x + at.width + 12, at.y + POST / 2, room)
    if found := view.broken(station.key, ""):
        yield Badge(x=at.x + 4, y=at.y + 2, radius=11, number=found.number)


def goal_dots(view: ChainView, at: Place) -> Iterable[Dot]:
    """A dot for each goal taken up in a post; a hollow one for each proposed."""
    for key, x in at.slots.items():
        taken, colour = key in at.station.taken_up, view.colour(key)
        if taken or key in view.proposed:
            yield Dot(
                x=x,
                y=at.y + POST / 2,
                radius=6 if taken else 4.5,
                fill=colour if taken else "#fff",
                stroke=colour,
            )


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
        for row, text in enumerate(wrapped(at.station.leaders_words, plan.column, 13)):
            yield Label(
                x=at.x, y=plan.leaders_y + 31 + 17 * row, text=text, kind="note"
            )
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
