"""The whole of Fjordby, made from a day and a seed: the same two, the same town. Pure.

`town_of` tells the chain in chapters, each a whole chain from a day on. The first is
sound; the reorganisation after it leaves the breaks that `planted` names.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from kaeden.demo.cast import cast
from kaeden.demo.charters import with_charters
from kaeden.demo.days import Days, story_of
from kaeden.demo.places import carried_on, children_of, totals, units_of
from kaeden.demo.planted import in_structure, with_vacant_post
from kaeden.demo.posts import leader_key, posts_of
from kaeden.organisation.chain import Chain, ChainCommunity

SEED = 1975
NEW_LEADER_AT = leader_key("Sydskolen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """The municipality's chain in chapters, and how many children each unit has."""

    days: Days
    chapters: tuple[Chain, ...]
    children: Mapping[str, int]

    @property
    def chain(self) -> Chain:
        """The chain of today."""
        return self.chapters[-1]

    def on(self, day: date) -> Chain:
        """Return the chain as it was on a day of the story."""
        begun = (one for one in reversed(self.chapters) if one.as_of <= day)
        return next(begun, self.chapters[0])


def town_of(today: date, *, seed: int = SEED) -> Town:
    """Return Fjordby as it is told on a day."""
    days, rng = story_of(today), np.random.default_rng(seed)
    leaves = children_of(cast(), rng)
    first, sizes = _edition(days.began, leaves, before=True)
    after, children = _edition(days.reorganised, leaves, before=False)
    broken = in_structure(after)
    vacant = with_vacant_post(replace(broken, as_of=days.left))
    return Town(
        days=days,
        chapters=(first, broken, vacant, _with_new_leader(vacant, days.came)),
        children=sizes | children,
    )


def _edition(
    on: date, leaves: Mapping[str, int], *, before: bool
) -> tuple[Chain, dict[str, int]]:
    """Return the sound chain from a day on, and the children of each of its units."""
    units = units_of(cast(), before=before)
    children = totals(units, leaves)
    posts = posts_of(cast(), children, before=before)
    chain = Chain(
        municipality=cast().code,
        name=cast().name,
        as_of=on,
        units=units,
        posts=with_charters(posts, units, children, cast()),
        communities=_communities(post.key for post in posts),
        carried_on={} if before else carried_on(cast()),
    )
    return chain, children


def _with_new_leader(chain: Chain, on: date) -> Chain:
    """Return the chain after somebody new has come: expectations are to be renewed."""
    posts = tuple(
        replace(post, holder=f"Den nye {post.holder[0].lower()}{post.holder[1:]}")
        if post.key == NEW_LEADER_AT
        else post
        for post in chain.posts
    )
    return replace(chain, as_of=on, posts=posts)


def _communities(keys: Iterable[str]) -> tuple[ChainCommunity, ...]:
    """Return the communities, each with those of its members who are there."""
    there = set(keys)
    return tuple(
        ChainCommunity(
            key=one.key,
            name=one.name,
            purpose=one.purpose,
            members=tuple(key for key in one.members if key in there),
        )
        for one in cast().communities
    )
