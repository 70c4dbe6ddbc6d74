"""How the cost grows with rows and with groups, ours beside the peers'.

A peer that stopped, or would take or hold far more than the limits at the rate it has
shown, is not tried at the next size, and the table says so. Sizes measured earlier are
kept, so that SIZES=1e8 adds one.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bench.engine.children import Limits
from bench.engine.contest import Contestant, contest
from bench.engine.measured import HELD, read
from bench.engine.peers import FOLDER, FORMS, lme4, ours, peer
from bench.engine.rows import Rows, file_of

LIMITS = Limits(seconds=40, megabytes=14_000)
R_LIMITS = Limits(seconds=900)
OF_GROUPS = 200_000
"""Rows that are shared out among more and more groups, down to two in each."""
ROUNDS = int(os.environ.get("ROUNDS") or 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """What grows, and the model that is fitted meanwhile.

    Attributes
    ----------
    in_step : bool
        Whether a peer's work grows with the size.
    """

    model: str
    sizes: tuple[int, ...]
    rows: Callable[[int], Rows]
    in_step: bool


AXES = {
    "growth_rows": Axis(
        model="slope",
        sizes=(10_000, 100_000, 1_000_000, 10_000_000, 100_000_000),
        rows=lambda size: Rows(rows=size),
        in_step=True,
    ),
    "growth_groups": Axis(
        model="intercepts",
        sizes=(100, 1_000, 10_000, 100_000),
        rows=lambda size: Rows(rows=OF_GROUPS, schools=size, clustered=True),
        in_step=False,
    ),
}


def growth_rows() -> dict[str, Any]:
    """Time all at more and more rows."""
    return _along("growth_rows")


def growth_groups() -> dict[str, Any]:
    """Time all at more and more groups of the same rows."""
    return _along("growth_groups")


def _along(part: str) -> dict[str, Any]:
    axis = AXES[part]
    asked = os.environ.get("SIZES", "").split()
    wanted = [int(float(size)) for size in asked] or axis.sizes
    held = read(HELD)["parts"].get(part, {}) if HELD.exists() else {}
    found = {int(size): one for size, one in held.get("sizes", {}).items()}
    for size in sorted(wanted):
        found[size] = _at(axis, size, _refused(axis, size, found))
    return {"sizes": {str(size): found[size] for size in sorted(found)}}


def _at(axis: Axis, size: int, refused: Mapping[str, str]) -> dict[str, Any]:
    path = file_of(axis.rows(size), FOLDER)
    in_r = (
        Contestant(name="lme4", command=[])
        if "lme4" in refused
        else lme4(path, axis.model, rounds=1, limits=R_LIMITS)
    )
    others = [*(peer(name, path, axis.model, LIMITS) for name in FORMS), in_r]
    taking_part = [
        replace(one, missing=one.missing or refused.get(one.name, "")) for one in others
    ]
    return contest(
        f"{path.stem}, {axis.model}",
        [ours(path, axis.model), *taking_part],
        rounds=ROUNDS,
    )


def _refused(
    axis: Axis, size: int, found: Mapping[int, Mapping[str, Any]]
) -> dict[str, str]:
    """Say why peers are not tried, from the largest size below this one."""
    nearest = max((earlier for earlier in found if earlier < size), default=0)
    if not nearest:
        return {}
    factor = size / nearest if axis.in_step else 1.0
    entries = found[nearest]["entries"]
    why = {one["name"]: _too_much(one, factor) for one in entries}
    return {name: words for name, words in why.items() if words}


def _too_much(entry: Mapping[str, Any], factor: float) -> str:
    if entry["stopped"]:
        return f"not tried: {entry['stopped'].removeprefix('not tried: ').removesuffix(' before')} before"
    most = (R_LIMITS if entry["name"] == "lme4" else LIMITS).seconds
    if entry["fit"]["median"] * factor > 4 * most:
        return f"not tried: would take far more than {most:.0f} s"
    if entry["megabytes"] * factor > 2 * LIMITS.megabytes:
        return f"not tried: would hold far more than {LIMITS.megabytes / 1000:.0f} GB"
    return ""
