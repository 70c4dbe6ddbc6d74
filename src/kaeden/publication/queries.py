"""Read the release; each docstring ends with what it costs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from django.db.models import Case, Max, Q, QuerySet, When
from django.utils.translation import gettext as _

from kaeden.engine.models import COUNTRY
from kaeden.engine.signals import State
from kaeden.organisation.models import Unit
from kaeden.organisation.rules import Kind
from kaeden.publication.errors import NothingReleased
from kaeden.publication.models import Figure, PeerSet, Release
from kaeden.shared.status import ValueStatus

COLUMNS = (
    *("indicator", "unit_id", "period", "is_latest", "status", "origin", "value", "n"),
    *("estimate", "low", "high", "reliability", "peers_mean", "peers", "difference"),
    *("swing", "compared", "slope", "slope_half", "points", "preliminary"),
    *("direction", "group", "group_mean", "signal", "state"),
    *("centre", "lower", "upper", "limits", "broken", "change_of"),
)
UNIT_COLUMNS = ("unit__code", "unit__kind", "unit__name", "unit__path")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedUnit:
    """The unit a figure is about."""

    id: int
    code: str
    kind: str
    name: str
    path: str

    @property
    def municipality_code(self) -> str:
        """The municipality it lies in; empty above and outside."""
        parts = self.path.split("/")
        return parts[1] if len(parts) > 1 and parts[1].isdigit() else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedFigure:
    """One figure as it may be shown; `engine.results.Result` says what each is.

    `slope_half` is the half width of the slope's 95 % interval, per year. `state` is what
    the newest figure says as a signal; None of older ones.
    """

    unit: ReleasedUnit
    indicator: str
    period: str
    is_latest: bool
    status: ValueStatus
    origin: str
    value: float | None
    n: int | None
    estimate: float | None
    low: float | None
    high: float | None
    reliability: str
    peers_mean: float | None
    peers: int | None
    difference: float | None
    swing: float | None
    compared: int | None
    slope: float | None
    slope_half: float | None
    points: int | None
    preliminary: bool | None
    direction: int | None
    group: str
    group_mean: float | None
    signal: str
    state: State | None
    centre: float | None
    lower: float | None
    upper: float | None
    limits: str
    broken: str
    change_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentRelease:
    """The release that pages read, with what its run says of itself."""

    id: int
    version: int
    scope: str
    made_at: datetime
    method: str
    snapshot: str
    scanned: int
    signals: int
    units: int
    figure_count: int
    hidden_count: int
    notes: dict[str, dict[str, object]]

    @property
    def is_own(self) -> bool:
        """Whether it is of a municipality's own figures."""
        return self.scope != COUNTRY


def current_release(town: str = "") -> CurrentRelease:
    """Return the newest release of a municipality's own figures, or the country's.

    Without the code of a municipality, the country's (1 query).

    Raises
    ------
    NothingReleased
        If there is none yet.
    """
    is_own = Case(When(run__scope=town, then=1), default=0)
    rows = Release.objects.filter(run__scope__in={COUNTRY, town})
    found = rows.select_related("run").order_by(is_own.desc(), "-version").first()
    if found is None:
        raise NothingReleased(_("No results have been released yet."))
    run = found.run
    return CurrentRelease(
        id=found.pk,
        version=found.version,
        scope=run.scope,
        made_at=found.made_at,
        method=run.method,
        snapshot=run.snapshot,
        scanned=run.scanned,
        signals=run.signals,
        units=run.units,
        figure_count=found.figure_count,
        hidden_count=found.hidden_count,
        notes=run.notes,
    )


@dataclass(frozen=True, slots=True)
class Signal:
    """That a result stood out in a release; where, and not how much."""

    release: int
    unit: int
    indicator: str
    is_municipal: bool

    @property
    def place(self) -> tuple[int, str]:
        """The unit and the indicator."""
        return self.unit, self.indicator


def latest_releases(town: str, *, most: int) -> list[Release]:
    """Return the releases that a municipality's pages have read, newest first (1 query).

    Its own, or the country's where it has none.
    """
    rows = Release.objects.filter(run__scope__in={COUNTRY, town}).select_related("run")
    found = list(rows.order_by("-version"))
    own = [one for one in found if one.run.scope == town]
    return (own or found)[:most]


def signals_in(releases: Iterable[int], path: str) -> list[Signal]:
    """Return what stood out in some releases, at a unit and below it (1 query)."""
    there = Q(unit__path=path) | Q(unit__path__startswith=f"{path}/")
    rows = Figure.objects.filter(there, release_id__in=list(releases), is_latest=True)
    found = rows.exclude(signal="").values_list(
        "release_id", "unit_id", "indicator", "unit__kind"
    )
    return [
        Signal(release, unit, indicator, kind == Kind.MUNICIPALITY.value)
        for release, unit, indicator, kind in found
    ]


@dataclass(frozen=True, slots=True)
class Releases:
    """The releases that were the newest on a day, by the scope of their run."""

    newest: Mapping[str, Release]

    def of(self, town: str) -> Release | None:
        """The one that a municipality's pages read: its own, or the country's."""
        return self.newest.get(town) or self.newest.get(COUNTRY)

    def is_read_by(self, town: str, release_id: int) -> bool:
        """Whether a municipality's pages read that release."""
        read = self.of(town)
        return read is not None and read.pk == release_id

    def __iter__(self) -> Iterator[Release]:
        return iter(self.newest.values())


def releases_on(day: date) -> Releases:
    """Return the releases that were the newest on a day (1 query)."""
    made = Release.objects.filter(made_at__date__lte=day).order_by()
    newest = made.values("run__scope").annotate(last=Max("version")).values("last")
    rows = Release.objects.filter(version__in=newest).select_related("run")
    return Releases({one.run.scope: one for one in rows})


def of_units(release_id: int, unit_ids: Iterable[int]) -> list[ReleasedFigure]:
    """Return all figures of some units, all periods, oldest first (1 query)."""
    rows = Figure.objects.filter(release_id=release_id, unit_id__in=list(unit_ids))
    return list(_figures(rows.order_by("indicator", "period")))


def of_indicator(
    release_id: int, indicator: str, kinds: Sequence[str]
) -> list[ReleasedFigure]:
    """Return an indicator's latest figures at units of some kinds (1 query)."""
    rows = Figure.objects.filter(
        release_id=release_id, indicator=indicator, is_latest=True, unit__kind__in=kinds
    )
    return list(_figures(rows))


def below(
    release_id: int, path: str, indicators: Iterable[str]
) -> list[ReleasedFigure]:
    """Return the latest figures of indicators at the units below a path (1 query)."""
    rows = Figure.objects.filter(
        release_id=release_id,
        is_latest=True,
        indicator__in=list(indicators),
        unit__path__startswith=f"{path}/",
    )
    return list(_figures(rows))


def years_below(release_id: int, path: str, indicator: str) -> list[ReleasedFigure]:
    """Return all figures of an indicator at the units below a path, by year (1 query)."""
    rows = Figure.objects.filter(
        release_id=release_id, indicator=indicator, unit__path__startswith=f"{path}/"
    )
    return list(_figures(rows.order_by("period", "unit__code")))


def figures_at(
    releases: Iterable[int], unit_ids: Iterable[int], indicator: str
) -> list[ReleasedFigure]:
    """Return an indicator's figures of some units, oldest first (1 query)."""
    rows = Figure.objects.filter(
        release_id__in=set(releases), unit_id__in=set(unit_ids), indicator=indicator
    )
    return list(_figures(rows.order_by("period", "unit_id")))


def signals_at(
    release_id: int, below_path: str, *, unit_id: int, sectors: dict[str, bool]
) -> list[ReleasedFigure]:
    """Return figures with a signal below a path, or at a unit itself (1 query).

    `sectors` holds the indicators that count, and whether they count at the unit
    itself too.
    """
    at_unit = [name for name, also_at_unit in sectors.items() if also_at_unit]
    rows = Figure.objects.filter(release_id=release_id, is_latest=True).exclude(
        signal=""
    )
    here = Q(unit__path__startswith=f"{below_path}/", indicator__in=list(sectors))
    return list(_figures(rows.filter(here | Q(unit_id=unit_id, indicator__in=at_unit))))


def signals_of(releases: Releases) -> list[ReleasedFigure]:
    """Return all figures with a signal, of the releases of a day (1 query).

    A municipality with a release of its own has its signals from that alone.
    """
    rows = Figure.objects.filter(release__in=list(releases), is_latest=True)
    for town in releases.newest.keys() - {COUNTRY}:
        theirs = Q(unit__path__startswith=f"{COUNTRY}/{town}")
        rows = rows.exclude(theirs, release=releases.newest.get(COUNTRY))
    return list(_figures(rows.exclude(signal="").order_by("unit_id", "indicator")))


def moved_at(release_id: int, unit_ids: Iterable[int]) -> list[ReleasedFigure]:
    """Return figures of units that have moved by more than chance explains (1 query)."""
    rows = Figure.objects.filter(
        release_id=release_id,
        unit_id__in=set(unit_ids),
        is_latest=True,
        preliminary=False,
        direction__in=(-1, 1),
    )
    return list(_figures(rows))


def get_figure(release_id: int, unit: Unit, indicator: str) -> ReleasedFigure:
    """Return a unit's latest figure (1 query).

    Raises
    ------
    NothingReleased
        If the release has none.
    """
    rows = Figure.objects.filter(
        release_id=release_id, unit=unit, indicator=indicator, is_latest=True
    )
    found = next(_figures(rows), None)
    if found is None:
        raise NothingReleased(_("There is no released figure here."))
    return found


Judged: TypeAlias = tuple[int, int, str]
"""A figure by its release, its unit and its indicator."""


def latest_in(keys: Iterable[Judged]) -> dict[Judged, ReleasedFigure]:
    """Return figures as they were the latest in their releases (1 query)."""
    wanted = set(keys)
    rows = Figure.objects.filter(
        release_id__in={release for release, _unit, _name in wanted},
        unit_id__in={unit for _release, unit, _name in wanted},
        indicator__in={name for _release, _unit, name in wanted},
        is_latest=True,
    )
    found = {(at, one.unit.id, one.indicator): one for at, one in _released(rows)}
    return {key: one for key, one in found.items() if key in wanted}


def peers_of(release_id: int, unit: Unit) -> list[Unit]:
    """Return the units like a unit, nearest first (2 queries)."""
    near = PeerSet.objects.filter(release_id=release_id, unit=unit).first()
    if near is None:
        return []
    found = Unit.objects.select_related("parent__parent").in_bulk(near.peers)
    return [found[pk] for pk in near.peers if pk in found]


def _figures(rows: QuerySet[Figure]) -> Iterator[ReleasedFigure]:
    return (figure for _release, figure in _released(rows))


def _released(rows: QuerySet[Figure]) -> Iterator[tuple[int, ReleasedFigure]]:
    """Give figures with the release of each."""
    width = len(COLUMNS)
    for release, *row in rows.values_list("release_id", *COLUMNS, *UNIT_COLUMNS):
        facts = dict(zip(COLUMNS, row[:width], strict=True))
        code, kind, name, path = row[width:]
        unit = ReleasedUnit(
            id=facts.pop("unit_id"), code=code, kind=kind, name=name, path=path
        )
        facts["status"] = ValueStatus(facts["status"])
        facts["state"] = State(facts["state"]) if facts["state"] else None
        yield release, ReleasedFigure(unit=unit, **facts)
