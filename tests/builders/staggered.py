"""Units that begin at different times, with a planted effect."""

import csv
from pathlib import Path
from typing import NamedTuple

import numpy as np

MPDTA = Path(__file__).parents[1] / "golden" / "mpdta.csv"


class Planted(NamedTuple):
    value: np.ndarray
    first: np.ndarray
    effect: np.ndarray

    @property
    def truth(self):
        """The mean over units of each one's mean effect after it began."""
        begins = np.isfinite(self.first)
        since = np.arange(self.value.shape[1]) >= self.first[:, None]
        each = self.effect[begins].sum(axis=1) / since[begins].sum(axis=1)
        return each.mean()


def planted(rng, *, units=24, begin=7, periods=8, effect=0.0, differs=0.0, grows=False):
    """Units with a level of their own, noise that lasts, and years that are shared."""
    first = np.full(units, np.inf)
    first[:begin] = rng.integers(3, periods - 1, begin)
    level = rng.normal(0, 2, (units, 1))
    noise = rng.normal(size=(units, periods))
    for period in range(1, periods):
        noise[:, period] = 0.5 * noise[:, period - 1] + 0.87 * noise[:, period]
    since = np.arange(periods) - first[:, None]
    shape = np.minimum(1 + since, 4) / 2.5 if grows else 1.0
    own = effect + differs * rng.normal(size=(units, 1))
    gained = np.where(since >= 0, own * shape, 0.0)
    value = level + noise + rng.normal(0, 0.3, periods) + gained
    return Planted(value, first, gained)


def counties():
    """Return did's example as units by periods: value, first, periods."""
    with MPDTA.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    units = sorted({int(row["county"]) for row in rows})
    periods = sorted({int(row["year"]) for row in rows})
    value = np.full((len(units), len(periods)), np.nan)
    first = np.full(len(units), np.inf)
    for row in rows:
        place = units.index(int(row["county"]))
        value[place, periods.index(int(row["year"]))] = float(row["employment"])
        first[place] = float(row["first"]) or np.inf
    return value, first, np.array(periods)
