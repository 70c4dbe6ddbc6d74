"""Read the cast: Fjordby's places and the words of its charters."""

from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field

from kaeden.organisation.rules import Degree
from kaeden.shared.files import read, refusal

FILES = Path(__file__).parent / "files"
Schema = TypeVar("Schema", bound=BaseModel)


class Line(BaseModel):
    """One line of a file: every field known, none changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Department(Line):
    """A part of a school, from one year group to another, with its own leader."""

    code: str
    name: str
    years: tuple[int, int]


class School(Line):
    """A school, so many classes a year group; `merges` are those it carries on."""

    code: str
    name: str
    years: tuple[int, int]
    tracks: int
    is_special: bool = False
    departments: tuple[Department, ...] = ()
    merges: tuple[str, ...] = ()


class Cluster(Line):
    """Day care under one area leader."""

    code: str
    name: str


class Daycare(Line):
    """A day-care institution, its cluster, and how many groups of each age it has."""

    code: str
    name: str
    cluster: str
    moved_from: str = ""
    nursery: int
    kindergarten: int
    is_special: bool = False
    is_home: bool = False


class Service(Line):
    """A social service: who it is for, how many children, how many staff."""

    code: str
    name: str
    staff: int
    children: int
    whom: str
    groups: tuple[str, ...] = ()


class Community(Line):
    """Leaders bound to each other; `members` are keys of posts."""

    key: str
    name: str
    purpose: str
    members: tuple[str, ...]


class Cast(Line):
    """Every place in Fjordby."""

    code: str
    name: str
    nursery_names: tuple[str, ...]
    kindergarten_names: tuple[str, ...]
    schools: tuple[School, ...]
    merged_schools: tuple[School, ...]
    clusters: tuple[Cluster, ...]
    daycare: tuple[Daycare, ...]
    services: tuple[Service, ...]
    communities: tuple[Community, ...]


class Left(Line):
    """Something that a charter leaves to another post, by its key."""

    words: str
    ask: str


class CharterText(Line):
    """A charter with places for what differs from unit to unit."""

    area: str
    decision_room: str
    tasks: tuple[Degree, ...] = Field(min_length=7, max_length=7)
    not_mine: tuple[Left, ...] = Field(min_length=1)


class CharterTexts(Line):
    """The charters by kind of post."""

    director: CharterText
    chief_schools: CharterText
    chief_daycare: CharterText
    chief_families: CharterText
    area_leader: CharterText
    school: CharterText
    daycare: CharterText
    service: CharterText
    department: CharterText


@lru_cache(maxsize=1)
def cast() -> Cast:
    """Return Fjordby's places; read once."""
    return from_file("town.yaml", Cast)


@lru_cache(maxsize=1)
def charter_texts() -> CharterTexts:
    """Return the words of its charters; read once."""
    return from_file("charters.yaml", CharterTexts)


def from_file(name: str, schema: type[Schema]) -> Schema:
    """Return one of the demo's files, held to its schema.

    Raises
    ------
    BadInput
        If anything is wrong with it; the message has a sentence for each problem.
    """
    path = FILES / name
    reading = read(path, schema)
    if reading.thing is None:
        raise refusal(path, reading.problems)
    return reading.thing
