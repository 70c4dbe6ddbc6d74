"""How long a session lasts. Pure; no database."""

from dataclasses import dataclass
from datetime import timedelta

LONGEST = timedelta(hours=12)
"""A working day: after it one signs in again, however busy one has been."""
IDLE = timedelta(hours=1)
"""How long nothing may happen."""
NOTED_EVERY = timedelta(minutes=1)
"""How often we note that something happened; a note is a write to the database."""


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
