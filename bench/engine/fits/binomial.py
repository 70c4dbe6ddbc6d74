"""Whether pupils passed, with Kæden's engine, as JSON: ``binomial ROWS.parquet``."""

import json
import sys
import time
from pathlib import Path

from bench.engine.model import DISCRETE, LEVELS, few
from kaeden_stats import multilevel


def main(path: str) -> None:
    """Print the seconds of pass and fit, and −2 log-likelihood."""
    some = str(few(Path(path).parent))
    multilevel.fit_binomial(some, "passed", DISCRETE, LEVELS)
    started = time.perf_counter()
    made = multilevel.fit_binomial(path, "passed", DISCRETE, LEVELS)
    said = {
        "fit": time.perf_counter() - started,
        "deviance": -2 * made.log_likelihood,
    }
    sys.stdout.write(f"\n{json.dumps(said)}\n")


main(*sys.argv[1:])
