"""The chain map on a phone: threads run straight down, stations follow one another."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaeden.presentation.charts.chain_parts import (
    BROKEN,
    FAINT,
    INK,
    Badge,
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
    Thread,
    collected,
    leader_dots,
)
from kaeden.presentation.charts.parts import wrapped

WIDTH = 344.0
EDGE = 14.0
LINE = 18.0  # between two lines of text
LEADER = 13.0  # between two leaders
POST = 28.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Rails:
    """Where each thread runs, and where words begin."""

    places: dict[str, float]
    words: float

    @property
    def room(self) -> float:
        """How wide words may be."""
        return WIDTH - self.words - 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A stretch of the map: what it shows, how high, and which threads it touches."""

    shapes: tuple[Shape, ...]
    foot: float
    touches: frozenset[str] = frozenset()
    middle: float = 0.0


def draw_narrow(view: ChainView) -> ChainPicture:
    """The map in its narrow form."""
    rails = laid(view)
    starts: dict[str, float] = {}
    blocks = [level_block(view, 0, 0.0, rails)]
    for thread in view.threads:
        blocks.append(goal_block(view, thread, blocks[-1].foot, rails))
        starts[thread.key] = blocks[-1].middle
    for station, level in in_turn(view):
        if level:
            blocks.append(level_block(view, level, blocks[-1].foot, rails))
        blocks.append(post_block(view, station, blocks[-1].foot, rails))
        if station.leaders:
            blocks.append(field_block(view, station, blocks[-1].foot, rails))
    strands = (
        strand for t in view.threads for strand in way(view, t, starts, blocks, rails)
    )
    shapes = [
        *spine(view, blocks),
        *strands,
        *(shape for block in blocks for shape in block.shapes),
    ]
    return collected(WIDTH, blocks[-1].foot + 8, shapes)


def spine(view: ChainView, blocks: Iterable[Block]) -> Iterable[Link]:
    """The reporting line, straight down through the posts."""
    posts = [s for block in blocks for s in block.shapes if isinstance(s, Pill)]
    posts = posts[len(view.threads) :]
    if posts:
        beside = 8 if len(view.threads) % 2 else 0
        x = posts[0].x + posts[0].width / 2 + beside
        foot = posts[-1].y + POST / 2
        yield Link(path=f"M{x:g} {posts[0].y - 24:g}V{foot:g}")


def laid(view: ChainView) -> Rails:
    """Rails side by side, closer when there are many."""
    apart = 20.0 if len(view.threads) <= 6 else 16.0
    places = {t.key: EDGE + 4 + apart * i for i, t in enumerate(view.threads)}
    last = max(places.values(), default=EDGE)
    return Rails(places=places, words=last + EDGE + 12)


def in_turn(view: ChainView) -> Iterable[tuple[Station, int]]:
    """Stations from the top, with the number of the level that begins there, if any."""
    for order, top in enumerate(view.below("")):
        yield top, 0 if order else 1
        for place, chief in enumerate(view.below(top.key)):
            yield chief, 0 if place or order else 2


def level_block(view: ChainView, place: int, top: float, rails: Rails) -> Block:
    """The name of a level, with a thin line above all but the first."""
    name = view.levels[place].name if place < len(view.levels) else ""
    label = Label(x=rails.words, y=top + 22, text=name, kind="level")
    rule = (Rule(y=top + 2, left=rails.words, right=WIDTH),) if place else ()
    return Block(shapes=(*rule, label), foot=top + 32)


def goal_block(view: ChainView, thread: Thread, top: float, rails: Rails) -> Block:
    """A goal: where its thread begins, and its name."""
    lines = wrapped(thread.name, rails.room, 14.5)
    middle = top + 14
    x = rails.places[thread.key]
    shapes: list[Shape] = [
        Pill(
            x=x - 7,
            y=middle - 7,
            width=14,
            height=14,
            colour=view.colour(thread.key),
            dashed=False,
            radius=7,
        ),
        Rule(y=middle, left=x + 11, right=rails.words - 6),
    ]
    shapes += text_lines(lines, "goal", rails.words, middle + 5)
    foot = top + LINE * len(lines)
    if thread.proposed:
        shapes += text_lines((_("(proposed)"),), "note", rails.words, foot + 16)
        foot += LINE - 2
    if found := view.broken("", thread.key):
        shapes.append(Badge(x=x, y=middle, radius=9, number=found.number))
    return Block(
        shapes=tuple(shapes),
        foot=foot + 12,
        touches=frozenset({thread.key}),
        middle=middle,
    )


def post_block(view: ChainView, station: Station, top: float, rails: Rails) -> Block:
    """A post across the rails, with its words beside it."""
    words = [(text, "name") for text in wrapped(station.name, rails.room, 14.5)]
    words += [(_("vacant post"), "vacant")] if station.vacant else []
    words += [(t, "note") for t in wrapped(station.note, rails.room, 13) if t]
    middle = top + 20
    shapes: list[Shape] = [post_pill(station, middle, rails)]
    for row, (text, kind) in enumerate(words):
        shapes += text_lines((text,), kind, rails.words, middle + 5 + LINE * row)
    shapes += post_marks(view, station, middle, rails)
    return Block(
        shapes=tuple(shapes),
        foot=max(top + 42, middle + LINE * len(words) + 4),
        touches=frozenset(reached(view, station)),
        middle=middle,
    )


def reached(view: ChainView, station: Station) -> Iterable[str]:
    """The threads that come as far as a post, whether or not they go on from it."""
    above = [one for one in view.stations if one.key == station.parent]
    for key in view.slots(station):
        if key in {*station.taken_up, *view.proposed} or all(
            key in one.taken_up for one in above
        ):
            yield key


def post_pill(station: Station, middle: float, rails: Rails) -> Pill:
    """The outline of a post."""
    last = max(rails.places.values(), default=EDGE)
    return Pill(
        x=EDGE - 10,
        y=middle - POST / 2,
        width=last - EDGE + 24,
        height=POST,
        colour=BROKEN if station.vacant else INK,
        dashed=station.vacant,
        radius=POST / 2,
    )


def post_marks(
    view: ChainView, station: Station, middle: float, rails: Rails
) -> Iterable[Shape]:
    """A dot for each goal taken up, a number where one stops."""
    for key in view.slots(station):
        x, colour = rails.places[key], view.colour(key)
        if key in station.taken_up:
            yield Dot(x=x, y=middle, radius=5.5, fill=colour, stroke=colour)
        elif found := view.broken(station.key, key):
            yield Badge(x=x, y=middle, radius=9, number=found.number)
        else:
            edge = colour if key in view.proposed else FAINT
            yield Dot(x=x, y=middle, radius=4.5, fill="#fff", stroke=edge)
    if found := view.broken(station.key, ""):
        yield Badge(x=EDGE - 4, y=middle - POST / 2, radius=9, number=found.number)


def field_block(view: ChainView, station: Station, top: float, rails: Rails) -> Block:
    """The leaders below a chief, as dots and in a sentence."""
    per_row = max(int(rails.room // LEADER), 1)
    rows = -(-len(station.leaders) // per_row)
    lines = wrapped(station.leaders_words, rails.room, 13.5)
    shapes: list[Shape] = [
        *leader_dots(station, rails.words - 2, top, per_row, LEADER),
        *text_lines(lines, "count_left", rails.words, top + rows * LEADER + 18),
    ]
    middle = top + rows * LEADER / 2 + 6
    for key in station.leaders_stop:
        if found := view.broken(station.key, key, at_leaders=True):
            x = rails.places[key]
            shapes.append(Badge(x=x, y=middle, radius=9, number=found.number))
    if found := view.broken(station.key, "", at_leaders=True):
        shapes.append(Badge(x=WIDTH - 12, y=middle, radius=9, number=found.number))
    return Block(
        shapes=tuple(shapes),
        foot=top + rows * LEADER + LINE * len(lines) + 16,
        touches=frozenset(station.taken_up),
        middle=middle,
    )


def text_lines(lines: Iterable[str], kind: str, x: float, y: float) -> Iterable[Label]:
    """Lines of text below one another."""
    for row, text in enumerate(lines):
        yield Label(x=x, y=y + LINE * row, text=text, kind=kind)


def way(
    view: ChainView,
    thread: Thread,
    starts: dict[str, float],
    blocks: Iterable[Block],
    rails: Rails,
) -> Iterable[Strand]:
    """A thread from its goal to the last place that has to do with it."""
    last = max(b.middle for b in blocks if thread.key in b.touches)
    start = starts[thread.key]
    if last > start:
        x = rails.places[thread.key]
        yield Strand(
            path=f"M{x:g} {start:g}V{last:g}",
            colour=view.colour(thread.key),
            dotted=thread.proposed,
        )
