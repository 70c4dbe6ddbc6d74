"""Read what models of children's rows say; each docstring ends with what it costs.

What a model says as a whole is for everybody. What it says of each unit is for the posts
of the municipality that lead or support there, and how children lie apart within a unit
for those whose own unit it is, or who stand above it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.db.models import Max, QuerySet
from pydantic import TypeAdapter

from kaeden.access.rules import Actor, Permission, Verdict, may, require
from kaeden.organisation.models import Unit
from kaeden.publication.errors import NothingReleased
from kaeden.publication.model_rules import ModelFacts
from kaeden.publication.models import FairFigure, ModelFigure, Release
from kaeden.publication.queries import ReleasedUnit
from kaeden.shared.status import ValueStatus

FACTS = TypeAdapter(ModelFacts)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedModel:
    """A model of a release, as a whole."""

    id: int
    facts: ModelFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedFair:
    """What a model says of one unit; `engine.model_results.UnitResult` says what.

    `unit` is None in a worked example. `is_own` says that the reader reaches the unit:
    of others, `gradient` and `spread` are left out.
    """

    unit: ReleasedUnit | None
    code: str
    status: ValueStatus
    n: int | None
    raw: float | None
    fair: float | None
    low: float | None
    high: float | None
    reliability: str
    gradient: float | None
    gradient_low: float | None
    gradient_high: float | None
    spread: float | None
    is_own: bool


def municipal_models(release_id: int) -> list[ReleasedModel]:
    """Return a release's models of indicators, the newest period of each (1 query)."""
    rows = ModelFigure.objects.filter(release_id=release_id).exclude(indicator="")
    return _newest(rows)


def _newest(rows: QuerySet[ModelFigure]) -> list[ReleasedModel]:
    newest = {one.recipe: one for one in rows.order_by("recipe", "period")}
    return [_released(one) for one in newest.values()]


def model_of(release_id: int, indicator: str) -> ReleasedModel | None:
    """Return the newest model of an indicator in a release, if it has one (1 query)."""
    rows = ModelFigure.objects.filter(release_id=release_id, indicator=indicator)
    found = rows.order_by("-period").first()
    return _released(found) if found else None


def examples() -> list[ReleasedModel]:
    """Return the worked examples of the newest release that has any (2 queries)."""
    rows = ModelFigure.objects.filter(indicator="")
    last = rows.order_by("-release__version").first()
    return _newest(rows.filter(release=last.release_id)) if last else []


def example_units(models: Iterable[ReleasedModel]) -> dict[int, list[ReleasedFair]]:
    """Return all units of worked examples, which are public rows (1 query)."""
    found: dict[int, list[ReleasedFair]] = {one.id: [] for one in models}
    rows = FairFigure.objects.filter(model_id__in=found, model__indicator="")
    for model, one in _fair(rows, reached=True):
        found[model].append(one)
    return found


def fair_in(actor: Actor, town: Unit, model: ReleasedModel) -> list[ReleasedFair]:
    """Return what a model says of a municipality's units, as far as one may (1 query).

    Raises
    ------
    NothingReleased
        If the actor's post may not read of the municipality's units.
    """
    require(may_read_units(actor, town), otherwise=NothingReleased)
    rows = FairFigure.objects.filter(
        model_id=model.id, unit__path__startswith=f"{town.path}/"
    )
    return [_as_read_by(actor, one) for _model, one in _fair(rows)]


def may_read_units(actor: Actor, town: Unit) -> Verdict:
    """Judge whether somebody reads what models say of a municipality's units."""
    return may(actor, Permission.READ_FAIR_VALUES, at=town.path)


def towns_with(indicator: str) -> list[Unit]:
    """Return the municipalities whose newest release has a model of it (2 queries)."""
    newest = (
        Release.objects.order_by().values("run__scope").annotate(last=Max("version"))
    )
    rows = ModelFigure.objects.filter(
        indicator=indicator, release__version__in=newest.values("last")
    )
    scopes = set(rows.values_list("release__run__scope", flat=True))
    towns = Unit.objects.filter(code__in=scopes, kind="municipality", valid_to=None)
    return list(towns.order_by("name"))


def _as_read_by(actor: Actor, one: ReleasedFair) -> ReleasedFair:
    path = one.unit.path if one.unit else ""
    if may(actor, Permission.READ_SPREAD, at=path):
        return replace(one, is_own=True)
    return replace(
        one, gradient=None, gradient_low=None, gradient_high=None, spread=None
    )


def _released(row: ModelFigure) -> ReleasedModel:
    return ReleasedModel(id=row.pk, facts=FACTS.validate_python(row.said))


def _fair(
    rows: QuerySet[FairFigure], *, reached: bool = False
) -> Iterator[tuple[int, ReleasedFair]]:
    """Give what models say of units, with the model of each."""
    for one in rows.select_related("unit"):
        yield (
            one.model_id,
            ReleasedFair(
                unit=_unit(one.unit) if one.unit else None,
                code=one.code,
                status=ValueStatus(one.status),
                n=one.n,
                raw=one.raw,
                fair=one.fair,
                low=one.low,
                high=one.high,
                reliability=one.reliability,
                gradient=one.gradient,
                gradient_low=one.gradient_low,
                gradient_high=one.gradient_high,
                spread=one.spread,
                is_own=reached,
            ),
        )


def _unit(row: Unit) -> ReleasedUnit:
    return ReleasedUnit(
        id=row.pk, code=row.code, kind=row.kind, name=row.name, path=row.path
    )
