"""Contestants in turn, each in a process of its own, and how they compare."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.engine.children import USUAL, Done, Limits, run_alone
from bench.timing import say

PATIENCE = 25.0
"""Seconds beyond which a contestant runs in the first round only."""
WRONG = 1e-3
"""Excess of −2 log-likelihood from which an optimum is called wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contestant:
    """Something that fits a model.

    Attributes
    ----------
    command : sequence
        What prints a JSON object with ``fit`` (seconds) and ``deviance``.
    form : str
        What it can do of the model: "full", or less.
    missing : str
        Why it can't run here.
    rounds : int, optional
        How often it runs, if less often than the others.
    """

    name: str
    command: Sequence[str | Path]
    form: str = "full"
    is_ours: bool = False
    missing: str = ""
    rounds: int | None = None
    limits: Limits = USUAL


def contest(
    title: str,
    contestants: Sequence[Contestant],
    *,
    rounds: int,
    patience: float = PATIENCE,
) -> dict[str, Any]:
    """Let all run in turn; the first is ours, and the others are measured against it."""
    ours = contestants[0]
    warm = run_alone(ours.command, ours.limits, with_ours=True)
    if warm.stopped:
        raise RuntimeError(f"{title}: our own fit failed: {warm.stopped}")
    held: dict[str, list[Done]] = {one.name: [] for one in contestants}
    for turn in range(rounds):
        for one in contestants:
            if _takes_part(one, held[one.name], turn, patience):
                done = run_alone(one.command, one.limits, with_ours=one.is_ours)
                held[one.name].append(done)
    say(title)
    entries = [_entry(one, held[one.name], held[ours.name]) for one in contestants]
    for entry in entries:
        say(f"  {_sentence(entry)}")
    return {"title": title, "rounds": rounds, "entries": entries}


def _takes_part(
    one: Contestant, earlier: Sequence[Done], turn: int, patience: float
) -> bool:
    if one.missing or turn >= (one.rounds or turn + 1):
        return False
    return not earlier or not (earlier[0].stopped or earlier[0].wall > patience)


def _entry(
    one: Contestant, done: Sequence[Done], ours: Sequence[Done]
) -> dict[str, Any]:
    stopped = one.missing or next((d.stopped for d in done if d.stopped), "")
    entry: dict[str, Any] = {"name": one.name, "form": one.form, "stopped": stopped}
    if done:
        entry["megabytes"] = max(d.megabytes for d in done)
    if stopped:
        return entry
    pairs = list(zip(done, ours, strict=False))
    if one.form == "full":
        best = ours[0].said["deviance"]
        entry |= excess(done[0].said["deviance"] - best)
    return entry | {
        "version": done[0].said.get("version", ""),
        "deviance": done[0].said["deviance"],
        "rounds": len(done),
        "fit": spread([d.said["fit"] for d in done]),
        "wall": spread([d.wall for d in done]),
        "processor": spread([d.processor for d in done]),
        "times_fit": spread([d.said["fit"] / o.said["fit"] for d, o in pairs]),
        "times_wall": spread([d.wall / o.wall for d, o in pairs]),
        "parts": {
            name: spread([d.said[name] for d in done])
            for name in ("pass", "after")
            if name in done[0].said
        },
    }


def excess(above: float) -> dict[str, Any]:
    """Say by how much −2 log-likelihood lies above ours, and whether that is too much."""
    return {"excess": above, "is_wrong": above > WRONG}


def spread(values: Sequence[float]) -> dict[str, float]:
    """Return the median with the lowest and the highest."""
    return {
        "median": statistics.median(values),
        "low": min(values),
        "high": max(values),
    }


def _sentence(entry: Mapping[str, Any]) -> str:
    if entry["stopped"]:
        return f"{entry['name']}: {entry['stopped']}"
    times = entry["times_fit"]
    return (
        f"{entry['name']}: fit {entry['fit']['median']:.3g} s, in all "
        f"{entry['wall']['median']:.3g} s, {entry['megabytes']:.0f} MB; "
        f"{times['median']:.3g} [{times['low']:.3g}, {times['high']:.3g}] times ours "
        f"({entry['rounds']} rounds)"
    )
