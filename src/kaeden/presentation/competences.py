"""The competence map: what practices need, what staff has, the gap and the plan."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.access.rules import Actor, Permission, may
from kaeden.learning.cards import competences
from kaeden.learning.queries.competences import Need, UnitNeeds
from kaeden.presentation.charts.marks import ListItem, Tone
from kaeden.presentation.practices import href


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedView:
    """A competence at a unit, ready to be read."""

    name: str
    says: str
    stands: str
    tone: Tone
    plan: str
    because: tuple[ListItem, ...]
    count_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMap:
    """What a unit needs; `lead` is the finding in words."""

    id: str
    unit: str
    lead: str
    needs: tuple[NeedView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetencePage:
    """The map of the reader's units; `others` are competences that can be counted too."""

    units: tuple[UnitMap, ...]
    without: str
    others: tuple[ListItem, ...]


def build(actor: Actor, found: Iterable[UnitNeeds]) -> CompetencePage:
    """Return the map; units that need nothing and have counted nothing are only named."""
    found = list(found)
    shown = [one for one in found if one.needs]
    silent = [one.unit for one in found if not one.needs]
    return CompetencePage(
        units=tuple(_unit(actor, one) for one in shown),
        without=", ".join(silent),
        others=tuple(_others(actor, found)),
    )


def _unit(actor: Actor, one: UnitNeeds) -> UnitMap:
    counts = bool(may(actor, Permission.WRITE_COMPETENCES, at=one.path))
    gap = sum(need.counted.gap for need in one.needs if need.counted)
    uncounted = sum(1 for need in one.needs if need.counted is None)
    return UnitMap(
        id=one.path.rpartition("/")[2],
        unit=one.unit,
        lead=" ".join(filter(None, (_gap(gap), _uncounted(uncounted)))),
        needs=tuple(_need(need, counts=counts) for need in one.needs),
    )


def _gap(gap: int) -> str:
    if not gap:
        return _("Nothing that has been counted is lacking.")
    said = ngettext(
        "%(count)d place is still to be filled.",
        "%(count)d places are still to be filled.",
        gap,
    )
    return said % {"count": gap}


def _uncounted(count: int) -> str:
    said = ngettext(
        "%(count)d competence has not been counted.",
        "%(count)d competences have not been counted.",
        count,
    )
    return said % {"count": count} if count else ""


def _need(need: Need, *, counts: bool) -> NeedView:
    known = competences().get(need.competence)
    return NeedView(
        name=str(known.name) if known else need.competence,
        says=str(known.says) if known else "",
        stands=_stands(need),
        tone=_tone(need),
        plan=_plan(need),
        because=tuple(
            ListItem(text=str(one.title), href=href(one.key)) for one in need.because
        ),
        count_href=_count_href(need.competence) if counts and known else "",
    )


def _count_href(competence: str) -> str:
    return reverse("web:count_competence", args=[competence])


def _stands(need: Need) -> str:
    if need.counted is None:
        return _("Not counted yet")
    said = {"have": need.counted.have, "wanted": need.counted.wanted}
    words = _("%(have)d of the %(wanted)d that are wanted have it")
    return words % said


def _tone(need: Need) -> Tone:
    if need.counted is None:
        return Tone.UNSURE
    return Tone.BAD if need.counted.gap else Tone.GOOD


def _plan(need: Need) -> str:
    if need.plan and need.by_day:
        said = {"plan": need.plan, "day": date_format(need.by_day)}
        return _("Plan: %(plan)s (by %(day)s)") % said
    return _("Plan: %(plan)s") % {"plan": need.plan} if need.plan else ""


def _others(actor: Actor, found: Iterable[UnitNeeds]) -> Iterable[ListItem]:
    """Give the competences that the reader's own unit has not on its map."""
    own = next((one for one in found if one.path == actor.path), None)
    if own is None or not may(actor, Permission.WRITE_COMPETENCES, at=actor.path):
        return
    there = {need.competence for need in own.needs}
    for key, one in competences().items():
        if key not in there:
            yield ListItem(text=str(one.name), href=_count_href(key))
