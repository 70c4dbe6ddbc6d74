"""Source contracts: what a file must be before it may enter the lake.

A contract is a YAML file in ``contracts/``. It names every column, says what each
number means and what a blank or a zero means, and carries what a reader must know.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import Field, model_validator

from kaeden.data.contract_parts import IDENTIFIER, ChildrenRule, Frozen, Range
from kaeden.shared.periods import Period
from kaeden.shared.status import ValueStatus
from kaeden.shared.text import Text

HOME = Path(__file__).parent


class Level(StrEnum):
    """What kind of unit a row is about."""

    MUNICIPALITY = "municipality"
    INSTITUTION = "institution"
    OWN = "own"
    """A municipality itself, or one of its institutions: its tree says which."""
    ANONYMOUS = "anonymous"
    """A unit that nobody can name: it is in no organisation."""


class MeasureUnit(StrEnum):
    """What one step on a measure's scale is."""

    PERCENT = "percent"
    MARK = "mark"
    MARK_POINTS = "mark_points"
    SCORE_1_5 = "score_1_5"
    VERDICT = "verdict"
    COUNT = "count"
    CHILDREN_PER_ADULT = "children_per_adult"
    PUPILS_PER_CLASS = "pupils_per_class"
    PUPILS_PER_TEACHER = "pupils_per_teacher"
    PUPILS_PER_STAFF = "pupils_per_staff"
    HOURS_PER_PUPIL = "hours_per_pupil"
    DKK_PER_YEAR = "dkk_per_year"
    DAYS_PER_YEAR = "days_per_year"
    PER_1000 = "per_1000"
    GROUP = "group"
    INDICATOR = "indicator"


class Place(Frozen):
    """Which units may have own figures of an indicator, and what those can be."""

    units: frozenset[str]
    allowed: Range


class Format(Frozen):
    """How the bytes of the file are to be read."""

    encoding: Literal["utf-8"] = "utf-8"
    delimiter: Literal[",", ";", "\t"] = ","
    decimal: Literal[".", ","] = "."
    ends_with_newline: bool = True
    max_megabytes: int = Field(default=16, gt=0, le=512)


class Rows(Frozen):
    """How many rows a whole file has."""

    at_least: int = Field(gt=0)
    at_most: int = Field(gt=0)


class ColumnKind(StrEnum):
    """What the cells of a column may hold."""

    CODE = "code"
    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    IGNORED = "ignored"


class Column(Frozen):
    """One column of the file; `allowed` is what the number can possibly be."""

    kind: ColumnKind
    allowed: Range | None = None
    why: Text | None = None

    @model_validator(mode="after")
    def _an_ignored_column_says_why(self) -> Self:
        if (self.kind is ColumnKind.IGNORED) != (self.why is not None):
            raise ValueError("`why` belongs to ignored columns, and to each of them")
        return self

    @property
    def is_number(self) -> bool:
        """Whether the cells are numbers."""
        return self.kind in {ColumnKind.INTEGER, ColumnKind.NUMBER}


class PeriodRule(Frozen):
    """Which years the file is about: one fixed year, or a column of years."""

    kind: Literal["school_year", "calendar_year"]
    fixed: str | None = None
    column: str | None = None
    first: str | None = None
    last: str | None = None

    @model_validator(mode="after")
    def _is_fixed_or_a_column(self) -> Self:
        if self.fixed is not None and self.column is None:
            years = [self.fixed]
        elif self.fixed is None and self.column and self.first and self.last:
            years = [self.first, self.last]
        else:
            raise ValueError("give `fixed`, or `column` with `first` and `last`")
        if any(not self.fits(Period.parse(year)) for year in years):
            raise ValueError(f"{years} are not of the kind {self.kind}")
        return self

    def fits(self, period: Period) -> bool:
        """Whether `period` is of this kind and within the years named."""
        if period.is_school_year != (self.kind == "school_year"):
            return False
        if self.first is None or self.last is None:
            return self.fixed is not None and period == Period.parse(self.fixed)
        return Period.parse(self.first) <= period <= Period.parse(self.last)

    @property
    def label(self) -> str:
        """The years as one text, such as ``2017–2023`` or ``2023``."""
        if self.fixed or self.first == self.last:
            return self.fixed or str(self.first)
        return f"{self.first}–{self.last}"


class UnitRule(Frozen):
    """Where the unit's code stands, and its municipality's."""

    level: Level
    column: str
    pattern: str
    municipality: str | None = None
    municipality_may_be_blank: bool = False

    @model_validator(mode="after")
    def _an_institution_has_a_municipality(self) -> Self:
        if (self.level is Level.INSTITUTION) != (self.municipality is not None):
            raise ValueError(
                "`municipality` belongs to institutions, and to all of them"
            )
        return self

    @property
    def place(self) -> str:
        """The column with the code of the municipality."""
        return self.municipality or self.column


class BreakdownRule(Frozen):
    """A column that splits the measures, such as age groups."""

    column: str
    allowed: tuple[str, ...]


class Elsewhere(Frozen):
    """A blank means what the measure says only where `column` is one of `values`."""

    column: str
    values: tuple[str, ...]
    otherwise: ValueStatus = ValueStatus.NOT_APPLICABLE


class MeasureRule(Frozen):
    """How one column becomes values with a status."""

    name: str = Field(pattern=IDENTIFIER)
    title: Text
    column: str
    unit: MeasureUnit
    breakdown: str = ""
    period: str | None = None
    plausible: Range | None = None
    blank: Literal["missing", "hidden", "not_applicable"]
    blank_unless: Elsewhere | None = None
    zero: Literal["zero", "missing", "not_applicable"]
    hidden_codes: tuple[str, ...] = ()
    missing_codes: tuple[str, ...] = ()
    coded: dict[str, float] = Field(default_factory=dict)
    derived: Text | None = None
    note: Text | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The cells that aren't numbers and are allowed all the same."""
        return (*self.hidden_codes, *self.missing_codes, *self.coded)


class SeriesBreak(Frozen):
    """Two neighbouring years that may not be compared."""

    measure: str = Field(pattern=IDENTIFIER)
    after: str
    before: str
    why: Text
    in_this_file: bool = True


class SelectedGroup(Frozen):
    """A measure that only tells of some, and not of those by chance."""

    measure: str = Field(pattern=IDENTIFIER)
    why: Text


class RegisterRule(Frozen):
    """Which columns describe the units themselves."""

    name: str
    type: str
    owner: str | None = None
    postcode: str | None = None
    town: str | None = None
    latitude: str | None = None
    longitude: str | None = None

    def columns(self) -> dict[str, str | None]:
        """The column of each part of a register unit."""
        return dict(self)


class Contract(Frozen):
    """All that is promised about one source file."""

    id: str = Field(pattern=IDENTIFIER)
    title: Text
    description: Text
    publisher: Text
    attribution: Text
    licence: Text
    retrieved: date
    file_name: str = Field(pattern=r"^[a-z0-9_]+\.csv$")
    format: Format
    rows: Rows
    period: PeriodRule
    unit: UnitRule
    breakdown: BreakdownRule | None = None
    keys: tuple[str, ...] = Field(min_length=1)
    columns: dict[str, Column]
    measures: tuple[MeasureRule, ...] = ()
    register_units: RegisterRule | None = Field(default=None, alias="register")
    children: ChildrenRule | None = None
    breaks: tuple[SeriesBreak, ...] = ()
    selected_groups: tuple[SelectedGroup, ...] = ()
    traps: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _names_only_its_own_columns(self) -> Self:
        unknown = sorted(set(self._columns_named()) - set(self.columns))
        if unknown:
            raise ValueError(f"columns that the file doesn't have: {unknown}")
        unused = {
            name
            for name, column in self.columns.items()
            if column.kind is ColumnKind.IGNORED
        } & set(self._columns_named())
        if unused:
            raise ValueError(f"columns both used and ignored: {sorted(unused)}")
        return self

    @model_validator(mode="after")
    def _names_only_its_own_measures(self) -> Self:
        names = {rule.name for rule in self.measures}
        breaks = {each.measure for each in self.breaks if each.in_this_file}
        unknown = breaks.union(each.measure for each in self.selected_groups) - names
        if unknown:
            raise ValueError(f"measures that the file doesn't have: {sorted(unknown)}")
        places = [(rule.name, rule.breakdown) for rule in self.measures]
        if len(places) != len(set(places)):
            raise ValueError("a measure is named twice with the same breakdown")
        return self

    @model_validator(mode="after")
    def _a_measure_is_a_number_or_coded(self) -> Self:
        for rule in self.measures:
            if self.columns[rule.column].is_number == bool(rule.coded):
                raise ValueError(
                    f"{rule.name}: number columns aren't coded, others are"
                )
            if self.breakdown and rule.breakdown:
                raise ValueError(
                    f"{rule.name}: the file has a breakdown column already"
                )
        re.compile(self.unit.pattern)
        return self

    @model_validator(mode="after")
    def _a_child_has_numbers_or_known_words(self) -> Self:
        for one in self.children.columns if self.children else ():
            if self.columns[one.column].is_number == bool(one.values):
                raise ValueError(
                    f"{one.name}: `values` belongs to words, and to all of them"
                )
        return self

    def _columns_named(self) -> Iterator[str]:
        yield from self.keys
        yield from self.children.named if self.children else ()
        yield self.unit.column
        yield from (rule.column for rule in self.measures)
        yield from (r.blank_unless.column for r in self.measures if r.blank_unless)
        optional = [self.unit.municipality, self.period.column]
        optional += [self.breakdown.column] if self.breakdown else []
        if self.register_units:
            optional += self.register_units.columns().values()
        yield from (column for column in optional if column is not None)

    @cached_property
    def fingerprint(self) -> str:
        """A hash of everything the contract says."""
        unsaid = set() if self.children else {"children"}
        said = self.model_dump_json(by_alias=True, exclude=unsaid)
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def shipped_file(self) -> Path:
        """The copy of the file that comes with the product."""
        return HOME / "files" / self.file_name


def read_contract(path: Path) -> Contract:
    """Read and check one contract file."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    contract = Contract.model_validate(content)
    if contract.id != path.stem:
        raise ValueError(f"{path.name} has the id {contract.id}")
    return contract


def own_contract(source: str, indicators: Iterable[str]) -> Contract:
    """Return the contract of a municipality's own figures for some indicators."""
    content = yaml.safe_load((HOME / "own.yaml").read_text(encoding="utf-8"))
    content["id"] = source
    content["breakdown"]["allowed"] = sorted(indicators)
    return Contract.model_validate(content)


def children_contract(source: str) -> Contract:
    """Return the contract of a municipality's rows of children."""
    content = yaml.safe_load((HOME / "children.yaml").read_text(encoding="utf-8"))
    return Contract.model_validate(content | {"id": source})


def shipped_contracts() -> tuple[Contract, ...]:
    """Read the contracts that come with the product, by id."""
    paths = sorted((HOME / "contracts").glob("*.yaml"))
    return tuple(read_contract(path) for path in paths)
