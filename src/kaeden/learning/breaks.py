"""Units that run more at once than can be done well, as breaks."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.translation import gettext as _

from kaeden.learning.queries.running import Load, loads
from kaeden.organisation.chain import Chain
from kaeden.organisation.lines import nearest_leaders
from kaeden.shared.breaks import Break, BreakKind


def breaks(chains: Mapping[str, Chain], as_of: date) -> Iterator[Break]:
    """Give a break for each unit that ran too much at once that day (2 queries).

    It is the nearest leader's, who alone can say what is let go.
    """
    for load in loads(as_of).values():
        chain = chains.get(load.path.split("/")[1])
        if chain and load.is_too_much and load.unit in chain.unit:
            yield _too_much(load, chain)


def _too_much(load: Load, chain: Chain) -> Break:
    leader = nearest_leaders(chain).get(load.unit)
    owner = leader.post if leader else ""
    said = {"unit": chain.unit[load.unit].full_name, "count": load.count}
    return Break(
        kind=BreakKind.TOO_MUCH_AT_ONCE,
        municipality=chain.municipality,
        about=f"unit:{load.unit}",
        unit=load.unit,
        owner=owner,
        owner_name=chain.post_name(owner) if owner else "",
        since=load.since,
        sentence=_("%(unit)s runs %(count)d practices and tests at once.") % said,
        act=_("Choose which one to let go"),
        path="/det-der-virker/i-brug/",
    )
