"""Our pass and fit in turn with DuckDB that only sums the same columns, as JSON.

``sums ROWS.parquet MODEL ROUNDS``. Text has no sum: DuckDB counts it, which is less
work than we do.
"""

import json
import sys
import time

import duckdb

from bench.engine.contest import spread
from bench.engine.model import LEVELS, blocks_of
from bench.engine.rows import CATEGORIES, NUMBERS
from bench.timing import seconds
from kaeden_stats import multilevel

TEXTS = [name for name, values in CATEGORIES.items() if isinstance(values[0], str)]
SUMMED = [*NUMBERS, *(name for name in CATEGORIES if name not in TEXTS), "score"]


def main(path: str, model: str, rounds: str) -> None:
    """Print the seconds of both, and how many times DuckDB's ours are."""
    asked = ", ".join(
        [*(f"sum({name})" for name in (*SUMMED, *LEVELS))]
        + [f"count({name})" for name in TEXTS]
    )

    def bare() -> None:
        duckdb.sql(f"select {asked} from '{path}'").fetchall()

    def ours() -> tuple[float, float]:
        started = time.perf_counter()
        blocks = blocks_of(path, model)
        passed = time.perf_counter()
        multilevel.fit_crossproducts(blocks)
        return passed - started, time.perf_counter() - passed

    bare(), ours()
    turns = [(seconds(bare), *ours()) for _round in range(int(rounds))]
    said = {
        "sums": spread([duck for duck, _pass, _fit in turns]),
        "pass": spread([one for _duck, one, _fit in turns]),
        "fit": spread([one for _duck, _pass, one in turns]),
        "times_pass": spread([one / duck for duck, one, _fit in turns]),
        "times": spread([(one + fit) / duck for duck, one, fit in turns]),
    }
    sys.stdout.write(f"\n{json.dumps(said)}\n")


main(*sys.argv[1:])
