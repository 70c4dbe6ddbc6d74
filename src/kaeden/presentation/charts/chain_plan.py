"""Where everything stands on the wide chain map: goals, posts, and the columns below."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from kaeden.presentation.charts.chain_lanes import Net, lanes_of
from kaeden.presentation.charts.chain_parts import (
    CHIEFS,
    DIRECTOR,
    ChainView,
    Field,
    Station,
)
from kaeden.presentation.charts.parts import wrapped

WIDTH = 1120.0
LEFT, RIGHT = 132.0, 1112.0
TOP = 6.0
GAP = 22.0  # between two columns
LINE = 17.0  # between two lines of words
POST = 36.0  # height of a post; those further down are lower
LOW_POST = 26.0
SLOT, CLOSE_SLOT, LEAST_SLOT = 17.0, 9.0, 5.5  # between two dots in a post
LANE = 11.0  # between two threads that run across
LANDING = 26.0  # straight run of a thread above a post
NUMBERED = 54.0  # the same, with room for the numbers of breaks
WORDS = 104.0  # least room for words beside a post
FIELD_WORDS = 168.0  # the same, with leaders beside the post
MOST_HEADS = 6  # more posts than these are set below one another


@dataclass(frozen=True, kw_only=True, slots=True)
class Branch:
    """A column: the post at its head, those below it in turn, the leaders at its foot.

    `top` is the key of the post above. Without a head, those below are led by it
    directly.
    """

    top: str
    head: Station | None
    stack: tuple[Station, ...] = ()
    fields: tuple[Field, ...] = ()

    @property
    def posts(self) -> tuple[Station, ...]:
        """The head, if there is one, and the posts below it."""
        return (self.head, *self.stack) if self.head else self.stack

    @property
    def leaders(self) -> int:
        """How many leaders it has room for."""
        fields = (*self.fields, *(f for one in self.stack for f in one.fields))
        return sum(len(field.leaders) for field in fields)


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a post stands, and where each thread runs through it."""

    station: Station
    x: float
    y: float
    width: float
    height: float
    slots: Mapping[str, float]

    @property
    def foot(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """Half way down."""
        return self.y + self.height / 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A branch in its place: `rails` are where its threads run down."""

    branch: Branch
    left: float
    width: float
    rails: Mapping[str, float]
    head: Place | None = None

    @property
    def words_beside(self) -> bool:
        """Whether there is room for words to the right of the rails."""
        return self.words_room >= WORDS - 1

    @property
    def words_left(self) -> float:
        """Where words begin beside the rails."""
        last = max(self.rails.values(), default=self.left + POST / 2)
        return last + POST / 2 + 12

    @property
    def words_room(self) -> float:
        """How wide words beside the rails may be."""
        return self.left + self.width - self.words_left


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """Places of goals, topmost posts and columns; `lanes` is the height of each lane."""

    goals: Mapping[str, float]
    goal_width: float
    cap: float
    tops: Mapping[str, Place]
    columns: tuple[Column, ...]
    lanes: Mapping[tuple[str, str], float]
    heads_y: float
    below_y: float
    stub: float


def stop_at_leaders(view: ChainView) -> bool:
    """Whether a number stands on a thread above some leaders."""
    places = (place for found in view.breaks for place in found.places)
    return any(place.at_leaders and place.thread for place in places)


def arranged(view: ChainView) -> ChainView:
    """The chain with its goals above the columns they lead to, so that few cross."""
    keys = [rails_of(view, one) for one in branches_of(view, tops_of(view))]
    places = {
        thread.key: [place for place, here in enumerate(keys) if thread.key in here]
        for thread in view.threads
    }
    middles = {key: sum(found) / len(found) for key, found in places.items() if found}
    threads = sorted(view.threads, key=lambda t: middles.get(t.key, len(keys)))
    return replace(view, threads=tuple(threads))


def planned(view: ChainView) -> Plan:
    """Room for every goal and every post."""
    tops = tops_of(view)
    branches = tuple(branches_of(view, tops))
    goals = goal_places(view)
    goal_width = min((RIGHT - LEFT) / max(len(goals), 1) - 10, 178.0)
    lines = [len(goal_lines(view, key, goal_width)) for key in goals]
    cap = TOP + LINE * max(lines, default=1) + 8
    first = cap + landing(view, tops) + 6
    top_places = {
        one.key: top_place(view, one, goals, first + (POST + 14) * row)
        for row, one in enumerate(tops)
    }
    begin = first + (POST + 14) * len(tops) - 2
    columns = columns_of(view, branches, goals)
    lanes = lane_heights(view, goals, columns, begin)
    lowest = max(lanes.values(), default=begin - 4)
    heads = [branch.head for branch in branches if branch.head]
    heads_y = lowest + (landing(view, heads) if heads else 0)
    placed = tuple(head_placed(view, column, heads_y) for column in columns)
    under = max((head_words(c) for c in placed if not c.words_beside), default=0)
    return Plan(
        goals=goals,
        goal_width=goal_width,
        cap=cap,
        tops=top_places,
        columns=placed,
        lanes=lanes,
        heads_y=heads_y,
        below_y=heads_y + (POST if heads else 0) + LINE * under,
        stub=NUMBERED if stop_at_leaders(view) else LANDING,
    )


def tops_of(view: ChainView) -> tuple[Station, ...]:
    """The directors: what the goals come to first."""
    return tuple(one for one in view.below("") if one.level == DIRECTOR)


def branches_of(view: ChainView, tops: Sequence[Station]) -> Iterator[Branch]:
    """The columns: below each topmost post, then posts that report to nobody."""
    for top in tops:
        below = view.below(top.key)
        heads = [one for one in below if one.level in {DIRECTOR, CHIEFS}]
        others = [one for one in below if one not in heads]
        if not heads and len(others) <= MOST_HEADS:
            heads, others = others, []
        for head in heads:
            yield column_of(view, head, top.key)
        stack = tuple(one for other in others for one in (other, *down(view, other)))
        if stack or top.fields:
            yield Branch(top=top.key, head=None, stack=stack, fields=top.fields)
    for loose in view.below(""):
        if loose not in tops:
            yield column_of(view, loose, "")


def column_of(view: ChainView, head: Station, top: str) -> Branch:
    """A column with its head."""
    stack = tuple(down(view, head))
    return Branch(top=top, head=head, stack=stack, fields=head.fields)


def down(view: ChainView, station: Station) -> Iterator[Station]:
    """The posts below one, each followed by those below it."""
    for one in view.below(station.key):
        yield one
        yield from down(view, one)


def goal_places(view: ChainView) -> dict[str, float]:
    """The middle of each goal, evenly over the width."""
    count = len(view.threads)
    step = min((RIGHT - LEFT) / max(count, 1), 216.0)
    middle = (LEFT + RIGHT) / 2
    return {
        thread.key: round(middle + step * (place - (count - 1) / 2), 1)
        for place, thread in enumerate(view.threads)
    }


def goal_lines(view: ChainView, key: str, width: float) -> tuple[str, ...]:
    """The goal's name on lines; with a word when it is only proposed."""
    thread = view.threads[view.place(key)]
    lines = wrapped(thread.name, width, 14)
    return (*lines, _("(proposed)")) if thread.proposed else lines


def landing(view: ChainView, stations: Sequence[Station]) -> float:
    """The straight run above posts, longer when a thread ends there."""
    return NUMBERED if any(view.stopped(one) for one in stations) else LANDING


def top_place(
    view: ChainView, station: Station, goals: Mapping[str, float], y: float
) -> Place:
    """A director across all threads: each runs straight through."""
    slots = {key: goals[key] for key in view.slots(station)}
    left = min(goals.values(), default=(LEFT + RIGHT) / 2)
    right = max(goals.values(), default=left)
    return Place(
        station=station,
        x=left - POST,
        y=y,
        width=right - left + 2 * POST,
        height=POST,
        slots=slots,
    )


def columns_of(
    view: ChainView, branches: Sequence[Branch], goals: Mapping[str, float]
) -> tuple[Column, ...]:
    """The columns side by side; those with many leaders are wider."""
    if len(branches) == 1:
        return (only_column(view, branches[0], goals),)
    rails = [rails_of(view, branch) for branch in branches]
    room = RIGHT - LEFT - GAP * (len(branches) - 1)
    slot = slot_width(rails, room)
    least = [slot * max(len(keys) - 1, 0) + POST + 8 for keys in rails]
    needs = wanted_widths(branches, least, room)
    spare = max(room - sum(needs), 0.0)
    weights = [math.sqrt(max(branch.leaders, 6)) for branch in branches]
    left, found = LEFT, []
    for branch, keys, need, weight in zip(branches, rails, needs, weights, strict=True):
        width = need + spare * weight / sum(weights)
        places = side_by_side(keys, left + POST / 2, slot)
        found.append(Column(branch=branch, left=left, width=width, rails=places))
        left += width + GAP
    return tuple(found)


def wanted_widths(
    branches: Sequence[Branch], least: Sequence[float], room: float
) -> Sequence[float]:
    """The widths with room for words beside the posts, as far as there is room at all."""
    roomy = [
        need + 8 + (FIELD_WORDS if branch.stack else WORDS)
        for branch, need in zip(branches, least, strict=True)
    ]
    close = [need + 8 + WORDS for need in least]
    return next((one for one in (roomy, close) if sum(one) <= room), least)


def only_column(view: ChainView, branch: Branch, goals: Mapping[str, float]) -> Column:
    """The one column of a small chain, below the goals; without posts, straight down."""
    keys = rails_of(view, branch)
    middle = (LEFT + RIGHT) / 2
    rails = side_by_side(keys, middle - SLOT * (len(keys) - 1) / 2, SLOT)
    if not branch.posts:
        rails = {key: goals[key] for key in keys}
    left = min(rails.values(), default=middle) - POST / 2
    return Column(branch=branch, left=left, width=RIGHT - left, rails=rails)


def side_by_side(keys: Sequence[str], first: float, slot: float) -> dict[str, float]:
    """The places of threads beside each other."""
    return {key: round(first + slot * i, 1) for i, key in enumerate(keys)}


def slot_width(rails: Sequence[Sequence[str]], room: float) -> float:
    """The room between two threads: less when there are many columns."""
    gaps = sum(max(len(keys) - 1, 0) for keys in rails)
    fixed = sum(POST + WORDS + 16 for _keys in rails)
    if not gaps or fixed + gaps * SLOT <= room:
        return SLOT
    beside = (room - fixed) / gaps
    if beside >= CLOSE_SLOT:
        return beside
    tight = (room - sum(POST + 8 for _keys in rails)) / gaps
    return min(max(tight, LEAST_SLOT), SLOT)


def rails_of(view: ChainView, branch: Branch) -> list[str]:
    """The threads that have to do with a column, in their order."""
    if branch.head and not branch.head.is_post:
        return []
    leaders = [one for field in branch.fields for one in field.leaders]
    here = {key for one in leaders for key in (*one.expected, *one.taken_up)}
    here |= {key for one in branch.posts for key in (*one.expected, *one.taken_up)}
    return [thread.key for thread in view.threads if thread.key in here]


def head_placed(view: ChainView, column: Column, y: float) -> Column:
    """A column with its head in its place."""
    head = column.branch.head
    if head is None:
        return column
    return replace(column, head=post_place(view, column, head, y, POST))


def post_place(
    view: ChainView, column: Column, station: Station, y: float, height: float
) -> Place:
    """A post on the rails of its column."""
    slots = {key: column.rails[key] for key in view.slots(station)}
    ends = min(column.rails.values(), default=0), max(column.rails.values(), default=0)
    middle = sum(ends) / 2 if column.rails else column.left + POST / 2
    left = min(slots.values(), default=middle)
    right = max(slots.values(), default=left)
    return Place(
        station=station,
        x=left - height / 2,
        y=y,
        width=right - left + height,
        height=height,
        slots=slots,
    )


def head_words(column: Column) -> int:
    """How many lines of words stand under a head that has no room beside it."""
    head = column.branch.head
    return len(post_words(head, column.width)) if head else 0


def post_words(station: Station, room: float) -> list[tuple[str, str]]:
    """The words of a post by line, each with its kind."""
    vacant = _("vacant post")
    kind = "quiet" if station.quiet else "vacant"
    words = [(text, "name") for text in wrapped(station.name, room, 14.5)]
    words += [(vacant, kind)] if station.vacant else []
    words += [(t, "note") for t in wrapped(station.note, room, 13) if t]
    return words


def lane_heights(
    view: ChainView,
    goals: Mapping[str, float],
    columns: Sequence[Column],
    begin: float,
) -> dict[tuple[str, str], float]:
    """The height at which each thread runs across, by the post above and the thread."""
    feet: dict[tuple[str, str], list[float]] = {}
    for column in columns:
        for key, x in column.rails.items():
            feet.setdefault((column.branch.top, key), []).append(x)
    nets = [
        Net(key=f"{top}\n{key}", top=goals[key], feet=tuple(places))
        for (top, key), places in feet.items()
    ]
    found = lanes_of(nets)
    return {
        (top, key): begin + 12 + LANE * found.get(f"{top}\n{key}", 0)
        for top, key in feet
    }
