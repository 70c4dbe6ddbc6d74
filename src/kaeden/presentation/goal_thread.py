"""A goal's way down the chain: who has taken it up, what it means there, where it stops.

Everybody reads how many have taken it up at each level. Which posts, and their words,
are read above and below and never beside.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from kaeden.access.rules import Actor, Permission, may, may_at_any
from kaeden.goals.breaks import stop_break
from kaeden.goals.queries import MunicipalGoal
from kaeden.goals.rules import LEADERSHIP_LEVEL_NAMES, LEVEL_OF, LeadershipLevel
from kaeden.goals.said import Along, Said
from kaeden.goals.way import Thread, concerned, stops
from kaeden.organisation.chain import Chain, ChainPost
from kaeden.presentation.goal_level import ADDRESSES, href_of
from kaeden.shared.breaks import Break

FEW = 4
"""With more words than these at a level, the others are folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelRow:
    """A level of the chain: how many have taken the goal up, and whom one may read.

    `said` are a few of those one may read, one's own first, and `more` the others;
    `silent` are the posts in the reader's line that have not taken it up, and `href`
    leads to what is agreed and achieved there.
    """

    name: str
    words: str
    is_whole: bool
    said: tuple[Said, ...]
    more: tuple[Said, ...]
    silent: tuple[str, ...]
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadPage:
    """The whole thread, and where it stops in the reader's line."""

    levels: tuple[LevelRow, ...]
    stops: tuple[Break, ...]


def thread_of(goal: MunicipalGoal, chain: Chain, said: Along) -> Thread:
    """Return a goal that is adopted as a thread through the chain of the same day."""
    assert goal.id is not None, "a thread begins when a goal is adopted"
    assert goal.adopted_on is not None, "a thread begins when a goal is adopted"
    return Thread(
        id=goal.id,
        municipality=chain.municipality,
        key=goal.key,
        name=goal.name,
        sentence=goal.sentence,
        unit=goal.unit_path.rsplit("/", 1)[-1],
        since=goal.adopted_on,
        sectors=frozenset(goal.sectors),
        indicator=goal.lead,
        owner=goal.owner.key if goal.owner else "",
        serves=goal.serves,
        taken_up=said.taken_up,
    )


def build(
    goal: MunicipalGoal,
    chain: Chain,
    said: Along,
    actor: Actor,
    paths: Mapping[str, Sequence[str]],
) -> ThreadPage:
    """Return a goal's thread; `paths` are where the rights to each unit lie today."""
    thread = thread_of(goal, chain, said)
    posts = concerned(thread, chain)
    units = {post.unit for post in posts}
    seen = {code for code in units if _may_read(actor, paths.get(code, ()))}
    broken = [stop_break(thread, chain, stop) for stop in stops(thread, chain)]
    opens = bool(may(actor, Permission.READ_MEANING, at=goal.unit_path))
    own = sorted(said.meanings, key=lambda one: one.post_id != actor.post_id)
    return ThreadPage(
        levels=tuple(_levels(thread, chain, posts, own, seen, opens=opens)),
        stops=tuple(one for one in broken if one.unit in seen),
    )


def _may_read(actor: Actor, at: Sequence[str]) -> bool:
    return bool(at) and bool(may_at_any(actor, Permission.READ_MEANING, at=at))


def _levels(
    thread: Thread,
    chain: Chain,
    posts: Sequence[ChainPost],
    said: Sequence[Said],
    seen: Container[str],
    *,
    opens: bool,
) -> Iterator[LevelRow]:
    """Give the levels that the goal is for, or that somebody has taken it up at."""
    for level in LeadershipLevel:
        here = [post for post in posts if LEVEL_OF[post.role] is level]
        words = tuple(one for one in said if LEVEL_OF[one.role] is level)
        silent = [post for post in here if post.key not in thread.taken_up]
        if here or words:
            yield LevelRow(
                name=str(LEADERSHIP_LEVEL_NAMES[level]),
                words=_counted(len(here) - len(silent), len(here)),
                is_whole=not silent,
                said=words[:FEW],
                more=words[FEW:],
                silent=tuple(
                    chain.post_name(post.key) for post in silent if post.unit in seen
                ),
                href=href_of(chain.municipality, thread.key, level)
                if opens and here and level in ADDRESSES
                else "",
            )


def _counted(taken: int, count: int) -> str:
    """Return how many have taken it up; nothing where the goal is for none of them."""
    if not count:
        return ""
    return ngettext(
        "%(taken)s of %(count)s post has taken it up",
        "%(taken)s of %(count)s posts have taken it up",
        count,
    ) % {"taken": taken, "count": count}
