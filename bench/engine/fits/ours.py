"""Fit the pupils with Kæden's engine, and print how it went as JSON.

``ours ROWS.parquet MODEL FORM``; the peers have their own script. FORM is "full", or
what a peer can do of it: "uncorrelated" (by maximum likelihood, without a correlation)
or "schools" (one grouping column).
"""

import json
import sys
import time
import warnings

from bench.engine.model import LEVELS, blocks_of
from kaeden_stats import multilevel


def main(path: str, model: str, form: str) -> None:
    """Print seconds of pass and fit, together and apart, and −2 log-likelihood."""
    warnings.simplefilter("ignore", multilevel.ModelWarning)
    started = time.perf_counter()
    blocks = blocks_of(path, model, LEVELS[1:] if form == "schools" else LEVELS)
    passed = time.perf_counter()
    alone = form == "uncorrelated"
    made = multilevel.fit_crossproducts(
        blocks,
        uncorrelated=["school"] if alone and model == "slope" else [],
        reml=not alone,
    )
    ended = time.perf_counter()
    said = {
        "fit": ended - started,
        "pass": passed - started,
        "after": ended - passed,
        "deviance": -2 * made.log_likelihood,
        "certificate": made.run.certificate,
        "is_optimum": made.run.is_optimum,
        "evaluations": made.run.evaluations,
    }
    sys.stdout.write(f"\n{json.dumps(said)}\n")


main(*sys.argv[1:])
