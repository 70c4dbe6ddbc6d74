"""Read practices and who uses them; each docstring ends with what it costs."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, may_at_any
from kaeden.goals.indicators import Sector
from kaeden.learning.cards import catalogue
from kaeden.learning.errors import NoSuchAdoption, NoSuchPractice
from kaeden.learning.models import Adoption, WrittenPractice
from kaeden.learning.practices import Practice
from kaeden.learning.rules.practices import Fidelity, ReviewStep
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import (
    get_municipality,
    name_of,
    paths_of,
    rights_in,
    within,
)
from kaeden.shared.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptionOf:
    """That a unit uses a practice, from a day and perhaps to one; in whose word.

    `at` says where the rights to the unit lie today: at itself, or at those that carry
    it on.
    """

    id: int
    practice: str
    unit_id: int
    unit_code: str
    unit: str
    at: tuple[str, ...]
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


def get_practice(key: str, town: Unit) -> Practice:
    """Return a municipality's practice by its key (1 query).

    Raises
    ------
    NoSuchPractice
        If it knows none.
    """
    found = practices(town).get(key)
    if found is None:
        raise NoSuchPractice(_("There is no such practice. Find it in the list."))
    return found


def town_of(actor: Actor) -> Unit:
    """Return the municipality of one's post (1 query)."""
    return get_municipality(actor.path.split("/")[1])


def written_in(town: Unit) -> QuerySet[WrittenPractice]:
    """Return what is written in a municipality by title (0 queries until it is read)."""
    there = WrittenPractice.objects.filter(municipality=town)
    return there.select_related(
        "municipality", "unit__parent", "post__unit", "reviewed_by__unit"
    ).order_by("title", "pk")


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
    """Return who uses or used a practice in a municipality, first first (3 queries)."""
    rights = rights_in(town)
    used = adoptions_in(town).filter(practice=practice)
    return [_adoption(one, rights[one.unit.code]) for one in used]


def all_adoptions(town: Unit) -> list[AdoptionOf]:
    """Return all uses of practices in a municipality, first first (3 queries)."""
    rights = rights_in(town)
    return [_adoption(one, rights[one.unit.code]) for one in adoptions_in(town)]


def adoptions_at(unit: Unit) -> list[AdoptionOf]:
    """Return a unit's own uses of practices, first first (1 query)."""
    there = Adoption.objects.filter(unit=unit).select_related("unit", "post__unit")
    return [_adoption(one, (unit.path,)) for one in there.order_by("started", "pk")]


def adoptions_below(actor: Actor, town: Unit) -> list[AdoptionOf]:
    """Return the uses at one's own unit and below it, first first (3 queries)."""
    return [
        one
        for one in all_adoptions(town)
        if may_at_any(actor, Permission.READ_ADOPTION, at=one.at)
    ]


def get_adoption(actor: Actor, pk: int) -> AdoptionOf:
    """Return a use of one's own unit that has not ended (1 query).

    And one for each generation of a unit that has ended.

    Raises
    ------
    NoSuchAdoption
        If it is another unit's, or has ended.
    """
    there = Adoption.objects.filter(pk=pk, ended__isnull=True)
    row = there.select_related("unit__parent", "post__unit").first()
    at = paths_of(row.unit) if row else ()
    if row is None or not at or not may_at_any(actor, Permission.ADOPT_PRACTICE, at=at):
        raise NoSuchAdoption(_("Your unit does not use that practice now."))
    return _adoption(row, at)


def adoptions_in(town: Unit) -> QuerySet[Adoption]:
    """Return a municipality's adoptions by day (0 queries until they are read)."""
    there = Adoption.objects.filter(within(town, "unit__"))
    return there.select_related("unit", "post__unit").order_by("started", "pk")


def adoption_starts(practice: str, town: Unit) -> dict[int, date]:
    """Return the first day on which each unit used a practice, by unit id (1 query)."""
    rows = Adoption.objects.filter(within(town, "unit__"), practice=practice)
    newest_first = rows.order_by("-started").values_list("unit_id", "started")
    return dict(newest_first)


def _adoption(one: Adoption, at: tuple[str, ...]) -> AdoptionOf:
    return AdoptionOf(
        id=one.pk,
        practice=one.practice,
        unit_id=one.unit_id,
        unit_code=one.unit.code,
        unit=one.unit.full_name,
        at=at,
        started=one.started,
        ended=one.ended,
        fidelity=Fidelity(one.fidelity),
        adaptations=one.adaptations,
        why_ended=one.why_ended,
        post=name_of(one.post),
    )
