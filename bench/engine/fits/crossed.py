"""InstEval with Kæden's engine, as JSON: ``crossed InstEval.csv``."""

import json
import sys
import time

from pyarrow import csv

from kaeden_stats import multilevel


def main(path: str) -> None:
    """Print the seconds of pass and fit, and −2 log-likelihood."""
    rows = csv.read_csv(path)
    multilevel.fit(rows[:2_000], "y", ["C(service)"], crossed=["s", "d"])
    started = time.perf_counter()
    made = multilevel.fit(rows, "y", ["C(service)"], crossed=["s", "d"])
    said = {
        "fit": time.perf_counter() - started,
        "deviance": -2 * made.log_likelihood,
        "certificate": made.run.certificate,
    }
    sys.stdout.write(f"\n{json.dumps(said)}\n")


main(*sys.argv[1:])
