"""A practice on one readable page: what it is, what it costs, who uses it, what is decided."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, may, may_at_any
from kaeden.goals.indicators import Status, catalogue
from kaeden.learning.cards import competences
from kaeden.learning.practices import Practice
from kaeden.learning.queries.lives import DecisionOf, Life
from kaeden.learning.queries.practices import AdoptionOf
from kaeden.learning.rules.practices import (
    CHOICE_NAMES,
    FIDELITY_NAMES,
    Fidelity,
    PracticeChoice,
)
from kaeden.learning.rules.stages import STAGE_NAMES
from kaeden.presentation.charts.marks import ListItem, Tone
from kaeden.presentation.numbers import number
from kaeden.presentation.practices import NOBODY_COUNTED, TONES, sectors, used


@dataclass(frozen=True, slots=True, kw_only=True)
class UseView:
    """That a unit uses a practice, as far as the reader may know."""

    id: int
    unit: str
    when: str
    followed: str
    adapted: str
    ended: str
    visit_href: str
    tell_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """A decision, ready to be read."""

    said: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeCard:
    """The page of a practice; `facts` are what is asked and what is answered."""

    key: str
    title: str
    sectors: str
    mechanism: str
    stage: str
    tone: Tone
    used: str
    facts: tuple[tuple[str, str], ...]
    core_parts: tuple[str, ...]
    moves: tuple[ListItem, ...]
    needs: tuple[ListItem, ...]
    sources: tuple[str, ...]
    reviewed: str
    uses: tuple[UseView, ...]
    decisions: tuple[DecisionView, ...]


def build(actor: Actor, life: Life) -> PracticeCard:
    """Return the page of a practice."""
    practice = life.practice
    return PracticeCard(
        key=practice.key,
        title=str(practice.title),
        sectors=sectors(practice),
        mechanism=str(practice.mechanism),
        stage=str(STAGE_NAMES[life.stage]),
        tone=TONES[life.stage],
        used=used(life),
        facts=tuple(_facts(practice)),
        core_parts=tuple(str(part) for part in practice.core_parts),
        moves=tuple(_moves(practice)),
        needs=tuple(needs(practice)),
        sources=practice.sources,
        reviewed=_("%(owner)s answers for the card. Reviewed %(day)s.")
        % {"owner": practice.owner, "day": date_format(practice.reviewed)},
        uses=tuple(use(actor, one) for one in reversed(life.adoptions)),
        decisions=tuple(_decision(one) for one in life.decisions),
    )


def _facts(practice: Practice) -> Iterator[tuple[str, str]]:
    yield _("For whom?"), str(practice.target_group)
    yield _("What is done?"), str(practice.method)
    yield _("What does it take to begin?"), str(practice.implementation)
    yield _("What do we know of the effect?"), str(practice.effect)
    yield _("What does it cost?"), str(practice.economy)
    yield _("Cost and time"), f"{cost(practice)}. {hours(practice)}."


def cost(practice: Practice) -> str:
    """Return what a practice costs for a child in a year."""
    if practice.cost_per_child is None:
        return _("Cost per child: %(unknown)s") % {"unknown": NOBODY_COUNTED}
    words = _("%(kroner)s kroner per child a year")
    return words % {"kroner": number(practice.cost_per_child)}


def hours(practice: Practice) -> str:
    """Return how many hours a practice takes an institution in a year."""
    if practice.staff_hours is None:
        return _("Staff time: %(unknown)s") % {"unknown": NOBODY_COUNTED}
    words = _("%(hours)s staff hours per institution a year")
    return words % {"hours": number(practice.staff_hours)}


def _moves(practice: Practice) -> Iterator[ListItem]:
    for name in (name for name in practice.indicators if name in catalogue()):
        one = catalogue()[name]
        has_page = one.status is Status.PUBLISHED
        href = reverse("web:indicator", args=[name]) if has_page else ""
        yield ListItem(text=str(one.title), href=href)


def needs(practice: Practice) -> Iterator[ListItem]:
    """Give the competences that a practice needs."""
    for key in (key for key in practice.competences if key in competences()):
        one = competences()[key]
        yield ListItem(text=str(one.name), note=str(one.says))


def use(actor: Actor, one: AdoptionOf) -> UseView:
    """Return a use as a post reads it: how far it is followed, in the line alone."""
    is_near = may_at_any(actor, Permission.READ_ADOPTION, at=one.at)
    is_own = may_at_any(actor, Permission.ADOPT_PRACTICE, at=one.at)
    may_visit = may(actor, Permission.VISIT, at=actor.path)
    visit = reverse("web:visit_unit", args=[one.unit_code])
    tell = reverse("web:adoption", args=[one.id])
    knows = one.fidelity is not Fidelity.UNKNOWN
    return UseView(
        id=one.id,
        unit=one.unit,
        when=when(one),
        followed=str(FIDELITY_NAMES[one.fidelity]) if is_near and knows else "",
        adapted=one.adaptations,
        ended=one.why_ended if is_near else "",
        visit_href=visit if may_visit and not is_near and not one.ended else "",
        tell_href=tell if is_own and not one.ended else "",
    )


def when(one: AdoptionOf) -> str:
    """Return from when to when a practice is used."""
    days = {"start": date_format(one.started)}
    if one.ended is None:
        return _("In use since %(start)s") % days
    return _("Used from %(start)s to %(end)s") % {
        **days,
        "end": date_format(one.ended),
    }


def _decision(one: DecisionOf) -> DecisionView:
    said = {
        "who": one.post,
        "day": date_format(one.decided_on),
        "choice": CHOICE_NAMES[one.choice],
    }
    return DecisionView(
        said=_("%(day)s, %(who)s: %(choice)s") % said, reason=one.reason
    )


CHOICES = tuple((one.value, CHOICE_NAMES[one]) for one in PracticeChoice)
"""What may be decided, to choose from."""
