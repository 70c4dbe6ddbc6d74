"""The page of a municipality's chain: its map, its breaks, and its posts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.chaincheck.queries import Known
from kaeden.goals.queries import MunicipalGoal
from kaeden.organisation.chain import ChainPost
from kaeden.organisation.rules import LEADING
from kaeden.presentation.addresses import post_href
from kaeden.presentation.as_of import AsOf
from kaeden.presentation.chain_breaks import KindOfBreak, sort_breaks
from kaeden.presentation.chain_view import (
    MOST_THREADS,
    Laid,
    levels,
    stations,
    threads,
)
from kaeden.presentation.charts.chain_parts import ChainView
from kaeden.presentation.charts.chainmap import ChainMap, draw_chainmap
from kaeden.presentation.charts.marks import ListItem

ENOUGH_GOALS = 5
"""With so many goals of its own, a municipality is no longer shown what it might want."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainPage:
    """The map with its breaks, the breaks without a number, and every post on it."""

    chainmap: ChainMap
    others: tuple[KindOfBreak, ...]
    posts: tuple[ListItem, ...]
    vacant_leaders: str


def build(known: Known, wanted: Sequence[MunicipalGoal], *, as_of: AsOf) -> ChainPage:
    """Return the page of a municipality's chain, as far as somebody may see it.

    Of the goals `wanted`, those that are not adopted are drawn as proposed.
    """
    proposed = [goal for goal in wanted if not goal.is_adopted]
    laid = lay(known, proposed, query=as_of.query)
    found = sort_breaks(laid, known.report.breaks)
    view = ChainView(
        title=_("The chain in %(name)s") % {"name": known.chain.units[0].full_name},
        levels=levels(laid),
        threads=threads(laid),
        stations=tuple(stations(laid)),
        breaks=found.numbered,
        summary=_summary(laid, found.count),
    )
    return ChainPage(
        chainmap=draw_chainmap(view),
        others=found.others,
        posts=tuple(_posts(laid)),
        vacant_leaders=_vacant_leaders(laid),
    )


def lay(
    known: Known, proposed: Sequence[MunicipalGoal] = (), *, query: str = ""
) -> Laid:
    """Return a chain with the goals that are drawn: the municipality's own, then more.

    The goals of its areas are steps towards them, and are met on the goals' pages.
    """
    adopted = [goal for goal in known.goals if goal.unit == known.chain.municipality]
    adopted = adopted[:MOST_THREADS]
    room = MOST_THREADS - len(adopted) if len(adopted) < ENOUGH_GOALS else 0
    return Laid(
        chain=known.chain,
        goals=adopted,
        proposed=tuple(proposed)[:room],
        line=known.line,
        with_names=known.with_names,
        query=query,
    )


def _summary(laid: Laid, breaks: int) -> str:
    goals = _goals(len(laid.goals))
    if not laid.is_used:
        return f"{goals} {_('All posts are vacant.')}"
    if not breaks:
        return f"{goals} {_('The chain holds everywhere.')}"
    places = ngettext(
        "The chain breaks in %(count)d place.",
        "The chain breaks in %(count)d places.",
        breaks,
    ) % {"count": breaks}
    return f"{goals} {places}"


def _goals(count: int) -> str:
    if not count:
        return _("No goal is adopted yet.")
    return ngettext(
        "%(count)d goal is adopted.", "%(count)d goals are adopted.", count
    ) % {"count": count}


def _posts(laid: Laid) -> Iterator[ListItem]:
    """Give the posts above the leaders, each with its page."""
    for post in laid.stations:
        yield ListItem(
            text=laid.chain.post_name(post.key),
            href=post_href(laid.chain.municipality, post.key, laid.query),
            note=_held(laid, post),
        )


def _held(laid: Laid, post: ChainPost) -> str:
    """Return whether somebody holds a post, who it is to those who may know."""
    if post.is_vacant:
        said = _("vacant post")
    else:
        said = post.holder if laid.with_names else _("held")
    if post.since is None or not laid.is_used:
        return said
    return _("%(said)s since %(day)s") % {"said": said, "day": date_format(post.since)}


def _vacant_leaders(laid: Laid) -> str:
    leaders = [
        post
        for posts in laid.leaders.values()
        for post in posts
        if post.role in LEADING
    ]
    vacant = sum(post.is_vacant for post in leaders)
    return _("%(vacant)s of %(all)s leader posts have no holder in Kæden.") % {
        "vacant": vacant,
        "all": len(leaders),
    }
