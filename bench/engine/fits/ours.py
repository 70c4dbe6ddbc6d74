"""Fit the pupils with Kæden's engine, and print how it went as JSON.

``ours ROWS.parquet MODEL FORM``; the peers have their own script. FORM is "full", or
what a peer can do of it: "uncorrelated" (by maximum likelihood, without a correlation)
or "schools" (one grouping column).

A few rows are fitted first: that loads the compiled code, as importing a peer loads its
own. The whole process counts it.
"""

import json
import sys
import time
import warnings
from pathlib import Path

from bench.engine.model import LEVELS, blocks_of, few
from kaeden_stats import multilevel


def main(path: str, model: str, form: str) -> None:
    """Print seconds of pass and fit, together and apart, and −2 log-likelihood."""
    warnings.simplefilter("ignore", multilevel.ModelWarning)
    timed(str(few(Path(path).parent)), model, form)
    sys.stdout.write(f"\n{json.dumps(timed(path, model, form))}\n")


def timed(path: str, model: str, form: str) -> dict[str, float]:
    """Make the pass and the fit, and return what is printed."""
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
    return {
        "fit": ended - started,
        "pass": passed - started,
        "after": ended - passed,
        "deviance": -2 * made.log_likelihood,
        "certificate": made.run.certificate,
        "is_optimum": made.run.is_optimum,
        "evaluations": made.run.evaluations,
    }


main(*sys.argv[1:])
