"""Staggered effects from rows: ours beside the peers, each in a process of its own.

``make bench-peers`` installs the peers, ``make bench ONLY=staggered`` runs a million rows,
``SIZES=1e7`` ten million. Ratios are of fits in the same round; memory is what a process
held beyond what the small fit needed.
"""

import os
import statistics
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.engine.children import Done, Limits, run_alone
from bench.timing import say

FOLDER = Path(__file__).parents[1] / "var" / "bench"
PYTHON = FOLDER / "staggered" / "bin" / "python"
SCRIPT = Path(__file__).parent / "engine" / "fits" / "staggered.py"
LIMITS = Limits(seconds=300, megabytes=14_000)
NAMES = ("kaeden_stats", "diff-diff", "csdid", "moderndid", "pyfixest")
PERIODS = 10
STARTS = (0, 4, 5, 6, 7, 8)


def rows(path: Path, count: int) -> None:
    """Write units in ten periods; half of them begin, in five different years."""
    units = count // PERIODS
    rng = np.random.default_rng(20261124)
    first = rng.choice(STARTS, units, p=[0.5, *[0.1] * 5])
    unit = np.repeat(np.arange(units), PERIODS)
    year = np.tile(np.arange(1, PERIODS + 1), units)
    begun = (first[unit] > 0) & (year >= first[unit])
    level = rng.normal(50, 5, units)
    value = level[unit] + 0.3 * year + rng.normal(0, 2, len(unit)) + 1.5 * begun
    columns = {"unit": unit, "year": year, "first": first[unit], "y": value}
    pq.write_table(pa.table(columns), path)


def run(_home: Path | None = None) -> None:
    """Run each size that is asked for, and print a line for each contestant."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    sizes = [int(float(one)) for one in os.environ.get("SIZES", "1e6").split()]
    rounds = int(os.environ.get("ROUNDS") or 3)
    rows(FOLDER / "few.parquet", 1000)
    for size in sizes:
        path = FOLDER / f"staggered_{size}.parquet"
        if not path.exists():
            rows(path, size)
        _contest(size, path, rounds)


def _contest(size: int, path: Path, rounds: int) -> None:
    done: dict[str, list[Done]] = {name: [] for name in NAMES}
    for _round in range(rounds):
        for name, held in done.items():
            if not (held and held[-1].stopped):
                held.append(_one(name, path))
    small = {name: _one(name, FOLDER / "few.parquet") for name in NAMES}
    say(f"Staggered effects from {size:,} rows ({rounds} rounds)")
    own = done["kaeden_stats"]
    for name, held in done.items():
        say(f"  {name}: {_sentence(held, own, small[name])}")


def _one(name: str, path: Path) -> Done:
    is_ours = name == "kaeden_stats"
    python = sys.executable if is_ours else PYTHON
    if not Path(python).exists():
        missing = "not installed: make bench-peers"
        return Done(wall=0, megabytes=0, processor=0, stopped=missing)
    return run_alone([python, SCRIPT, name, path], LIMITS, with_ours=is_ours)


def _sentence(held: list[Done], own: list[Done], small: Done) -> str:
    if stopped := next((one.stopped for one in held if one.stopped), ""):
        return stopped
    ratios = [
        theirs.said["fit"] / mine.said["fit"]
        for theirs, mine in zip(held, own, strict=False)
    ]
    fit = statistics.median(one.said["fit"] for one in held)
    peak = max(one.megabytes for one in held)
    return (
        f"fit {fit:.3g} s, {statistics.median(ratios):.3g} "
        f"[{min(ratios):.3g}, {max(ratios):.3g}] times ours; peak {peak:.0f} MB, "
        f"{peak - small.megabytes:.0f} MB beyond the small fit; "
        f"{held[-1].said['effect']:.10f} ({held[-1].said['error']:.10f})"
    )
