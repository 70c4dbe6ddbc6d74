"""The main menu: few entries, those that the acting role needs."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.access.rules import Actor, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry; `name` is what a page calls itself to be marked as the current one."""

    name: str
    text: str | Promise
    href: str


TEXTS: Mapping[str, str | Promise] = {
    "desk": _("My desk"),
    "goals": _("The goals"),
    "practices": _("What works"),
    "chain": _("The chain"),
    "questions": _("Questions"),
    "meetings": _("Meetings"),
    "expectations": _("Expectations"),
    "commitments": _("Commitments"),
    "pulse": _("The pulse"),
    "indicators": _("Indicators"),
    "sources": _("Data and sources"),
    "denmark": _("Denmark"),
    "trail": _("The log"),
}
ROUTES: Mapping[str, str] = {
    "desk": "web:desk",
    "goals": "web:goals",
    "practices": "web:practices",
    "chain": "web:chain",
    "questions": "web:questions",
    "meetings": "web:meetings",
    "expectations": "web:expectations",
    "commitments": "web:commitments",
    "pulse": "web:pulse",
    "indicators": "web:indicators",
    "sources": "web:sources",
    "denmark": "web:denmark",
    "trail": "web:trail",
}
OF_A_PLACE = frozenset({"goals", "chain", "trail"})
"""Entries that lead to a page of the municipality one acts in."""

EVERYBODY = ("denmark", "indicators", "sources")
LEADING = ("desk", "goals", "practices", "chain", "meetings", "commitments")
NUMBERS = ("desk", "goals", "practices", "indicators", "sources", "denmark")

MENU: Mapping[Role, tuple[str, ...]] = {
    Role.COMMITTEE: ("desk", "goals", "questions", "meetings", "chain", "denmark"),
    Role.DIRECTOR: LEADING,
    Role.CHIEF_SCHOOLS: LEADING,
    Role.CHIEF_DAYCARE: LEADING,
    Role.CHIEF_FAMILIES: LEADING,
    Role.AREA_LEADER: LEADING,
    Role.LEADER: LEADING,
    Role.DEPARTMENT_LEADER: LEADING,
    Role.TEAM: (
        *("desk", "goals", "practices", "pulse", "expectations", "commitments"),
    ),
    Role.ANALYST: NUMBERS,
    Role.DATA_PROTECTION: ("desk", "trail", "goals", "sources", "denmark"),
    Role.SYSTEM: EVERYBODY,
}


def menu(actor: Actor) -> tuple[Entry, ...]:
    """Return the entries for whoever asks, in the post they act in."""
    if actor.role is not None:
        names = MENU[actor.role]
    else:
        names = (*EVERYBODY, "desk") if actor.user_id else EVERYBODY
    town = actor.path.split("/")[1] if "/" in actor.path else ""
    return tuple(
        Entry(
            name=name,
            text=TEXTS[name],
            href=reverse(ROUTES[name], args=[town] if name in OF_A_PLACE else []),
        )
        for name in names
    )
