"""How the cost grows with rows and with groups, ours beside the peers'.

A peer that stopped, or would take or hold more than the limits at the rate it has shown,
is not tried at the next size, and the table says so.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bench.engine.children import Limits
from bench.engine.contest import Contestant, contest
from bench.engine.peers import FOLDER, FORMS, lme4, ours, peer
from bench.engine.rows import Rows, file_of

LIMITS = Limits(seconds=120, megabytes=14_000)
R_LIMITS = Limits(seconds=900)
SIZES = (10_000, 100_000, 1_000_000, 10_000_000, 100_000_000)
GROUPS = (100, 1_000, 10_000, 100_000)
OF_GROUPS = 200_000
"""Rows that are shared out among more and more groups, down to two in each."""
ROUNDS = int(os.environ.get("ROUNDS") or 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """What grows, and the model that is fitted meanwhile."""

    model: str
    sizes: tuple[int, ...]
    rows: Callable[[int], Rows]
    factor: float


AXES = {
    "rows": Axis(
        model="slope", sizes=SIZES, rows=lambda size: Rows(rows=size), factor=10
    ),
    "groups": Axis(
        model="intercepts",
        sizes=GROUPS,
        rows=lambda size: Rows(rows=OF_GROUPS, schools=size, clustered=True),
        factor=1,
    ),
}


def growth() -> dict[str, Any]:
    """Time all at each size of both axes."""
    return {name: _along(axis) for name, axis in AXES.items()}


def growth_of_ours() -> dict[str, Any]:
    """Time ours alone at each size of both axes, without the peers."""
    return {name: _along(axis, with_peers=False) for name, axis in AXES.items()}


def _along(axis: Axis, *, with_peers: bool = True) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    refused: dict[str, str] = {}
    for size in _wanted(axis.sizes):
        path = file_of(axis.rows(size), FOLDER)
        others = [
            *(peer(name, path, axis.model, LIMITS) for name in FORMS),
            lme4(path, axis.model, rounds=1, limits=R_LIMITS)
            if "lme4" not in refused
            else Contestant(name="lme4", command=[]),
        ]
        taking_part = [
            replace(one, missing=one.missing or refused.get(one.name, ""))
            for one in others
        ]
        made = contest(
            f"{path.stem}, {axis.model}",
            [ours(path, axis.model), *(taking_part if with_peers else [])],
            rounds=ROUNDS if size < SIZES[-1] else 1,
        )
        for entry in made["entries"]:
            if why := _too_much(entry, axis.factor):
                refused.setdefault(entry["name"], why)
        found.append({"size": size, **made})
    return found


def _wanted(sizes: tuple[int, ...]) -> tuple[int, ...]:
    """Leave out sizes beyond what MOST asks for."""
    most = float(os.environ.get("MOST") or sizes[-1])
    return tuple(size for size in sizes if size <= most)


def _too_much(entry: Mapping[str, Any], factor: float) -> str:
    if entry["name"] == "kaeden_stats":
        return ""
    if entry["stopped"]:
        return f"not tried: {entry['stopped']} before"
    most = (R_LIMITS if entry["name"] == "lme4" else LIMITS).seconds
    if entry["wall"]["median"] * factor > most:
        return f"not tried: would take more than {most:.0f} s"
    if entry["megabytes"] * factor > LIMITS.megabytes:
        return f"not tried: would hold more than {LIMITS.megabytes / 1000:.0f} GB"
    return ""
