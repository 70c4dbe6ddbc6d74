"""Read tests of change, as far as each may be read; each docstring ends with its cost.

A test is protected from assessment: until the team shares it, nobody reads it but those
who take part and the leaders nearest to them. Everything that reads tests reads them
here, so there is no other way out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, Verdict, may, may_at_any
from kaeden.learning.errors import NoSuchTest
from kaeden.learning.models import (
    Measure,
    Observation,
    TestCycle,
    TestOfChange,
    TestPart,
)
from kaeden.learning.rules.tests_of_change import (
    AUDIENCE_NAMES,
    Audience,
    Better,
    Counted,
    Decision,
    MeasureKind,
    Stage,
    Where,
    is_shown,
    openings,
    stage_of,
)
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import name_of, paths_of
from kaeden.organisation.rules import INSTITUTIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenObservation:
    """What was counted on a day by one unit; without numbers where they are kept back."""

    id: int
    part: int
    day: date
    number: float | None
    of: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenMeasure:
    """A measure with what was counted, the earliest first."""

    id: int
    kind: MeasureKind
    indicator: str
    words: str
    counted: Counted | None
    unit_of_measure: str
    better: Better
    observations: tuple[SeenObservation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenCycle:
    """One time round."""

    number: int
    change: str
    begun_on: date | None
    ends_on: date
    decision: Decision | None
    why: str
    decided_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPart:
    """A unit that takes part, or is asked to; `house` is its institution."""

    id: int
    who: str
    unit: str
    house_id: int
    house_code: str
    joined_on: date | None
    left_on: date | None
    leads: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenTest:
    """A test as one post reads it.

    `leads` says that the post decides, `part` is its own part and `asked` the part that
    it is asked to take.
    """

    id: int
    name: str
    who: str
    aim: str
    aim_value: float
    aim_by: date
    practice: str
    audience: Audience
    shared_on: date | None
    stage: Stage
    leads: bool
    part: int | None
    asked: int | None
    parts: tuple[SeenPart, ...]
    measures: tuple[SeenMeasure, ...]
    cycles: tuple[SeenCycle, ...]

    @property
    def now(self) -> SeenCycle:
        """The newest cycle."""
        return self.cycles[-1]

    @property
    def joined(self) -> tuple[SeenPart, ...]:
        """The parts that have joined, also those that have left since."""
        return tuple(one for one in self.parts if one.joined_on)

    def measure(self, kind: MeasureKind) -> SeenMeasure:
        """Return its measure of a kind."""
        return next(one for one in self.measures if one.kind is kind)

    @property
    def newest_day(self) -> date | None:
        """The newest day on which something was counted."""
        days = [o.day for one in self.measures for o in one.observations]
        return max(days, default=None)


def may_try(actor: Actor) -> Verdict:
    """Judge whether a post may try a change where it is (0 queries)."""
    return may(actor, Permission.TRY_CHANGE, at=actor.path)


def seen_by(actor: Actor) -> list[SeenTest]:
    """Return the tests that a post may read, newest first (5 queries).

    A unit that has ended costs a query for each generation that carries it on.
    """
    return [_seen(actor, one) for one in _readable(actor, _in_town(actor))]


def mine(actor: Actor) -> list[SeenTest]:
    """Return the tests that a post takes part in or is asked to (as `seen_by`)."""
    if actor.post_id is None:
        return []
    own = _in_town(actor).filter(
        parts__post_id=actor.post_id, parts__left_on__isnull=True
    )
    return [_seen(actor, one) for one in _readable(actor, own)]


def tried_at(actor: Actor) -> list[SeenTest]:
    """Return what one takes part in, and what those below one try (as `seen_by`)."""
    if actor.post_id is None:
        return []
    near = Q(parts__post_id=actor.post_id, parts__left_on__isnull=True)
    if may(actor, Permission.READ_TEST, at=actor.path):
        near |= Q(parts__unit__path__startswith=actor.path)
    rows = _in_town(actor).filter(near).distinct()
    return [
        _seen(actor, one)
        for one in rows
        if _takes_part(actor, one) or _is_open_to(actor, one, Audience.NOBODY)
    ]


def of_practice(actor: Actor, practice: str) -> list[SeenTest]:
    """Return the tests of a practice that a post may read (as `seen_by`)."""
    found = _in_town(actor).filter(practice=practice)
    return [_seen(actor, one) for one in _readable(actor, found)]


def shared_on_result(actor: Actor, unit: Unit, indicator: str) -> list[SeenTest]:
    """Return the tests that are marked on a result's curve (as `seen_by`).

    Only what is shared, and of that what the post may read.
    """
    found = _in_town(actor).filter(measures__indicator=indicator)
    shared = found.exclude(audience=Audience.NOBODY.value)
    return [
        one
        for one in (_seen(actor, row) for row in _readable(actor, shared))
        if any(part.house_id == unit.pk for part in one.joined)
    ]


def get_seen(actor: Actor, pk: int) -> SeenTest:
    """Return one test (5 queries).

    Raises
    ------
    NoSuchTest
        Also when it exists and is not for one's post, so that a number tells nothing.
    """
    return _seen(actor, get_test(actor, pk))


def get_test(actor: Actor, pk: int) -> TestOfChange:
    """Return the row of a test that one may read, for an action (5 queries).

    Raises
    ------
    NoSuchTest
        As `get_seen`.
    """
    found = next(_readable(actor, _in_town(actor).filter(pk=pk)), None)
    if found is None:
        raise NoSuchTest(_("There is no such test for your post to read."))
    return found


def audience_words(one: SeenTest) -> str:
    """Return who reads a test, in words (0 queries)."""
    return str(AUDIENCE_NAMES[one.audience])


def leads(actor: Actor, test: TestOfChange) -> bool:
    """Whether a post decides on a test (0 queries, or those of `paths_of`).

    It is the post that leads it; when that has ended, the leader nearest to it.
    """
    if test.post.valid_to is None:
        return test.post_id == actor.post_id
    own = [one for one in test.parts.all() if one.post_id == test.post_id]
    at = [path for one in own for path in paths_of(one.unit)]
    return bool(may_at_any(actor, Permission.READ_TEST, at=at))


def house_of(unit: Unit) -> Unit:
    """Return the institution of a unit, itself if it is none's (0 queries).

    The unit's parent has to be read along.
    """
    above = unit.parent
    is_inside = unit.kind not in INSTITUTIONS and above is not None
    return above if is_inside and above and above.kind in INSTITUTIONS else unit


def _in_town(actor: Actor) -> QuerySet[TestOfChange]:
    """Return the tests of one's municipality with all their parts."""
    town = "/".join(actor.path.split("/")[:2])
    counted = Observation.objects.filter(taken_back_on=None).order_by("day", "pk")
    measures = Measure.objects.order_by("pk").prefetch_related(
        Prefetch("observations", queryset=counted)
    )
    parts = TestPart.objects.select_related("post__unit", "unit__parent")
    rows = TestOfChange.objects.filter(post__unit__path__startswith=f"{town}/")
    return (
        rows.select_related("post__unit")
        .prefetch_related(
            Prefetch("parts", queryset=parts.order_by("pk")),
            Prefetch("measures", queryset=measures),
            Prefetch("cycles", queryset=TestCycle.objects.order_by("number")),
        )
        .order_by("-made_on", "-pk")
    )


def _readable(actor: Actor, rows: Iterable[TestOfChange]) -> Iterator[TestOfChange]:
    yield from (one for one in rows if is_readable(actor, one))


def is_readable(actor: Actor, test: TestOfChange) -> bool:
    """Whether a post reads a test at all (0 queries, or those of `paths_of`).

    Its parts have to be read along, with their units and those above them.
    """
    if actor.post_id is None:
        return False
    audience = Audience(test.audience)
    return _takes_part(actor, test) or _is_open_to(actor, test, audience)


def _takes_part(actor: Actor, test: TestOfChange) -> bool:
    parts = test.parts.all()
    return any(one.post_id == actor.post_id and one.left_on is None for one in parts)


def _is_open_to(actor: Actor, test: TestOfChange, audience: Audience) -> bool:
    """Whether a post reads a test that it takes no part in, by `OPENINGS`."""
    parts = test.parts.all()
    units = [one.unit for one in parts if one.joined_on and one.left_on is None]
    return any(
        may_at_any(actor, opening.permission, at=at)
        for opening in openings(audience)
        if (at := list(_paths(units, opening.where)))
    )


def _paths(units: Sequence[Unit], where: Where) -> Iterator[str]:
    """Give the paths where a right is judged (a query for each unit that has ended)."""
    for unit in units:
        if where is Where.TOWN:
            yield "/".join(unit.path.split("/")[:2])
        else:
            yield from paths_of(house_of(unit) if where is Where.HOUSE else unit)


def _reads_the_house(actor: Actor, unit: Unit) -> bool:
    at = paths_of(house_of(unit))
    return bool(may_at_any(actor, Permission.READ_TEST_OF_COLLEAGUES, at=at))


def _seen(actor: Actor, test: TestOfChange) -> SeenTest:
    parts = list(test.parts.all())
    cycles = tuple(_cycle(one) for one in test.cycles.all())
    own = {one.post_id: one for one in parts if one.left_on is None}.get(
        actor.post_id or 0
    )
    at_home = {one.pk for one in parts if _reads_the_house(actor, one.unit)}
    return SeenTest(
        id=test.pk,
        name=test.name,
        who=name_of(test.post),
        aim=test.aim,
        aim_value=test.aim_value,
        aim_by=test.aim_by,
        practice=test.practice,
        audience=Audience(test.audience),
        shared_on=test.shared_on,
        stage=stage_of(
            begun_on=cycles[-1].begun_on, decision=cycles[-1].decision or ""
        ),
        leads=leads(actor, test),
        part=own.pk if own and own.joined_on else None,
        asked=own.pk if own and own.joined_on is None else None,
        parts=tuple(_part(one, test) for one in parts),
        measures=tuple(_measure(one, at_home) for one in test.measures.all()),
        cycles=cycles,
    )


def _part(one: TestPart, test: TestOfChange) -> SeenPart:
    house = house_of(one.unit)
    return SeenPart(
        id=one.pk,
        who=name_of(one.post),
        unit=house.name,
        house_id=house.pk,
        house_code=house.code,
        joined_on=one.joined_on,
        left_on=one.left_on,
        leads=one.post_id == test.post_id,
    )


def _cycle(one: TestCycle) -> SeenCycle:
    return SeenCycle(
        number=one.number,
        change=one.change,
        begun_on=one.begun_on,
        ends_on=one.ends_on,
        decision=Decision(one.decision) if one.decision else None,
        why=one.why,
        decided_on=one.decided_on,
    )


def _measure(one: Measure, at_home: set[int]) -> SeenMeasure:
    return SeenMeasure(
        id=one.pk,
        kind=MeasureKind(one.kind),
        indicator=one.indicator,
        words=one.words,
        counted=Counted(one.counted) if one.counted else None,
        unit_of_measure=one.unit_of_measure,
        better=Better(one.better),
        observations=tuple(
            _observation(row, to_the_house=row.part_id in at_home)
            for row in one.observations.all()
        ),
    )


def _observation(row: Observation, *, to_the_house: bool) -> SeenObservation:
    shown = is_shown(row.of, to_the_house=to_the_house)
    return SeenObservation(
        id=row.pk,
        part=row.part_id,
        day=row.day,
        number=row.number if shown else None,
        of=row.of if shown else None,
    )
