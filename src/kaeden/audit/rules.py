"""Rows linked into a chain, each to all those before it. Pure; no database.

A row's digest covers its chain's name, its number, everything it says, and the digest
of the row before it. Change, remove, insert or move a row, and the first row that is
not as it was written can be named. Who rewrites the whole end of a chain, or cuts it
off, is found out by a head that was noted somewhere else.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.audit.errors import TrailIsDamaged

Said: TypeAlias = Mapping[str, str | int | datetime | None]
CHAIN_NAMES: Mapping[str, str | Promise] = {
    "events": _("What was done"),
    "look-ups": _("Who saw what"),
}
BEFORE_ALL = "0" * 64
"""What the first row is linked to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row as it stands: its number, what it says, and the digest kept with it."""

    number: int
    said: Said
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The newest row of a chain; it stands for all those before it."""

    number: int = 0
    digest: str = BEFORE_ALL

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"


def digest_of(chain: str, after: Head, number: int, said: Said) -> str:
    """Return the digest of what row `number` of a chain says, after another row.

    The text that is digested is JSON with sorted keys, no spaces, and times in UTC to
    the microsecond. It must never change: every row there is rests on it.
    """
    text = json.dumps(
        [chain, number, said, after.number, after.digest],
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        default=_time,
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def follow(chain: str, rows: Iterable[Row]) -> Head:
    """Follow a chain from its first row, and return its head.

    Raises
    ------
    TrailIsDamaged
        At the first row that is not what was written after the row before it.
    """
    head = Head()
    for row in rows:
        if row.digest != digest_of(chain, head, row.number, row.said):
            raise TrailIsDamaged(
                _(
                    "The trail is damaged. “%(chain)s”: row %(number)d is not what was "
                    "written after row %(before)d. It was changed, or rows between "
                    "them were removed or put in. Compare it with a backup."
                )
                % {
                    "chain": CHAIN_NAMES[chain],
                    "number": row.number,
                    "before": head.number,
                }
            )
        head = Head(number=row.number, digest=row.digest)
    return head
