"""Time robbers that nobody has decided on in time, as breaks; never anybody's words."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kaeden.conditions.models import TimeRobber
from kaeden.conditions.queries.line import STOREY
from kaeden.organisation.chain import Chain, ChainPost
from kaeden.organisation.lines import upward
from kaeden.organisation.rules import LEADING
from kaeden.shared.breaks import Break, BreakKind


def breaks(chains: Mapping[str, Chain], as_of: date) -> Iterator[Break]:
    """Give a break for each time robber that waited too long that day (1 query).

    It is seen at the post that it waits for; while that is vacant, at the next above.
    """
    undecided = Q(decided_on__isnull=True) | Q(decided_on__gt=as_of)
    alone = Q(merged_on__isnull=True) | Q(merged_on__gt=as_of)
    late = TimeRobber.objects.filter(undecided, alone, decide_by__lt=as_of)
    named = late.select_related("decider", "municipality")
    for one in named.order_by("decide_by", "pk"):
        chain = chains.get(one.municipality.code)
        post = _acting(chain, one.decider.key) if chain else None
        if chain and post:
            yield _undecided(one, chain, post)


def _acting(chain: Chain, key: str) -> ChainPost | None:
    """Return who decides for a post: itself, while it is vacant the next above.

    For a post that is no more it is the uppermost one that leads.
    """
    leads = [one for one in chain.posts if one.role in LEADING and not one.is_vacant]
    uppermost = min(leads, key=lambda one: STOREY[one.role], default=None)
    return next((one for one in upward(chain, key) if one in leads), uppermost)


def _undecided(one: TimeRobber, chain: Chain, post: ChainPost) -> Break:
    return Break(
        kind=BreakKind.TIME_ROBBER_UNDECIDED,
        municipality=chain.municipality,
        about=f"time-robber:{one.pk}",
        unit=post.unit,
        owner=post.key,
        owner_name=chain.post_name(post.key),
        since=one.decide_by + timedelta(days=1),
        sentence=_("It was to be decided by %(day)s what becomes of “%(title)s”.")
        % {"day": date_format(one.decide_by), "title": one.title},
        act=_("Decide to remove, simplify or keep it"),
        path=f"/tidsroevere/{one.pk}/",
    )
