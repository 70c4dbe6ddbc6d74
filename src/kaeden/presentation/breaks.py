"""The page of all breaks in a municipality's chain, by kind, and by whose they are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.chaincheck.queries import Known
from kaeden.chaincheck.rules import KIND_NAMES
from kaeden.organisation.chain import Chain
from kaeden.presentation.as_of import AsOf
from kaeden.presentation.chain_breaks import Told, single
from kaeden.shared.breaks import Break

WHOSE, MINE = "hvis", "mine"
"""The choice of whose breaks a page shows, in an address: ``?hvis=mine``."""
MOST_AT_ONCE = 12
"""More breaks of a kind than these are folded by owner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One way to look at the breaks; `is_shown` is the present one."""

    words: str
    href: str
    is_shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """The breaks of a kind that one post owns."""

    owner: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindView:
    """A kind of break: all at once where they are few, else owner by owner."""

    key: str
    name: str
    count: int
    told: tuple[Told, ...]
    owners: tuple[Owned, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BreaksPage:
    """The breaks by kind, with the choice between all and one's own."""

    summary: str
    kinds: tuple[KindView, ...]
    choices: tuple[Choice, ...]
    chain_href: str


def build(known: Known, *, only_mine: bool, as_of: AsOf) -> BreaksPage:
    """Return the page, with the breaks that somebody may read."""
    code = known.chain.municipality
    mine = tuple(b for b in known.report.breaks if known.own and b.owner == known.own)
    shown = mine if only_mine else known.report.breaks
    return BreaksPage(
        summary=_summary(len(shown), mine=only_mine),
        kinds=tuple(_kinds(known.chain, shown)),
        choices=tuple(_choices(known, len(mine), only_mine=only_mine, as_of=as_of)),
        chain_href=f"{reverse('web:chain', args=[code])}{as_of.query}",
    )


def _kinds(chain: Chain, breaks: Iterable[Break]) -> Iterator[KindView]:
    """Give the kinds, folded by owner where there are many."""
    for kind, same in groupby(breaks, key=attrgetter("kind")):
        found = list(same)
        told = tuple(single(one) for one in found)
        few = len(told) <= MOST_AT_ONCE
        yield KindView(
            key=kind.value,
            name=str(KIND_NAMES[kind]),
            count=len(told),
            told=told if few else (),
            owners=() if few else tuple(_owners(chain, found)),
        )


def _owners(chain: Chain, breaks: Iterable[Break]) -> Iterator[Owned]:
    """Give the breaks of each post that owns some, in the order of the chain."""
    owned: dict[str, list[Break]] = {}
    for one in breaks:
        owned.setdefault(one.owner, []).append(one)
    place = {post.key: place for place, post in enumerate(chain.posts)}
    for key in sorted(owned, key=lambda key: place.get(key, -1)):
        yield Owned(
            owner=chain.post_name(key) if key in place else _("nobody"),
            told=tuple(single(one) for one in owned[key]),
        )


def _summary(count: int, *, mine: bool) -> str:
    if not count:
        return _("You own no break.") if mine else _("The chain holds everywhere.")
    said = (
        ngettext("You own %(count)d break.", "You own %(count)d breaks.", count)
        if mine
        else ngettext(
            "The chain breaks in %(count)d place.",
            "The chain breaks in %(count)d places.",
            count,
        )
    )
    return said % {"count": count}


def _choices(
    known: Known, mine: int, *, only_mine: bool, as_of: AsOf
) -> Iterator[Choice]:
    """Give the two ways to look, to somebody who has a post in the chain."""
    if not known.own:
        return
    page = reverse("web:breaks", args=[known.chain.municipality])
    every = len(known.report.breaks)
    day = {} if as_of.is_now else {"dato": as_of.day.isoformat()}
    yield Choice(
        words=_("All (%(count)d)") % {"count": every},
        href=f"{page}{as_of.query}",
        is_shown=not only_mine,
    )
    yield Choice(
        words=_("Mine (%(count)d)") % {"count": mine},
        href=f"{page}?{urlencode({WHOSE: MINE} | day)}",
        is_shown=only_mine,
    )
