"""What several places gained, put together, and what one more place can expect.

Pure: gains of units with what is known of them in, a forecast out. What is made from
protected figures is protected: no single place's gain is in what comes out.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import sha256
from math import isfinite, log, sqrt

import numpy as np

from kaeden.engine.effects.values import Refusal, Refused, UnitEffect
from kaeden.engine.panel import FloatArray
from kaeden_stats.synthesis import Synthesis, random_effects

METHOD = "synthesis@1"
FEWEST = 5
"""Fewer places foretell nothing, and would show what one of them gained."""
LEVEL = 0.9
"""A forecast is meant to hold at nine places of ten."""


class Column(StrEnum):
    """What may matter for what a place gains; stated before any gain was seen."""

    SIZE = "size"
    EARLIER = "earlier"
    FORM = "form"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known of a place: its children, the level it starts from, its form."""

    size: float | None = None
    earlier: float | None = None
    form: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A unit that has tried it, with what it gained."""

    gain: UnitEffect
    municipality: str
    context: Context


class LeftOut(StrEnum):
    """Why a column takes no part."""

    NOT_KNOWN_HERE = "not_known_here"
    NOT_KNOWN_THERE = "not_known_there"
    SAME_EVERYWHERE = "same_everywhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What one standard deviation more of a column adds, drawn towards 0."""

    column: Column
    adds: float
    standard_error: float


class Fit(StrEnum):
    """Where a place lies beside those that tried it."""

    AMONG = "among"
    AT_THE_EDGE = "at_the_edge"
    OUTSIDE = "outside"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """How a place lies beside those that tried it, in one column.

    Attributes
    ----------
    low, high : float or None
        The range that all but the lowest and the highest tenth of the others lie in.
    beyond : float
        How far outside all of them it lies, in their standard deviations.
    alike : int
        Others with the same form, or in the outer range.
    """

    column: Column
    fit: Fit
    here: float | None = None
    low: float | None = None
    high: float | None = None
    beyond: float = 0.0
    alike: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled:
    """What the places of one municipality gained together, with a 95 % interval."""

    municipality: str
    gain: float
    low: float
    high: float
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Foretold:
    """What to expect at a place, in the indicator's unit.

    Attributes
    ----------
    mean : float
    low, high : float
        Prediction interval: of what one such place truly gains.
    mean_low, mean_high : float
        Interval of what such places gain on average.
    spread : float
        √(τ² + se²), what the prediction interval is a multiple of.
    reach : float
        That multiple.
    level : float
        Of both intervals.
    between : float
        τ, how far true gains differ beyond what the columns say.
    inconsistency : float
        I², 0 to 1.
    places : int
    weighed : tuple of Weighed
    left_out : dict of str to str
        Columns that take no part, and why.
    unusable : int
        Places without a gain or its error, which don't count.
    matches : tuple of Match
    municipalities : tuple of Pooled
        Where there are several with enough places.
    method, digest : str
    """

    mean: float
    low: float
    high: float
    mean_low: float
    mean_high: float
    spread: float
    reach: float
    level: float
    between: float
    inconsistency: float
    places: int
    weighed: tuple[Weighed, ...]
    left_out: dict[str, str]
    unusable: int
    matches: tuple[Match, ...]
    municipalities: tuple[Pooled, ...]
    method: str
    digest: str

    @property
    def is_outside(self) -> bool:
        """Whether no place like it has tried it, in one column at least."""
        return any(one.fit is Fit.OUTSIDE for one in self.matches)

    def around(self, error: float) -> tuple[float, float]:
        """Return where a gain measured with that error is expected to lie."""
        half = self.reach * sqrt(self.spread**2 + error**2)
        return self.mean - half, self.mean + half


def foretell(
    places: Sequence[Place], here: Context, *, level: float = LEVEL
) -> Foretold | Refused:
    """Return what a place can expect, by what others gained and how it is like them.

    Parameters
    ----------
    places : sequence of Place
        All that tried it and could be compared, whatever they gained.
    here : Context
        Of the place that asks.
    level : float

    Returns
    -------
    Foretold or Refused
        Refused with fewer than five places whose gains have an error.
    """
    used = [one for one in places if is_measured(one.gain)]
    if len(used) < FEWEST:
        return Refused(why=Refusal.TOO_FEW_ADOPTING, number=len(used), needed=FEWEST)
    left_out = _left_out(used, here)
    columns = [one for one in Column if one not in left_out]
    context = [[_number(c, p.context, here) for c in columns] for p in used]
    found = _together(used, np.array(context) if columns else None)
    ahead = found.forecast(
        context=[_number(one, here, here) for one in columns], level=level
    )
    spread = sqrt(ahead.standard_error**2 + found.between_variance)
    return Foretold(
        mean=ahead.mean,
        low=ahead.expected_low,
        high=ahead.expected_high,
        mean_low=ahead.low,
        mean_high=ahead.high,
        spread=spread,
        reach=(ahead.expected_high - ahead.mean) / spread,
        level=level,
        between=sqrt(found.between_variance),
        inconsistency=found.inconsistency,
        places=len(used),
        weighed=_weighed(columns, found),
        left_out={column.value: why.value for column, why in left_out.items()},
        unusable=len(places) - len(used),
        matches=tuple(_match(one, used, here) for one in Column),
        municipalities=_by_municipality(used),
        method=METHOD,
        digest=_digest(used, here, level),
    )


def is_measured(gain: UnitEffect) -> bool:
    """Whether a gain has a number, and an error that it can be weighed by."""
    known = isfinite(gain.effect) and isfinite(gain.standard_error)
    return known and gain.standard_error > 0


def _together(used: Sequence[Place], context: FloatArray | None = None) -> Synthesis:
    return random_effects(
        [one.gain.effect for one in used],
        [one.gain.standard_error**2 for one in used],
        context=context,
    )


def _number(column: Column, of: Context, here: Context) -> float:
    """Return a column as it is counted: sizes by their ratio, the form by likeness."""
    if column is Column.FORM:
        return float(of.form == here.form)
    known = of.size if column is Column.SIZE else of.earlier
    assert known is not None, "a column with a gap takes no part"
    return log(known) if column is Column.SIZE else known


def _is_known(column: Column, of: Context) -> bool:
    if column is Column.FORM:
        return bool(of.form)
    if column is Column.SIZE:
        return of.size is not None and of.size > 0
    return of.earlier is not None


def _left_out(used: Sequence[Place], here: Context) -> dict[Column, LeftOut]:
    """Return the columns that take no part, and why."""
    left: dict[Column, LeftOut] = {}
    for column in Column:
        if not _is_known(column, here):
            left[column] = LeftOut.NOT_KNOWN_HERE
        elif not all(_is_known(column, one.context) for one in used):
            left[column] = LeftOut.NOT_KNOWN_THERE
        elif len({_number(column, one.context, here) for one in used}) == 1:
            left[column] = LeftOut.SAME_EVERYWHERE
    return left


def _weighed(columns: Sequence[Column], found: Synthesis) -> tuple[Weighed, ...]:
    rows = zip(columns, found.context_effects, found.context_errors, strict=True)
    return tuple(
        Weighed(column=column, adds=float(adds), standard_error=float(error))
        for column, adds, error in rows
    )


def _match(column: Column, used: Sequence[Place], here: Context) -> Match:
    """Say how a place lies beside the others, in one column."""
    others = [one.context for one in used if _is_known(column, one.context)]
    if not _is_known(column, here) or len(others) < FEWEST:
        return Match(column=column, fit=Fit.NOT_KNOWN)
    if column is Column.FORM:
        alike = sum(one.form == here.form for one in others)
        return Match(column=column, fit=_fit_of_form(alike, len(others)), alike=alike)
    at = _number(column, here, here)
    there = np.array([_number(column, one, here) for one in others])
    low, high = np.quantile(there, [0.1, 0.9])
    beyond = max(float(there.min()) - at, at - float(there.max()), 0.0)
    as_told = np.exp if column is Column.SIZE else np.positive
    return Match(
        column=column,
        fit=_fit(at, beyond, low, high),
        here=float(as_told(at)),
        low=float(as_told(low)),
        high=float(as_told(high)),
        beyond=beyond / float(np.std(there)) if np.ptp(there) else float(beyond > 0),
        alike=int(((there >= low) & (there <= high)).sum()),
    )


def _fit_of_form(alike: int, others: int) -> Fit:
    if not alike:
        return Fit.OUTSIDE
    return Fit.AMONG if alike / others >= 0.1 and alike > 1 else Fit.AT_THE_EDGE


def _fit(at: float, beyond: float, low: float, high: float) -> Fit:
    if beyond:
        return Fit.OUTSIDE
    return Fit.AMONG if low <= at <= high else Fit.AT_THE_EDGE


def _by_municipality(used: Sequence[Place]) -> tuple[Pooled, ...]:
    """Put the places of each municipality together, where there are several of those."""
    by: dict[str, list[Place]] = {}
    for one in used:
        by.setdefault(one.municipality, []).append(one)
    if len(by) < 2:
        return ()
    return tuple(_pooled(t, by[t]) for t in sorted(by) if len(by[t]) >= FEWEST)


def _pooled(municipality: str, places: Sequence[Place]) -> Pooled:
    mean = _together(places).forecast()
    return Pooled(
        municipality=municipality,
        gain=mean.mean,
        low=mean.low,
        high=mean.high,
        places=len(places),
    )


def _digest(used: Iterable[Place], here: Context, level: float) -> str:
    """Return the digest of all that a forecast is made from."""
    rows = sorted(json.dumps(asdict(one), sort_keys=True) for one in used)
    held = [METHOD, level, rows, asdict(here)]
    return sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()
