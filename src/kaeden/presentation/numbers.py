"""Numbers as a reader of the active language writes them.

Nothing here rounds to more digits than it is told, and a number that rounds to
nothing has no sign.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from kaeden.shared.status import ValueStatus

MINUS = "−"
NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """How one indicator's numbers are written: digits after the comma, and a unit."""

    decimals: int = 1
    unit: str = ""

    def text(self, value: float) -> str:
        """The value with its unit, such as 12,4 %."""
        return with_unit(number(value, self.decimals), self.unit)

    def signed(self, value: float) -> str:
        """A difference with its sign and unit, such as +0,4 %."""
        return with_unit(signed(value, self.decimals), self.unit)

    def interval(self, low: float, high: float) -> str:
        """Both ends of an interval, such as 3,4 til 3,9 %."""
        return with_unit(interval(low, high, self.decimals), self.unit)

    def between(self, low: float, high: float) -> str:
        """An interval inside a sentence, such as mellem 3,4 og 3,9 %."""
        return with_unit(between(low, high, self.decimals), self.unit)


def number(value: float, decimals: int = 0) -> str:
    """Write a number with the language's marks and a true minus.

    Raises
    ------
    ValueError
        If the value is not finite: say in words why there is no number.
    """
    exact = Decimal(repr(float(value)))
    if not exact.is_finite():
        raise ValueError(f"{value} is not a number: write its status in words.")
    step = Decimal(1).scaleb(-decimals)
    rounded = exact.quantize(step, rounding=ROUND_HALF_UP)
    sign = MINUS if rounded < 0 else ""
    return sign + marked(f"{abs(rounded):,.{decimals}f}")


def signed(value: float, decimals: int = 1) -> str:
    """Write a difference, with a plus when it is above nothing."""
    text = number(value, decimals)
    rises = not text.startswith(MINUS) and any(digit in text for digit in "123456789")
    return f"+{text}" if rises else text


def interval(low: float, high: float, decimals: int = 1) -> str:
    """Both ends of an interval, as in a table."""
    return _("%(low)s to %(high)s") % ends(low, high, decimals)


def between(low: float, high: float, decimals: int = 1) -> str:
    """An interval as it stands in a sentence."""
    return _("between %(low)s and %(high)s") % ends(low, high, decimals)


def status_words(status: ValueStatus) -> str:
    """Why there is no number, in a word; nothing when there is one."""
    return {
        ValueStatus.HIDDEN: pgettext("value", "hidden"),
        ValueStatus.MISSING: pgettext("value", "missing"),
        ValueStatus.NOT_APPLICABLE: pgettext("value", "not applicable"),
    }.get(status, "")


def with_unit(text: str, unit: str) -> str:
    """The number and its unit, kept on one line."""
    if not unit:
        return text
    return f"{text}%" if unit == "%" and in_english() else f"{text}{NO_BREAK}{unit}"


def ends(low: float, high: float, decimals: int) -> dict[str, str]:
    """The ends of an interval as text."""
    return {"low": number(low, decimals), "high": number(high, decimals)}


def marked(text: str) -> str:
    """English marks turned into those of the active language."""
    return text if in_english() else text.translate(str.maketrans(",.", ".,"))


def in_english() -> bool:
    """Whether the reader has chosen English."""
    return (get_language() or "da").startswith("en")
