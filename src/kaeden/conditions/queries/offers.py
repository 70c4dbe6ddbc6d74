"""Read what support is offered and how it is kept; each docstring ends with its cost."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median_low
from typing import TypeAlias

from django.db.models import Q
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, may
from kaeden.conditions.errors import NoSuchOffer
from kaeden.conditions.models import SupportNeed, SupportOffer
from kaeden.conditions.rules.support import OPEN, Rating, Step, told, typical
from kaeden.organisation.errors import NoSuchUnit
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import name_of, within
from kaeden.shared.workdays import workdays_between

Told: TypeAlias = tuple[date, date, date | None, str, int | None]
"""Of a need: asked, to be answered by, answered, its step, and its rating."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How a promise of an answer is kept: needs counted, and no need told of.

    `median` is in working days. `rating` is of whole lots of five, else None.
    """

    waiting: int
    answered: int
    in_time: int
    median: int | None
    rating: Rating | None
    rated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What one post offers, and how it has kept its promise."""

    id: int
    post_id: int
    post: str
    what: str
    for_whom: str
    answer_days: int
    kept: Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """All that is offered in a municipality, and how many ask anybody who can help."""

    offers: tuple[Offer, ...]
    for_anybody: Kept


def offered_in(actor: Actor, town: Unit) -> Offered:
    """Return what is offered, by name of the post (2 queries).

    Raises
    ------
    NoSuchUnit
        If one has no post in the municipality.
    """
    if not may(actor, Permission.READ_HOLDERS, at=town.path):
        raise NoSuchUnit(_("There is no such page for your post."))
    rows = SupportOffer.objects.filter(
        within(town, "post__unit__"), ended_on__isnull=True
    ).select_related("post__unit")
    needs = _needs(within(town, "asked_by__unit__"))
    offers = [_offer(one, needs.get(one.pk, ())) for one in rows]
    return Offered(
        offers=tuple(sorted(offers, key=lambda one: (one.post, one.what))),
        for_anybody=kept(needs.get(None, ())),
    )


def offers_of(actor: Actor) -> list[Offer]:
    """Return what one's post offers now (2 queries; 1 where it offers nothing)."""
    rows = list(
        SupportOffer.objects.filter(post_id=actor.post_id or 0, ended_on__isnull=True)
        .select_related("post__unit")
        .order_by("what")
    )
    needs = _needs(Q(offer__in=rows)) if rows else {}
    return [_offer(one, needs.get(one.pk, ())) for one in rows]


def get_offer(pk: int, *, town: str) -> SupportOffer:
    """Return an offer that holds today in a municipality, by its path (1 query).

    Raises
    ------
    NoSuchOffer
        If there is none, also when it holds in another municipality.
    """
    near = Q(post__unit__path=town) | Q(post__unit__path__startswith=f"{town}/")
    found = (
        SupportOffer.objects.filter(near, pk=pk, ended_on__isnull=True)
        .select_related("post__unit")
        .first()
    )
    if found is None:
        raise NoSuchOffer(_("There is no such offer. See what is offered now."))
    return found


def words_to(offer: Offer, actor: Actor) -> list[str]:
    """Return what those served have added, to the post that offers it (1 query).

    Only of ratings that may be told of, and in an order that tells nothing.
    """
    if offer.post_id != actor.post_id or not offer.kept.rated:
        return []
    rated = SupportNeed.objects.filter(offer_id=offer.id, rating__isnull=False)
    words = rated.order_by("rated_on", "pk").values_list("rating_words", flat=True)
    return sorted(one for one in words[: offer.kept.rated] if one)


def kept(needs: Sequence[Told]) -> Kept:
    """Return how a promise is kept, from the needs put to it, the oldest rated first."""
    answered = [(asked, by, on) for asked, by, on, _step, _rating in needs if on]
    days = [workdays_between(asked, on) for asked, _by, on in answered]
    ratings = [rating for *_rest, rating in needs if rating is not None]
    return Kept(
        waiting=sum(Step(step) in OPEN for *_rest, step, _rating in needs),
        answered=len(answered),
        in_time=sum(on <= by for _asked, by, on in answered),
        median=median_low(days) if days else None,
        rating=typical(ratings),
        rated=len(told(ratings)),
    )


def _needs(where: Q) -> Mapping[int | None, Sequence[Told]]:
    """Return what is counted of needs, by the offer they are put to (1 query)."""
    found: dict[int | None, list[Told]] = defaultdict(list)
    columns = ("asked_on", "answer_by", "answered_on", "step", "rating", "offer_id")
    rows = SupportNeed.objects.filter(where).order_by("rated_on", "pk")
    for asked, by, on, step, rating, offer in rows.values_list(*columns):
        found[offer].append((asked, by, on, step, rating))
    return found


def _offer(one: SupportOffer, needs: Sequence[Told]) -> Offer:
    return Offer(
        id=one.pk,
        post_id=one.post_id,
        post=name_of(one.post),
        what=one.what,
        for_whom=one.for_whom,
        answer_days=one.answer_days,
        kept=kept(needs),
    )
