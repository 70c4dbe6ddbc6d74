"""Read goals as they stood on a day; each docstring ends with what it costs."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import FilteredRelation, Q
from django.utils.translation import gettext as _

from kaeden.goals import starter
from kaeden.goals.errors import NoSuchGoal
from kaeden.goals.indicator_parts import Sector
from kaeden.goals.indicators import Indicator, catalogue, published
from kaeden.goals.models import Goal, Meaning, Target
from kaeden.goals.rules import TargetKind
from kaeden.goals.way import Thread
from kaeden.organisation.models import Unit
from kaeden.organisation.rules import POST_NAMES
from kaeden.shared.clock import today
from kaeden.shared.dated import valid_at

GOAL_COLUMNS = (
    *("pk", "key", "valid_from", "municipality__code", "unit__code", "unit__path"),
    "serves__key",
)
WORD_COLUMNS = (
    *("said__name", "said__sentence", "said__here", "said__for_whom"),
    *("said__sectors", "said__indicator", "said__by_period"),
)
OWNER_COLUMNS = (
    *("owned__post_id", "owned__post__key", "owned__post__role"),
    *("owned__post__title", "owned__post__unit__path"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetNumber:
    """A number to reach by a period."""

    value: float
    at_most: bool
    by_period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalOwner:
    """The post that answers for a goal."""

    post_id: int
    key: str
    name: str
    unit_path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalGoal:
    """A goal as it stands in one municipality: adopted, or proposed to it.

    `id` is there when it is adopted. A goal of the municipality's own words `is_own`.
    """

    key: str
    name: str
    sentence: str
    here: str
    indicator: Indicator | None
    further: tuple[Indicator, ...]
    owner_role: str
    adopted_on: date | None
    target: TargetNumber | None
    suggestion: starter.SuggestedTarget | None
    id: int | None = None
    is_own: bool = False
    for_whom: str = ""
    sectors: tuple[Sector, ...] = ()
    by_period: str = ""
    unit_path: str = ""
    owner: GoalOwner | None = None
    serves: str = ""

    @property
    def is_adopted(self) -> bool:
        """Whether the municipality has taken it up."""
        return self.adopted_on is not None

    @property
    def ids(self) -> tuple[int, ...]:
        """Its id, if it is adopted: what is asked of rows that hang on it."""
        return () if self.id is None else (self.id,)

    @property
    def lead(self) -> str:
        """The id of the indicator that stands for it; empty if there is none yet."""
        return self.indicator.id if self.indicator else ""

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicator that stands for it, if any, and the further ones."""
        return (*((self.indicator,) if self.indicator else ()), *self.further)


def goals_of(municipality: Unit, as_of: date | None = None) -> list[MunicipalGoal]:
    """Return the municipality's own goals and the starter set, as they stand (2 queries).

    What its areas have for goals is in `area_goals`.
    """
    adopted = {
        goal.key: goal
        for goal in _adopted(municipality, as_of)
        if goal.unit_path == municipality.path
    }
    own = [goal for goal in adopted.values() if goal.is_own]
    shared = [adopted.get(one.id) or _shared(one) for one in starter.goals()]
    return [*own, *shared]


def area_goals(municipality: Unit, as_of: date | None = None) -> list[MunicipalGoal]:
    """Return the goals that the municipality's areas have written (2 queries)."""
    found = _adopted(municipality, as_of)
    return [goal for goal in found if goal.unit_path != municipality.path]


def get_goal(municipality: Unit, key: str, as_of: date | None = None) -> MunicipalGoal:
    """Return one goal as it stands in a municipality (2 queries).

    Raises
    ------
    NoSuchGoal
        If neither the municipality nor the starter set has it.
    """
    known = {one.key: one for one in _adopted(municipality, as_of)}
    shared = {one.id: one for one in starter.goals()}
    if key in known:
        return known[key]
    if key not in shared:
        raise NoSuchGoal(_("There is no such goal here."))
    return _shared(shared[key])


def goals_by_id(
    ids: Collection[int], as_of: date | None = None
) -> dict[int, MunicipalGoal]:
    """Return goals that hold on a day, with words and owner, by their ids (1 query)."""
    rows = _rows(as_of or today(), Q(pk__in=ids))
    return {row["pk"]: _standing(row, ()) for row in rows}


def get_goal_of(municipality: Unit, goal_id: int) -> MunicipalGoal:
    """Return a goal by its id, with the words it has or had last (3 queries)."""
    row: Goal = Goal.objects.get(pk=goal_id, municipality=municipality)
    day = today() if row.valid_to is None else row.valid_to - timedelta(days=1)
    return get_goal(municipality, row.key, max(day, row.valid_from))


def get_adopted(municipality: Unit, key: str) -> Goal:
    """Return the row of a goal that is adopted, for an action (1 query).

    Raises
    ------
    NoSuchGoal
        If it is not adopted.
    """
    rows = Goal.objects.filter(
        municipality=municipality, key=key, valid_to__isnull=True
    )
    found: Goal | None = rows.select_related("municipality", "unit", "vision").first()
    if found is None:
        raise NoSuchGoal(_("There is no such goal here."))
    return found


def _adopted(municipality: Unit, as_of: date | None) -> list[MunicipalGoal]:
    """Return the goals that hold on a day, in the order of adoption (2 queries)."""
    day = as_of or today()
    levels = Target.objects.at(day).filter(
        goal__municipality=municipality,
        unit=municipality,
        kind=TargetKind.LEVEL.value,
    )
    targets: dict[int, list[Target]] = {}
    for target in levels.order_by("by_period", "pk"):
        targets.setdefault(target.goal_id, []).append(target)
    rows = _rows(day, Q(municipality=municipality))
    return [_standing(row, targets.get(row["pk"], ())) for row in rows]


def _rows(day: date, where: Q) -> Iterator[dict[str, Any]]:
    """Give goals with the words and the owner that they had on a day (1 query)."""
    yield from (
        Goal.objects.at(day)
        .filter(where)
        .annotate(
            said=FilteredRelation("words", condition=valid_at(day, of="words__")),
            owned=FilteredRelation(
                "ownerships", condition=valid_at(day, of="ownerships__")
            ),
        )
        .order_by("valid_from", "pk")
        .values(*GOAL_COLUMNS, *WORD_COLUMNS, *OWNER_COLUMNS)
    )


def _text(row: Mapping[str, Any]) -> MunicipalGoal:
    """Return a goal in its own words, or in those of the starter set."""
    if row["said__sentence"] is None:
        return _shared(next(one for one in starter.goals() if one.id == row["key"]))
    return MunicipalGoal(
        key=row["key"],
        name=row["said__name"],
        sentence=row["said__sentence"],
        here=row["said__here"],
        indicator=catalogue().get(row["said__indicator"]),
        further=(),
        owner_role="",
        adopted_on=None,
        target=None,
        suggestion=None,
        is_own=True,
        for_whom=row["said__for_whom"],
        sectors=tuple(Sector(one) for one in row["said__sectors"]),
        by_period=row["said__by_period"],
    )


def _shared(one: starter.StarterGoal) -> MunicipalGoal:
    """Return a goal of the starter set as it is proposed."""
    known = catalogue()
    return MunicipalGoal(
        key=one.id,
        name=str(one.name),
        sentence=str(one.sentence),
        here=str(one.here),
        indicator=known[one.lead_indicator],
        further=tuple(known[name] for name in one.further_indicators),
        owner_role=one.owner_role.value,
        adopted_on=None,
        target=None,
        suggestion=one.suggested_target,
        sectors=one.sectors,
    )


def _standing(row: Mapping[str, Any], targets: Iterable[Target]) -> MunicipalGoal:
    text = _text(row)
    target = next((one for one in targets if one.indicator == text.lead), None)
    return replace(
        text,
        id=row["pk"],
        adopted_on=row["valid_from"],
        unit_path=row["unit__path"],
        owner=_owner(row),
        owner_role=row["owned__post__role"] or "",
        serves=row["serves__key"] or "",
        target=_number(target) if target else None,
    )


def _owner(row: Mapping[str, Any]) -> GoalOwner | None:
    if row["owned__post_id"] is None:
        return None
    role = str(POST_NAMES[row["owned__post__role"]])
    return GoalOwner(
        post_id=row["owned__post_id"],
        key=row["owned__post__key"],
        name=row["owned__post__title"] or role,
        unit_path=row["owned__post__unit__path"],
    )


def _number(target: Target) -> TargetNumber:
    assert target.value is not None, "a level has a number"
    return TargetNumber(
        value=target.value, at_most=target.at_most, by_period=target.by_period
    )


def threads(
    as_of: date, municipality: Unit | None = None
) -> dict[str, tuple[Thread, ...]]:
    """Return all goals with who has taken them up, by municipality code (2 queries).

    The posts are known by their keys, as in the `Chain` of the same day.
    """
    here = Q(municipality=municipality) if municipality else Q()
    meant = Q(goal__municipality=municipality) if municipality else Q()
    taken: dict[int, dict[str, date]] = {}
    meanings = Meaning.objects.at(as_of).filter(meant).order_by("pk")
    for goal, post, since in meanings.values_list("goal_id", "post__key", "valid_from"):
        taken.setdefault(goal, {})[post] = since
    found: dict[str, list[Thread]] = {}
    for row in _rows(as_of, here):
        one = _thread(row, taken.get(row["pk"], {}))
        found.setdefault(one.municipality, []).append(one)
    return {code: tuple(goals) for code, goals in found.items()}


def _thread(row: Mapping[str, Any], taken_up: Mapping[str, date]) -> Thread:
    text = _text(row)
    return Thread(
        id=row["pk"],
        municipality=row["municipality__code"],
        key=text.key,
        name=text.name,
        sentence=text.sentence,
        unit=row["unit__code"],
        since=row["valid_from"],
        sectors=frozenset(text.sectors),
        indicator=text.lead,
        owner=row["owned__post__key"] or "",
        serves=row["serves__key"] or "",
        taken_up=taken_up,
    )


def get_listed_indicator(name: str) -> Indicator:
    """Return an indicator that is published or in development (0 queries).

    A municipality may have figures of its own for both.

    Raises
    ------
    NoSuchGoal
        If none has that name.
    """
    found = catalogue().get(name)
    if found is None:
        raise NoSuchGoal(_("There is no indicator with that name."))
    return found


def get_indicator(name: str) -> Indicator:
    """Return a published indicator (0 queries).

    Raises
    ------
    NoSuchGoal
        If none has that name.
    """
    found = published().get(name)
    if found is None:
        raise NoSuchGoal(_("There is no indicator with that name."))
    return found
