"""Results that are not released yet. Only publication may take them out."""

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings
from django.utils.translation import gettext as _
from pydantic import TypeAdapter

from kaeden.engine.errors import ResultsAreDamaged
from kaeden.engine.gap_results import GapResult
from kaeden.engine.model_results import ModelResult
from kaeden.engine.models import Run

FILES = ("results", "peers", "models", "gaps")
"""What a run can leave; without rows of children there is no file of models or gaps."""
GAPS = TypeAdapter(tuple[GapResult, ...])
MODELS = TypeAdapter(tuple[ModelResult, ...])

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
    + [("state", pa.string())]
    + [(name, pa.float64()) for name in ("centre", "lower", "upper")]
    + [(name, pa.string()) for name in ("limits", "broken", "change_of")]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One indicator at one unit in one period.

    `value` is as published at the source or, where `origin` is ``computed``, a mean
    of the units below weighted by their children, and where it is ``rows`` the mean of
    the unit's own children; then `estimate` to `reliability` are their model's. `estimate`, `low` and `high` are
    the shrunk estimate with its 95 % interval. `difference` is to the mean of the
    units like it, and `swing` how far such units lie apart anyway (95 %).
    `compared` is −1, 0 or 1: below, within or above that swing. `direction` is −1, 0
    or 1: falling, no claim, rising. All in the indicator's own unit, per year for
    `slope`. `group` is the number of Danmarks Statistik's group of municipalities,
    and `group_mean` the mean of its units by children. `children` is how many there
    are at an institution, also where an indicator counts something else than them. `signal` is empty,
    ``comparison`` or ``development``. `state` is what the newest result says as a signal
    (`engine.signals.State`), and empty of older years. `centre`, `lower` and
    `upper` are the unit's own control chart in that period, `limits` ``trial`` or
    ``firm``, and `broken` the rules that the period's value breaks.
    `change_of` is ``rows`` where the change is of the unit's children, beyond that of all
    units.
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
    state: str = ""
    centre: float | None = None
    lower: float | None = None
    upper: float | None = None
    limits: str = ""
    broken: str = ""
    change_of: str = ""


Peers = Mapping[tuple[str, str], tuple[str, ...]]


def write(
    results: Iterable[Result],
    peers: Peers,
    models: Sequence[ModelResult] = (),
    gaps: Sequence[GapResult] = (),
) -> str:
    """Store a run's results, each unit's peers, its models of rows and its gaps.

    Returns the digest that names the files.
    """
    likes = [
        {"level": level, "code": code, "peers": list(codes)}
        for (level, code), codes in sorted(peers.items())
    ]
    contents = {
        "results": _parquet(
            pa.Table.from_pylist([asdict(one) for one in results], schema=SCHEMA)
        ),
        "peers": _parquet(pa.Table.from_pylist(likes)),
    }
    if models:
        contents["models"] = MODELS.dump_json(tuple(models), indent=1)
    if gaps:
        contents["gaps"] = GAPS.dump_json(tuple(gaps), indent=1)
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    digest = _digest(contents)
    for name, content in contents.items():
        staging = folder / f"staging-{os.getpid()}.{name}"
        staging.write_bytes(content)
        staging.replace(folder / f"{digest}.{name}")
    return digest


def read(run: Run) -> list[Result]:
    """Return a run's results (its files).

    Raises
    ------
    ResultsAreDamaged
        If the files are not, byte for byte, what the run wrote.
    """
    return [Result(**row) for row in _rows(run, "results")]


def read_peers(run: Run) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return, for each unit of a run, the units like it (its files)."""
    rows = _rows(run, "peers")
    return {(row["level"], row["code"]): tuple(row["peers"]) for row in rows}


def read_models(run: Run) -> tuple[ModelResult, ...]:
    """Return a run's models of children's rows; none if it has none (its files)."""
    return MODELS.validate_json(_contents(run).get("models", b"[]"))


def read_gaps(run: Run) -> tuple[GapResult, ...]:
    """Return a run's gaps between groups; none if it has none (its files)."""
    return GAPS.validate_json(_contents(run).get("gaps", b"[]"))


def _rows(run: Run, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(
        pa.BufferReader(_contents(run)[name])
    ).to_pylist()
    return rows


def _contents(run: Run) -> dict[str, bytes]:
    """Return the bytes of a run's files, if they are what the run wrote."""
    stem = _folder() / run.results_digest
    paths = {name: stem.with_suffix(f".{name}") for name in FILES}
    found = {name: path.read_bytes() for name, path in paths.items() if path.exists()}
    if _digest(found) != run.results_digest:
        raise ResultsAreDamaged(
            _("The results of run %(run)s are damaged or gone. Compute them again.")
            % {"run": run.pk}
        )
    return found


def _digest(contents: Mapping[str, bytes]) -> str:
    whole = hashlib.sha256()
    for name in FILES:
        whole.update(contents.get(name, b""))
    return whole.hexdigest()


def _parquet(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, write_page_checksum=True)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _folder() -> Path:
    folder: Path = settings.KAEDEN_RESULTS
    return folder
