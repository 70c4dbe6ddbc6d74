"""Accepted deviations whose released figures have got worse."""

from collections.abc import Iterator, Mapping
from datetime import date

from kaeden.goals.breaks import worse
from kaeden.goals.models import Deviation, Target
from kaeden.goals.queries import threads
from kaeden.goals.rules import is_worse
from kaeden.organisation.chain import Chain
from kaeden.publication.models import Figure
from kaeden.publication.queries import Releases, releases_on
from kaeden.shared.breaks import Break


def breaks(chains: Mapping[str, Chain], as_of: date) -> Iterator[Break]:
    """Give the deviations that figures show to be worse than accepted (5 queries).

    The figures are those that were released by the day. A figure is worse when its
    whole interval is, so that chance does not set off the alarm.
    """
    accepted = list(
        Deviation.objects.at(as_of)
        .filter(value__isnull=False, target__in=Target.objects.at(as_of))
        .select_related("target__unit", "post")
    )
    releases = releases_on(as_of) if accepted else Releases({})
    if not releases.newest:
        return
    goals = {one.id: one for found in threads(as_of).values() for one in found}
    figures = _latest(releases, accepted)
    for deviation in accepted:
        target = deviation.target
        thread = goals.get(target.goal_id)
        release = releases.of(thread.municipality) if thread else None
        if not thread or not release or thread.municipality not in chains:
            continue
        figure = figures.get((release.pk, target.unit_id, target.indicator))
        if _is_worse(deviation, figure):
            chain = chains[thread.municipality]
            yield worse(deviation, release.made_at.date(), thread, chain)


def _latest(
    releases: Releases, accepted: list[Deviation]
) -> dict[tuple[int, int, str], Figure]:
    """Return the latest figures that have a number, of what deviates (1 query)."""
    rows = Figure.objects.filter(
        release__in=list(releases),
        is_latest=True,
        value__isnull=False,
        unit__in={one.target.unit_id for one in accepted},
        indicator__in={one.target.indicator for one in accepted},
    )
    return {(one.release_id, one.unit_id, one.indicator): one for one in rows}


def _is_worse(deviation: Deviation, figure: Figure | None) -> bool:
    if figure is None or figure.value is None or deviation.value is None:
        return False
    low = figure.value if figure.low is None else figure.low
    high = figure.value if figure.high is None else figure.high
    at_most = deviation.target.at_most
    return is_worse(low=low, high=high, than=deviation.value, at_most=at_most)
