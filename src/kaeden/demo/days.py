"""The days of the story, counted back from the day it is told. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

SETTLED = timedelta(days=400)
"""How long the reorganisation is over, at least, so that a whole year of life fits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """When things happened in Fjordby.

    The chain `began` on a 1 August, and was `reorganised` in the middle of a school
    year, on a 1 January. Then a leader `left`, and a new one `came` to another place.
    """

    began: date
    reorganised: date
    left: date
    came: date
    today: date

    def ago(self, days: int) -> date:
        """Return the day so many days before today."""
        return self.today - timedelta(days=days)

    def ahead(self, days: int) -> date:
        """Return the day so many days after today."""
        return self.today + timedelta(days=days)


def story_of(today: date) -> Days:
    """Return the days of the story as it is told today."""
    year = (today - SETTLED).year
    return Days(
        began=date(year - 3, 8, 1),
        reorganised=date(year, 1, 1),
        left=today - timedelta(days=75),
        came=today - timedelta(days=30),
        today=today,
    )
