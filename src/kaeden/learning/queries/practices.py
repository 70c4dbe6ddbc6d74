"""Read practices and who uses them; each docstring ends with what it costs."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kaeden.goals.indicators import Sector
from kaeden.learning.cards import catalogue
from kaeden.learning.models import Adoption, WrittenPractice
from kaeden.learning.practices import Practice
from kaeden.learning.rules.practices import Fidelity, ReviewStep
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import name_of, within
from kaeden.shared.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptionOf:
    """That a unit uses a practice, from a day and perhaps to one; in whose word.

    `unit_path` says where the rights to it lie.
    """

    id: int
    practice: str
    unit_id: int
    unit_code: str
    unit: str
    unit_path: str
    started: date
    ended: date | None
    fidelity: Fidelity
    adaptations: str
    why_ended: str
    post: str


def practices(town: Unit) -> dict[str, Practice]:
    """Return a municipality's practices by key: files, and what is accepted (1 query)."""
    accepted = written_in(town).filter(step=ReviewStep.ACCEPTED.value)
    return {**catalogue(), **{one.key: value_of(one) for one in accepted}}


def written_in(town: Unit) -> QuerySet[WrittenPractice]:
    """Return what is written in a municipality by title (0 queries until it is read)."""
    there = WrittenPractice.objects.filter(municipality=town)
    return there.select_related("municipality", "post__unit").order_by("title", "pk")


def value_of(one: WrittenPractice) -> Practice:
    """Return a written practice as the one value (0 queries).

    Municipality and post have to be read along.
    """
    unsaid = _("Not looked into yet.")
    return Practice(
        key=one.key,
        title=_as_written(one.title),
        target_group=_as_written(one.target_group),
        method=_as_written(one.method),
        implementation=_as_written(one.implementation or unsaid),
        effect=_as_written(one.effect or unsaid),
        economy=_as_written(one.economy or unsaid),
        mechanism=_as_written(one.mechanism),
        core_parts=tuple(_as_written(part) for part in one.core_parts),
        indicators=tuple(one.indicators),
        competences=tuple(one.competences),
        sectors=tuple(Sector(name) for name in one.sectors),
        cost_per_child=one.cost_per_child,
        staff_hours=one.staff_hours,
        sources=tuple(line for line in one.sources.splitlines() if line.strip()),
        owner=_as_written(name_of(one.post)),
        reviewed=one.reviewed_on or one.written_on,
    )


def _as_written(words: str) -> Text:
    """Return what somebody wrote in one language as a text for readers of both."""
    return Text(da=words, en=words)


def adoptions_of(practice: str, town: Unit) -> list[AdoptionOf]:
    """Return who uses or used a practice in a municipality, first first (1 query)."""
    return [_adoption(one) for one in adoptions_in(town).filter(practice=practice)]


def adoptions_in(town: Unit) -> QuerySet[Adoption]:
    """Return a municipality's adoptions by day (0 queries until they are read)."""
    there = Adoption.objects.filter(within(town, "unit__"))
    return there.select_related("unit", "post__unit").order_by("started", "pk")


def adoption_starts(practice: str, town: Unit) -> dict[int, date]:
    """Return the first day on which each unit used a practice, by unit id (1 query)."""
    rows = Adoption.objects.filter(within(town, "unit__"), practice=practice)
    newest_first = rows.order_by("-started").values_list("unit_id", "started")
    return dict(newest_first)


def _adoption(one: Adoption) -> AdoptionOf:
    return AdoptionOf(
        id=one.pk,
        practice=one.practice,
        unit_id=one.unit_id,
        unit_code=one.unit.code,
        unit=one.unit.full_name,
        unit_path=one.unit.path,
        started=one.started,
        ended=one.ended,
        fidelity=Fidelity(one.fidelity),
        adaptations=one.adaptations,
        why_ended=one.why_ended,
        post=name_of(one.post),
    )
