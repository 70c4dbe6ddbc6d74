"""What steps are made of: find a thing or refuse, and change a chain without loose ends."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, ClassVar, Protocol

from django.utils.translation import gettext as _

from kaeden.organisation.chain import (
    Chain,
    ChainCharter,
    ChainPost,
    ChainUnit,
)
from kaeden.organisation.files.conversion import in_order
from kaeden.organisation.rules import LEADING
from kaeden.shared.errors import BadInput


class Step(Protocol):
    """One step: its kind, what it does to a chain, and how it is said."""

    kind: ClassVar[str]

    def apply(self, chain: Chain) -> Chain:
        """Return the chain after the step."""

    def said(self, chain: Chain) -> str:
        """Return the step as a sentence, with the names that the chain knows."""


def unit_of(chain: Chain, code: str) -> ChainUnit:
    """Return a unit, or refuse the step."""
    found = chain.unit.get(code)
    if found is None:
        raise BadInput(_("There is no unit “%(key)s” any more.") % {"key": code})
    return found


def post_of(chain: Chain, key: str) -> ChainPost:
    """Return a post, or refuse the step."""
    found = chain.post.get(key)
    if found is None:
        raise BadInput(_("There is no post “%(key)s” any more.") % {"key": key})
    return found


def movable(chain: Chain, code: str) -> ChainUnit:
    """Return a unit other than the municipality itself, or refuse the step."""
    if code == chain.municipality:
        raise BadInput(_("The municipality itself stays where it is."))
    return unit_of(chain, code)


def free_code(chain: Chain, code: str) -> str:
    """Return a code that no unit has or has had, or refuse the step."""
    if code in chain.unit or code in chain.carried_on:
        raise BadInput(_("A unit has or had the code “%(key)s”.") % {"key": code})
    return code


def unit_name(chain: Chain, code: str) -> str:
    """Return what a unit is called; its code if it is not there."""
    return chain.unit[code].full_name if code in chain.unit else code


def post_name(chain: Chain, key: str) -> str:
    """Return what a post is called; its key if it is not there."""
    return chain.post_name(key) if key in chain.post else key


def with_units(chain: Chain, change: Callable[[ChainUnit], ChainUnit]) -> Chain:
    """Return the chain with each unit changed."""
    return in_order(replace(chain, units=tuple(change(one) for one in chain.units)))


def with_posts(chain: Chain, change: Callable[[ChainPost], ChainPost]) -> Chain:
    """Return the chain with each post changed."""
    return in_order(replace(chain, posts=tuple(change(one) for one in chain.posts)))


def with_unit(chain: Chain, code: str, **changes: Any) -> Chain:
    """Return the chain with one unit changed."""
    return with_units(
        chain, lambda one: replace(one, **changes) if one.code == code else one
    )


def with_post(chain: Chain, key: str, **changes: Any) -> Chain:
    """Return the chain with one post changed."""
    return with_posts(
        chain, lambda one: replace(one, **changes) if one.key == key else one
    )


def without_posts(chain: Chain, keys: Iterable[str]) -> Chain:
    """Return the chain without some posts, and everything that pointed at them moved up.

    Who answered to a closed post answers to the one above it; so do charters that send
    on to it. It leaves its communities.
    """
    for key in keys:
        upper = chain.post[key].reports_to

        def moved(post: ChainPost, gone: str = key, above: str = upper) -> ChainPost:
            reports_to = above if post.reports_to == gone else post.reports_to
            charter = _sent_on(post.charter, gone, above)
            return replace(post, reports_to=reports_to, charter=charter)

        left = (one for one in chain.posts if one.key != key)
        communities = (
            replace(one, members=tuple(who for who in one.members if who != key))
            for one in chain.communities
        )
        chain = replace(
            chain,
            posts=tuple(moved(one) for one in left),
            communities=tuple(communities),
        )
    return in_order(chain)


def _sent_on(
    charter: ChainCharter | None, gone: str, above: str
) -> ChainCharter | None:
    if charter is None:
        return None
    lines = (
        replace(line, ask=above) if line.ask == gone else line
        for line in charter.not_mine
    )
    return replace(charter, not_mine=tuple(line for line in lines if line.ask))


def without_units(chain: Chain, codes: Iterable[str], by: tuple[str, ...]) -> Chain:
    """Return the chain without some units, carried on by others if by any."""
    gone = set(codes)
    ended = dict.fromkeys(sorted(gone), by) if by else {}
    left = tuple(one for one in chain.units if one.code not in gone)
    clusters = tuple(
        replace(one, cluster="") if one.cluster in gone else one for one in left
    )
    return replace(chain, units=clusters, carried_on={**chain.carried_on, **ended})


def leader_at(chain: Chain, code: str) -> ChainPost | None:
    """Return the uppermost leading post of a unit."""
    posts = (one for one in chain.posts_at.get(code, ()) if one.role in LEADING)
    return next(posts, None)
