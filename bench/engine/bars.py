"""What the engine is to hold, and by how much it did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

OURS, NEWER = "kaeden_stats", ("lme-python", "mixedlm", "interlace-lme", "gpboost")
"""The others that fit the whole nested model, or all of it but its correlation."""

FITS_ALONE = (
    ("intercepts", "the fit alone, intercepts", 50),
    ("slope", "the fit alone, slope", 200),
    ("pairs", "the fit alone, 100,000 groups of two", 1_000),
    ("slope_kenward-roger", "Kenward–Roger, slope", 200),
)
"""Processor time: a clock also counts what others do on the machine meanwhile."""


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
    race, alone, sums = parts["race"], parts["alone"], parts["sums"]
    whole, sizes = parts["whole"], parts["memory"]
    quickest, times = _quickest(race, "times_fit")
    slowest, in_all = _quickest(whole, "times_wall")
    most = max(one["megabytes"] for one in _runs(sizes) if one["rows"] == 10_000_000)
    less = max(one["megabytes"] for one in _runs(sizes) if one["rows"] == 1_000_000)
    rows = "1,000,000 rows, slope: pass and fit"
    return [
        at_least(
            f"{rows} against lme4's fit",
            250,
            _times(parts["race_lme4"], "lme4", "times_fit"),
        ),
        at_least(f"{rows} against the fastest other's fit ({quickest})", 6, times),
        at_least(f"10,000,000 rows, whole process against {slowest}", 10, in_all),
        at_most("10,000,000 rows, peak memory, MB", 350, most),
        at_most("… beside that at 1,000,000 rows", 1.25, most / less),
        at_most(
            "10,000,000 rows, pass and fit against DuckDB's bare sums",
            6,
            sums["times"]["median"],
        ),
        *(
            at_most(f"{words}, ms", most, _ms(alone, name))
            for name, words, most in FITS_ALONE
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
    words = f"{measured:,.0f}" if measured >= 1000 else f"{measured:.3g}"
    return Bar(what=what, bar=bar, measured=words, is_held=bool(holds(measured)))


def _ms(alone: Mapping[str, Any], name: str) -> float:
    return 1000 * float(alone[name]["wall"]["median"])


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
