"""Pure decisions of data."""

import re
from datetime import timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from kaeden.access.rules import YES, Verdict

COUNTRY = "dk"
"""The scope of what is public for all municipalities."""
OWN = re.compile(r"(?:own|children)_(\d{3})")


def own_source(town: str) -> str:
    """Return what a municipality's own figures are called as a source."""
    return f"own_{town}"


def children_source(town: str) -> str:
    """Return what a municipality's rows of children are called as a source."""
    return f"children_{town}"


def scope_of(source: str) -> str:
    """Return whose figures a source holds: a municipality's own, or the country's."""
    found = OWN.fullmatch(source)
    return found[1] if found else COUNTRY


def path_of(source: str) -> str:
    """Return where the rights to a source lie in the tree."""
    scope = scope_of(source)
    return COUNTRY if scope == COUNTRY else f"{COUNTRY}/{scope}"


WANTED_BACK = timedelta(days=30)
"""For so long after its source's latest import can a file of children be wanted back."""


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
