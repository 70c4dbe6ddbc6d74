"""The choice of a day on a page: as organised then, or now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput

DAY = "dato"
"""The name of the day in an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AsOf:
    """The day that a page shows, and how to choose another one.

    `kept` are the page's other choices, which a new day leaves as they are.
    """

    path: str
    day: date
    today: date
    kept: tuple[tuple[str, str], ...]

    @property
    def is_now(self) -> bool:
        """Whether the page shows today."""
        return self.day == self.today

    @property
    def now_href(self) -> str:
        """The same page as organised now."""
        return f"{self.path}?{urlencode(self.kept)}" if self.kept else self.path

    @property
    def words(self) -> str:
        """What the page shows, in words."""
        if self.is_now:
            return _("As organised now.")
        return _("As organised then: on %(day)s.") % {"day": date_format(self.day)}

    @property
    def query(self) -> str:
        """What an address ends with to show the same day; empty for today."""
        return "" if self.is_now else f"?{urlencode({DAY: self.day.isoformat()})}"


def as_of(path: str, asked: Mapping[str, str]) -> AsOf:
    """Return the day that is asked for in an address, today if none is.

    Raises
    ------
    BadInput
        If it is not a day, or one that has not come.
    """
    kept = {name: value for name, value in asked.items() if name != DAY}
    return AsOf(
        path=path,
        day=_day(asked.get(DAY, "")),
        today=today(),
        kept=tuple(kept.items()),
    )


def _day(text: str) -> date:
    if not text:
        return today()
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        words = _("“%(text)s” is not a day. Write it as 2026-08-01.")
        raise BadInput(words % {"text": text[:40]}) from error
    if day > today():
        raise BadInput(
            _("%(day)s has not come yet. Choose a day up to today.")
            % {"day": date_format(day)}
        )
    return day
