"""The life of a practice, derived from what there is of it. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.learning.rules.practices import PracticeChoice


class Stage(StrEnum):
    """How far a practice has come in a municipality."""

    IDEA = "idea"
    TESTED = "tested"
    COMPARED = "compared"
    SPREAD = "spread"
    STOPPED = "stopped"


STAGE_NAMES: Mapping[Stage, str | Promise] = {
    Stage.IDEA: _("An idea"),
    Stage.TESTED: _("Tried here"),
    Stage.COMPARED: _("Compared here"),
    Stage.SPREAD: _("Decided: to be spread"),
    Stage.STOPPED: _("Decided: stopped"),
}

DECIDED: Mapping[PracticeChoice, Stage] = {
    PracticeChoice.SPREAD: Stage.SPREAD,
    PracticeChoice.STOP: Stage.STOPPED,
}


def stage_of(
    *, choice: PracticeChoice | None, is_compared: bool, is_tried: bool
) -> Stage:
    """Return the stage: what is decided counts, then what was compared, then tried.

    >>> str(stage_of(choice=None, is_compared=False, is_tried=True))
    'tested'
    """
    if choice is not None:
        return DECIDED[choice]
    if is_compared:
        return Stage.COMPARED
    return Stage.TESTED if is_tried else Stage.IDEA
