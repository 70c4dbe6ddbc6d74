"""What a chain map is drawn from, and the simple shapes that it is drawn with."""

from collections.abc import Iterable
from dataclasses import dataclass

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


@dataclass(frozen=True, kw_only=True, slots=True)
class ChainLevel:
    """A level of the chain and what it is called."""

    key: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Thread:
    """A goal on its way down; dotted as long as it is only proposed."""

    key: str
    name: str
    href: str = ""
    proposed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Leader:
    """A unit's leadership; included when the goals have been given a meaning there."""

    name: str
    included: bool
    href: str = ""
    vacant: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Station:
    """A post: goals that should be here, those taken up, and the leaders below."""

    key: str
    level: str
    name: str
    parent: str = ""
    note: str = ""
    href: str = ""
    vacant: bool = False
    expected: tuple[str, ...] = ()
    taken_up: tuple[str, ...] = ()
    leaders: tuple[Leader, ...] = ()
    leaders_words: str = ""
    leaders_stop: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ChainBreak:
    """A numbered break, where it is, and the one act that mends it."""

    number: int
    sentence: str
    act: str
    href: str
    thread: str = ""
    station: str = ""
    at_leaders: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ChainView:
    """The whole chain; stations without a parent stand under the committee."""

    title: str
    levels: tuple[ChainLevel, ...]
    threads: tuple[Thread, ...]
    stations: tuple[Station, ...]
    breaks: tuple[ChainBreak, ...] = ()
    summary: str = ""
    included_words: str = ""
    left_out_words: str = ""

    @property
    def proposed(self) -> frozenset[str]:
        """The threads that nobody has adopted yet."""
        return frozenset(found.key for found in self.threads if found.proposed)

    def stopped(self, station: Station) -> tuple[str, ...]:
        """The adopted threads that should be in a station and are not."""
        absent = {*station.taken_up, *self.proposed}
        return tuple(key for key in self.slots(station) if key not in absent)

    def colour(self, thread: str) -> str:
        """The colour of a thread, by its place."""
        keys = [found.key for found in self.threads]
        return COLOURS[keys.index(thread) % len(COLOURS)]

    def below(self, parent: str) -> tuple[Station, ...]:
        """The stations right below one; those at the top when it is empty."""
        return tuple(found for found in self.stations if found.parent == parent)

    def slots(self, station: Station) -> tuple[str, ...]:
        """The threads that have a place in a station, in the order of the threads."""
        here = {*station.expected, *station.taken_up}
        return tuple(found.key for found in self.threads if found.key in here)

    def broken(
        self, station: str, thread: str, *, at_leaders: bool = False
    ) -> ChainBreak | None:
        """The break at a place, if there is one."""
        place = (station, thread, at_leaders)
        return next(
            (b for b in self.breaks if (b.station, b.thread, b.at_leaders) == place),
            None,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A thin line between two levels."""

    y: float
    left: float
    right: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A thin line from a post to one that reports to it."""

    path: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Strand:
    """A stretch of a thread: solid, dotted in its colour, or dotted and lost.

    One that is `over` lies above all threads that it crosses.
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
    """A goal in a post, or a leader; hollow when proposed, or not included."""

    x: float
    y: float
    radius: float
    fill: str
    stroke: str
    title: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """The field that leaders stand in."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """A line of text: of a level, goal, name, note, vacancy or count."""

    x: float
    y: float
    text: str
    kind: str
    anchor: str = "start"


@dataclass(frozen=True, kw_only=True, slots=True)
class Badge:
    """The number of a break, where it happens."""

    x: float
    y: float
    radius: float
    number: int


Shape = Rule | Link | Strand | Pill | Dot | Box | Label | Badge


@dataclass(frozen=True, kw_only=True, slots=True)
class ChainPicture:
    """One size of the map, in pixels of its own view box."""

    width: float
    height: float
    rules: tuple[Rule, ...]
    links: tuple[Link, ...]
    strands: tuple[Strand, ...]
    pills: tuple[Pill, ...]
    boxes: tuple[Box, ...]
    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]
    badges: tuple[Badge, ...]


def collected(width: float, height: float, shapes: Iterable[Shape]) -> ChainPicture:
    """The shapes by kind, in the order in which they are painted."""
    found = list(shapes)
    return ChainPicture(
        width=width,
        height=height,
        rules=tuple(s for s in found if isinstance(s, Rule)),
        links=tuple(s for s in found if isinstance(s, Link)),
        strands=merged(s for s in found if isinstance(s, Strand)),
        pills=tuple(s for s in found if isinstance(s, Pill)),
        boxes=tuple(s for s in found if isinstance(s, Box)),
        dots=tuple(s for s in found if isinstance(s, Dot)),
        labels=tuple(s for s in found if isinstance(s, Label)),
        badges=tuple(s for s in found if isinstance(s, Badge)),
    )


def merged(strands: Iterable[Strand]) -> tuple[Strand, ...]:
    """One strand for all that share colour and kind, so that none crosses itself.

    Lost stretches are painted first and the first thread last: it runs highest, so
    it then lies unbroken above those that it crosses.
    """
    paths: dict[tuple[bool, bool, str], str] = {}
    for strand in strands:
        kind = (strand.over, not strand.dotted, strand.colour)
        paths[kind] = paths.get(kind, "") + strand.path
    painted = list(paths)[::-1]
    painted.sort(key=lambda kind: kind[:2])
    return tuple(
        Strand(path=paths[kind], over=kind[0], dotted=not kind[1], colour=kind[2])
        for kind in painted
    )


def leader_dots(
    station: Station, left: float, top: float, per_row: int, apart: float
) -> Iterable[Dot]:
    """The leaders as a field of dots; a vacant one has a red ring."""
    for place, leader in enumerate(station.leaders):
        row, column = divmod(place, per_row)
        yield Dot(
            x=left + apart * (column + 0.5),
            y=top + apart * (row + 0.5),
            radius=round(apart * 0.34, 1),
            fill=INK if leader.included else "#fff",
            stroke=BROKEN if leader.vacant else INK,
            title=leader.name,
        )
