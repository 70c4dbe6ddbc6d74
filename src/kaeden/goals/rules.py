"""When a target is met, and how a direction reads. Pure; no database."""

from enum import StrEnum


class TargetState(StrEnum):
    """What an interval says of a target."""

    MET = "met"
    NOT_MET = "not_met"
    UNCERTAIN = "uncertain"
    NO_TARGET = "no_target"
    NO_FIGURE = "no_figure"


def judge_target(
    *, low: float | None, high: float | None, target: float | None, at_most: bool
) -> TargetState:
    """Hold an interval against a target, ends included.

    A figure without sampling uncertainty is an interval whose ends are equal. The
    target is met when the whole interval meets it, not met when all of it fails.
    """
    if target is None:
        return TargetState.NO_TARGET
    if low is None or high is None:
        return TargetState.NO_FIGURE
    meets = (
        (low <= target, high <= target) if at_most else (low >= target, high >= target)
    )
    if all(meets):
        return TargetState.MET
    return TargetState.UNCERTAIN if any(meets) else TargetState.NOT_MET
