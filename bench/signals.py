"""All signals of a country: seven thousand units, a hundred indicators, ten years.

Each indicator is judged by the functions that the engine judges by: the swing from year
to year, trends, control charts, and the comparison with the twenty units most alike in a
funnel; then one false discovery rate over all of them.
"""

import time
from pathlib import Path

import numpy as np

from bench.timing import say
from kaeden_stats import (
    false_discovery,
    nearest_neighbours,
    overdispersed_funnel,
    peer_means,
    pooled_noise,
    trends,
)
from kaeden_stats.control_charts import xmr

UNITS, INDICATORS, YEARS, PEERS, SEED = 7_000, 100, 10, 20, 20261124
CHILD_SD, UNIT_SD, DECLARED = 0.6, 0.123, 5.0


def run(_home: Path) -> None:
    """Judge everything three times, and tell the median of each part."""
    rounds = [_all_signals() for _round in range(3)]
    parts = {name: sorted(one[name] for one in rounds)[1] for name in rounds[0]}
    whole = sum(parts.values())
    say(
        f"All signals, {UNITS} units x {INDICATORS} indicators x {YEARS} years: "
        f"{whole:.2f} s (bar {DECLARED:g} s)"
    )
    for name, took in parts.items():
        say(f"  {name}: {took:.2f} s")


def _all_signals() -> dict[str, float]:
    rng = np.random.default_rng(SEED)
    n = rng.integers(12, 61, (UNITS, 1)) * np.ones((UNITS, YEARS))
    years = np.arange(2016, 2016 + YEARS, dtype=float)
    background = rng.normal(size=(UNITS, 3))
    took = dict.fromkeys(
        ("units alike", "trends", "control charts", "comparisons", "scan"), 0.0
    )
    clock = _Clock(took)
    near = nearest_neighbours(background, k=PEERS).index
    clock.stop("units alike")
    p_values = []
    for _indicator in range(INDICATORS):
        level = rng.normal(3.8, UNIT_SD, (UNITS, 1))
        value = level + rng.normal(size=n.shape) * CHILD_SD / np.sqrt(n)
        clock.start()
        variance = pooled_noise(years, value, n).variance / n
        p_values.append(trends(years, value, variance).p_value)
        clock.stop("trends")
        xmr(value)
        clock.stop("control charts")
        around = peer_means(value[:, -1], variance[:, -1], near)
        total = variance[:, -1] + around.variance
        beside = overdispersed_funnel(
            value[:, -1] - around.mean, total, consistent=True
        )
        p_values.append(beside.p_value)
        clock.stop("comparisons")
    clock.start()
    false_discovery(np.concatenate(p_values))
    clock.stop("scan")
    return took


class _Clock:
    """Adds what has passed to a part."""

    def __init__(self, took: dict[str, float]) -> None:
        self._took = took
        self.start()

    def start(self) -> None:
        self._since = time.perf_counter()

    def stop(self, part: str) -> None:
        self._took[part] += time.perf_counter() - self._since
        self.start()
