"""School years (August to July) and calendar years, as values that can be ordered."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.utils.translation import gettext as _

from kaeden.shared.errors import BadInput

FORM = re.compile(r"(?P<start>(?:19|20)\d\d)(?:/(?P<end>\d\d|\d{4}))?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A school year such as 2024/25, or a calendar year such as 2023."""

    start: int
    is_school_year: bool

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2024/25``, ``2024/2025`` or ``2023``.

        Raises
        ------
        BadInput
            If it has another form, or the two years don't follow each other.
        """
        found = FORM.fullmatch(text.strip())
        if not found:
            raise BadInput(
                _("“%(text)s” is not a year. Write 2024/25 or 2023.") % {"text": text}
            )
        start, end = int(found["start"]), found["end"]
        if end is not None and not str(start + 1).endswith(end):
            raise BadInput(
                _("“%(text)s” is not a school year. The years must follow each other.")
                % {"text": text}
            )
        return cls(start=start, is_school_year=end is not None)

    @property
    def begins(self) -> date:
        """Its first day: 1 August, or 1 January."""
        return date(self.start, 8 if self.is_school_year else 1, 1)

    @property
    def ends(self) -> date:
        """The first day after it."""
        return self.begins.replace(year=self.start + 1)

    def __str__(self) -> str:
        if self.is_school_year:
            return f"{self.start}/{(self.start + 1) % 100:02d}"
        return str(self.start)
