"""Read links and who stands at their ends; each docstring ends with its cost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, Role, may
from kaeden.dialogue.errors import NoSuchLink
from kaeden.dialogue.rules.links import End, Pair
from kaeden.organisation import queries as organisation
from kaeden.organisation.models import Holding, Link
from kaeden.organisation.rules import Kind
from kaeden.shared.clock import today


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLink:
    """A link with somebody at each end, its posts by their keys."""

    pk: int
    upper_id: int
    lower_id: int
    valid_from: date
    upper_key: str
    lower_key: str
    unit_code: str
    municipality: str


Linked: TypeAlias = Link | HeldLink
name_of = organisation.name_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenLink:
    """A link as the post at one of its ends sees it, and the post across it.

    `role` and `kind` are what the lower post is, and what the unit is that it is in.
    """

    id: int
    upper: int
    lower: int
    role: Role
    kind: Kind
    end: End
    across: str
    pair: Pair

    @property
    def own(self) -> int:
        """The id of the post that sees it."""
        return self.upper if self.end is End.UPPER else self.lower

    @property
    def other(self) -> int:
        """The id of the post across it."""
        return self.lower if self.end is End.UPPER else self.upper


def links_of(actor: Actor, *, on: date | None = None) -> list[SeenLink]:
    """Return the links at whose ends one's post stands, the one up first (2 queries)."""
    if actor.post_id is None:
        return []
    day = on or today()
    at_an_end = Q(upper_id=actor.post_id) | Q(lower_id=actor.post_id)
    return _seen(actor, _with_names(Link.objects.at(day).filter(at_an_end)), day)


def get_link(actor: Actor, pk: int) -> SeenLink:
    """Return a link of today at whose end one's post stands (2 queries).

    Raises
    ------
    NoSuchLink
        Also when it exists but one's post is at neither end, so that a number tells
        nothing.
    """
    day = today()
    links = _with_names(Link.objects.at(day).filter(pk=pk))
    mine = links.filter(Q(upper_id=actor.post_id or 0) | Q(lower_id=actor.post_id or 0))
    found = next(iter(_seen(actor, mine, day)), None)
    if found is None:
        raise NoSuchLink(_("There is no such link in the chain for your post."))
    return found


def links_below(actor: Actor) -> list[Link]:
    """Return the links further down one's line, not one's own (1 query).

    Empty for posts that have no line below them.
    """
    if actor.role is None or not may(actor, Permission.SEE_LINE, at=actor.path):
        return []
    below = Link.objects.at(today()).filter(
        lower__unit__path__startswith=f"{actor.path}/"
    )
    own = Q(upper_id=actor.post_id or 0) | Q(lower_id=actor.post_id or 0)
    others = _with_names(below).exclude(own)
    return list(others.order_by("lower__unit__search_name", "pk"))


def pairs_of(links: Iterable[Linked], day: date) -> Mapping[int, Pair]:
    """Return who stands at the ends of links on a day, by the link's id (1 query)."""
    links = list(links)
    posts = {post for link in links for post in (link.upper_id, link.lower_id)}
    held = Holding.objects.at(day).filter(post_id__in=posts)
    holding = {
        post: (pk, since)
        for pk, post, since in held.values_list("pk", "post_id", "valid_from")
    }
    return {
        link.pk: _pair(link, holding.get(link.upper_id), holding.get(link.lower_id))
        for link in links
    }


def held_links(day: date) -> list[HeldLink]:
    """Return the links of all municipalities with somebody at each end (1 query)."""
    held = Holding.objects.at(day).values("post_id")
    links = Link.objects.at(day).filter(upper_id__in=held, lower_id__in=held)
    columns = ("upper__key", "lower__key", "lower__unit__code", "lower__unit__path")
    rows = links.order_by("pk").values_list(
        "pk", "upper_id", "lower_id", "valid_from", *columns
    )
    return [
        HeldLink(
            pk=pk,
            upper_id=upper,
            lower_id=lower,
            valid_from=since,
            upper_key=upper_key,
            lower_key=lower_key,
            unit_code=code,
            municipality=path.split("/")[1],
        )
        for pk, upper, lower, since, upper_key, lower_key, code, path in rows
    ]


def _pair(
    link: Linked, upper: tuple[int, date] | None, lower: tuple[int, date] | None
) -> Pair:
    begun = [one[1] for one in (upper, lower) if one]
    return Pair(
        upper=upper[0] if upper else None,
        lower=lower[0] if lower else None,
        since=max([link.valid_from, *begun]),
    )


def _seen(actor: Actor, links: QuerySet[Link], day: date) -> list[SeenLink]:
    found = list(links)
    pairs = pairs_of(found, day)
    seen = [_one(actor, link, pairs[link.pk]) for link in found]
    return sorted(seen, key=lambda one: (one.end is not End.LOWER, one.across))


def _one(actor: Actor, link: Link, pair: Pair) -> SeenLink:
    end = End.UPPER if link.upper_id == actor.post_id else End.LOWER
    other = link.lower if end is End.UPPER else link.upper
    return SeenLink(
        id=link.pk,
        upper=link.upper_id,
        lower=link.lower_id,
        role=Role(link.lower.role),
        kind=Kind(link.lower.unit.kind),
        end=end,
        across=name_of(other),
        pair=pair,
    )


def _with_names(links: QuerySet[Link]) -> QuerySet[Link]:
    return links.select_related("upper__unit", "lower__unit")
