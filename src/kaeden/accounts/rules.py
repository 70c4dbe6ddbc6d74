"""How long a session and a first password last, and who needs a second factor. Pure."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from kaeden.access.rules import Role

LONGEST = timedelta(hours=12)
"""A working day: after it one signs in again, however busy one has been."""
IDLE = timedelta(hours=1)
"""How long nothing may happen."""
NOTED_EVERY = timedelta(minutes=1)
"""How often we note that something happened; a note is a write to the database."""

INITIAL_PASSWORD_LASTS = timedelta(days=7)
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are taken for each other on paper."""
GROUPS, GROUP_LENGTH = 4, 5

ONE_FACTOR_IS_ENOUGH = frozenset({Role.TEAM})


@dataclass(frozen=True, slots=True)
class Stay:
    """When a session began and was last seen, in seconds since 1970."""

    began: float
    seen: float

    def is_over(self, now: float) -> bool:
        """Whether it has lasted too long, or been idle for too long."""
        too_long = now - self.began >= LONGEST.total_seconds()
        return too_long or now - self.seen >= IDLE.total_seconds()

    def is_due(self, now: float) -> bool:
        """Whether it is time to note that it was seen."""
        return now - self.seen >= NOTED_EVERY.total_seconds()


def needs_second_factor(roles: Iterable[Role]) -> bool:
    """Whether one of somebody's posts sees more than a team does."""
    return any(role not in ONE_FACTOR_IS_ENOUGH for role in roles)


def new_password() -> str:
    """Return a password that can be read aloud, with about 99 bits of chance."""
    return "-".join(
        "".join(secrets.choice(LETTERS) for _letter in range(GROUP_LENGTH))
        for _group in range(GROUPS)
    )
