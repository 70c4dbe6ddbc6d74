"""The fit without the pass, as JSON: it must not know how many rows there were.

``alone PUPILS.parquet PAIRS.parquet ROUNDS``.
"""

import json
import sys
import warnings

from bench.engine.contest import spread
from bench.engine.model import blocks_of
from bench.timing import seconds
from kaeden_stats import multilevel


def main(pupils: str, pairs: str, rounds: str) -> None:
    """Print the seconds of each fit, and of the degrees of freedom."""
    warnings.simplefilter("ignore", multilevel.ModelWarning)
    made = {
        "intercepts": blocks_of(pupils, "intercepts"),
        "slope": blocks_of(pupils, "slope"),
        "pairs": blocks_of(pairs, "intercepts"),
        "pairs_slope": blocks_of(pairs, "slope"),
    }
    works = {
        name: lambda blocks=blocks: multilevel.fit_crossproducts(blocks)
        for name, blocks in made.items()
    }
    fits = {name: works[name]() for name in ("intercepts", "slope")}
    works |= {
        f"{name}_{method}": lambda one=one, method=method: (
            multilevel.degrees_of_freedom(one, method)
        )
        for name, one in fits.items()
        for method in ("kenward-roger", "satterthwaite")
    }
    for work in works.values():
        work()
    turns: dict[str, list[float]] = {name: [] for name in works}
    for _round in range(int(rounds)):
        for name, work in works.items():
            turns[name].append(seconds(work))
    said = {name: spread(times) for name, times in turns.items()}
    sys.stdout.write(f"\n{json.dumps(said)}\n")


main(*sys.argv[1:])
