"""What OS2mo knows of units and managers, as plain values with their days."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Generic, Protocol, TypeVar

from django.utils.translation import gettext as _
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ValidationError,
)
from pydantic import Field as Name

from kaeden.organisation.errors import NoAnswer
from kaeden.organisation.os2mo.client import Os2mo

FACETS = ("manager_level", "manager_type", "responsibility", "org_unit_type")
EVER = {"from_date": None, "to_date": None}
PERSONS_AT_A_TIME = 200


class Source(Protocol):
    """Who can be asked for every object of a query."""

    def objects(self, query: str, **variables: Any) -> Iterator[dict[str, Any]]:
        """Give every object of a query."""
        ...


def _day(text: Any) -> date | None:
    return datetime.fromisoformat(text).date() if text else None


def _uuid(reference: Any) -> str:
    """Return what a reference points at; empty for none."""
    return reference["uuid"] if reference else ""


def _uuids(references: Any) -> tuple[str, ...]:
    return tuple(one["uuid"] for one in (references or {}).get("objects", ()))


Day = Annotated[date | None, BeforeValidator(_day)]
Reference = Annotated[str, BeforeValidator(_uuid)]
References = Annotated[tuple[str, ...], BeforeValidator(_uuids)]
Text = Annotated[
    str, BeforeValidator(lambda text: text or ""), AfterValidator(str.strip)
]


class Answer(BaseModel):
    """A part of an answer; what we did not ask for is passed over."""

    model_config = ConfigDict(frozen=True)


class Validity(Answer):
    """The first and the last day on which something holds; OS2mo counts both."""

    begins: Day = Name(validation_alias="from")
    last: Day = Name(validation_alias="to")

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        begun = self.begins is None or self.begins <= day
        return begun and (self.last is None or day <= self.last)


class UnitFact(Answer):
    """A unit while nothing of it changes."""

    user_key: Text
    name: Text
    parent: Reference = Name(validation_alias="parent_response")
    type: Reference = Name(validation_alias="unit_type_response")
    validity: Validity


class ManagerFact(Answer):
    """A manager while nothing of it changes; without a person the post is vacant."""

    person: Reference = Name(validation_alias="person_response")
    unit: Reference = Name(validation_alias="org_unit_response")
    level: Reference = Name(validation_alias="manager_level_response")
    type: Reference = Name(validation_alias="manager_type_response")
    responsibilities: References = Name(validation_alias="responsibilities_response")
    validity: Validity


class PersonFact(Answer):
    """What a person was called."""

    given_name: Text
    surname: Text
    validity: Validity

    @property
    def name(self) -> str:
        """The whole name."""
        return f"{self.given_name} {self.surname}".strip()


class ClassFact(Answer):
    """A word of OS2mo's lists, such as a level of managers."""

    user_key: Text
    name: Text


Fact = TypeVar("Fact", UnitFact, ManagerFact, PersonFact)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline(Generic[Fact]):
    """The facts of each thing by its uuid, whenever they held."""

    facts: Mapping[str, tuple[Fact, ...]]

    def on(self, day: date) -> dict[str, Fact]:
        """Return what held on a day, by uuid."""
        return {
            uuid: fact
            for uuid, facts in self.facts.items()
            for fact in facts
            if fact.validity.holds_on(day)
        }

    def days(self) -> Iterator[date]:
        """Give each day on which something begins, or first no longer holds."""
        for facts in self.facts.values():
            for fact in facts:
                if fact.validity.begins:
                    yield fact.validity.begins
                if fact.validity.last:
                    yield fact.validity.last + timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that was asked for; `classes` are user keys by uuid."""

    units: Timeline[UnitFact]
    managers: Timeline[ManagerFact]
    persons: Timeline[PersonFact]
    classes: Mapping[str, str]

    def change_days(self, until: date) -> tuple[date, ...]:
        """Return the days up to `until` on which a unit or a manager changed."""
        days = {*self.units.days(), *self.managers.days()}
        return tuple(sorted(day for day in days if day <= until))


def gather(source: Os2mo | Source) -> Facts:
    """Ask for units, managers, and the names of those managers, with all history.

    Raises
    ------
    NoAnswer
        If OS2mo does not answer, or in a form that is not known.
    """
    try:
        classes = {
            one["uuid"]: ClassFact.model_validate(one["current"]).user_key
            for one in source.objects("Classes", keys=list(FACETS))
            if one["current"]
        }
        units = _timeline(source.objects("Units", filter=EVER), UnitFact)
        managers = _timeline(source.objects("Managers", filter=EVER), ManagerFact)
        persons = _timeline(_persons(source, managers), PersonFact)
    except (ValidationError, KeyError, TypeError) as error:
        raise NoAnswer(
            _("OS2mo answered in a form that Kæden does not know.")
        ) from error
    return Facts(units=units, managers=managers, persons=persons, classes=classes)


def _timeline(objects: Iterable[Any], kind: type[Fact]) -> Timeline[Fact]:
    return Timeline(
        facts={
            one["uuid"]: tuple(kind.model_validate(fact) for fact in one["validities"])
            for one in objects
        }
    )


def _persons(source: Source, managers: Timeline[ManagerFact]) -> Iterator[Any]:
    """Ask for the names of those who are or were managers, and of nobody else."""
    wanted = sorted(
        {
            fact.person
            for facts in managers.facts.values()
            for fact in facts
            if fact.person
        }
    )
    for start in range(0, len(wanted), PERSONS_AT_A_TIME):
        some = wanted[start : start + PERSONS_AT_A_TIME]
        yield from source.objects("Persons", filter={**EVER, "uuids": some})
