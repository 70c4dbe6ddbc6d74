"""The results that a post is to assess, seven at most, and how many wait beyond them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.dialogue.queries.assessments import Queue
from kaeden.goals.indicators import catalogue
from kaeden.organisation.models import Unit
from kaeden.presentation.charts.marks import Mark
from kaeden.presentation.false_alarms import RuleLine, lines
from kaeden.presentation.figures import headline, unit_name
from kaeden.presentation.marks import comparison, development
from kaeden.presentation.signals import said
from kaeden.presentation.why import false_alarms, scanned, why_shown
from kaeden.publication.queries import CurrentRelease, ReleasedFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One result that waits for its assessment; `opens` says that a leader comes first."""

    unit: str
    title: str
    headline: str
    mark: Mark
    said: str
    href: str
    opens: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsView:
    """The queue, ready to be read; without `heading` it is the desk's first part."""

    lead: str
    waiting: tuple[Waiting, ...]
    scanned: str
    rules: tuple[RuleLine, ...] = ()
    heading: str = ""


def build(queue: Queue, release: CurrentRelease, *, heading: str = "") -> ResultsView:
    """Return the queue of a chief or a leader."""
    return ResultsView(
        lead=f"{_lead(queue)} {_more(queue)}".strip(),
        waiting=tuple(_one(figure, queue, release) for figure in queue.figures),
        scanned=_scanned(release),
        rules=lines(),
        heading=heading,
    )


def no_numbers(town: Unit, *, heading: str = "") -> ResultsView:
    """Return the empty queue where nothing is released."""
    words = _("There are no numbers for %(town)s to assess yet.")
    lead = words % {"town": town.full_name}
    return ResultsView(lead=lead, waiting=(), scanned="", heading=heading)


def _lead(queue: Queue) -> str:
    """Return how many are open now; that none are is said too, and is no fault."""
    closed = queue.leaders_until
    count = sum((one.unit.id, one.indicator) not in closed for one in queue.figures)
    if not count:
        return _("Nothing calls for your assessment this month.")
    words = ngettext(
        "%(count)d result to assess.", "%(count)d results to assess.", count
    )
    return words % {"count": count}


def _one(figure: ReleasedFigure, queue: Queue, release: CurrentRelease) -> Waiting:
    indicator = catalogue()[figure.indicator]
    asked = development if figure.signal == "development" else comparison
    return Waiting(
        unit=unit_name(figure.unit),
        title=str(indicator.title),
        headline=headline(indicator, figure),
        mark=asked(indicator, figure),
        said=said(indicator, figure, release),
        href=reverse(
            "web:result", kwargs={"code": figure.unit.code, "name": indicator.id}
        ),
        opens=_opens(queue, figure),
        why=why_shown(indicator, figure, release),
    )


def _opens(queue: Queue, figure: ReleasedFigure) -> str:
    day = queue.leaders_until.get((figure.unit.id, figure.indicator))
    if day is None:
        return ""
    words = _("The leader writes first. It opens for you on %(day)s at the latest.")
    return words % {"day": date_format(day)}


def _more(queue: Queue) -> str:
    """Return how many wait beyond those shown, and how many are done."""
    beyond = queue.waiting - len(queue.figures)
    parts = []
    if queue.leaders_until:
        parts.append(
            ngettext(
                "%(count)d is with its leader first.",
                "%(count)d are with their leaders first.",
                len(queue.leaders_until),
            )
            % {"count": len(queue.leaders_until)}
        )
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
    return f"{scanned(release)} {false_alarms(release.signals)}"
