"""A column of the chain map: a chief, the posts below in turn, the leaders at the foot.

The threads run straight down on their rails. A post that has taken a goal up holds its
dot; one that has not is passed by. A thread ends where nobody further down has it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kaeden.presentation.charts.chain_parts import (
    FAINT,
    Anchor,
    Box,
    ChainView,
    Dot,
    Field,
    Label,
    Link,
    Shape,
    Station,
    Strand,
    Where,
)
from kaeden.presentation.charts.chain_plan import (
    LINE,
    LOW_POST,
    WIDTH,
    Column,
    Place,
    Plan,
    post_place,
    post_words,
)
from kaeden.presentation.charts.chain_posts import (
    anchors_of,
    goal_dots,
    leader_dots,
    lines_at,
    outline,
    passing,
    rows_of,
)
from kaeden.presentation.charts.parts import text_width, wrapped

LOW_PITCH = 14.0  # between two leaders beside a post
BETWEEN = 14.0  # between two posts of a column


@dataclass(frozen=True, kw_only=True, slots=True)
class Stop:
    """A place on the rails: the goals that should be here, and those taken up."""

    y: float
    expected: frozenset[str]
    taken_up: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """What a part of a column draws, where it ends, and the stop that it is."""

    shapes: tuple[Shape, ...]
    foot: float
    stop: Stop


def column_shapes(view: ChainView, plan: Plan, column: Column) -> Iterator[Shape]:
    """Everything of a column below the threads that come into it."""
    stretches = tuple(stretches_of(view, plan, column))
    yield from rails(view, plan, column, [one.stop for one in stretches])
    if column.head:
        yield from head(view, plan, column)
    for one in stretches:
        yield from one.shapes


def stretches_of(view: ChainView, plan: Plan, column: Column) -> Iterator[Stretch]:
    """The parts of a column below its head, from the top."""
    y = plan.below_y + BETWEEN + 4
    for station in column.branch.stack:
        stretch = low_post(view, column, station, y)
        yield stretch
        y = stretch.foot + BETWEEN + 4
    for place, field in enumerate(column.branch.fields):
        run = BETWEEN if place else plan.stub
        stretch = foot_field(
            view, column, field, y - BETWEEN - 4 + run, first=not place
        )
        yield stretch
        y = stretch.foot + BETWEEN + 4
    if column.branch.head and column.branch.head.nothing_below:
        yield nothing(column, y)


def nothing(column: Column, y: float) -> Stretch:
    """The words of a post that leads nobody we know of."""
    assert column.branch.head is not None
    lines = wrapped(column.branch.head.nothing_below, column.width, 13)
    shapes = tuple(
        Label(x=column.left, y=y + 16 + LINE * row, text=text, kind="note")
        for row, text in enumerate(lines)
    )
    none: frozenset[str] = frozenset()
    return Stretch(shapes=shapes, foot=y, stop=Stop(y=y, expected=none, taken_up=none))


def head(view: ChainView, plan: Plan, column: Column) -> Iterator[Shape]:
    """The post at the head of a column, with its words beside it or under it."""
    place = column.head
    assert place is not None
    if place.station.is_post:
        yield outline(place)
        yield from passing(view, place, column.rails)
        yield from goal_dots(view, place)
    station = place.station
    if not station.is_post:
        yield from lines_at(station, column.width, column.left, place.middle + 5)
    elif column.words_beside:
        rows = len(post_words(station, column.words_room))
        top = place.middle - LINE * (rows - 1) / 2 + 5
        yield from lines_at(station, column.words_room, column.words_left, top)
    else:
        yield Box(
            x=column.left - 2,
            y=place.foot + 2,
            width=column.width,
            height=plan.below_y - place.foot,
            plain=True,
        )
        yield from lines_at(station, column.width, column.left, place.foot + LINE)
    yield from anchors_of(place)


def low_post(view: ChainView, column: Column, station: Station, y: float) -> Stretch:
    """A post further down: its words beside the rails, its leaders below them."""
    place = post_place(view, column, station, y, LOW_POST)
    left, room = column.words_left, column.words_room
    rows = len(post_words(station, room))
    shapes: list[Shape] = [outline(place), *goal_dots(view, place)]
    shapes += lines_at(station, room, left, place.middle + 5)
    foot = place.middle + 10 + LINE * (rows - 1)
    for field, said in small_fields(station):
        drawn = small_field(field, said, left, foot, room)
        shapes += drawn
        foot = max(one.y for one in drawn) + LOW_PITCH / 2 + 2
    shapes += low_anchors(place, shapes)
    taken = frozenset(station.taken_up)
    for field in station.fields:
        taken |= {key for one in field.leaders for key in one.taken_up}
    stop = Stop(y=place.middle, expected=frozenset(place.slots), taken_up=taken)
    return Stretch(shapes=tuple(shapes), foot=max(foot, place.foot), stop=stop)


def small_fields(station: Station) -> list[tuple[Field, str]]:
    """The leaders below a post with their words; what is only counted is said last."""
    drawn = [(field, field.short) for field in station.fields if field.leaders]
    counted = [field.short for field in station.fields if not field.leaders]
    if drawn and counted:
        field, said = drawn[-1]
        drawn[-1] = (field, " · ".join([said, *counted]))
    return drawn


def small_field(
    field: Field, said: str, left: float, top: float, room: float
) -> list[Dot | Label]:
    """Leaders beside a post, and how many are along."""
    rows, all_over = rows_of(len(field.leaders), room, LOW_PITCH)
    beside = room - text_width(said, 13) - 8
    rows_beside, fewer = rows_of(len(field.leaders), beside, LOW_PITCH)
    fits = rows_beside == rows
    per_row = fewer if fits else all_over
    dots = list(leader_dots(field, left - 2, top, per_row, LOW_PITCH))
    foot = max(dot.y for dot in dots) + 4.5
    x, y = (left + per_row * LOW_PITCH + 4, foot) if fits else (left, foot + LINE - 1)
    return [*dots, Label(x=x, y=y, text=said, kind="note")]


def low_anchors(place: Place, shapes: Sequence[Shape]) -> Iterator[Anchor]:
    """The places of numbers at a post further down, and at its leaders."""
    key = place.station.key
    yield Anchor(where=Where(station=key), x=place.x, y=place.y + 2, radius=9)
    for thread, x in place.slots.items():
        where = Where(station=key, thread=thread)
        yield Anchor(where=where, x=x, y=place.middle, radius=9)
    said = [one for one in shapes if isinstance(one, Label)][-1]
    x = said.x + text_width(said.text, 11) + 14
    where = Where(station=key, at_leaders=True)
    yield Anchor(where=where, x=x, y=said.y - 4.5, radius=9, step=22)


def foot_field(
    view: ChainView, column: Column, field: Field, top: float, *, first: bool
) -> Stretch:
    """The leaders at the foot of a column, in a field of their own."""
    if not field.leaders:
        return counted_only(column, field, top)
    pitch = pitch_of(len(field.leaders))
    rows, per_row = rows_of(len(field.leaders), column.width - 24, pitch)
    words_room = max(len(field.words) * 7.4 + 24, per_row * pitch + 24)
    rails_end = max(column.rails.values(), default=column.left) - column.left + 16
    width = min(max(words_room, rails_end), column.width)
    lines = wrapped(field.words, width - 20, 13.5)
    height = 18 + rows * pitch + LINE * len(lines) + 6
    box = Box(x=column.left - 2, y=top, width=width, height=height)
    left = box.x + (width - per_row * pitch) / 2
    shapes: list[Shape] = [box]
    shapes += leader_dots(field, left, top + 9, per_row, pitch)
    foot = top + 18 + rows * pitch + 9
    for row, text in enumerate(lines):
        x = box.x + width / 2
        shapes.append(
            Label(x=x, y=foot + LINE * row, text=text, kind="count", anchor="middle")
        )
    if first:
        shapes += field_anchors(column, box)
    expected = frozenset(k for one in field.leaders for k in one.expected)
    taken = frozenset(k for one in field.leaders for k in one.taken_up)
    return Stretch(
        shapes=tuple(shapes),
        foot=top + height,
        stop=Stop(y=top, expected=expected, taken_up=taken),
    )


def counted_only(column: Column, field: Field, top: float) -> Stretch:
    """Those of a level that is counted and not drawn, in words."""
    label = Label(x=column.left, y=top + 4, text=field.words, kind="note")
    none: frozenset[str] = frozenset()
    stop = Stop(y=0.0, expected=none, taken_up=none)
    return Stretch(shapes=(label,), foot=top + 4, stop=stop)


def pitch_of(count: int) -> float:
    """The room between two leaders: less where there are many."""
    return next(
        p for most, p in ((48, 20.0), (120, 16.0), (10**6, 13.0)) if count <= most
    )


def foot_key(column: Column) -> str:
    """The key of the post that leads the leaders at the foot."""
    head_post = column.branch.head
    return head_post.key if head_post else column.branch.top


def field_anchors(column: Column, box: Box) -> Iterator[Anchor]:
    """The places of numbers at the leaders: the corner, and above on each thread."""
    key = foot_key(column)
    corner = min(box.x + box.width, WIDTH - 12)
    yield Anchor(where=Where(station=key, at_leaders=True), x=corner, y=box.y)
    for place, (thread, x) in enumerate(column.rails.items()):
        where = Where(station=key, thread=thread, at_leaders=True)
        yield Anchor(where=where, x=x, y=box.y - 15 - 22 * (place % 2))


def rails(
    view: ChainView, plan: Plan, column: Column, stops: Sequence[Stop]
) -> Iterator[Shape]:
    """The threads straight down, or a thin line where there is none.

    A thread is solid to the last that has it and dotted to the last that should.
    """
    begin, carried = start_of(plan, column), sources(plan, column)
    drawn = [
        strand
        for key, x in column.rails.items()
        if key not in view.proposed
        for strand in rail(view, key, (x, begin), carried, stops)
    ]
    yield from drawn
    if stops and not drawn and (not column.head or column.head.station.is_post):
        middle = column.head.x + column.head.width / 2 if column.head else column.left
        last = max(stop.y for stop in stops)
        yield Link(path=f"M{middle:g} {begin:g}V{last:g}")


def start_of(plan: Plan, column: Column) -> float:
    """Where the rails begin."""
    return column.head.foot if column.head else plan.below_y


def sources(plan: Plan, column: Column) -> frozenset[str]:
    """The threads that the rails carry at their beginning."""
    if column.head:
        carried = column.head.station
        passed = frozenset(column.rails) - frozenset(column.head.slots)
        return frozenset(carried.taken_up) | passed
    return frozenset(
        key for key in column.rails if comes_from(plan.tops.get(column.branch.top), key)
    )


def comes_from(above: Place | None, key: str) -> bool:
    """Whether a thread gets past a post: it has it, or it is not for it to have."""
    return above is None or key not in above.slots or key in above.station.taken_up


def rail(
    view: ChainView,
    key: str,
    begin: tuple[float, float],
    carried: frozenset[str],
    stops: Sequence[Stop],
) -> Iterator[Strand]:
    """One thread on its rail."""
    x, y = begin
    taken = max((s.y for s in stops if key in s.taken_up), default=y)
    wanted = max((s.y for s in stops if key in s.expected), default=y)
    ends = taken if key in carried else y
    lost = max(wanted, taken) if key in carried or taken > y else y
    if ends > y:
        way = f"M{x:g} {y:g}V{ends:g}"
        yield Strand(path=way, colour=view.colour(key), dotted=False)
    if lost > ends:
        yield Strand(path=f"M{x:g} {ends:g}V{lost:g}", colour=FAINT, dotted=True)
