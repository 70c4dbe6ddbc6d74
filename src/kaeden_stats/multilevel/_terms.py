"""The words of a model: names, C() for categories, a:b for products. Private.

A term is a product of factors; a category unfolds into one column for each of its values
but the first, in sorted order. Each column is named after what it holds, such as
``C(gender)[M]:prior``.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
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
) -> Iterator[Column]:
    """Give the columns of all terms, the intercept first, each once.

    `values` holds the sorted values of each category; the first is the reference.
    """
    seen: set[str] = set()
    for term in (ONE, *terms):
        choices = [
            [Factor(one.name, is_category=True, value=v) for v in values[one.name][1:]]
            if one.is_category
            else [one]
            for one in parse(term)
        ]
        for factors in product(*choices):
            column = Column(tuple(factors))
            if column.name not in seen:
                seen.add(column.name)
                yield column
