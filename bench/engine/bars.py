"""What the engine is to hold, and by how much it did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

OURS, NEWER = "kaeden_stats", ("lme-python", "mixedlm", "interlace-lme", "gpboost")
"""The others that fit the whole nested model, or all of it but its correlation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar in words, with the figure that was measured."""

    what: str
    bar: str
    measured: str
    is_held: bool | None

    @property
    def verdict(self) -> str:
        """Whether it was held."""
        return {True: "held", False: "missed", None: "not measured"}[self.is_held]


def bars(parts: Mapping[str, Any]) -> list[Bar]:
    """Return all bars in the order of the page."""
    race, alone, sums = parts["race"]["slope"], parts["alone"], parts["sums"]
    whole, sizes = parts["whole"], parts["memory"]
    quickest, times = _quickest(race, "times_fit")
    slowest, in_all = _quickest(whole, "times_wall")
    most = max(one["megabytes"] for one in _runs(sizes) if one["rows"] == 10_000_000)
    less = max(one["megabytes"] for one in _runs(sizes) if one["rows"] == 1_000_000)
    rows = "1,000,000 rows, slope: pass and fit"
    return [
        at_least(f"{rows} against lme4's fit", 250, _times(race, "lme4", "times_fit")),
        at_least(f"{rows} against the fastest other's fit ({quickest})", 6, times),
        at_least(f"10,000,000 rows, whole process against {slowest}", 10, in_all),
        at_most("10,000,000 rows, peak memory, MB", 350, most),
        at_most("… beside that at 1,000,000 rows", 1.25, most / less),
        at_most(
            "10,000,000 rows, pass and fit against DuckDB's bare sums",
            6,
            sums["times"]["median"],
        ),
        at_most(
            "the fit alone, intercepts, ms", 50, 1000 * alone["intercepts"]["median"]
        ),
        at_most("the fit alone, slope, ms", 200, 1000 * alone["slope"]["median"]),
        at_most("100,000 groups of two, ms", 1_000, 1000 * alone["pairs"]["median"]),
        at_most(
            "Kenward–Roger, slope, ms",
            200,
            1000 * alone["slope_kenward-roger"]["median"],
        ),
        at_least(
            "InstEval, crossed, against lme4's fit",
            5,
            _times(parts["crossed"], "lme4", "times_fit"),
        ),
    ]


def at_least(what: str, bar: float, measured: float | None) -> Bar:
    """Ours must be so many times faster."""
    return _bar(what, f"≥ {bar:,g} times", measured, lambda value: value >= bar)


def at_most(what: str, bar: float, measured: float | None) -> Bar:
    """A figure must not be larger."""
    return _bar(what, f"≤ {bar:,g}", measured, lambda value: value <= bar)


def _bar(what: str, bar: str, measured: float | None, holds: Any) -> Bar:
    if measured is None:
        return Bar(what=what, bar=bar, measured="–", is_held=None)
    return Bar(
        what=what, bar=bar, measured=f"{measured:.3g}", is_held=bool(holds(measured))
    )


def _runs(found: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    return [one for one in found.values() if isinstance(one, dict) and "rows" in one]


def _times(found: Mapping[str, Any], name: str, what: str) -> float | None:
    for one in found.get("entries", ()):
        if one["name"] == name and not one["stopped"]:
            return float(one[what]["median"])
    return None


def _quickest(found: Mapping[str, Any], what: str) -> tuple[str, float | None]:
    """Return the peer of the whole model that comes closest to ours."""
    times = {
        one["name"]: float(one[what]["median"])
        for one in found["entries"]
        if one["name"] in NEWER and not one["stopped"]
    }
    if not times:
        return "no peer here", None
    name = min(times, key=times.__getitem__)
    return name, times[name]
