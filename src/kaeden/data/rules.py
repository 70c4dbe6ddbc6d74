"""Pure decisions of data."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from kaeden.access.rules import YES, Verdict


class State(StrEnum):
    """Where an import is in its life; only current ones count in the lake."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    REVERTED = "reverted"


def may_revert(state: State) -> Verdict:
    """Only what counts now can be taken back."""
    if state is State.CURRENT:
        return YES
    return Verdict(
        allowed=False,
        why_not=_("Only the import that counts now can be taken back."),
    )
