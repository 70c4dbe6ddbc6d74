"""A practice as one value, whether it is a reviewed file or written in a form. Pure."""

from dataclasses import dataclass
from datetime import date

from kaeden.goals.indicators import Sector
from kaeden.shared.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """A way of working: for whom, how, by what mechanism, and what it costs.

    The five themes are those of the Danish declaration of knowledge: target group,
    method, implementation, effect, economy. `mechanism` is the reaction that makes
    the effect, not the activity. `key` names a file, ``"attendance-talks"``, or what a
    municipality has written itself, ``"999-17"``. `indicators` are what it should
    move, by their ids in the catalogue; `competences` what staff need for it, by their
    keys. Cost (kroner per child) and staff hours (per institution) are those of a
    year; None where nobody has counted them. `owner` says who answers for the card.
    """

    key: str
    title: Text
    target_group: Text
    method: Text
    implementation: Text
    effect: Text
    economy: Text
    mechanism: Text
    core_parts: tuple[Text, ...]
    indicators: tuple[str, ...]
    competences: tuple[str, ...]
    sectors: tuple[Sector, ...]
    cost_per_child: float | None
    staff_hours: float | None
    sources: tuple[str, ...]
    owner: Text
    reviewed: date

    @property
    def is_shared(self) -> bool:
        """Whether it concerns more than one sector."""
        return len(self.sectors) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """What somebody writes of a practice of their own, before it is held to anything.

    The four first are needed; what is left out has not been looked into.
    """

    title: str
    target_group: str
    method: str
    mechanism: str
    implementation: str = ""
    effect: str = ""
    economy: str = ""
    core_parts: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    competences: tuple[str, ...] = ()
    sectors: tuple[Sector, ...] = ()
    cost_per_child: float | None = None
    staff_hours: float | None = None
    sources: str = ""
