"""Conversations that have not been held in time, as breaks; never anybody's words."""

import calendar
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kaeden.access.rules import Role
from kaeden.dialogue.law import law_of
from kaeden.dialogue.queries.conversations import held_last
from kaeden.dialogue.rules.conversations import Kind
from kaeden.organisation.chain import Chain
from kaeden.organisation.models import Holding, Link
from kaeden.shared.breaks import Break, BreakKind

COLUMNS = (
    *("valid_from", "upper__key", "lower__key", "lower__unit_id"),
    *("lower__unit__code", "lower__unit__kind", "lower__unit__path"),
)


def breaks(chains: Mapping[str, Chain], as_of: date) -> Iterator[Break]:
    """Give a break for each leader with whom none was held in time (2 queries for all).

    Where a post is vacant nobody can hold it: then the vacancy is the break. What the
    law does not ask for is a break only for those who have begun.
    """
    links = [one for one in _links(as_of) if _town(one) in chains]
    last = held_last({one["lower__unit_id"] for one in links}, until=as_of)
    for link in links:
        law = law_of(Kind(link["lower__unit__kind"]))
        held = last.get(link["lower__unit_id"])
        due = months_after(held or link["valid_from"], law.months)
        if due < as_of and (held or law.is_required):
            yield _break(chains[_town(link)], link, held, due)


def _links(day: date) -> Iterator[dict[str, Any]]:
    """Give the links to leaders of institutions with somebody at each end (1 query)."""
    held = Holding.objects.at(day).values("post_id")
    rows = Link.objects.at(day).filter(
        upper_id__in=held,
        lower_id__in=held,
        lower__role=Role.LEADER.value,
        lower__unit__kind__in=[kind.value for kind in Kind],
    )
    yield from rows.order_by("pk").values(*COLUMNS)


def _town(link: Mapping[str, Any]) -> str:
    return str(link["lower__unit__path"]).split("/")[1]


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of that month.

    >>> months_after(date(2024, 2, 29), 12).isoformat()
    '2025-02-28'
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _break(
    chain: Chain, link: Mapping[str, Any], held: date | None, due: date
) -> Break:
    code = link["lower__unit__code"]
    said = {"unit": chain.unit[code].full_name, "day": date_format(held or due)}
    sentence = (
        _("The last conversation about %(unit)s was held %(day)s.")
        if held
        else _("A conversation about %(unit)s was to be held by %(day)s.")
    )
    return Break(
        kind=BreakKind.CONVERSATION_OVERDUE,
        municipality=chain.municipality,
        about=f"conversation:{link['lower__key']}",
        unit=code,
        owner=link["upper__key"],
        owner_name=chain.post_name(link["upper__key"]),
        since=due + timedelta(days=1),
        sentence=sentence % said,
        act=_("Plan the conversation"),
        path="/samtaler/",
    )
