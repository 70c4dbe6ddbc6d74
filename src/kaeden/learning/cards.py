"""The reviewed files of practices and competences, shipped and a municipality's own."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from django.conf import settings
from django.utils.translation import gettext as _
from pydantic import Field, FiniteFloat, ValidationInfo, field_validator

from kaeden.goals.indicator_parts import Part, Sector, Slug, kept
from kaeden.goals.indicators import catalogue as indicators
from kaeden.learning.practices import Practice
from kaeden.shared.errors import BadInput
from kaeden.shared.files import Reading, read, refusal
from kaeden.shared.text import Text

SHIPPED = Path(__file__).parent / "catalogue"


class Competence(Part):
    """Something that staff can, in the words of those who need it."""

    id: Slug
    name: Text
    says: Text


class Competences(Part):
    """The file of competences that practices may ask for."""

    competences: tuple[Competence, ...] = Field(min_length=1)


class Card(Part):
    """One reviewed file: a practice on the five themes, its mechanism and its parts."""

    id: Slug
    title: Text
    target_group: Text
    method: Text
    implementation: Text
    effect: Text
    economy: Text
    mechanism: Text
    core_parts: tuple[Text, ...] = Field(min_length=1)
    indicators: tuple[Slug, ...] = Field(min_length=1)
    competences: tuple[Slug, ...] = ()
    sectors: tuple[Sector, ...] = Field(min_length=1)
    cost_per_child: FiniteFloat | None = Field(default=None, ge=0)
    staff_hours: FiniteFloat | None = Field(default=None, ge=0)
    sources: tuple[str, ...] = Field(min_length=1)
    owner: Text
    reviewed: date
    review_due: date

    @field_validator("indicators")
    @classmethod
    def _known_indicators(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        unknown = ", ".join(name for name in names if name not in indicators())
        why = _("there is no indicator called %(names)s.") % {"names": unknown}
        return kept(names, if_=not unknown, else_=why)

    @field_validator("competences")
    @classmethod
    def _known_competences(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        unknown = ", ".join(name for name in names if name not in competences())
        why = _("there is no competence called %(names)s.") % {"names": unknown}
        return kept(names, if_=not unknown, else_=why)

    @field_validator("review_due")
    @classmethod
    def _due_after_reviewed(cls, due: date, info: ValidationInfo) -> date:
        reviewed = info.data.get("reviewed", date.min)
        return kept(due, if_=due > reviewed, else_=_("must be after “reviewed”."))

    def practice(self) -> Practice:
        """Return it as the one value of a practice."""
        return Practice(
            key=self.id,
            title=self.title,
            target_group=self.target_group,
            method=self.method,
            implementation=self.implementation,
            effect=self.effect,
            economy=self.economy,
            mechanism=self.mechanism,
            core_parts=self.core_parts,
            indicators=self.indicators,
            competences=self.competences,
            sectors=self.sectors,
            cost_per_child=self.cost_per_child,
            staff_hours=self.staff_hours,
            sources=self.sources,
            owner=self.owner,
            reviewed=self.reviewed,
        )


def inspect(path: Path) -> Reading[Card]:
    """Return the card in a file, or every problem, without raising."""
    reading = read(path, Card)
    if reading.thing is None or reading.thing.id == path.stem:
        return reading
    why = _("id: says “%(id)s”, but the file is called %(file)s. Let them be the same.")
    values = {"id": reading.thing.id, "file": path.name}
    return Reading(thing=reading.thing, problems=(why % values,))


def load(path: Path) -> Card:
    """Read one file.

    Raises
    ------
    BadInput
        If anything is wrong with it; the message has a sentence for each problem.
    """
    reading = inspect(path)
    if reading.thing is None or reading.problems:
        raise refusal(path, reading.problems)
    return reading.thing


def read_folders(*folders: Path) -> Mapping[str, Practice]:
    """Return every practice in the folders by key, in the order of the Danish titles.

    Raises
    ------
    BadInput
        If a folder is missing, a file is wrong, or two files have the same id.
    """
    found: dict[str, Card] = {}
    for path in (path for folder in folders for path in _files(folder)):
        card = load(path)
        if card.id in found:
            raise BadInput(
                _("%(path)s has the id of another practice. Give it its own.")
                % {"path": path}
            )
        found[card.id] = card
    ordered = sorted(found.values(), key=lambda card: card.title.da)
    return MappingProxyType({card.id: card.practice() for card in ordered})


def catalogue() -> Mapping[str, Practice]:
    """Return the shipped practices and the municipality's own files; read once."""
    own = getattr(settings, "KAEDEN_PRACTICES", None)
    return _read_once(SHIPPED / "practices", *([own] if own else []))


@lru_cache(maxsize=1)
def competences() -> Mapping[str, Competence]:
    """Return the competences that practices may ask for, by key; read once."""
    return read_competences(SHIPPED / "competences.yaml")


def read_competences(path: Path) -> Mapping[str, Competence]:
    """Return the competences in a file, by key.

    Raises
    ------
    BadInput
        If anything is wrong with it.
    """
    reading = read(path, Competences)
    if reading.thing is None:
        raise refusal(path, reading.problems)
    return MappingProxyType({one.id: one for one in reading.thing.competences})


_read_once = lru_cache(maxsize=4)(read_folders)


def _files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        raise BadInput(
            _("There is no folder %(folder)s. Check KAEDEN_PRACTICES.")
            % {"folder": folder}
        )
    yield from sorted(folder.glob("*.yaml"))
