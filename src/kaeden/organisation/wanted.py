"""What is to be written: from the chain that holds on a day to the one wanted."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from kaeden.organisation.chain import Chain
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import within

BATCH = 500
"""How many rows go to the database at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What is written: from the chain that holds on a day to the one that is wanted."""

    town: Unit
    now: Chain
    wanted: Chain
    on: date

    def rows_of(self, of: str = "") -> Q:
        """Return the condition that a row belongs to the municipality."""
        return within(self.town, of)
