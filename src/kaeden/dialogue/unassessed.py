"""Results that stand out and that no chief has assessed, as breaks."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kaeden.dialogue.models import Assessment
from kaeden.dialogue.rules.assessments import SECTORS
from kaeden.goals.indicators import Indicator, published
from kaeden.organisation.chain import Chain, ChainPost
from kaeden.organisation.rules import Kind
from kaeden.publication.queries import ReleasedFigure, Releases, releases_on, signals_of
from kaeden.shared.breaks import Break, BreakKind


def breaks(chains: Mapping[str, Chain], as_of: date) -> Iterator[Break]:
    """Give the signals of the release of a day without assessment (3 queries for all).

    Where the chief's post is vacant nobody can assess: then the vacancy is the break.
    """
    chiefs = {code: _chiefs(chain) for code, chain in chains.items()}
    releases = releases_on(as_of) if any(chiefs.values()) else Releases({})
    if not releases.newest:
        return
    done = set(
        Assessment.objects.filter(release__in=list(releases), made_at__date__lte=as_of)
        .order_by()
        .values_list("unit_id", "indicator")
    )
    known = published()
    for figure in signals_of(releases):
        indicator = known.get(figure.indicator)
        code = figure.unit.municipality_code
        if indicator and code in chains and (figure.unit.id, indicator.id) not in done:
            chief = chiefs[code].get(indicator.sector.value)
            release = releases.of(code)
            if chief and release and _is_the_chiefs(chains[code], chief, figure):
                since = localdate(release.made_at)
                yield _break(chains[code], chief, figure, indicator, since)


def _chiefs(chain: Chain) -> dict[str, ChainPost]:
    """Return the chiefs that somebody holds, by the sector whose results they assess."""
    return {
        SECTORS[post.role]: post
        for post in chain.posts
        if post.role in SECTORS and not post.is_vacant
    }


def _is_the_chiefs(chain: Chain, chief: ChainPost, figure: ReleasedFigure) -> bool:
    """Whether a chief assesses a figure: of the area, or the municipality's own."""
    if figure.unit.kind == Kind.MUNICIPALITY.value:
        return True
    return any(unit.code == chief.unit for unit in chain.up(figure.unit.code))


def _break(
    chain: Chain,
    chief: ChainPost,
    figure: ReleasedFigure,
    indicator: Indicator,
    since: date,
) -> Break:
    is_municipal = figure.unit.kind == Kind.MUNICIPALITY.value
    unit = chain.unit[figure.unit.code]
    words = _("%(unit)s: “%(indicator)s” stands out, and nobody has assessed it.")
    return Break(
        kind=BreakKind.RESULT_NOT_ASSESSED,
        municipality=chain.municipality,
        about=f"result:{figure.unit.code}/{indicator.id}",
        unit=chief.unit if is_municipal else unit.code,
        owner=chief.key,
        owner_name=chain.post_name(chief.key),
        since=since,
        sentence=words % {"unit": unit.full_name, "indicator": indicator.title},
        act=_("Assess the result"),
        path=f"/vurder/{figure.unit.code}/{indicator.id}/",
    )
