"""Competences: what practices need, against what a unit's staff has. Pure."""

from dataclasses import dataclass

MOST_STAFF = 500
"""More than any institution has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many of a unit's staff have a competence, and how many are to have it."""

    have: int
    wanted: int

    @property
    def gap(self) -> int:
        """How many are lacking; 0 where there are enough.

        >>> Counted(have=2, wanted=6).gap, Counted(have=6, wanted=2).gap
        (4, 0)
        """
        return max(self.wanted - self.have, 0)
