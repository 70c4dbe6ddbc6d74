"""The page of sources: each contract beside what was imported under it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kaeden.data.contracts import Contract
from kaeden.data.queries import ImportedSource, contracts
from kaeden.data.rules import COUNTRY
from kaeden.goals.indicators import catalogue
from kaeden.organisation.rules import is_invented
from kaeden.presentation.charts.parts import FigureTable, TableRow
from kaeden.presentation.figures import status_phrase
from kaeden.presentation.numbers import number
from kaeden.shared.status import ValueStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """One source as a reader meets it."""

    contract: Contract
    rows: str
    period: str
    statuses: FigureTable | None
    breaks: tuple[str, ...]
    selected: tuple[str, ...]


def build(
    shipped: Iterable[Contract], imports: Iterable[ImportedSource]
) -> list[SourceView]:
    """Return every source by title, with its last import."""
    done = {one.source: one for one in imports}
    return [_view(one, done.get(one.id)) for one in shipped]


def _view(contract: Contract, done: ImportedSource | None) -> SourceView:
    return SourceView(
        contract=contract,
        rows=number(done.rows) if done else "",
        period=done.period if done else "",
        statuses=_statuses(contract, done) if done and contract.measures else None,
        breaks=tuple(
            _("Break between %(before)s and %(after)s: %(why)s")
            % {"before": one.after, "after": one.before, "why": one.why}
            for one in contract.breaks
        ),
        selected=tuple(str(one.why) for one in contract.selected_groups),
    )


REGISTERS = ("schools", "daycare_register")


def register_attribution() -> str:
    """Return "Source: …" for pages that show names of institutions alone."""
    return _credits(REGISTERS)


def attribution(indicators: Iterable[str], scope: str = COUNTRY) -> str:
    """Return "Source: …" for the indicators that a page shows, each source once.

    `scope` is that of the release they are read from: a municipality's own figures are
    its own, and those of an invented one are invented.
    """
    if is_invented(scope):
        return _("Source: Fjordby's invented figures")
    if scope != COUNTRY:
        return _("Source: the municipality's own figures")
    return _credits({catalogue()[one].measure.source for one in indicators})


def map_attribution(indicators: Iterable[str]) -> str:
    """Return "Source: …" for a page with the map: the figures', and the borders'."""
    borders = _("Source: Geodatastyrelsen and the Danish municipalities")
    return f"{attribution(indicators)} · {borders}"


def _credits(sources: Collection[str]) -> str:
    named = {str(one.attribution): None for one in contracts() if one.id in sources}
    return " · ".join(named)


def _statuses(contract: Contract, done: ImportedSource) -> FigureTable:
    """Return how many places hold a number, and why the others do not."""
    words = {
        ValueStatus.VALUE: _("a number"),
        ValueStatus.ZERO: _("zero"),
        ValueStatus.MISSING: status_phrase(ValueStatus.MISSING),
        ValueStatus.NOT_APPLICABLE: status_phrase(ValueStatus.NOT_APPLICABLE),
        ValueStatus.HIDDEN: _("hidden at the source"),
    }
    return FigureTable(
        caption=_("What the places in the file hold"),
        heads=(_("Holds"), _("Places")),
        rows=tuple(
            TableRow(name=name, cells=(number(done.statuses.get(status.value, 0)),))
            for status, name in words.items()
        ),
    )
