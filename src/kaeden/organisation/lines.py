"""The lines of a chain: from a leader nearest the child, post by post, to the top.

Pure. A line begins at a leading post that leads no other leading post, and holds the
leading posts above it up to the director. Politicians set goals and do not lead
professionally, and a team is led: neither is part of a line.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kaeden.access.rules import Role
from kaeden.organisation.chain import Chain, ChainPost, ChainUnit
from kaeden.organisation.rules import LEADING, Area

TOP = Role.COMMITTEE


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Leading posts by key, the nearest to the child first.

    `is_whole` says that the line reaches the top of the chain.
    """

    posts: tuple[str, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """The leading post nearest to a unit, and how many levels up it sits.

    `post` is empty where nobody leads, all the way up.
    """

    post: str
    levels: int


def top_role(chain: Chain) -> Role:
    """Return the role that reports to nobody: the committee, else the director."""
    has_committee = any(post.role is TOP for post in chain.posts)
    return TOP if has_committee else Role.DIRECTOR


def upward(chain: Chain, key: str) -> Iterator[ChainPost]:
    """Give a post and those above it, nearest first; a circle is gone round once."""
    seen: set[str] = set()
    post = chain.post.get(key)
    while post is not None and post.key not in seen:
        seen.add(post.key)
        yield post
        post = chain.post.get(post.reports_to)


def lines(chain: Chain) -> tuple[Line, ...]:
    """Return the lines of a chain, one for each leader nearest the child."""
    top = top_role(chain)
    return tuple(_line(chain, end, top) for end in _ends(chain))


def _ends(chain: Chain) -> Iterator[ChainPost]:
    """Give the leading posts that lead no other leading post."""
    for post in chain.posts:
        below = chain.led.get(post.key, ())
        if post.role in LEADING and not any(one.role in LEADING for one in below):
            yield post


def _line(chain: Chain, end: ChainPost, top: Role) -> Line:
    above = tuple(upward(chain, end.key))
    return Line(
        posts=tuple(post.key for post in above if post.role in LEADING),
        is_whole=above[-1].role is top,
    )


def units_in_line(chain: Chain) -> tuple[ChainUnit, ...]:
    """Return the units that the municipality leads, parents before children.

    Private institutions hang under the area ``others`` and lead themselves.
    """
    outside: set[str] = set()
    inside = []
    for unit in chain.units:
        if unit.code == Area.OTHERS.value or unit.parent in outside:
            outside.add(unit.code)
        else:
            inside.append(unit)
    return tuple(inside)


def nearest_leaders(chain: Chain) -> dict[str, Nearest]:
    """Return the nearest leading post of each unit in the line, by the unit's code.

    It counts levels from the unit up: 0 is a leading post at the unit itself. Of
    several posts at one unit, the uppermost counts.
    """
    found: dict[str, Nearest] = {}
    for unit in units_in_line(chain):
        own = next(
            (one for one in chain.posts_at.get(unit.code, ()) if one.role in LEADING),
            None,
        )
        above = found.get(unit.parent)
        if own is not None:
            found[unit.code] = Nearest(post=own.key, levels=0)
        elif above is not None:
            found[unit.code] = Nearest(post=above.post, levels=above.levels + 1)
        else:
            found[unit.code] = Nearest(post="", levels=0)
    return found


def charter_writers(chain: Chain, key: str) -> frozenset[str]:
    """Return the posts that may write a post's charter: the one above, the director.

    What a post decides is settled by the one it answers to. Where nobody holds that
    post, it is the next one above that does.
    """
    _itself, *above = upward(chain, key)
    leads = [post for post in above if post.role in LEADING and not post.is_vacant]
    directors = [post for post in chain.posts if post.role is Role.DIRECTOR]
    return frozenset(post.key for post in (*leads[:1], *directors))


def levels_to_the_child(chain: Chain, key: str) -> int:
    """Return how many leading posts stand from a post down to the child, itself too.

    Where the ways differ in length, the longest counts. In a circle it is 0.
    """
    ways = (line.posts for line in lines(chain) if key in line.posts)
    return max((way.index(key) + 1 for way in ways), default=0)
