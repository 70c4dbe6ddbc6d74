"""The words of a model: names, C() for categories, a:b for products. Private.

A term is a product of factors; a category unfolds into one column for each of its values,
in sorted order. Each column is named after what it holds, such as ``C(gender)[M]:prior``.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from kaeden_stats.errors import InvalidInput

ONE = "1"
CATEGORY = re.compile(r"C\((?P<name>[^()]+)\)")


@dataclass(frozen=True, slots=True)
class Factor:
    """One column of the table as a term uses it; with a value, that category's dummy."""

    name: str
    is_category: bool = False
    value: object = None

    @property
    def label(self) -> str:
        """The name as it stands in the results."""
        if not self.is_category:
            return self.name
        return f"C({self.name})[{self.value}]"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the model: a product of factors; none for the intercept."""

    factors: tuple[Factor, ...]

    @property
    def name(self) -> str:
        """What the column is called."""
        return ":".join(one.label for one in self.factors) or ONE


def parse(term: str) -> tuple[Factor, ...]:
    """Return the factors of a term.

    Raises
    ------
    InvalidInput
        If a part of it is empty.
    """
    if term.strip() == ONE:
        return ()
    return tuple(_factor(part.strip(), term) for part in term.split(":"))


def _factor(part: str, term: str) -> Factor:
    found = CATEGORY.fullmatch(part)
    name = found["name"].strip() if found else part
    if not name:
        raise InvalidInput(
            f"The term {term!r} has an empty part. Write a column's name, C(name) for "
            "categories, or a:b for a product."
        )
    return Factor(name, is_category=bool(found))


def names_in(terms: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the numeric and the categorical columns that terms use, once each."""
    factors = [one for term in terms for one in parse(term)]
    numeric = dict.fromkeys(one.name for one in factors if not one.is_category)
    categories = dict.fromkeys(one.name for one in factors if one.is_category)
    both = sorted(numeric.keys() & categories.keys())
    if both:
        raise InvalidInput(
            f"{', '.join(both)} is used as a number and as a category. Choose one."
        )
    return list(numeric), list(categories)


def unfold(
    terms: Sequence[str], values: Mapping[str, Sequence[object]]
) -> tuple[Column, ...]:
    """Return the columns of all terms, the intercept first, each once.

    A category has one column for each of its `values`, the reference too.
    """
    found: dict[str, Column] = {}
    for term in (ONE, *terms):
        for column in _columns(parse(term), values):
            found.setdefault(column.name, column)
    return tuple(found.values())


def coded(
    terms: Sequence[str], values: Mapping[str, Sequence[object]]
) -> tuple[str, ...]:
    """Return the names of the columns that a model with an intercept needs of terms.

    The first value of a category is its reference, and has no column where the term
    without the category is in the model too: the rule of Chambers & Hastie (1992),
    *Statistical Models in S*, section 2.4.
    """
    known = {frozenset(parse(term)) for term in (ONE, *terms)}
    found: dict[str, None] = {}
    for term in (ONE, *terms):
        factors = parse(term)
        fewer = {
            one.name
            for one in factors
            if one.is_category and frozenset(factors) - {one} in known
        }
        for column in _columns(factors, values, fewer):
            found.setdefault(column.name)
    return tuple(found)


def _columns(
    factors: Sequence[Factor],
    values: Mapping[str, Sequence[object]],
    fewer: Collection[str] = (),
) -> Iterator[Column]:
    choices = [
        [
            Factor(one.name, is_category=True, value=value)
            for value in values[one.name][one.name in fewer :]
        ]
        if one.is_category
        else [one]
        for one in factors
    ]
    for chosen in product(*choices):
        yield Column(tuple(chosen))
