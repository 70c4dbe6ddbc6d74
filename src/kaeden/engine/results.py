"""Results that are not released yet. Only publication may take them out."""

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings
from django.utils.translation import gettext as _

from kaeden.engine.errors import ResultsAreDamaged
from kaeden.engine.models import Run

SCHEMA = pa.schema(
    [
        (name, pa.string())
        for name in (
            "indicator",
            "level",
            "code",
            "period",
            "status",
            "origin",
            "group",
        )
    ]
    + [("is_latest", pa.bool_()), ("preliminary", pa.bool_())]
    + [
        (name, pa.float64())
        for name in (
            *("value", "n", "estimate", "low", "high", "reliability"),
            *("peers_mean", "peers", "difference", "swing", "comparison_p"),
            *("slope", "slope_se", "points", "development_p", "group_mean"),
            "children",
        )
    ]
    + [("direction", pa.int8()), ("compared", pa.int8()), ("signal", pa.string())]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One indicator at one unit in one period.

    `value` is as published at the source or, where `origin` is ``computed``, a mean
    of the units below weighted by their children. `estimate`, `low` and `high` are
    the shrunk estimate with its 95 % interval. `difference` is to the mean of the
    units like it, and `swing` how far such units lie apart anyway (95 %).
    `compared` is −1, 0 or 1: below, within or above that swing. `direction` is −1, 0
    or 1: falling, no claim, rising. All in the indicator's own unit, per year for
    `slope`. `group` is the number of Danmarks Statistik's group of municipalities,
    and `group_mean` the mean of its units by children. `children` is how many there
    are at an institution, also where an indicator counts something else than them. `signal` is empty, ``comparison`` or ``development``.
    """

    indicator: str
    level: str
    code: str
    period: str
    status: str
    origin: str = "published"
    is_latest: bool = True
    value: float | None = None
    n: float | None = None
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    reliability: float | None = None
    peers_mean: float | None = None
    peers: float | None = None
    difference: float | None = None
    swing: float | None = None
    comparison_p: float | None = None
    compared: int | None = None
    slope: float | None = None
    slope_se: float | None = None
    points: float | None = None
    preliminary: bool | None = None
    development_p: float | None = None
    direction: int | None = None
    group: str = ""
    group_mean: float | None = None
    children: float | None = None
    signal: str = ""


Peers = Mapping[tuple[str, str], tuple[str, ...]]


def write(results: Iterable[Result], peers: Peers) -> str:
    """Store results and each unit's peers; return the digest that names the file."""
    table = pa.Table.from_pylist([asdict(one) for one in results], schema=SCHEMA)
    likes = [
        {"level": level, "code": code, "peers": list(codes)}
        for (level, code), codes in sorted(peers.items())
    ]
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    staging = folder / f"staging-{os.getpid()}"
    for name, content in (("results", table), ("peers", pa.Table.from_pylist(likes))):
        pq.write_table(
            content, staging.with_suffix(f".{name}"), write_page_checksum=True
        )
    digest = _digest(staging)
    for name in ("results", "peers"):
        staging.with_suffix(f".{name}").replace(folder / f"{digest}.{name}")
    return digest


def read(run: Run) -> list[Result]:
    """Return a run's results (1 file).

    Raises
    ------
    ResultsAreDamaged
        If the file is not, byte for byte, what the run wrote.
    """
    return [Result(**row) for row in _table(run, "results").to_pylist()]


def read_peers(run: Run) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return, for each unit of a run, the units like it (1 file)."""
    rows = _table(run, "peers").to_pylist()
    return {(row["level"], row["code"]): tuple(row["peers"]) for row in rows}


def _table(run: Run, name: str) -> pa.Table:
    stem = _folder() / run.results_digest
    try:
        intact = _digest(stem) == run.results_digest
    except FileNotFoundError:
        intact = False
    if not intact:
        raise ResultsAreDamaged(
            _("The results of run %(run)s are damaged or gone. Compute them again.")
            % {"run": run.pk}
        )
    return pq.read_table(stem.with_suffix(f".{name}"))


def _digest(stem: Path) -> str:
    both = hashlib.sha256()
    for name in ("results", "peers"):
        both.update(stem.with_suffix(f".{name}").read_bytes())
    return both.hexdigest()


def _folder() -> Path:
    folder: Path = settings.KAEDEN_RESULTS
    return folder
