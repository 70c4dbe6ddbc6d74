"""The peers, found where they are installed."""

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

from bench.engine.children import USUAL, Limits, run_alone
from bench.engine.contest import Contestant, excess
from bench.engine.rows import plain_copy

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / "var" / "bench"
PYTHON = FOLDER / "peers" / "bin" / "python"
FITS = HERE / "fits"
R = shutil.which("Rscript") or ""
NO_PEERS = "not installed: make bench-peers"
NO_LME4 = "not installed: apt-get install r-base-core r-cran-lme4"
FORMS = {
    "lme-python": "full",
    "mixedlm": "full",
    "interlace-lme": "full",
    "gpboost": "uncorrelated",
    "mixedlm-rs": "schools",
    "statsmodels": "uncorrelated",
}


def ours(path: Path, model: str, form: str = "full") -> Contestant:
    """Our own pass and fit."""
    return Contestant(
        name="kaeden_stats",
        command=[sys.executable, "-m", "bench.engine.fits.ours", path, model, form],
        form=form,
        is_ours=True,
        limits=Limits(seconds=600),
    )


def peer(name: str, path: Path, model: str, limits: Limits = USUAL) -> Contestant:
    """A peer from the peers' environment."""
    return Contestant(
        name=name,
        command=[PYTHON, FITS / "peers.py", name, path, model],
        form=FORMS[name],
        missing="" if PYTHON.exists() else NO_PEERS,
        limits=limits,
    )


def lme4(path: Path, model: str, *, rounds: int, limits: Limits) -> Contestant:
    """lme4 in R, which reads the dummy-coded doubles."""
    missing = "" if has_lme4() else NO_LME4
    copy = path if missing else plain_copy(path)
    return Contestant(
        name="lme4",
        command=[R, FITS / "lme4.R", copy, model],
        missing=missing,
        rounds=rounds,
        limits=limits,
    )


@cache
def has_lme4() -> bool:
    """Whether R and lme4 are here."""
    if not R:
        return False
    asked = [R, "-e", "stopifnot(requireNamespace('lme4', quietly = TRUE))"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def with_excess(found: dict[str, Any], path: Path, model: str) -> dict[str, Any]:
    """Add by how much −2 log-likelihood lies above ours where a peer fits less."""
    best: dict[str, float] = {}
    for entry in found["entries"]:
        form = entry["form"]
        if entry["stopped"] or form == "full":
            continue
        if form not in best:
            one = ours(path, model, form)
            done = run_alone(one.command, one.limits, with_ours=True)
            best[form] = done.said["deviance"]
        entry.update(excess(entry["deviance"] - best[form]))
    return found
