"""Released figures in memory, and a release of a few results in the database."""

from typing import Any

from kaeden.access.rules import SYSTEM
from kaeden.engine import results
from kaeden.engine.gap_results import GapResult
from kaeden.engine.model_results import (
    Coefficient,
    LevelShare,
    ModelResult,
    UnitResult,
)
from kaeden.engine.models import Run
from kaeden.engine.results import Result
from kaeden.engine.signals import By, State, state_of
from kaeden.goals.indicators import Indicator, catalogue
from kaeden.publication import actions
from kaeden.publication.models import Release
from kaeden.publication.queries import CurrentRelease, ReleasedFigure, ReleasedUnit
from kaeden.shared.clock import now
from kaeden.shared.status import ValueStatus

NUMBERS = (
    *("value", "n", "estimate", "low", "high", "peers_mean", "peers", "difference"),
    *("swing", "compared", "slope", "slope_half", "points", "preliminary", "direction"),
    *("group_mean", "centre", "lower", "upper"),
)


def an_indicator(name: str = "school-absence", **changes: Any) -> Indicator:
    """A shipped indicator; fields can be changed."""
    return catalogue()[name].model_copy(update=changes)


def a_unit(**changes: Any) -> ReleasedUnit:
    """Nordskolen, as a figure names it."""
    facts: dict[str, Any] = {
        "id": 7,
        "code": "999001",
        "kind": "school",
        "name": "Nordskolen",
        "path": "dk/999/schools/999001",
    }
    return ReleasedUnit(**(facts | changes))


def a_town(**changes: Any) -> ReleasedUnit:
    """Fjordby Kommune, as a figure names it."""
    facts = {"id": 8, "code": "999", "kind": "municipality", "name": "Fjordby"}
    return a_unit(**(facts | {"path": "dk/999"} | changes))


def a_figure(**changes: Any) -> ReleasedFigure:
    """A published value of 7.5 with nothing derived from it."""
    facts: dict[str, Any] = dict.fromkeys(NUMBERS) | {
        "unit": a_unit(),
        "indicator": "school-absence",
        "period": "2024/25",
        "is_latest": True,
        "status": ValueStatus.VALUE,
        "origin": "published",
        "value": 7.5,
        "reliability": "",
        "group": "",
        "signal": "",
        "limits": "",
        "broken": "",
        "change_of": "",
    }
    told = facts | changes
    return ReleasedFigure(**({"state": _state(told)} | told))


def _state(facts: dict[str, Any]) -> State | None:
    """What facts say as a signal: what their signal says, or that chance explains them."""
    if not facts.get("is_latest", True):
        return None
    if facts["value"] is None:
        return State.UNTESTED
    if not facts.get("signal"):
        return State.INSIDE_CHANCE
    names = ("indicator", "level", "code", "period", "status", "value")
    known = {name: facts.get(name, "") for name in names}
    sides = {name: facts.get(name) for name in ("direction", "difference")}
    better = catalogue()[facts["indicator"]].direction
    found = {By(facts["signal"])}
    return state_of(Result(**known, **sides), found=found, better=better)


def a_current_release(**changes: Any) -> CurrentRelease:
    """What a page is told of the release."""
    facts: dict[str, Any] = {
        "id": 1,
        "version": 3,
        "scope": "dk",
        "made_at": now(),
        "method": "public-results@3",
        "snapshot": "0123456789abcdef",
        "scanned": 12000,
        "signals": 340,
        "units": 1500,
        "figure_count": 50000,
        "hidden_count": 12,
        "notes": {},
    }
    return CurrentRelease(**(facts | changes))


def a_result(code: str = "999001", **changes: Any) -> Result:
    """A school's absence before publication: 7.5 % of 400 pupils."""
    facts: dict[str, Any] = {
        "indicator": "school-absence",
        "level": "institution",
        "period": "2024/25",
        "status": "value",
        "value": 7.5,
        "n": 400.0,
    }
    told = {"code": code} | facts | changes
    state = _state(told)
    return Result(**({"state": state.value if state else ""} | told))


def a_signal(code: str = "999001", **changes: Any) -> Result:
    """A result that lies outside the usual swing of those like it."""
    facts = {"peers_mean": 5.0, "peers": 20.0, "difference": 2.5, "swing": 1.0}
    told = {"comparison_p": 0.001, "compared": 1, "signal": "comparison"}
    return a_result(code, **(facts | told | changes))


def a_town_result(**changes: Any) -> Result:
    """Fjordby's own published figure."""
    facts = {"indicator": "high-absence", "level": "municipality", "n": None}
    return a_result("999", **(facts | {"value": 22.0} | changes))


def a_unit_result(code: str = "999001", **changes: Any) -> UnitResult:
    """A school's fair wellbeing before publication: 3.8 of 300 pupils, 3.7 fair."""
    facts: dict[str, Any] = {
        "level": "institution",
        "n": 300,
        "raw": 3.8,
        "fair": 3.7,
        "low": 3.6,
        "high": 3.8,
        "reliability": 0.9,
        "gradient": 0.1,
        "gradient_low": 0.02,
        "gradient_high": 0.18,
        "spread": 0.6,
    }
    return UnitResult(code=code, **(facts | changes))


def a_gap_result(code: str = "999001", **changes: Any) -> GapResult:
    """A school's gap in wellbeing before publication: girls 0.3 above boys."""
    facts: dict[str, Any] = {
        "indicator": "wellbeing-general",
        "kind": "pair",
        "level": "institution",
        "first": "boys",
        "second": "girls",
        "since": "2024/25",
        "period": "2024/25",
        "years": 1,
        "is_latest": True,
        "n_first": 44,
        "n_second": 46,
        "clusters": 6,
        "mean_first": 3.5,
        "mean_second": 3.8,
        "difference": 0.3,
        "low": 0.1,
        "high": 0.5,
        "ratio": 1.09,
        "ratio_low": 1.03,
        "ratio_high": 1.15,
        "standard_error": 0.1,
    }
    return GapResult(code=code, **(facts | changes))


def a_model_result(*units: UnitResult, **changes: Any) -> ModelResult:
    """A model of wellbeing in Fjordby before publication; without units, one school."""
    between = LevelShare(
        level="institution", share=0.06, low=0.03, high=0.12, groups=12
    )
    facts: dict[str, Any] = {
        "recipe": "wellbeing-general",
        "indicator": "wellbeing-general",
        "scope": "999",
        "period": "2024/25",
        "kind": "linear",
        "outcome": "wellbeing",
        "outcome_unit": "score",
        "method": "multilevel@1 REML",
        "mean": 3.7,
        "rows": 3000,
        "left_out": {"wellbeing": 240},
        "shares": (
            between,
            LevelShare(level="child", share=0.94, low=0.88, high=0.97, groups=3000),
        ),
        "units": units or (a_unit_result(),),
        "coefficients": (
            Coefficient(
                column="parents_education",
                value="",
                estimate=0.03,
                standard_error=0.01,
                df=10.2,
                low=0.01,
                high=0.05,
            ),
        ),
        "gradient_of": "parents_education",
        "gradient_step": 3.0,
        "explained_marginal": 0.08,
        "explained_conditional": 0.13,
        "is_optimum": True,
        "certificate": 1e-9,
        "singular": (),
    }
    return ModelResult(**(facts | changes))


def a_run(
    *found: Result,
    peers: results.Peers | None = None,
    models: tuple[ModelResult, ...] = (),
    gaps: tuple[GapResult, ...] = (),
) -> Run:
    """A run of these results, stored as the engine stores them."""
    number = Run.objects.count() + 1
    return Run.objects.create(
        method=f"trial@{number}",
        snapshot="s" * 64,
        catalogue_digest="c" * 64,
        results_digest=results.write(found, peers or {}, models, gaps),
        units=len(found),
        scanned=len(found),
        signals=sum(bool(one.signal) for one in found),
        converged=True,
        seconds=0.1,
        notes={},
        made_at=now(),
    )


def a_release(
    *found: Result,
    peers: results.Peers | None = None,
    models: tuple[ModelResult, ...] = (),
    gaps: tuple[GapResult, ...] = (),
) -> Release:
    """These results, released."""
    made = a_run(*found, peers=peers, models=models, gaps=gaps)
    return actions.release(made, by=SYSTEM)
