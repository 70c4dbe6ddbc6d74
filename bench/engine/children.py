"""Work in a process of its own: how long it took in all, and its peak memory."""

import json
import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

TOP = Path(__file__).parents[2]
PAUSE = 0.02
PEAK, NOW = "VmHWM:", "VmRSS:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """When a process is ended: it took too long, or too much."""

    seconds: float = 40.0
    megabytes: float = 12_000.0


USUAL = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """How a process went.

    Attributes
    ----------
    processor : float
        Seconds of processor time, which the work of others beside it changes least.
    said : mapping
        The JSON object that it printed last.
    stopped : str
        Why it did not finish; empty if it did.
    """

    wall: float
    megabytes: float
    processor: float
    said: Mapping[str, Any] = field(default_factory=dict)
    stopped: str = ""


def run_alone(
    command: Sequence[str | Path], limits: Limits, *, with_ours: bool = False
) -> Done:
    """Run a command, and end it where it goes beyond the limits."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        started = time.perf_counter()
        child = subprocess.Popen(
            command, stdout=out, stderr=err, env=_environment(with_ours)
        )
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        peak, stopped = _watched(child, started, limits)
        wall = time.perf_counter() - started
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        said = _last_object(out)
        if not said and not stopped:
            stopped = _last_line(err) or f"it ended with {child.returncode}"
    return Done(
        wall=wall,
        megabytes=peak,
        processor=_processor(after) - _processor(before),
        said=said,
        stopped=stopped,
    )


def _processor(used: resource.struct_rusage) -> float:
    return used.ru_utime + used.ru_stime


def _environment(with_ours: bool) -> dict[str, str]:
    """Return the environment, in which peers don't see our packages."""
    strange = {"PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV"}
    kept = {name: value for name, value in os.environ.items() if name not in strange}
    return kept | {"PYTHONPATH": f"{TOP / 'src'}:{TOP}"} if with_ours else kept


def _watched(
    child: "subprocess.Popen[bytes]", started: float, limits: Limits
) -> tuple[float, str]:
    peak, stopped = 0.0, ""
    while child.poll() is None:
        size = _megabytes(child.pid)
        peak = max(peak, size[PEAK])
        if time.perf_counter() - started > limits.seconds:
            stopped = f"more than {limits.seconds:.0f} s"
        elif size[NOW] > limits.megabytes:
            stopped = f"more than {limits.megabytes / 1000:.0f} GB"
        if stopped:
            child.kill()
            child.wait()
        time.sleep(PAUSE)
    return peak, stopped


def _megabytes(pid: int) -> dict[str, float]:
    """Return a process's resident memory now and at its highest; 0 once it has gone."""
    found = {PEAK: 0.0, NOW: 0.0}
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return found
    for line in lines:
        name, _tab, rest = line.partition("\t")
        if name in found:
            found[name] = float(rest.split()[0]) / 1000
    return found


def _last_object(file: IO[str]) -> dict[str, Any]:
    file.seek(0)
    said = [line for line in file.read().splitlines() if line.startswith("{")]
    return dict(json.loads(said[-1])) if said else {}


def _last_line(file: IO[str]) -> str:
    file.seek(0)
    lines = [line for line in file.read().splitlines() if not line.startswith("note:")]
    lines = [line for line in lines if line.strip()]
    return lines[-1][:200] if lines else ""
