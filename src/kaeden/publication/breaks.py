"""Where a goal can't be followed: its indicator has no fresh figure."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.db.models import Max
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from kaeden.goals.indicators import catalogue
from kaeden.goals.way import Thread, Threads
from kaeden.organisation.chain import Chain
from kaeden.publication.models import Figure
from kaeden.publication.queries import releases_on
from kaeden.shared.breaks import Break, BreakKind
from kaeden.shared.periods import Period
from kaeden.shared.status import ValueStatus

FRESH_YEARS = 2
"""A period's figures are fresh until so long after its end.

Public figures come out some months after the year; two years late they tell of children
who have moved on.
"""
WITH_A_NUMBER = [status.value for status in ValueStatus if status.has_number]


def breaks(chains: Mapping[str, Chain], as_of: date, goals: Threads) -> Iterator[Break]:
    """Give the goals whose indicator has no fresh figure (at most 2 queries for all)."""
    newest: Mapping[tuple[str, str], str] | None = None
    for code, found in goals.items():
        for goal in found:
            if code in chains and goal.indicator:
                newest = _newest(as_of) if newest is None else newest
                period = newest.get((code, goal.indicator))
                yield from _of_goal(chains[code], goal, period, as_of)


def _newest(as_of: date) -> dict[tuple[str, str], str]:
    """Return the newest period with a figure, by municipality and indicator (2 queries)."""
    releases = releases_on(as_of)
    if not releases.newest:
        return {}
    rows = (
        Figure.objects.filter(release__in=list(releases), status__in=WITH_A_NUMBER)
        .annotate(town=Substr("unit__path", len("dk/") + 1, 3))
        .values("release", "town", "indicator")
        .annotate(newest=Max("period"))
    )
    return {
        (row["town"], row["indicator"]): row["newest"]
        for row in rows
        if releases.is_read_by(row["town"], row["release"])
    }


def _of_goal(
    chain: Chain, goal: Thread, newest: str | None, as_of: date
) -> Iterator[Break]:
    if newest is None:
        words = _("“%(goal)s”: there are no figures for “%(indicator)s” here.")
        yield _break(chain, goal, goal.since, words % _named(goal))
        return
    stale = stale_from(Period.parse(newest))
    if stale <= as_of:
        words = _(
            "“%(goal)s”: the newest figures for “%(indicator)s” are of %(period)s."
        )
        yield _break(chain, goal, stale, words % (_named(goal) | {"period": newest}))


def stale_from(period: Period) -> date:
    """Return the first day that a period's figures are no longer fresh."""
    return period.ends.replace(year=period.ends.year + FRESH_YEARS)


def _named(goal: Thread) -> dict[str, str]:
    known = catalogue().get(goal.indicator)
    return {
        "goal": goal.name,
        "indicator": str(known.title) if known else goal.indicator,
    }


def _break(chain: Chain, goal: Thread, since: date, sentence: str) -> Break:
    there = goal.owner in chain.post
    return Break(
        kind=BreakKind.INDICATOR_WITHOUT_FRESH_DATA,
        municipality=chain.municipality,
        about=f"indicator:{goal.indicator}",
        unit=goal.unit,
        owner=goal.owner if there else "",
        owner_name=chain.post_name(goal.owner) if there else "",
        since=since,
        sentence=sentence,
        act=_("Have newer figures fetched, or choose another indicator"),
        path=f"/kommune/{chain.municipality}/maal/{goal.key}/",
    )
