"""Where everything stands on the wide chain map: room for goals, posts and threads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaeden.presentation.charts.chain_parts import ChainView, Station
from kaeden.presentation.charts.parts import wrapped

WIDTH = 1120.0
LEFT, RIGHT = 112.0, 1112.0
GAP = 18.0  # between two columns
LANE = 12.0  # between two threads side by side
THIN_LANE = 8.0  # the same, when all of them are only proposed
SLOT = 17.0  # between two dots in a post
POST = 40.0  # height of a post
LANDING = 34.0  # straight run of a thread above a post
NUMBERED = 66.0  # the same, with room for the numbers of breaks


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
    lane: float


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
    lane = THIN_LANE if len(view.proposed) == count else LANE
    top_y = (
        12
        + goal_height
        + 18
        + lane * ((passing(view, tops) + 1) // 2)
        + landing(view, tops)
    )
    band = lane * passing(view, chiefs) + landing(view, chiefs)
    chief_y = top_y + POST + 18 + band
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
        lane=lane,
    )


def passing(view: ChainView, stations: Iterable[Station]) -> int:
    """How many threads run down to posts of a level."""
    return len({key for one in stations for key in view.slots(one)})


def landing(view: ChainView, stations: Iterable[Station]) -> float:
    """The straight run above posts, longer when a thread ends there."""
    return NUMBERED if any(view.stopped(one) for one in stations) else LANDING


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


def centre(at: Place) -> float:
    """The middle of a post, or beside the thread that runs there."""
    return at.x + at.width / 2 + (SLOT / 2 if len(at.slots) % 2 else 0)


def label_room(plan: Plan, at: Place) -> float:
    """How wide the words beside a chief may be."""
    return plan.column - at.width - 20
