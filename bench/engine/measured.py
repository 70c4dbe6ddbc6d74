"""What was measured, as JSON with its day, machine and versions."""

import json
import os
import platform
import time
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from bench.engine.peers import FOLDER

HELD = FOLDER / "measured.json"
"""What this machine measured last; ``make bench-docs`` takes it into the tree."""
KEPT = Path(__file__).with_name("measured.json")
PACKAGES = (
    *("kaeden", "numpy", "scipy", "numba", "narwhals", "pyarrow", "duckdb", "polars"),
    *("pandas", "pyspark", "ibis-framework"),
)


def note(part: str, found: Mapping[str, Any], load: float) -> None:
    """Keep what a part found, in place of what it found before."""
    held = read(HELD) if HELD.exists() else {"parts": {}}
    held["machine"] = _machine()
    held["parts"][part] = {
        "when": time.strftime("%Y-%m-%d %H:%M", time.gmtime()),
        "load": {"before": load, "after": busy()},
        **found,
    }
    HELD.parent.mkdir(parents=True, exist_ok=True)
    HELD.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")


def read(path: Path = KEPT) -> dict[str, Any]:
    """Return what a file of measurements says."""
    return dict(json.loads(path.read_text(encoding="utf-8")))


def busy() -> float:
    """Return how many processes wanted a processor in the last minute, on average."""
    return round(os.getloadavg()[0], 2)


def _machine() -> dict[str, Any]:
    versions = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            continue
    return {
        "processor": _processor(),
        "processors": os.cpu_count(),
        "gigabytes": round(
            os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1
        ),
        "system": f"{platform.system()} {platform.machine()}",
        "versions": versions,
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    named = [line.partition(":")[2].strip() for line in lines if "model name" in line]
    return named[0] if named else platform.processor()
