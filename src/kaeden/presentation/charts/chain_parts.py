"""What a chain map is drawn from, and the simple shapes that it is drawn with."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

COLOURS = (
    "#0059b3",
    "#b34700",
    "#00735c",
    "#7a3db8",
    "#806300",
    "#b0246b",
    "#3d6b1f",
    "#4a5568",
    "#0a7385",
)
BROKEN = "#b00020"
INK = "#1a1a1a"
FAINT = "#8c8c8c"
DIRECTOR, CHIEFS, AREAS = "director", "chiefs", "areas"
"""The levels whose posts are drawn one by one; those below are fields of dots."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ChainLevel:
    """A level of the chain and what it is called."""

    key: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Thread:
    """A goal on its way down; dotted as long as it is only proposed.

    `hue` is the place of its colour among `COLOURS`.
    """

    key: str
    name: str
    href: str = ""
    proposed: bool = False
    hue: int = 0


class Meaning(StrEnum):
    """How many of the goals that should be in a unit have been given a meaning there.

    It is unknown where no goal should be, and where the reader may not see it.
    """

    ALL = "all"
    SOME = "some"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class Leader:
    """A leader nearest the child: the goals that should be here, those taken up."""

    name: str
    href: str = ""
    vacant: bool = False
    expected: tuple[str, ...] = ()
    taken_up: tuple[str, ...] = ()

    @property
    def meaning(self) -> Meaning:
        """How many of the goals have been given a meaning."""
        here = set(self.taken_up) & set(self.expected)
        if not self.expected:
            return Meaning.UNKNOWN
        if not here:
            return Meaning.NONE
        return Meaning.SOME if set(self.expected) - here else Meaning.ALL


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """The leaders of one level below a post, and how many of them are along, in words.

    `short` says the same where there is little room. `stops` are the goals that none
    of them has taken up.
    """

    level: str
    leaders: tuple[Leader, ...]
    words: str
    short: str
    stops: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether all of the posts are vacant: then no single one is pointed at."""
        return bool(self.leaders) and all(one.vacant for one in self.leaders)


@dataclass(frozen=True, kw_only=True, slots=True)
class Station:
    """A post above the leaders: goals that should be here, those taken up, its fields.

    The first of its fields holds the leaders right below it; the others those below
    them. A vacancy is `quiet` in a chain that nobody has taken up yet, and a post that
    is not `linked` reports to nobody. One that is not a post only heads those whom
    nobody leads. Where it is not known whether a post has taken up the goals that are
    for it, they are drawn as going there, and no more is said.
    """

    key: str
    level: str
    name: str
    parent: str = ""
    note: str = ""
    href: str = ""
    vacant: bool = False
    quiet: bool = False
    linked: bool = True
    is_post: bool = True
    is_known: bool = True
    expected: tuple[str, ...] = ()
    taken_up: tuple[str, ...] = ()
    owns: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    nothing_below: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Where:
    """A place on the map: a goal, a post, a goal at a post, or the leaders below it."""

    thread: str = ""
    station: str = ""
    at_leaders: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ChainBreak:
    """A numbered break: where it is, whose it is, and the one act that mends it."""

    number: int
    sentence: str
    act: str
    href: str
    note: str = ""
    places: tuple[Where, ...] = ()

    def is_at(self, station: str) -> bool:
        """Whether it is anywhere at a post or its leaders."""
        return any(place.station == station for place in self.places)

    def is_on(self, thread: str) -> bool:
        """Whether it is anywhere on a goal's way."""
        return any(place.thread == thread for place in self.places)


@dataclass(frozen=True, kw_only=True, slots=True)
class ChainView:
    """The whole chain: the levels that occur, goals and posts, each from the top."""

    title: str
    summary: str
    levels: tuple[ChainLevel, ...]
    threads: tuple[Thread, ...]
    stations: tuple[Station, ...]
    breaks: tuple[ChainBreak, ...] = ()

    @property
    def proposed(self) -> frozenset[str]:
        """The threads that nobody has adopted yet."""
        return frozenset(found.key for found in self.threads if found.proposed)

    def stopped(self, station: Station) -> tuple[str, ...]:
        """The adopted threads that should be in a station and are not."""
        absent = {*station.taken_up, *self.proposed}
        return tuple(key for key in self.slots(station) if key not in absent)

    def colour(self, thread: str) -> str:
        """The colour of a thread."""
        return COLOURS[self.threads[self.place(thread)].hue % len(COLOURS)]

    def place(self, thread: str) -> int:
        """The place of a thread among all, from the left."""
        return [found.key for found in self.threads].index(thread)

    def below(self, parent: str) -> tuple[Station, ...]:
        """The stations right below one; those at the top when it is empty."""
        return tuple(found for found in self.stations if found.parent == parent)

    def slots(self, station: Station) -> tuple[str, ...]:
        """The threads that have a place in a station, in the order of the threads."""
        here = {*station.expected, *station.taken_up}
        return tuple(found.key for found in self.threads if found.key in here)


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A thin line from a post to one that reports to it."""

    path: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Strand:
    """A stretch of a thread: solid, dotted in its colour, or dotted and lost.

    One that is `over` runs across a post that it is not for.
    """

    path: str
    colour: str
    dotted: bool
    over: bool = False

    @property
    def lost(self) -> bool:
        """Whether the thread does not get here."""
        return self.dotted and self.colour == FAINT


@dataclass(frozen=True, kw_only=True, slots=True)
class Pill:
    """A goal or a post."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    dashed: bool
    radius: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Dot:
    """A goal in a post, or a leader; hollow when it is not along, half when partly.

    A `ring` lies round the goals that a post owns.
    """

    x: float
    y: float
    radius: float
    fill: str
    stroke: str
    ring: float = 0.0
    half: bool = False
    dashed: bool = False
    title: str = ""

    @property
    def lower_half(self) -> str:
        """The half that is filled when it is partly along."""
        left, right, r = self.x - self.radius, self.x + self.radius, self.radius
        return f"M{left:g} {self.y:g}A{r:g} {r:g} 0 0 0 {right:g} {self.y:g}Z"


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """The field that leaders stand in; a `plain` one only makes room for words."""

    x: float
    y: float
    width: float
    height: float
    plain: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """A line of text: of a level, goal, name, note, vacancy or count.

    The first line of a goal's or a post's name says in `goal` or `post` which it is.
    """

    x: float
    y: float
    text: str
    kind: str
    anchor: str = "start"
    goal: str = ""
    post: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Badge:
    """The number of a break, where it happens."""

    x: float
    y: float
    radius: float
    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchor:
    """Where the number of a break stands, if there is one; several stand `step` apart."""

    where: Where
    x: float
    y: float
    radius: float = 11.0
    step: float = -24.0


Shape = Anchor | Link | Strand | Pill | Dot | Box | Label | Badge


@dataclass(frozen=True, kw_only=True, slots=True)
class ChainPicture:
    """One size of the map, in pixels of its own view box."""

    width: float
    height: float
    links: tuple[Link, ...]
    strands: tuple[Strand, ...]
    over: tuple[Strand, ...]
    pills: tuple[Pill, ...]
    boxes: tuple[Box, ...]
    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]
    badges: tuple[Badge, ...]


def collected(
    view: ChainView, width: float, height: float, shapes: Iterable[Shape]
) -> ChainPicture:
    """The shapes by kind, in the order in which they are painted."""
    found = list(shapes)
    return ChainPicture(
        width=width,
        height=height,
        links=tuple(s for s in found if isinstance(s, Link)),
        strands=merged(s for s in found if isinstance(s, Strand) and not s.over),
        over=tuple(s for s in found if isinstance(s, Strand) and s.over),
        pills=tuple(s for s in found if isinstance(s, Pill)),
        boxes=tuple(s for s in found if isinstance(s, Box)),
        dots=tuple(s for s in found if isinstance(s, Dot)),
        labels=tuple(s for s in found if isinstance(s, Label)),
        badges=tuple(badges(view, [s for s in found if isinstance(s, Anchor)])),
    )


def badges(view: ChainView, anchors: Iterable[Anchor]) -> Iterator[Badge]:
    """The number of every break, wherever it is; at the nearest place that is drawn."""
    at = {anchor.where: anchor for anchor in anchors}
    standing: Counter[Where] = Counter()
    for found in view.breaks:
        for place in found.places:
            near = (one for one in nearest(place) if one in at)
            for where in islice(near, 1):
                anchor, order = at[where], standing[where]
                x = anchor.x + anchor.step * order
                standing[where] += 1
                yield Badge(x=x, y=anchor.y, radius=anchor.radius, number=found.number)


def nearest(place: Where) -> Iterator[Where]:
    """Give a place, and those that stand for it where it is not drawn itself."""
    yield place
    yield replace(place, thread="")
    yield Where(station=place.station)
    yield Where(thread=place.thread)


def merged(strands: Iterable[Strand]) -> tuple[Strand, ...]:
    """One strand for all that share colour and kind, so that none crosses itself.

    Lost stretches are painted first and the first thread last: it runs highest, so
    it then lies unbroken above those that it crosses.
    """
    paths: dict[tuple[bool, str], str] = {}
    for strand in strands:
        kind = (not strand.dotted, strand.colour)
        paths[kind] = paths.get(kind, "") + strand.path
    painted = list(paths)[::-1]
    painted.sort(key=lambda kind: kind[0])
    return tuple(
        Strand(path=paths[solid, colour], dotted=not solid, colour=colour)
        for solid, colour in painted
    )
