"""The desk: what waits for a post."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.dialogue.queries.assessments import (
    Desk,
    ProposedItem,
    Queue,
    WrittenAssessment,
)
from kaeden.dialogue.rules.assessments import AgendaStep
from kaeden.goals.indicators import catalogue
from kaeden.organisation.rules import POST_NAMES, Kind
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
class AgendaLine:
    """One proposed item, with the assessment that it rests on."""

    item: ProposedItem
    title: str
    href: str
    is_open: bool
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPage:
    """What one post sees first."""

    role: str
    post: str
    place: str
    town_href: str
    own_href: str
    waiting: tuple[Waiting, ...] | None
    more: str
    scanned: str
    agenda: tuple[AgendaLine, ...] | None
    assessments: tuple[tuple[str, WrittenAssessment], ...] | None


def build(desk: Desk, release: CurrentRelease) -> DeskPage:
    """Return the page of one post."""
    town = desk.place.municipality_code
    is_unit = desk.place.kind in {Kind.SCHOOL.value, Kind.DAYCARE.value}
    return DeskPage(
        role=desk.role.value,
        post=str(POST_NAMES[desk.role.value]),
        place=_place(desk),
        town_href=reverse("web:municipality", kwargs={"code": town}),
        own_href=reverse("web:institution", kwargs={"code": desk.place.code})
        if is_unit
        else "",
        waiting=_waiting(desk.queue) if desk.queue else None,
        more=_more(desk.queue) if desk.queue else "",
        scanned=_scanned(release),
        agenda=_agenda(desk.agenda) if desk.agenda is not None else None,
        assessments=_assessments(desk.assessments)
        if desk.assessments is not None
        else None,
    )


def _place(desk: Desk) -> str:
    place = desk.place
    if place.kind == Kind.AREA.value and place.parent:
        place = place.parent
    return place.full_name


def _waiting(queue: Queue) -> tuple[Waiting, ...]:
    return tuple(_one(figure) for figure in queue.figures)


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


def _agenda(items: Sequence[ProposedItem]) -> tuple[AgendaLine, ...]:
    steps = {
        AgendaStep.PROPOSED.value: _("Proposed"),
        AgendaStep.ACCEPTED.value: _("On the agenda"),
        AgendaStep.DECLINED.value: _("Declined"),
    }
    return tuple(
        AgendaLine(
            item=item,
            title=_title(item.assessment),
            href=reverse(
                "web:result",
                kwargs={
                    "code": item.assessment.unit_code,
                    "name": item.assessment.indicator,
                },
            ),
            is_open=item.step == AgendaStep.PROPOSED.value,
            step=steps[item.step],
        )
        for item in items
    )


def _title(one: WrittenAssessment) -> str:
    return f"{one.unit_name} · {catalogue()[one.indicator].title}"


def _assessments(
    written: Sequence[WrittenAssessment],
) -> tuple[tuple[str, WrittenAssessment], ...]:
    return tuple((str(catalogue()[one.indicator].title), one) for one in written)
