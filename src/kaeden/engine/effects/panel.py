"""Figures and adoptions as a table of units by years, and whether it can answer."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from kaeden.engine.effects.values import Refusal, Refused, UnitYear
from kaeden.engine.panel import FloatArray

FEWEST_ADOPTING = 5
FEWEST_COMPARING = 5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Figures:
    """Units by school years.

    Attributes
    ----------
    value : (n, t) float
        NaN where a unit has no figure.
    first : (n,) float
        The first school year with the practice; infinite where it never began.
    weights : (n,) float or None
        Mean number of children; None where some unit's is not known.
    """

    units: tuple[str, ...]
    years: tuple[int, ...]
    value: FloatArray
    first: FloatArray
    weights: FloatArray | None
    digest: str

    @property
    def seed(self) -> int:
        """A seed that follows from the figures: the same ask has the same draws."""
        return int(self.digest[:8], 16)


def figures_of(rows: Sequence[UnitYear], adopted: Mapping[str, int]) -> Figures:
    """Return rows as a table, in the order of units and years."""
    units = tuple(sorted({row.unit for row in rows}))
    years = tuple(sorted({row.year for row in rows}))
    value = np.full((len(units), len(years)), np.nan)
    children = np.full(value.shape, np.nan)
    for row in rows:
        place = units.index(row.unit), years.index(row.year)
        value[place] = row.value
        children[place] = np.nan if row.n is None else row.n
    first = np.array([float(adopted.get(unit, np.inf)) for unit in units])
    return Figures(
        units=units,
        years=years,
        value=value,
        first=first,
        weights=_weights(children),
        digest=_digest(units, years, value, first, children),
    )


def _weights(children: FloatArray) -> FloatArray | None:
    known = np.isfinite(children).any(axis=1)
    if not known.size or not known.all() or np.nanmin(children) <= 0:
        return None
    return np.asarray(np.nanmean(children, axis=1))


def _digest(units: Sequence[str], years: Sequence[int], *tables: FloatArray) -> str:
    held = [list(units), list(years), *(repr(table.tolist()) for table in tables)]
    return sha256(json.dumps(held).encode()).hexdigest()


def refusal(figures: Figures) -> Refused | None:
    """Say what is lacking before anything is computed; None where nothing is."""
    seen = np.isfinite(figures.value)
    year = np.array(figures.years, dtype=float)
    begins = np.isfinite(figures.first) & seen.any(axis=1)
    before = begins & (seen & (year < figures.first[:, None])).any(axis=1)
    after = before & (seen & (year >= figures.first[:, None])).any(axis=1)
    waits = figures.first > np.min(figures.first[after], initial=np.inf)
    steps = (
        (Refusal.TOO_FEW_ADOPTING, begins, FEWEST_ADOPTING),
        (Refusal.TOO_FEW_YEARS_BEFORE, before, FEWEST_ADOPTING),
        (Refusal.TOO_FEW_YEARS_AFTER, after, FEWEST_ADOPTING),
        (Refusal.NO_COMPARISON, waits & seen.any(axis=1), FEWEST_COMPARING),
    )
    for why, there, needed in steps:
        if (number := int(there.sum())) < needed:
            return Refused(why=why, number=number, needed=needed)
    return None
