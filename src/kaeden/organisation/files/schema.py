"""What each section of a chain file holds. Every value comes as the text written."""

import re
import unicodedata
from datetime import date
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from kaeden.access.rules import Role
from kaeden.organisation.rules import LEADING, Degree, Kind, Task

PRIVATE = ("holder",)
"""Fields that hold a person's name: no message quotes them."""
UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)
PERSON_NUMBER = re.compile(r"(?<!\d)[0-3]\d[01]\d{3}[- ]?\d{4}(?!\d)")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
FIRST_YEAR = 1970
MOST_STAFF = 30_000
MOST_THINGS = 10_000


def _readable(text: str) -> str:
    """Return a text in one spelling; refuse what can't be seen, and civil numbers."""
    whole = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    if UNSEEN.search(whole):
        raise ValueError(_("holds a sign that can't be seen. Write it anew."))
    if PERSON_NUMBER.search(whole):
        raise ValueError(_("looks like a civil registration number. Take it out."))
    return whole


def _code(text: str) -> str:
    if text and not CODE.fullmatch(text):
        raise ValueError(
            _("must be letters a–z, digits, and . _ - between them, without blanks.")
        )
    return text


def _day(text: Any) -> date:
    if not isinstance(text, str) or not DAY.fullmatch(text):
        raise ValueError(_("is not a date. Write it as 2026-11-23."))
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(_("is a date that there is not.")) from error
    if day.year < FIRST_YEAR:
        raise ValueError(_("is too long ago. Is it the right year?"))
    return day


def _kind(kind: Kind) -> Kind:
    if kind is Kind.COUNTRY:
        raise ValueError(_("a country is no part of a municipality."))
    return kind


def _role(role: Role) -> Role:
    if role is Role.SYSTEM:
        raise ValueError(_("no post has the role “system”."))
    return role


def _leading(role: Role) -> Role:
    if role not in LEADING:
        raise ValueError(_("only roles that lead others have bounds."))
    return role


def _blank_is_none(value: Any) -> Any:
    return None if value == "" else value


def _blank_is_empty(value: Any) -> Any:
    return () if value == "" else value


Readable = AfterValidator(_readable)
Coded = AfterValidator(_code)
Blank = BeforeValidator(_blank_is_empty)
Many = Field(max_length=MOST_THINGS)
OrNone = BeforeValidator(_blank_is_none)
Code = Annotated[str, Field(min_length=1, max_length=20), Coded]
Key = Annotated[str, Field(min_length=1, max_length=60), Coded]
CodeOrNone = Annotated[str, Field(max_length=20), Coded]
KeyOrNone = Annotated[str, Field(max_length=60), Coded]
Staff = Annotated[int | None, Field(ge=0, le=MOST_STAFF), OrNone]
Latitude = Annotated[float | None, Field(ge=-90, le=90), OrNone]
Longitude = Annotated[float | None, Field(ge=-180, le=180), OrNone]
Span = Annotated[int, Field(ge=0, le=MOST_STAFF)]


class Part(BaseModel):
    """A part of a chain file; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class UnitPart(Part):
    """A unit: what it is and where it lies; the municipality itself has no parent."""

    code: Code
    kind: Annotated[Kind, AfterValidator(_kind)]
    name: Annotated[str, Field(min_length=1, max_length=200), Readable]
    parent: CodeOrNone = ""
    cluster: CodeOrNone = ""
    form: Annotated[str, Field(max_length=40), Readable] = ""
    owner: Annotated[str, Field(max_length=20), Readable] = ""
    latitude: Latitude = None
    longitude: Longitude = None


class NotMinePart(Part):
    """What a post does not decide, and the key of the post to ask instead."""

    words: Annotated[str, Field(min_length=1, max_length=300), Readable]
    ask: Key


class CharterPart(Part):
    """A post's charter; a task that is left out is not had."""

    area: Annotated[str, Field(min_length=1, max_length=500), Readable]
    decision_room: Annotated[str, Field(min_length=1, max_length=500), Readable]
    tasks: dict[Task, Degree] = Field(default_factory=dict)
    not_mine: Annotated[tuple[NotMinePart, ...], Many, Blank] = ()


class PostPart(Part):
    """A post: its role and place, whom it reports to, who holds it, its charter."""

    key: Key
    role: Annotated[Role, AfterValidator(_role)]
    title: Annotated[str, Field(max_length=120), Readable] = ""
    unit: Code
    reports_to: KeyOrNone = ""
    staff: Staff = None
    holder: Annotated[str, Field(max_length=120), Readable] = ""
    charter: Annotated[CharterPart | None, OrNone] = None


class CommunityPart(Part):
    """Leaders bound to each other, by the keys of their posts."""

    key: Key
    name: Annotated[str, Field(min_length=1, max_length=120), Readable]
    purpose: Annotated[str, Field(min_length=1, max_length=500), Readable]
    members: Annotated[tuple[Key, ...], Many, Blank] = ()


class BoundPart(Part):
    """A good span of control for a role, and the longest way to a leader."""

    role: Annotated[Role, AfterValidator(_leading)]
    span_from: Span
    span_to: Span
    farthest: Annotated[int, Field(ge=0, le=9)] = 1


class HeirPart(Part):
    """A unit that has ended, and the units that carry it on."""

    unit: Code
    by: tuple[Code, ...] = Field(min_length=1, max_length=MOST_THINGS)


class ChainFile(Part):
    """The whole file."""

    municipality: Code
    as_of: Annotated[date, BeforeValidator(_day)]
    units: Annotated[tuple[UnitPart, ...], Many, Blank]
    posts: Annotated[tuple[PostPart, ...], Many, Blank]
    communities: Annotated[tuple[CommunityPart, ...], Many, Blank] = ()
    bounds: Annotated[tuple[BoundPart, ...], Many, Blank] = ()
    carried_on: Annotated[tuple[HeirPart, ...], Many, Blank] = ()
