"""The national area model, against metafor in R where it is installed."""

import csv
import shutil
import subprocess
import time
from pathlib import Path

import numpy as np

from bench.timing import say, seconds
from kaeden_stats import fit_area

UNITS, GROUPS, SEED = 2_300, 98, 20261123
IN_R = """
suppressMessages(library(metafor))
d <- read.csv(commandArgs(TRUE)[1])
d$unit <- factor(seq_len(nrow(d)))
t <- system.time(f <- rma.mv(y, v, random = ~ 1 | group/unit, data = d, method = "REML",
                             sparse = TRUE, control = list(REMLf = FALSE)))
cat(t[["elapsed"]], sprintf("%.9f", logLik(f)), "\\n")
"""


def run(home: Path) -> None:
    """Fit as many units as Denmark has schools in its 98 municipalities."""
    rng = np.random.default_rng(SEED)
    group = rng.integers(0, GROUPS, UNITS)
    variance = 36 / rng.integers(10, 900, UNITS)
    y = 7.5 + rng.normal(0, 0.8, GROUPS)[group] + rng.normal(0, 1.2, UNITS)
    y += rng.normal(0, np.sqrt(variance))
    fit = fit_area(y, group, sampling_variance=variance)
    own = min(
        seconds(lambda: fit_area(y, group, sampling_variance=variance))
        for _ in range(5)
    )
    say(f"Area model, {UNITS} units in {GROUPS} groups: {own * 1000:.0f} ms")
    program = shutil.which("Rscript")
    if not program:
        say("  R is not installed: apt-get install r-cran-metafor to compare")
        return
    table = home / "area.csv"
    with table.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("y", "v", "group"))
        rows.writerows(zip(y, variance, group, strict=True))
    _compare_with_r(program, table, own, fit.log_likelihood)


def _compare_with_r(
    program: str, table: Path, own: float, log_likelihood: float
) -> None:
    started = time.perf_counter()
    done = subprocess.run(
        [program, "-e", IN_R, str(table)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        say("  metafor is not installed: apt-get install r-cran-metafor to compare")
        return
    elapsed, theirs = (float(word) for word in done.stdout.split())
    say(
        f"  metafor: {elapsed:.1f} s in its fit ({time.perf_counter() - started:.1f} s in "
        f"all); ratio {own / elapsed:.5f}; our log-likelihood is "
        f"{log_likelihood - theirs:+.1e} beside its"
    )
