"""Small frozen values that the components show."""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How a finding is to be taken; the words say it, the colour only helps."""

    GOOD = "good"
    BAD = "bad"
    NEUTRAL = "neutral"
    UNSURE = "unsure"
    DIFFERS = "differs"


SYMBOLS = {
    Tone.GOOD: "▲",
    Tone.BAD: "▼",
    Tone.NEUTRAL: "●",
    Tone.UNSURE: "◐",
    Tone.DIFFERS: "◆",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """One of the three answers on a result: what is asked, found, and on what basis."""

    label: str
    finding: str
    basis: str
    tone: Tone
    symbol: str = ""

    @property
    def sign(self) -> str:
        """The symbol before the finding."""
        return self.symbol or SYMBOLS[self.tone]


@dataclass(frozen=True, kw_only=True, slots=True)
class Crumb:
    """A step of the chain above a page; the last one has no address."""

    text: str
    href: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ListItem:
    """A line in a simple list."""

    text: str
    href: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Press:
    """One button: where it leads, what it says, why it can't be pressed."""

    href: str
    text: str
    why_not: str
    id: str
    secondary: bool = False
