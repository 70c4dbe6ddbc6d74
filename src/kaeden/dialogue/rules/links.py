"""The two ends of a link, and who holds them. Pure; no database."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class End(StrEnum):
    """Which end of a link: the post that others report to, or the one that reports."""

    UPPER = "upper"
    LOWER = "lower"

    @property
    def other(self) -> "End":
        """The end across the link."""
        return End.LOWER if self is End.UPPER else End.UPPER


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The holdings at the two ends of a link, by their ids; None at a vacant post.

    `since` is the day from which this pair has stood together in the link.
    """

    upper: int | None
    lower: int | None
    since: date

    @property
    def is_whole(self) -> bool:
        """Whether somebody holds each end."""
        return self.upper is not None and self.lower is not None
