"""What is not agreed, not answered or not kept, as breaks; never anybody's words."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.utils.translation import gettext as _

from kaeden.dialogue.queries.expectations import conditions_of
from kaeden.dialogue.rules.expectations import Condition, State, Way
from kaeden.dialogue.rules.links import End
from kaeden.organisation.chain import Chain
from kaeden.organisation.models import Holding, Link
from kaeden.shared.breaks import Break, BreakKind


def breaks(chains: Mapping[str, Chain], as_of: date) -> Iterator[Break]:
    """Give the breaks in the dialogue of some chains (4 queries for all)."""
    yield from _expectations(chains, as_of)


def _expectations(chains: Mapping[str, Chain], as_of: date) -> Iterator[Break]:
    """Give a break for each end that must act on a link's expectations (4 queries).

    Where a post is vacant, nobody can confirm: then the vacancy is the break.
    """
    links = _held_links(as_of)
    conditions = conditions_of(links, as_of)
    for link in links:
        chain = chains.get(link.lower.unit.municipality_code)
        ways = conditions[link.pk]
        for end in End:
            open_ways = [way for way in Way if end in ways[way].waits_for]
            if chain and open_ways:
                yield _unconfirmed(chain, link, end, [(w, ways[w]) for w in open_ways])


def _held_links(as_of: date) -> list[Link]:
    """Return the links with somebody at each end (1 query)."""
    held = Holding.objects.at(as_of).values("post_id")
    links = Link.objects.at(as_of).filter(upper_id__in=held, lower_id__in=held)
    return list(links.select_related("upper", "lower__unit").order_by("pk"))


def _unconfirmed(
    chain: Chain, link: Link, end: End, ways: Iterable[tuple[Way, Condition]]
) -> Break:
    open_ways = dict(ways)
    owner = link.upper if end is End.UPPER else link.lower
    names = {
        "upper": chain.post_name(link.upper.key),
        "lower": chain.post_name(link.lower.key),
    }
    return Break(
        kind=BreakKind.EXPECTATION_UNCONFIRMED,
        municipality=chain.municipality,
        about=f"link:{link.lower.key}",
        unit=link.lower.unit.code,
        owner=owner.key,
        owner_name=chain.post_name(owner.key),
        since=min(one.since for one in open_ways.values() if one.since),
        sentence=_sentence(tuple(open_ways)) % names,
        act=_act({one.state for one in open_ways.values()}),
        path=f"/forventninger/{link.pk}/",
    )


def _sentence(ways: tuple[Way, ...]) -> str:
    if len(ways) > 1:
        return _(
            "%(upper)s and %(lower)s have not both confirmed what they expect of each "
            "other."
        )
    if ways == (Way.DOWN,):
        return _(
            "%(upper)s and %(lower)s have not both confirmed what is expected of "
            "%(lower)s."
        )
    return _(
        "%(upper)s and %(lower)s have not both confirmed what %(lower)s may expect of "
        "%(upper)s."
    )


def _act(states: set[State]) -> str:
    """Return the act that comes first."""
    if states & {State.NONE, State.WITHDRAWN}:
        return _("Write what you expect")
    if State.PROPOSED in states:
        return _("Talk about the proposed words")
    return _("Confirm the words")
