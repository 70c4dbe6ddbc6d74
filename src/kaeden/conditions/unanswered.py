"""Needs of support that nobody has answered in time, as breaks; never the words."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kaeden.conditions.models import SupportNeed
from kaeden.organisation.chain import Chain
from kaeden.organisation.queries import name_of
from kaeden.shared.breaks import Break, BreakKind


def breaks(chains: Mapping[str, Chain], as_of: date) -> Iterator[Break]:
    """Give a break for each need that nobody had answered by its day (1 query)."""
    unanswered = Q(answered_on__isnull=True) | Q(answered_on__gt=as_of)
    unsettled = Q(settled_on__isnull=True) | Q(settled_on__gt=as_of)
    late = SupportNeed.objects.filter(
        unanswered, unsettled, asked_on__lte=as_of, answer_by__lt=as_of
    ).select_related("asked_by__unit", "offer__post__unit")
    for one in late.order_by("answer_by", "pk"):
        chain = chains.get(one.asked_by.unit.municipality_code)
        if chain is not None:
            yield _unanswered(one, chain)


def _unanswered(one: SupportNeed, chain: Chain) -> Break:
    """Return the break, with the support it was put to; else with the post above."""
    owner, owner_name = _owner(one, chain)
    return Break(
        kind=BreakKind.NEED_UNANSWERED,
        municipality=chain.municipality,
        about=f"need:{one.pk}",
        unit=one.asked_by.unit.code,
        owner=owner,
        owner_name=owner_name,
        since=one.answer_by + timedelta(days=1),
        sentence=_("What %(asker)s needs was to be answered by %(day)s.")
        % {"asker": name_of(one.asked_by), "day": date_format(one.answer_by)},
        act=_("Answer the need"),
        path=f"/stoette/behov/{one.pk}/",
    )


def _owner(one: SupportNeed, chain: Chain) -> tuple[str, str]:
    if one.offer is not None:
        return one.offer.post.key, name_of(one.offer.post)
    asker = chain.post.get(one.asked_by.key)
    above = asker.reports_to if asker else ""
    return above, chain.post_name(above) if above in chain.post else ""
