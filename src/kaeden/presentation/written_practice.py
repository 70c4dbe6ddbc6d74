"""A practice that a leader has written, on its way to all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaeden.learning.queries.written import Written
from kaeden.learning.rules.practices import ReviewStep
from kaeden.presentation.charts.marks import ListItem, Tone
from kaeden.presentation.practice_card import cost, hours, needs
from kaeden.presentation.practices import moves, sectors

STATES: Mapping[ReviewStep, str | Promise] = {
    ReviewStep.SENT: gettext_lazy("Waits for a review by a post above"),
    ReviewStep.ACCEPTED: gettext_lazy("Accepted: it stands for all"),
    ReviewStep.RETURNED: gettext_lazy("Returned: something is missing"),
    ReviewStep.WITHDRAWN: gettext_lazy("Taken back"),
}
TONES: Mapping[ReviewStep, Tone] = {
    ReviewStep.SENT: Tone.UNSURE,
    ReviewStep.ACCEPTED: Tone.GOOD,
    ReviewStep.RETURNED: Tone.BAD,
    ReviewStep.WITHDRAWN: Tone.NEUTRAL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenView:
    """What is written, and what the reader may do about it."""

    id: int
    title: str
    who: str
    state: str
    tone: Tone
    review: str
    facts: tuple[tuple[str, str], ...]
    core_parts: tuple[str, ...]
    may_review: bool
    may_write: bool
    may_withdraw: bool


def view(one: Written) -> WrittenView:
    """Return a written practice as one post reads it."""
    said = {"who": one.practice.owner, "day": date_format(one.written_on)}
    return WrittenView(
        id=one.id,
        title=str(one.practice.title),
        who=_("%(who)s, %(day)s") % said,
        state=str(STATES[one.step]),
        tone=TONES[one.step],
        review=one.review,
        facts=_facts(one),
        core_parts=tuple(str(part) for part in one.practice.core_parts),
        may_review=bool(one.verdicts[ReviewStep.ACCEPTED]),
        may_write=bool(one.verdicts[ReviewStep.SENT]),
        may_withdraw=bool(one.verdicts[ReviewStep.WITHDRAWN]),
    )


def _facts(one: Written) -> tuple[tuple[str, str], ...]:
    practice = one.practice
    return (
        (_("For whom?"), str(practice.target_group)),
        (_("What is done?"), str(practice.method)),
        (_("What makes the effect?"), str(practice.mechanism)),
        (_("What does it take to begin?"), str(practice.implementation)),
        (_("What do we know of the effect?"), str(practice.effect)),
        (_("What does it cost?"), str(practice.economy)),
        (_("Cost and time"), f"{cost(practice)}. {hours(practice)}."),
        (_("What should it move?"), moves(practice)),
        (_("Where is it for?"), sectors(practice)),
        (
            _("What must the staff be able to do?"),
            ", ".join(need.text for need in needs(practice))
            or _("Nothing that the card names."),
        ),
        (
            _("Where do you know it from?"),
            "; ".join(practice.sources) or _("Nothing is named."),
        ),
    )


def lines(found: Iterable[Written]) -> tuple[ListItem, ...]:
    """Return written practices as a list that leads on."""
    return tuple(
        ListItem(
            text=str(one.practice.title),
            href=reverse("web:written_practice", args=[one.id]),
            note=f"{one.practice.owner} · {STATES[one.step]}",
        )
        for one in found
    )
