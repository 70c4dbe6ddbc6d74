"""The fit without the pass, as JSON: it must not know how many rows there were.

``alone PUPILS.parquet PAIRS.parquet ROUNDS``.
"""

import json
import sys
import time
import warnings
from collections.abc import Callable

from bench.engine.contest import spread
from bench.engine.model import blocks_of
from kaeden_stats import multilevel


def main(pupils: str, pairs: str, rounds: str) -> None:
    """Print the seconds of each fit and of degrees of freedom, by clock and processor."""
    warnings.simplefilter("ignore", multilevel.ModelWarning)
    made = {name: blocks_of(pupils, name) for name in ("intercepts", "slope")}
    fits = {name: multilevel.fit_crossproducts(one) for name, one in made.items()}
    works: dict[str, Callable[[], object]] = {
        name: lambda blocks=blocks: multilevel.fit_crossproducts(blocks)
        for name, blocks in made.items()
    } | {
        f"{name}_{method}": lambda one=one, method=method: (
            multilevel.degrees_of_freedom(one, method)
        )
        for name, one in fits.items()
        for method in ("kenward-roger", "satterthwaite")
    }
    said = _timed(works, int(rounds))
    many = blocks_of(pairs, "intercepts")
    said |= _timed({"pairs": lambda: multilevel.fit_crossproducts(many)}, int(rounds))
    sys.stdout.write(f"\n{json.dumps(said)}\n")


def _timed(works: dict[str, Callable[[], object]], rounds: int) -> dict[str, object]:
    """Return the seconds of each work, done in turn after a first time."""
    for work in works.values():
        work()
    turns: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    for _round in range(rounds):
        for name, work in works.items():
            turns[name].append(_seconds(work))
    return {
        name: {
            "wall": spread([wall for wall, _processor in times]),
            "processor": spread([processor for _wall, processor in times]),
        }
        for name, times in turns.items()
    }


def _seconds(work: Callable[[], object]) -> tuple[float, float]:
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


main(*sys.argv[1:])
