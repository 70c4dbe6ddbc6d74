"""The chain map where there is room: levels as rows, goals as threads, columns below."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from kaeden.presentation.charts.chain_columns import column_shapes, comes_from
from kaeden.presentation.charts.chain_parts import (
    AREAS,
    CHIEFS,
    DIRECTOR,
    FAINT,
    Anchor,
    Box,
    ChainPicture,
    ChainView,
    Dot,
    Label,
    Link,
    Pill,
    Shape,
    Strand,
    Where,
    collected,
)
from kaeden.presentation.charts.chain_plan import (
    LEFT,
    LINE,
    POST,
    WIDTH,
    Column,
    Place,
    Plan,
    goal_lines,
    planned,
)
from kaeden.presentation.charts.chain_posts import (
    anchors_of,
    goal_dots,
    lines_at,
    outline,
    passing,
    stop_above,
)

BEND = 12.0
LEVEL_ROOM = LEFT - 16


def draw_wide(view: ChainView) -> ChainPicture:
    """The map in its wide form."""
    plan = planned(view)
    shapes = [
        *(s for key in plan.goals for s in goal(view, plan, key)),
        *(s for key in plan.goals for s in into_tops(view, plan, key)),
        *(s for column in plan.columns for s in links(view, plan, column)),
        *(s for column in plan.columns for s in descents(view, plan, column)),
        *(s for place in plan.tops.values() for s in top(view, plan, place)),
        *(s for column in plan.columns for s in column_shapes(view, plan, column)),
    ]
    feet = [s.y + s.height for s in shapes if isinstance(s, Box | Pill)]
    feet += [s.y + 4 for s in shapes if isinstance(s, Label)]
    feet += [s.y + s.radius for s in shapes if isinstance(s, Dot)]
    foot = max(feet, default=0.0)
    return collected(view, WIDTH, foot + 10, [*levels(view, plan), *shapes])


def levels(view: ChainView, plan: Plan) -> Iterator[Shape]:
    """The names of the levels, at the left."""
    names = {level.key: level.name for level in view.levels}
    rows = [("committee", plan.cap - 8)]
    if plan.tops:
        rows.append((DIRECTOR, min(p.y for p in plan.tops.values()) + 5))
    if any(column.head for column in plan.columns):
        key = heads_level(plan)
        rows.append((key, plan.heads_y + POST / 2 + 5))
    for key, baseline in rows:
        if key in names:
            yield Label(x=0, y=baseline, text=names.pop(key), kind="level")
    yield from lower_levels(names.values(), plan)
    if not view.threads:
        yield Label(x=LEFT, y=plan.cap - 8, text=_("no goals yet"), kind="note")


def lower_levels(names: Iterable[str], plan: Plan) -> Iterator[Shape]:
    """The names of the levels that share the lowest band."""
    in_turn = any(column.branch.stack for column in plan.columns)
    first = plan.below_y + (36 if in_turn else plan.stub + 24)
    for row, name in enumerate(names):
        y = first + LINE * row
        yield Label(x=0, y=y, text=name, kind="level")


def heads_level(plan: Plan) -> str:
    """The level of the posts at the heads of the columns."""
    found = {column.head.station.level for column in plan.columns if column.head}
    return next(key for key in (CHIEFS, AREAS, *found) if key in found)


def goal(view: ChainView, plan: Plan, key: str) -> Iterator[Shape]:
    """A goal as the committee sees it: its name, and where its thread begins."""
    thread = view.threads[view.place(key)]
    middle, lines = plan.goals[key], goal_lines(view, key, plan.goal_width)
    first = plan.cap - 10 - LINE * (len(lines) - 1)
    for row, text in enumerate(lines):
        last = thread.proposed and row == len(lines) - 1
        kind = "note" if last else "goal"
        yield Label(
            x=middle,
            y=first + LINE * row,
            text=text,
            kind=kind,
            anchor="middle",
            goal="" if row else thread.name,
        )
    half = min(plan.goal_width / 2, 44.0)
    way = f"M{middle - half:g} {plan.cap:g}H{middle + half:g}"
    yield Strand(path=way, colour=view.colour(key), dotted=thread.proposed)
    yield Anchor(where=Where(thread=key), x=middle + half + 2, y=plan.cap + 10)


def into_tops(view: ChainView, plan: Plan, key: str) -> Iterator[Shape]:
    """A thread from its goal straight down to the directors who should have it."""
    x, colour = plan.goals[key], view.colour(key)
    for place in plan.tops.values():
        if key not in place.slots:
            continue
        if key in view.proposed or key in place.station.taken_up:
            way = f"M{x:g} {plan.cap:g}V{place.y:g}"
            yield Strand(path=way, colour=colour, dotted=key in view.proposed)
        else:
            yield from ended(view, place, key, (x, plan.cap), plan.cap)


def ended(
    view: ChainView, place: Place, key: str, begin: tuple[float, float], lane: float
) -> Iterator[Shape]:
    """A thread that ends before a post, with the number of the break."""
    x, stop = place.slots[key], stop_above(place, key)
    way = route(begin, (x, stop), lane)
    yield Strand(path=way, colour=view.colour(key), dotted=False)
    yield Strand(path=f"M{x:g} {stop:g}V{place.y:g}", colour=FAINT, dotted=True)


def top(view: ChainView, plan: Plan, place: Place) -> Iterator[Shape]:
    """A director: a bar across all its threads, and its words at the left."""
    station = place.station
    yield outline(place)
    yield from passing(view, place, plan.goals)
    yield from goal_dots(view, place)
    yield from lines_at(station, LEVEL_ROOM, 0, place.y + 5 + LINE)
    yield from anchors_of(place)


def links(view: ChainView, plan: Plan, column: Column) -> Iterator[Link]:
    """Who reports to whom, as a thin line where no thread shows it."""
    above, head = plan.tops.get(column.branch.top), column.head
    if above is None or any(True for _s in descents(view, plan, column)):
        return
    x = head.x + head.width / 2 if head else column.left + POST / 2
    foot = head.y if head else plan.below_y
    yield Link(path=route((middle_of(above), above.foot), (x, foot), above.foot + 16))


def middle_of(place: Place) -> float:
    """The middle of a post, or beside the thread that runs there."""
    middle = place.x + place.width / 2
    return middle + (8 if any(abs(x - middle) < 4 for x in place.slots.values()) else 0)


def descents(view: ChainView, plan: Plan, column: Column) -> Iterator[Shape]:
    """The threads from the post above into a column."""
    above = plan.tops.get(column.branch.top)
    for key, x in column.rails.items():
        lane = plan.lanes[column.branch.top, key]
        begin = (
            plan.goals[key],
            above.foot if above and key in above.slots else plan.cap,
        )
        if column.head:
            yield from into_head(view, column, above, key, (begin, lane))
        else:
            yield from into_stack(view, plan, column, key, (x, begin, lane))


def into_head(
    view: ChainView,
    column: Column,
    above: Place | None,
    key: str,
    way: tuple[tuple[float, float], float],
) -> Iterator[Shape]:
    """A thread to the post at the head of a column; it may end before, or never come."""
    head, (begin, lane) = column.head, way
    assert head is not None
    x, colour = column.rails[key], view.colour(key)
    taken = key in head.station.taken_up or key not in head.slots
    comes = comes_from(above, key)
    if key in view.proposed:
        yield Strand(path=route(begin, (x, head.y), lane), colour=colour, dotted=True)
    elif comes and taken and head.station.linked:
        yield Strand(path=route(begin, (x, head.y), lane), colour=colour, dotted=False)
    elif comes and head.station.linked:
        yield from ended(view, head, key, begin, lane)
    elif taken:
        yield Strand(path=route(begin, (x, head.y), lane), colour=FAINT, dotted=True)


def into_stack(
    view: ChainView,
    plan: Plan,
    column: Column,
    key: str,
    way: tuple[float, tuple[float, float], float],
) -> Iterator[Shape]:
    """A thread past the place of a head that isn't there."""
    (x, begin, lane), above = way, plan.tops.get(column.branch.top)
    comes = comes_from(above, key)
    colour = view.colour(key) if comes else FAINT
    foot = plan.below_y
    dotted = not comes or key in view.proposed
    yield Strand(path=route(begin, (x, foot), lane), colour=colour, dotted=dotted)


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
