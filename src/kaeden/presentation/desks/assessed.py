"""What has been assessed: proposed for the agenda, or written about one's own unit."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from kaeden.dialogue.queries.assessments import ProposedItem, WrittenAssessment
from kaeden.dialogue.rules.assessments import AgendaStep
from kaeden.goals.indicators import catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaLine:
    """One proposed item, with the assessment that it rests on."""

    item: ProposedItem
    title: str
    href: str
    is_open: bool
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenLine:
    """One assessment of a result of the reader's own unit."""

    title: str
    one: WrittenAssessment


def agenda(items: Sequence[ProposedItem]) -> tuple[AgendaLine, ...]:
    """Return what is proposed for the director's agenda."""
    steps = {
        AgendaStep.PROPOSED.value: _("Proposed"),
        AgendaStep.ACCEPTED.value: _("On the agenda"),
        AgendaStep.DECLINED.value: _("Declined"),
    }
    return tuple(
        AgendaLine(
            item=item,
            title=_title(item.assessment),
            href=_href(item.assessment),
            is_open=item.step == AgendaStep.PROPOSED.value,
            step=steps[item.step],
        )
        for item in items
    )


def _title(one: WrittenAssessment) -> str:
    return f"{one.unit_name} · {catalogue()[one.indicator].title}"


def _href(one: WrittenAssessment) -> str:
    return reverse("web:result", kwargs={"code": one.unit_code, "name": one.indicator})


def written(assessments: Sequence[WrittenAssessment]) -> tuple[WrittenLine, ...]:
    """Return what is written about one's own unit."""
    return tuple(
        WrittenLine(title=str(catalogue()[one.indicator].title), one=one)
        for one in assessments
    )
