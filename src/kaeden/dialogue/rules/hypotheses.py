"""A claim that a number can test, and what the number says of it. Pure; no database."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.access.rules import YES, Verdict
from kaeden.publication.since import Moved
from kaeden.shared.periods import Period

LONGEST = 600
LATEST_YEARS = 5


class Expected(StrEnum):
    """Which way somebody believes that a number will go."""

    RISES = "rises"
    FALLS = "falls"


EXPECTED_NAMES: Mapping[str, str | Promise] = {
    Expected.FALLS.value: _("It falls"),
    Expected.RISES.value: _("It rises"),
}


class Evidence(StrEnum):
    """What the number says, when it has come."""

    SPEAKS_FOR = "speaks_for"
    SPEAKS_AGAINST = "speaks_against"
    UNDECIDED = "undecided"


SAYS: Mapping[tuple[Moved, bool], Evidence] = {
    (moved, agrees): Evidence.UNDECIDED for moved in Moved for agrees in (True, False)
} | {
    (Moved.BEYOND_CHANCE, True): Evidence.SPEAKS_FOR,
    (Moved.BEYOND_CHANCE, False): Evidence.SPEAKS_AGAINST,
}
"""What a number says by how far it moved, and whether it went the expected way."""


def evidence(expected: Expected, moved: Moved, *, rose: bool) -> Evidence:
    """Return what a number says of a claim, by the table `SAYS`.

    A number that did not move further than chance usually gives decides nothing.
    """
    return SAYS[moved, rose is (expected is Expected.RISES)]


def is_testable(by: Period, *, newest: Period) -> bool:
    """Whether a number for that year can come: the same kind of year, and not long off."""
    same_kind = by.is_school_year is newest.is_school_year
    return same_kind and newest.start < by.start <= newest.start + LATEST_YEARS


def may_close(*, is_mine: bool, is_closed: bool) -> Verdict:
    """Judge whether a post may close a claim with what was learnt."""
    if is_closed:
        return Verdict(allowed=False, why_not=_("It is closed already."))
    if not is_mine:
        return Verdict(
            allowed=False,
            why_not=_("Whoever wrote it closes it, with what was learnt."),
        )
    return YES
