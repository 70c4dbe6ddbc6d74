"""The chain map in words: every post with its goals and breaks, and goal by goal."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaeden.presentation.charts.chain_parts import (
    ChainBreak,
    ChainView,
    Field,
    Leader,
    Station,
    Thread,
    Where,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedGoal:
    """A goal in the list; `hue` is the place of its colour."""

    name: str
    href: str
    hue: int
    proposed: bool
    breaks: tuple[ChainBreak, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedField:
    """The leaders of one level below a post, by how far they have come."""

    words: str
    level: str
    leaders: tuple[Leader, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedPost:
    """A post in the list, with the posts below it."""

    name: str
    href: str
    note: str
    vacant: bool
    is_known: bool
    taken_up: tuple[str, ...]
    stopped: tuple[str, ...]
    stopped_below: tuple[str, ...]
    owns: tuple[str, ...]
    fields: tuple[ListedField, ...]
    nothing_below: str
    breaks: tuple[ChainBreak, ...]
    below: tuple["ListedPost", ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class LineStop:
    """A post on one goal's way down: whether it has taken the goal up, and its leaders.

    `dots` holds each leader's state: "taken", "not", "vacant", or "leader" where there
    is no goal to follow.
    """

    name: str
    is_for: bool
    is_known: bool
    taken: bool
    vacant: bool
    quiet: bool
    numbers: tuple[int, ...]
    dots: tuple[str, ...]
    words: str
    below: tuple["LineStop", ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One goal followed from the top to the leaders."""

    goal: ListedGoal
    words: str
    numbers: tuple[int, ...]
    stops: tuple[LineStop, ...]


def listed_goal(view: ChainView, thread: Thread) -> ListedGoal:
    """A goal in the list."""
    here = Where(thread=thread.key)
    found = (one for one in view.breaks if here in one.places)
    return ListedGoal(
        name=thread.name,
        href=thread.href,
        hue=thread.hue,
        proposed=thread.proposed,
        breaks=tuple(found),
    )


def listed(view: ChainView, stations: Iterable[Station]) -> Iterator[ListedPost]:
    """Posts in the list, each with those below it."""
    names = {thread.key: thread.name for thread in view.threads}
    levels = {level.key: level.name for level in view.levels}
    for station in stations:
        slots = view.slots(station)
        yield ListedPost(
            name=station.name,
            href=station.href,
            note=station.note,
            vacant=station.vacant,
            is_known=station.is_known,
            taken_up=tuple(names[k] for k in slots if k in station.taken_up),
            stopped=tuple(names[k] for k in view.stopped(station)),
            stopped_below=tuple(names[k] for f in station.fields for k in f.stops),
            owns=tuple(names[k] for k in slots if k in station.owns),
            fields=tuple(
                ListedField(
                    words=field.words,
                    level=levels.get(field.level, ""),
                    leaders=field.leaders,
                )
                for field in station.fields
            ),
            nothing_below=station.nothing_below,
            breaks=tuple(b for b in view.breaks if b.is_at(station.key)),
            below=tuple(listed(view, view.below(station.key))),
        )


def line(view: ChainView, thread: Thread) -> Line:
    """One goal's way down."""
    stops = tuple(line_stops(view, view.below(""), thread.key))
    own = tuple(b.number for b in view.breaks if b.is_on(thread.key))
    return Line(
        goal=listed_goal(view, thread),
        words=_("proposed") if thread.proposed else along(view, thread.key),
        numbers=own,
        stops=stops,
    )


def line_stops(
    view: ChainView, stations: Iterable[Station], key: str
) -> Iterator[LineStop]:
    """The posts that a goal comes to, each with those below it; all of them without."""
    for station in stations:
        below = tuple(line_stops(view, view.below(station.key), key))
        leaders = leaders_of(station.fields, key)
        here = key in view.slots(station)
        if here or below or leaders or not key:
            yield LineStop(
                name=station.name,
                is_for=here and key not in view.proposed,
                is_known=station.is_known,
                taken=key in station.taken_up,
                vacant=station.vacant,
                quiet=station.quiet,
                numbers=numbers_at(view, station, key),
                dots=tuple(state_of(leader, key) for leader in leaders),
                words=share(leaders, key),
                below=below,
            )


def numbers_at(view: ChainView, station: Station, key: str) -> tuple[int, ...]:
    """The breaks at a post that have to do with a goal, or with the post itself."""
    return tuple(
        found.number
        for found in view.breaks
        if any(p.station == station.key and p.thread in {"", key} for p in found.places)
    )


def leaders_of(fields: Iterable[Field], key: str) -> tuple[Leader, ...]:
    """The leaders who should have a goal; without a goal, all."""
    return tuple(
        one
        for field in fields
        for one in field.leaders
        if not key or key in one.expected or key in one.taken_up
    )


def state_of(leader: Leader, key: str) -> str:
    """Whether a leader has taken a goal up; a vacant post is told as one."""
    if leader.vacant:
        return "vacant"
    if not key:
        return "leader"
    return "taken" if key in leader.taken_up else "not"


def along(view: ChainView, key: str) -> str:
    """How far a goal has come, in words."""
    fields = [field for station in view.stations for field in station.fields]
    return share(leaders_of(fields, key), key)


def share(leaders: Iterable[Leader], key: str) -> str:
    """How many leaders have said what a goal means with them."""
    leaders = tuple(leaders)
    if not leaders or not key:
        return ""
    taken = sum(key in one.taken_up for one in leaders)
    return _("%(taken)s of %(all)s have said what it means with them") % {
        "taken": taken,
        "all": len(leaders),
    }
