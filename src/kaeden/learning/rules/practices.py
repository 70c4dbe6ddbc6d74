"""Practices: how well they are followed, and who takes which step. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LONGEST_TITLE = 120
LONGEST = 1200
LONGEST_REASON = 500
LONGEST_KEY = 60
LONGEST_PART = 200


class Fidelity(StrEnum):
    """How far a unit follows a practice as it is described."""

    FULL = "full"
    PARTLY = "partly"
    LITTLE = "little"
    UNKNOWN = "unknown"


FIDELITY_NAMES: Mapping[Fidelity, str | Promise] = {
    Fidelity.FULL: _("We do all of it"),
    Fidelity.PARTLY: _("We do most of it"),
    Fidelity.LITTLE: _("We do a little of it"),
    Fidelity.UNKNOWN: _("We do not know yet"),
}


class ReviewStep(StrEnum):
    """Where a practice that a leader has written is on its way to others."""

    SENT = "sent"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class PracticeChoice(StrEnum):
    """What its owner in the municipality has decided of a practice."""

    SPREAD = "spread"
    STOP = "stop"
