"""A chief's results to assess, seven at most, and how many wait beyond them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.dialogue.queries.assessments import Queue
from kaeden.goals.indicators import catalogue
from kaeden.organisation.models import Unit
from kaeden.presentation.charts.marks import Mark
from kaeden.presentation.figures import headline, unit_name
from kaeden.presentation.marks import comparison, development
from kaeden.presentation.numbers import number
from kaeden.publication.queries import CurrentRelease, ReleasedFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One result that waits for its assessment."""

    unit: str
    title: str
    headline: str
    mark: Mark
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsView:
    """The queue, ready to be read."""

    lead: str
    waiting: tuple[Waiting, ...]
    scanned: str


def build(queue: Queue, release: CurrentRelease) -> ResultsView:
    """Return a chief's queue."""
    return ResultsView(
        lead=f"{_lead(len(queue.figures))} {_more(queue)}".strip(),
        waiting=tuple(_one(figure) for figure in queue.figures),
        scanned=_scanned(release),
    )


def no_numbers(town: Unit) -> ResultsView:
    """Return the empty queue where nothing is released, as for an invented place."""
    words = _("There are no numbers for %(town)s to assess yet.")
    return ResultsView(lead=words % {"town": town.full_name}, waiting=(), scanned="")


def _lead(shown: int) -> str:
    if not shown:
        return _("Nothing calls for your assessment now.")
    words = ngettext(
        "%(count)d result to assess.", "%(count)d results to assess.", shown
    )
    return words % {"count": shown}


def _one(figure: ReleasedFigure) -> Waiting:
    indicator = catalogue()[figure.indicator]
    asked = development if figure.signal == "development" else comparison
    return Waiting(
        unit=unit_name(figure.unit),
        title=str(indicator.title),
        headline=headline(indicator, figure),
        mark=asked(indicator, figure),
        href=reverse(
            "web:result", kwargs={"code": figure.unit.code, "name": indicator.id}
        ),
    )


def _more(queue: Queue) -> str:
    """Return how many wait beyond those shown, and how many are done."""
    beyond = queue.waiting - len(queue.figures)
    parts = []
    if beyond:
        parts.append(
            ngettext(
                "%(count)d more waits; the strongest come first.",
                "%(count)d more wait; the strongest come first.",
                beyond,
            )
            % {"count": beyond}
        )
    if queue.assessed:
        parts.append(
            ngettext(
                "You have assessed %(count)d result.",
                "You have assessed %(count)d results.",
                queue.assessed,
            )
            % {"count": queue.assessed}
        )
    return " ".join(parts)


def _scanned(release: CurrentRelease) -> str:
    return _(
        "Kæden held %(scanned)s results of all Denmark up against chance, and "
        "%(signals)s stood out."
    ) % {"scanned": number(release.scanned), "signals": number(release.signals)}
