"""The chain map: goals as threads through posts, breaks where they happen."""

from dataclasses import dataclass

from kaeden.presentation.charts.chain_parts import (
    ChainBreak,
    ChainPicture,
    ChainView,
    Meaning,
)
from kaeden.presentation.charts.chain_plan import arranged
from kaeden.presentation.charts.chain_wide import draw_wide
from kaeden.presentation.charts.chain_words import (
    Line,
    LineStop,
    ListedGoal,
    ListedPost,
    line,
    line_stops,
    listed,
    listed_goal,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """What of its marks a map uses, and so explains."""

    leader: bool
    here: bool
    taken: bool
    partly: bool
    open: bool
    owner: bool
    vacant: bool
    unused: bool
    link: bool
    proposed: bool
    lost: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ChainMap:
    """The map in words, drawn, goal by goal, as a list, and its breaks in sentences."""

    title: str
    summary: str
    wide: ChainPicture
    lines: tuple[Line, ...]
    bare: tuple[LineStop, ...]
    committee: str
    drawn: Drawn
    goals: tuple[ListedGoal, ...]
    posts: tuple[ListedPost, ...]
    breaks: tuple[ChainBreak, ...]


def draw_chainmap(view: ChainView) -> ChainMap:
    """Turn the chain into words and coordinates."""
    view = arranged(view)
    wide = draw_wide(view)
    return ChainMap(
        title=view.title,
        summary=view.summary,
        wide=wide,
        lines=tuple(line(view, thread) for thread in view.threads),
        bare=() if view.threads else tuple(line_stops(view, view.below(""), "")),
        committee=view.levels[0].name if view.levels else "",
        drawn=marks_of(view, wide),
        goals=tuple(listed_goal(view, thread) for thread in view.threads),
        posts=tuple(listed(view, view.below(""))),
        breaks=view.breaks,
    )


def marks_of(view: ChainView, wide: ChainPicture) -> Drawn:
    """The marks that the legend has to explain."""
    fields = [field for one in view.stations for field in one.fields]
    held = [one for field in fields for one in field.leaders if not one.vacant]
    return Drawn(
        leader=any(one.meaning is Meaning.UNKNOWN for one in held),
        here=any(not one.is_known and one.taken_up for one in view.stations),
        owner=any(dot.ring for dot in wide.dots),
        taken=any(one.meaning is Meaning.ALL for one in held),
        partly=any(one.meaning is Meaning.SOME for one in held),
        open=any(one.meaning is Meaning.NONE for one in held),
        vacant=any(
            one.vacant
            for field in fields
            if not field.is_empty
            for one in field.leaders
        ),
        unused=any(field.is_empty for field in fields),
        link=bool(wide.links),
        proposed=bool(view.proposed),
        lost=any(strand.lost for strand in wide.strands),
    )
