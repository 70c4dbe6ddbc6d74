"""Recipes: which model reads the rows of an indicator, as files that people review.

A recipe names columns of a contract of children's rows, and what the model does with
them. It is checked against that contract and its indicator before it is used.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from django.conf import settings
from django.utils.translation import gettext as _
from pydantic import Field, FiniteFloat

from kaeden.data.contract_parts import CHILD, INSTITUTION, ChildColumn, Range
from kaeden.data.contract_parts import Part as Use
from kaeden.data.contracts import Contract
from kaeden.data.own import contract_of_children
from kaeden.data.queries import contract as shipped_contract
from kaeden.data.rules import children_source
from kaeden.goals.indicator_parts import Part, Slug
from kaeden.goals.indicators import Indicator, Level, catalogue
from kaeden.shared.errors import BadInput, NotFound
from kaeden.shared.files import read, refusal
from kaeden.shared.text import Text

SHIPPED = Path(__file__).parent / "model_recipes"
CHILDREN = "children"
"""The source of a recipe for every municipality that has rows of its own."""
NOBODY = "000"
LEAST_UNITS, LEAST_ROWS, LEAST_SPREAD = 5, 50, 10


class Gradient(Part):
    """The background whose meaning is told unit by unit, and how much one step is."""

    of: str
    step: FiniteFloat = Field(gt=0)
    says: Text


class Minimum(Part):
    """The fewest units and rows that a model takes, and children that a spread takes."""

    units: int = Field(ge=LEAST_UNITS)
    rows: int = Field(ge=LEAST_ROWS)
    spread: int = Field(ge=LEAST_SPREAD)


class ModelRecipe(Part):
    """One reviewed file: a model of children's rows, and why it is this one.

    It is of an `indicator`, or an `example` whose units nobody can name. `years` is how
    many school years are read together; then each has its own level.
    `change_years` is over how many of them each unit's own change is told.
    """

    id: Slug
    indicator: str | None = None
    example: Text | None = None
    source: str
    kind: Literal["linear", "binomial"]
    outcome: str
    fixed: tuple[str, ...] = Field(min_length=1)
    unit_means: tuple[str, ...] = ()
    levels: tuple[str, ...] = Field(min_length=1)
    slopes: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    uncorrelated: tuple[str, ...] = ()
    weights: str | None = None
    population: dict[str, Range | tuple[str, ...]] = Field(default_factory=dict)
    years: int = Field(default=1, ge=1, le=5)
    change_years: int | None = Field(default=None, ge=3, le=8)
    gradient: Gradient | None = None
    minimum: Minimum
    why: Text
    caveats: tuple[Text, ...] = Field(min_length=1)
    author_post: Text
    reviewed: date
    review_due: date

    @property
    def title(self) -> Text:
        """What it is of, in words."""
        return self.example or catalogue()[self.indicator or ""].title

    @property
    def contract(self) -> Contract:
        """What the rows it reads are promised to be."""
        if self.source == CHILDREN:
            return contract_of_children(NOBODY)
        return shipped_contract(self.source)

    @property
    def columns(self) -> Mapping[str, ChildColumn]:
        """What the rows say of a child, by name."""
        children = self.contract.children
        return {one.name: one for one in children.columns} if children else {}

    def source_in(self, scope: str) -> str:
        """Return whose rows it reads in a scope."""
        return children_source(scope) if self.source == CHILDREN else self.source


def recipes() -> Mapping[str, ModelRecipe]:
    """Return the shipped recipes and the municipality's own, by id; read once."""
    own = settings.KAEDEN_RECIPES
    return _read_once(*[SHIPPED, *([own] if own else [])])


def of_scope(*, is_own: bool) -> tuple[ModelRecipe, ...]:
    """Return the recipes of a municipality's own rows, or of the shipped ones."""
    known = recipes().values()
    return tuple(one for one in known if (one.source == CHILDREN) is is_own)


def load(path: Path) -> ModelRecipe:
    """Read one recipe.

    Raises
    ------
    BadInput
        If anything is wrong with it; the message has a sentence for each problem.
    """
    reading = read(path, ModelRecipe)
    problems = reading.problems
    if reading.thing is not None:
        problems = tuple(_problems(reading.thing, path.stem))
    if reading.thing is None or problems:
        raise refusal(path, problems)
    return reading.thing


def _read(*folders: Path) -> Mapping[str, ModelRecipe]:
    found: dict[str, ModelRecipe] = {}
    for path in (path for folder in folders for path in _files(folder)):
        one = load(path)
        if one.id in found:
            raise BadInput(
                _("%(path)s has the id of another recipe. Give it its own.")
                % {"path": path}
            )
        found[one.id] = one
    return MappingProxyType(found)


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise BadInput(
            _("There is no folder %(folder)s. Check KAEDEN_RECIPES.")
            % {"folder": folder}
        )
    return sorted(folder.glob("*.yaml"))


_read_once = lru_cache(maxsize=4)(_read)


# Whether a recipe fits its indicator and its contract ---------------------------------


def _problems(one: ModelRecipe, stem: str) -> Iterator[str]:
    """Say each thing that doesn't fit, with the field it stands in."""
    if one.id != stem:
        yield _("id: must be the name of the file, %(name)s.") % {"name": stem}
    try:
        contract = one.contract
    except NotFound as unknown:
        yield f"source: {unknown.message}"
        return
    if contract.children is None:
        yield _("source: “%(source)s” has no rows of children.") % {
            "source": one.source
        }
        return
    yield from _wrong_subject(one)
    yield from _wrong_outcome(one, contract)
    yield from _wrong_terms(one, contract)
    yield from _wrong_levels(one, contract.children.levels)
    yield from _wrong_population(one)


def _wrong_subject(one: ModelRecipe) -> Iterator[str]:
    if (one.indicator is None) is (one.example is None):
        yield _("indicator: give an indicator, or the words of an example.")
    elif (one.indicator is not None) is not (one.source == CHILDREN):
        yield _("source: an indicator needs rows of units that are known.")
    elif one.indicator is not None and not _is_of_institutions(one.indicator):
        yield _("indicator: “%(id)s” is no indicator of institutions.") % {
            "id": one.indicator
        }


def _is_of_institutions(name: str) -> bool:
    found: Indicator | None = catalogue().get(name)
    return found is not None and found.level is Level.INSTITUTION


def _wrong_outcome(one: ModelRecipe, contract: Contract) -> Iterator[str]:
    column = one.columns.get(one.outcome)
    if column is None or column.part is not Use.OUTCOME:
        yield _no_column("outcome", one.outcome)
        return
    allowed = contract.columns[column.column].allowed
    is_yes_or_no = allowed is not None and (allowed.min, allowed.max) == (0, 1)
    if is_yes_or_no is not (one.kind == "binomial"):
        yield _("kind: binomial belongs to an outcome of 0 and 1, and to no other.")
    if one.kind == "binomial" and (one.gradient or one.weights):
        yield _("kind: binomial has neither weights nor a gradient to tell.")
    if one.kind == "binomial" and one.change_years:
        yield _("change_years: only a linear model tells of change.")


def _wrong_terms(one: ModelRecipe, contract: Contract) -> Iterator[str]:
    known = one.columns
    background = {n for n, c in known.items() if c.part is Use.BACKGROUND}
    numbers = {n for n in background if not known[n].values}
    sloping = {name for some in one.slopes.values() for name in some}
    told = {one.gradient.of} if one.gradient else set()
    for field, names, allowed in (
        ("fixed", one.fixed, background),
        ("unit_means", one.unit_means, numbers & {*one.fixed}),
        ("slopes", sorted(sloping), numbers & {*one.fixed}),
        ("gradient", sorted(told), {*one.slopes.get(INSTITUTION, ())}),
    ):
        yield from (_no_column(field, name) for name in names if name not in allowed)
    if one.weights is not None:
        weight = known.get(one.weights)
        if weight is None or weight.part is not Use.WEIGHT:
            yield _no_column("weights", one.weights)


def _wrong_levels(one: ModelRecipe, known: tuple[str, ...]) -> Iterator[str]:
    if one.levels != known[: len(one.levels)] or CHILD in one.levels:
        said = ", ".join(name for name in known if name != CHILD)
        yield _("levels: must be of %(levels)s, outermost first.") % {"levels": said}
    for field, names in (("slopes", one.slopes), ("uncorrelated", one.uncorrelated)):
        for name in names:
            if name not in one.levels:
                yield _("%(field)s: “%(name)s” is not among the levels.") % {
                    "field": field,
                    "name": name,
                }


def _wrong_population(one: ModelRecipe) -> Iterator[str]:
    for name, asked in one.population.items():
        column = one.columns.get(name)
        fits = column and (
            not column.values
            if isinstance(asked, Range)
            else set(asked) <= set(column.values)
        )
        if not fits:
            yield _no_column("population", name)


def _no_column(field: str, name: str) -> str:
    said = _("%(field)s: “%(name)s” is not a column that can be used here.")
    return said % {"field": field, "name": name}
