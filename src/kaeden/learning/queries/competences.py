"""Read what practices need of staff against what staff has; with what it costs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, may, require
from kaeden.learning.cards import Competence, competences
from kaeden.learning.errors import NoSuchPractice
from kaeden.learning.models import CompetenceNote
from kaeden.learning.practices import Practice
from kaeden.learning.queries.practices import adoptions_below, practices, town_of
from kaeden.learning.rules.competences import Counted
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import units_now
from kaeden.organisation.rules import INSTITUTIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A competence that a unit's practices ask for, or that it has counted.

    `because` are the practices in use that ask for it; `counted` is None until the
    leader has counted, and `plan` and `by_day` are the leader's.
    """

    competence: str
    because: tuple[Practice, ...]
    counted: Counted | None
    plan: str
    by_day: date | None
    noted_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitNeeds:
    """What a unit's staff needs to be able to do, by competence."""

    unit: str
    path: str
    needs: tuple[Need, ...]


def needs_below(actor: Actor) -> list[UnitNeeds]:
    """Return what is needed at one's institution and those below (7 queries).

    Raises
    ------
    Forbidden
        If one's post reads no competences.
    """
    require(may(actor, Permission.READ_COMPETENCES, at=actor.path))
    town = town_of(actor)
    known = practices(town)
    asked: dict[int, list[Practice]] = {}
    for use in adoptions_below(actor, town):
        if use.ended is None and use.practice in known:
            asked.setdefault(use.unit_id, []).append(known[use.practice])
    units = list(_institutions(actor))
    noted = _newest(units)
    return [
        UnitNeeds(
            unit=unit.full_name,
            path=unit.path,
            needs=tuple(_needs(asked.get(unit.pk, ()), noted.get(unit.pk, {}))),
        )
        for unit in units
    ]


def newest_at(path: str, competence: str) -> CompetenceNote | None:
    """Return the newest count of a competence at a unit, if there is one (1 query)."""
    there = CompetenceNote.objects.filter(unit__path=path, competence=competence)
    return there.order_by("-pk").first()


def get_competence(key: str) -> Competence:
    """Return a competence by its key (0 queries).

    Raises
    ------
    NoSuchPractice
        If no practice asks for it.
    """
    found = competences().get(key)
    if found is None:
        raise NoSuchPractice(_("There is no such competence. Find it on the map."))
    return found


def _institutions(actor: Actor) -> Iterable[Unit]:
    """Return the institutions at or below one's post by name (1 query)."""
    near = Q(path=actor.path) | Q(path__startswith=f"{actor.path}/")
    found = units_now().filter(near, kind__in=INSTITUTIONS)
    return sorted(found, key=lambda one: one.search_name)


def _newest(units: Iterable[Unit]) -> Mapping[int, Mapping[str, CompetenceNote]]:
    """Return the newest note of each competence, by unit (1 query)."""
    by: dict[int, dict[str, CompetenceNote]] = {}
    rows = CompetenceNote.objects.filter(unit__in=[one.pk for one in units])
    for one in rows.order_by("pk"):
        by.setdefault(one.unit_id, {})[one.competence] = one
    return by


def _needs(
    used: Iterable[Practice], noted: Mapping[str, CompetenceNote]
) -> Iterable[Need]:
    """Give each competence once: those that are asked for first, then the counted."""
    because: dict[str, list[Practice]] = {}
    for practice in used:
        for key in practice.competences:
            because.setdefault(key, []).append(practice)
    for key in dict.fromkeys((*because, *noted)):
        note = noted.get(key)
        yield Need(
            competence=key,
            because=tuple(because.get(key, ())),
            counted=Counted(have=note.have, wanted=note.wanted) if note else None,
            plan=note.plan if note else "",
            by_day=note.by_day if note else None,
            noted_on=note.noted_on if note else None,
        )
