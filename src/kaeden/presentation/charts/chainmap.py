"""The chain map: goals as threads through posts, breaks where they happen."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.presentation.charts.chain_narrow import draw_narrow
from kaeden.presentation.charts.chain_parts import (
    ChainBreak,
    ChainLevel,
    ChainPicture,
    ChainView,
    Leader,
    Station,
    Thread,
)
from kaeden.presentation.charts.chain_wide import draw_wide
from kaeden.presentation.numbers import number

__all__ = [
    "ChainBreak",
    "ChainLevel",
    "ChainMap",
    "ChainView",
    "Leader",
    "Station",
    "Thread",
    "draw_chainmap",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedGoal:
    """A goal in the list."""

    name: str
    href: str
    colour: str
    proposed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedPost:
    """A post in the list, with the posts below it."""

    name: str
    href: str
    note: str
    vacant: bool
    taken_up: tuple[str, ...]
    stopped: tuple[str, ...]
    stopped_below: tuple[str, ...]
    leaders_words: str
    included: tuple[Leader, ...]
    left_out: tuple[Leader, ...]
    below: tuple["ListedPost", ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ChainMap:
    """The map in words, in two sizes, as a list, and its breaks in sentences."""

    title: str
    summary: str
    wide: ChainPicture
    narrow: ChainPicture
    committee: str
    included_words: str
    left_out_words: str
    has_proposed: bool
    has_lost: bool
    goals: tuple[ListedGoal, ...]
    posts: tuple[ListedPost, ...]
    breaks: tuple[ChainBreak, ...]


def draw_chainmap(view: ChainView) -> ChainMap:
    """Turn the chain into words and coordinates."""
    wide = draw_wide(view)
    return ChainMap(
        title=view.title,
        summary=view.summary or own_summary(view),
        wide=wide,
        narrow=draw_narrow(view),
        committee=view.levels[0].name if view.levels else "",
        included_words=view.included_words
        or _("unit where the goals have been given a meaning"),
        left_out_words=view.left_out_words or _("not yet"),
        has_proposed=bool(view.proposed),
        has_lost=any(strand.lost for strand in wide.strands),
        goals=tuple(listed_goal(view, thread) for thread in view.threads),
        posts=tuple(listed(view, view.below(""))),
        breaks=view.breaks,
    )


def own_summary(view: ChainView) -> str:
    """How many goals there are, and how many breaks."""
    goals = ngettext(
        "%(count)s goal is followed from the committee to the leaders.",
        "%(count)s goals are followed from the committee to the leaders.",
        len(view.threads),
    ) % {"count": number(len(view.threads))}
    if not view.breaks:
        return f"{goals} {_('The chain holds everywhere.')}"
    breaks = ngettext(
        "The chain breaks in %(count)s place.",
        "The chain breaks in %(count)s places.",
        len(view.breaks),
    ) % {"count": number(len(view.breaks))}
    return f"{goals} {breaks}"


def listed_goal(view: ChainView, thread: Thread) -> ListedGoal:
    """A goal in the list."""
    return ListedGoal(
        name=thread.name,
        href=thread.href,
        colour=view.colour(thread.key),
        proposed=thread.proposed,
    )


def listed(view: ChainView, stations: Iterable[Station]) -> Iterable[ListedPost]:
    """Posts in the list, each with those below it."""
    names = {thread.key: thread.name for thread in view.threads}
    for station in stations:
        slots = view.slots(station)
        yield ListedPost(
            name=station.name,
            href=station.href,
            note=station.note,
            vacant=station.vacant,
            taken_up=tuple(names[k] for k in slots if k in station.taken_up),
            stopped=tuple(names[k] for k in view.stopped(station)),
            stopped_below=tuple(names[k] for k in station.leaders_stop),
            leaders_words=station.leaders_words,
            included=tuple(one for one in station.leaders if one.included),
            left_out=tuple(one for one in station.leaders if not one.included),
            below=tuple(listed(view, view.below(station.key))),
        )
