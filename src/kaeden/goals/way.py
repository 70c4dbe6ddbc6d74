"""The way of a goal down the chain: whom it concerns, and where it stops. Pure."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from kaeden.access.rules import Role
from kaeden.goals.indicator_parts import Sector
from kaeden.organisation.chain import Chain, ChainPost
from kaeden.organisation.lines import upward
from kaeden.organisation.rules import INSTITUTIONS, LEADING, LEVELS, Area, Kind

SECTOR_OF_KIND: Mapping[Kind, Sector] = {
    Kind.SCHOOL: Sector.SCHOOL,
    Kind.DAYCARE: Sector.DAYCARE,
    Kind.SOCIAL: Sector.SOCIAL,
}
SECTOR_OF_AREA: Mapping[str, Sector] = {
    Area.SCHOOLS.value: Sector.SCHOOL,
    Area.DAYCARE.value: Sector.DAYCARE,
    Area.FAMILIES.value: Sector.SOCIAL,
}
DEPTH: Mapping[Role, int] = {
    role: depth for depth, level in enumerate(LEVELS) for role in level
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A goal as it runs through a chain on a day.

    `unit` is the code of where it is a goal, `owner` the key of the post that answers
    for it, empty if there is none. `taken_up` says since when which posts have said
    what it means where they lead. A goal without sectors concerns all children.
    """

    id: int
    municipality: str
    key: str
    name: str
    sentence: str
    unit: str
    since: date
    sectors: frozenset[Sector] = frozenset()
    indicator: str = ""
    owner: str = ""
    serves: str = ""
    taken_up: Mapping[str, date] = field(default_factory=dict)


Threads: TypeAlias = Mapping[str, tuple[Thread, ...]]
"""The goals of a day by the code of their municipality."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A place where a goal goes no further: the `missing` of the `led` posts there.

    `upper` is the key of the post above them; empty at the top of the goal's way.
    """

    upper: str
    missing: tuple[str, ...]
    led: tuple[str, ...]
    since: date


def concerned(thread: Thread, chain: Chain) -> tuple[ChainPost, ...]:
    """Return the posts that a goal is for, uppermost first.

    They are its owner, and the leading posts at the owner's level and below, in the
    unit that has the goal, where children of the goal's sectors are.
    """
    owner = chain.post.get(thread.owner)
    top = DEPTH.get(owner.role, 0) if owner else 0
    sectors = sectors_of(chain)
    within = {unit.code for unit in chain.down(thread.unit)}
    return tuple(
        post
        for post in chain.posts
        if post.key == thread.owner
        or (
            post.role in LEADING
            and DEPTH[post.role] >= top
            and post.unit in within
            and (not thread.sectors or sectors[post.unit] & thread.sectors)
        )
    )


def sectors_of(chain: Chain) -> dict[str, frozenset[Sector]]:
    """Return the sectors whose children each unit has, by its code.

    An institution gives its sector to the units inside it, and to those above it in
    the line or as a cluster. An area without institutions has that of its name.
    """
    found: dict[str, set[Sector]] = {unit.code: set() for unit in chain.units}
    for unit in chain.units:
        if unit.kind.value in INSTITUTIONS:
            sector = SECTOR_OF_KIND[unit.kind]
            for near in (*chain.up(unit.code), *chain.down(unit.code)):
                found[near.code].add(sector)
            if unit.cluster in found:
                found[unit.cluster].add(sector)
    for code, sectors in found.items():
        if not sectors and code in SECTOR_OF_AREA:
            sectors.add(SECTOR_OF_AREA[code])
    return {code: frozenset(sectors) for code, sectors in found.items()}


def stops(thread: Thread, chain: Chain) -> Iterator[Stop]:
    """Give each place where a goal goes no further, uppermost first.

    It begins with its owner and the other posts at the top of its way, and goes from a
    post that has taken it up to those it leads; below a stop nothing more is said. A
    vacant post can take nothing up: that it is vacant is a break of its own.
    """
    for_whom = {post.key: post for post in concerned(thread, chain)}
    below: dict[str, list[str]] = {}
    for key in for_whom:
        below.setdefault(_upper(key, chain, for_whom), []).append(key)
    for upper, led in below.items():
        silent = [key for key in led if key not in thread.taken_up]
        missing = [key for key in silent if not for_whom[key].is_vacant]
        if not upper:
            for key in missing:
                yield Stop(upper="", missing=(key,), led=(key,), since=thread.since)
        elif missing and upper in thread.taken_up:
            yield Stop(
                upper=upper,
                missing=tuple(missing),
                led=tuple(led),
                since=max(thread.since, thread.taken_up[upper]),
            )


def _upper(key: str, chain: Chain, for_whom: Container[str]) -> str:
    """Return the nearest post above that the goal is for too; "" at the top."""
    _itself, *above = upward(chain, key)
    return next((post.key for post in above if post.key in for_whom), "")
