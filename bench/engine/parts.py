"""The parts of the engine's bench. Each returns what it found, as JSON takes it."""

import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import pyarrow.parquet as pq
from pyarrow import csv

from bench.engine.children import Limits, run_alone
from bench.engine.contest import Contestant, contest
from bench.engine.measured import HELD, read
from bench.engine.peers import (
    FITS,
    FOLDER,
    FORMS,
    NO_LME4,
    R,
    has_lme4,
    lme4,
    ours,
    peer,
    with_excess,
)
from bench.engine.rows import Rows, file_of
from bench.timing import say

ROUNDS = int(os.environ.get("ROUNDS") or 5)
R_ROUNDS = int(os.environ.get("R_ROUNDS") or 1)
"""How often lme4 runs where it takes minutes."""
R_LIMITS = Limits(seconds=1_800)
WHOLE_LIMITS = Limits(seconds=300, megabytes=16_000)
ENGINES = ("Parquet", "DuckDB", "Polars", "Arrow", "pandas", "PySpark", "PostgreSQL")
SLOW = ("PySpark", "PostgreSQL")
"""Where the rows stay and one grouped query sums them: a tenth of the rows."""


def rows_asked(otherwise: float) -> int:
    """Return how many rows ROWS asks for."""
    return int(float(os.environ.get("ROWS") or otherwise))


def race() -> dict[str, Any]:
    """The Python peers' fit call against our pass and fit, with a slope."""
    return _race("slope")


def race_lme4() -> dict[str, Any]:
    """Ours and lme4, apart from the others: it takes minutes at a million rows."""
    path = file_of(Rows(rows=rows_asked(1e6)), FOLDER)
    found = contest(
        f"{path.stem}, slope: lme4's fit against our pass and fit",
        [ours(path, "slope"), lme4(path, "slope", rounds=R_ROUNDS, limits=R_LIMITS)],
        rounds=R_ROUNDS,
    )
    return {"rows": rows_asked(1e6), **found}


def race_intercepts() -> dict[str, Any]:
    """The same without the slope."""
    return _race("intercepts")


def _race(model: str) -> dict[str, Any]:
    path = file_of(Rows(rows=rows_asked(1e6)), FOLDER)
    others = [peer(name, path, model) for name in FORMS]
    found = contest(
        f"{path.stem}, {model}: fit call against our pass and fit",
        [ours(path, model), *others],
        rounds=ROUNDS,
    )
    return {"rows": rows_asked(1e6), **with_excess(found, path, model)}


def whole() -> dict[str, Any]:
    """Whole processes from Parquet: ours and the fastest peers."""
    rows = rows_asked(1e7)
    path = file_of(Rows(rows=rows), FOLDER)
    some = [
        peer(name, path, "slope", WHOLE_LIMITS) for name in ("lme-python", "mixedlm-rs")
    ]
    found = contest(
        f"{path.stem}, slope: whole processes",
        [ours(path, "slope"), *some],
        rounds=ROUNDS,
        patience=WHOLE_LIMITS.seconds,
    )
    return {"rows": rows, **with_excess(found, path, "slope")}


def memory() -> dict[str, Any]:
    """Our peak memory at more and more rows, shuffled and sorted by school."""
    found = {}
    for rows in (100_000, 1_000_000, 10_000_000):
        for clustered in (False, True):
            path = file_of(Rows(rows=rows, clustered=clustered), FOLDER)
            one = ours(path, "slope")
            done = run_alone(one.command, one.limits, with_ours=True)
            found[path.stem] = {
                "rows": rows,
                "clustered": clustered,
                "megabytes": done.megabytes,
                "wall": done.wall,
                "stopped": done.stopped,
            }
            say(f"{path.stem}: {done.megabytes:.0f} MB, {done.wall:.1f} s in all")
    return found


def sums() -> dict[str, Any]:
    """Our pass and fit against DuckDB summing the same columns."""
    rows = rows_asked(1e7)
    path = file_of(Rows(rows=rows), FOLDER)
    found = _ours("sums", path, "slope", ROUNDS)
    times, first = found["times"], found["times_pass"]
    say(
        f"{path.stem}: pass {found['pass']['median']:.2f} s, fit "
        f"{found['fit']['median']:.3f} s, DuckDB's sums {found['sums']['median']:.2f} s; "
        f"{times['median']:.2f} [{times['low']:.2f}, {times['high']:.2f}] times those, "
        f"the pass alone {first['median']:.2f}"
    )
    return {"rows": rows, **found}


def alone() -> dict[str, Any]:
    """The fit without the pass."""
    pupils = file_of(Rows(rows=100_000), FOLDER)
    pairs = file_of(Rows(rows=200_000, schools=100_000, clustered=True), FOLDER)
    found = _ours("alone", pupils, pairs, ROUNDS)
    for name, times in found.items():
        wall, processor = (
            1000 * times[which]["median"] for which in ("wall", "processor")
        )
        say(f"{name}: {wall:.0f} ms, {processor:.0f} ms of processor time")
    return found


def crossed() -> dict[str, Any]:
    """Students by lecturers, 73,421 marks: lme4's InstEval."""
    path = FOLDER / "InstEval.csv"
    if not has_lme4():
        say(f"InstEval: lme4 is {NO_LME4}")
        return {"stopped": NO_LME4}
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        subprocess.run([R, FITS / "insteval.R", path], check=True)
    return contest(
        "InstEval, crossed: fit call against our pass and fit",
        [
            _of_ours("crossed", path),
            Contestant(name="lme4", command=[R, FITS / "insteval.R"]),
        ],
        rounds=ROUNDS,
    )


def binomial() -> dict[str, Any]:
    """Whether a pupil passed, by three categories: glmer against our pass and fit."""
    path = file_of(Rows(rows=rows_asked(1e5)), FOLDER)
    copy = path.with_suffix(".csv")
    if not copy.exists():
        names = ["municipality", "school", "gender", "origin", "education", "passed"]
        csv.write_csv(pq.read_table(path, columns=names), copy)
    glmer = Contestant(
        name="lme4",
        command=[R, FITS / "glmer.R", copy],
        missing="" if has_lme4() else NO_LME4,
        limits=R_LIMITS,
    )
    return contest(
        f"{path.stem}, binomial: fit call against our pass and fit",
        [_of_ours("binomial", path), glmer],
        rounds=ROUNDS,
    )


def engines() -> dict[str, Any]:
    """The same pass wherever the rows lie; ENGINES="pandas Polars" for some of them."""
    held = read(HELD)["parts"].get("engines", {}) if HELD.exists() else {}
    found: dict[str, Any] = dict(held.get("engines", {}))
    for engine in os.environ.get("ENGINES", "").split() or ENGINES:
        rows = rows_asked(1e6) // (10 if engine in SLOW else 1)
        path = file_of(Rows(rows=rows), FOLDER)
        done = run_alone(
            _module("engines", engine, path, ROUNDS),
            Limits(seconds=600),
            with_ours=True,
        )
        found[engine] = {
            **done.said,
            "rows": rows,
            "megabytes": done.megabytes,
            "stopped": done.stopped,
        }
        say(
            f"{engine}: {done.stopped or format(done.said['pass']['median'], '.2f') + ' s'}"
        )
    return {"engines": found}


def _of_ours(script: str, *words: object) -> Contestant:
    return Contestant(
        name="kaeden_stats",
        command=_module(script, *words),
        is_ours=True,
        limits=Limits(seconds=600),
    )


def _module(script: str, *words: object) -> Sequence[str]:
    return [sys.executable, "-m", f"bench.engine.fits.{script}", *map(str, words)]


def _ours(script: str, *words: object) -> dict[str, Any]:
    """Run one of our own scripts, and return what it said."""
    done = run_alone(_module(script, *words), Limits(seconds=600), with_ours=True)
    if done.stopped:
        raise RuntimeError(f"{script}: {done.stopped}")
    return {"megabytes": done.megabytes, **done.said} if script == "sums" else done.said
