"""A municipality's leadership chain on one day, as one plain value.

Pages, checks, drafts and files all work on this; `snapshot` reads it from the database
and `changes` writes what differs. Units are known by `code`, posts and communities by
`key`; both are unique in a municipality. An empty string means none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from kaeden.access.rules import Role
from kaeden.organisation.rules import (
    AREA_NAMES,
    PARTS,
    POST_NAMES,
    Bound,
    Degree,
    Kind,
    Task,
    municipality_name,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainUnit:
    """A unit in its place; `cluster` is its place in the second hierarchy.

    `successors` are the codes of the units that carry it on, if it has ended since.
    """

    code: str
    kind: Kind
    name: str
    parent: str
    cluster: str = ""
    form: str = ""
    owner: str = ""
    latitude: float | None = None
    longitude: float | None = None
    since: date | None = None
    successors: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """The name with what it is, for municipalities and the template's areas."""
        if self.kind is Kind.MUNICIPALITY:
            return municipality_name(self.code, self.name)
        if self.kind is Kind.AREA:
            return str(AREA_NAMES.get(self.name, self.name))
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class NotMine:
    """What a post does not decide, and the key of the post to ask instead."""

    words: str
    ask: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainCharter:
    """A post's area, its room for decisions, what it leaves to others, its tasks."""

    area: str
    decision_room: str
    not_mine: tuple[NotMine, ...] = ()
    tasks: Mapping[Task, Degree] = field(default_factory=dict)

    def degree(self, task: Task) -> Degree:
        """Return the post's part in a task; a task that is not named is not had."""
        return self.tasks.get(task, Degree.NOT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainPost:
    """A post, whom it reports to, who holds it, and its charter.

    `holder` is empty when the post is vacant, and `since` is then the day it became
    so. `is_demo` says that a demo account holds it.
    """

    key: str
    role: Role
    title: str
    unit: str
    reports_to: str = ""
    staff: int | None = None
    holder: str = ""
    is_demo: bool = False
    since: date | None = None
    charter: ChainCharter | None = None

    @property
    def is_vacant(self) -> bool:
        """Whether nobody holds it."""
        return not self.holder

    @property
    def name(self) -> str:
        """Its title, or its role's name in the reader's language."""
        return self.title or str(POST_NAMES[self.role.value])


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainCommunity:
    """Leaders bound to each other; `members` are keys of posts."""

    key: str
    name: str
    purpose: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Chain:
    """The whole chain of a municipality on a day: the value of this station.

    Parents stand before children, in `units` as in `posts`. The municipality itself is
    the first unit, with an empty parent. `carried_on` holds the codes of units that had
    ended by then, with those of the units that carry them on.
    """

    municipality: str
    name: str
    as_of: date
    units: tuple[ChainUnit, ...]
    posts: tuple[ChainPost, ...]
    communities: tuple[ChainCommunity, ...] = ()
    bounds: Mapping[Role, Bound] = field(default_factory=dict)
    carried_on: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def unit(self) -> Mapping[str, ChainUnit]:
        """The units by code."""
        return {one.code: one for one in self.units}

    @cached_property
    def post(self) -> Mapping[str, ChainPost]:
        """The posts by key."""
        return {one.key: one for one in self.posts}

    @cached_property
    def led(self) -> Mapping[str, tuple[ChainPost, ...]]:
        """The posts below each post, by its key; "" holds those that report to none."""
        return grouped((one.reports_to, one) for one in self.posts)

    @cached_property
    def posts_at(self) -> Mapping[str, tuple[ChainPost, ...]]:
        """The posts of each unit, by its code."""
        return grouped((one.unit, one) for one in self.posts)

    @cached_property
    def below(self) -> Mapping[str, tuple[ChainUnit, ...]]:
        """The units right below each unit, by its code."""
        return grouped((one.parent, one) for one in self.units)

    @cached_property
    def post_names(self) -> Mapping[str, str]:
        """What each post is called among all, with its unit where it needs one, by key.

        In the language in which it is first asked for.
        """
        return {post.key: self._post_name(post) for post in self.posts}

    def _post_name(self, post: ChainPost) -> str:
        within = (unit for unit in self.up(post.unit) if unit.kind not in PARTS)
        unit = next(within, None)
        if unit is None or unit.kind in {Kind.MUNICIPALITY, Kind.AREA}:
            return post.name
        return f"{post.name}, {unit.name}"

    def post_name(self, key: str) -> str:
        """Return what a post is called among all, with its unit where it needs one."""
        return self.post_names[key]

    def up(self, code: str) -> Iterator[ChainUnit]:
        """Give a unit and those above it, up to the municipality."""
        found = self.unit.get(code)
        while found is not None:
            yield found
            found = self.unit.get(found.parent)

    def down(self, code: str) -> Iterator[ChainUnit]:
        """Give a unit and all those below it, parents before children."""
        if code in self.unit:
            yield self.unit[code]
            for one in self.below.get(code, ()):
                yield from self.down(one.code)


def grouped(pairs: Iterator[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    """Return the things of each key, in their order."""
    found: dict[str, list[T]] = {}
    for key, thing in pairs:
        found.setdefault(key, []).append(thing)
    return {key: tuple(things) for key, things in found.items()}
