"""The reviewed file that says what OS2mo's words mean in the chain."""

from pathlib import Path
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import AfterValidator, BeforeValidator, Field

from kaeden.access.rules import Role
from kaeden.organisation.files.schema import Code, Key, Part, Readable
from kaeden.organisation.rules import Degree, Kind, Task
from kaeden.shared.files import read, refusal


def _one_or_more(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _kind(kind: Kind) -> Kind:
    if kind in {Kind.COUNTRY, Kind.MUNICIPALITY}:
        raise ValueError(_("only the root is the municipality."))
    return kind


Words = Annotated[tuple[str, ...], BeforeValidator(_one_or_more)]
Long = Annotated[str, Field(min_length=1, max_length=500), Readable]


class When(Part):
    """Which managers a rule is about; each field that is given must fit.

    All are OS2mo's user keys; `unit_kind` is what the unit has become in the chain.
    """

    level: Words = ()
    type: Words = ()
    responsibility: Words = ()
    unit: Words = ()
    unit_kind: Annotated[tuple[Kind, ...], BeforeValidator(_one_or_more)] = ()


class NotMineRule(Part):
    """What the posts of a rule do not decide, and the role to ask instead."""

    words: Annotated[str, Field(min_length=1, max_length=300), Readable]
    ask: Role


class CharterRule(Part):
    """The charter of the posts of a rule; ``{unit}`` in a text is the unit's name."""

    area: Long
    decision_room: Long
    tasks: dict[Task, Degree] = Field(default_factory=dict)
    not_mine: tuple[NotMineRule, ...] = ()


class PostRule(Part):
    """Managers that a rule is about have this role, title and charter."""

    when: When
    role: Role
    title: Annotated[str, Field(max_length=120), Readable] = ""
    key: Annotated[Key | None, Field()] = None
    charter: CharterRule | None = None


class Mapping(Part):
    """The whole file."""

    municipality: Code
    name: Annotated[str, Field(min_length=1, max_length=200), Readable]
    root: Annotated[str, Field(min_length=1)]
    units: dict[str, Annotated[Kind, AfterValidator(_kind)]] = Field(min_length=1)
    codes: dict[str, Code] = Field(default_factory=dict)
    posts: tuple[PostRule, ...] = Field(min_length=1)
    carried_on: dict[Code, tuple[Code, ...]] = Field(default_factory=dict)


def load(path: Path) -> Mapping:
    """Read a mapping file.

    Raises
    ------
    BadInput
        If anything is wrong with it; the message has a sentence for each problem.
    """
    reading = read(path, Mapping)
    if reading.thing is None:
        raise refusal(path, reading.problems)
    return reading.thing
