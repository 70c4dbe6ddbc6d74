"""What a pass over rows is asked for, and what it gives. Private."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from kaeden_stats._checks import FloatArray
from kaeden_stats.errors import InvalidInput
from kaeden_stats.multilevel._terms import names_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which columns of the table are read, and as what.

    Attributes
    ----------
    terms : tuple of str
        All terms with a fixed or a random effect, the intercept not among them.
    numeric, categories : tuple of str
        The columns that the terms use as numbers and as categories.
    groups : tuple of str
        The grouping columns: nested levels, outermost first, then crossed factors.
    """

    outcome: str
    terms: tuple[str, ...]
    numeric: tuple[str, ...]
    categories: tuple[str, ...]
    groups: tuple[str, ...]
    weights: str | None = None

    @property
    def numbers(self) -> tuple[str, ...]:
        """All columns that must hold a number."""
        weights = () if self.weights is None else (self.weights,)
        return tuple(dict.fromkeys((self.outcome, *self.numeric, *weights)))

    @property
    def labels(self) -> tuple[str, ...]:
        """All columns that must hold a label."""
        return tuple(dict.fromkeys((*self.groups, *self.categories)))

    @property
    def names(self) -> tuple[str, ...]:
        """All columns that are read; a row that lacks one counts at the first."""
        return tuple(dict.fromkeys((*self.numbers, *self.labels)))


def wanted(
    outcome: str,
    terms: Sequence[str],
    groups: Sequence[str],
    *,
    weights: str | None = None,
) -> Wanted:
    """Return what a pass must read.

    Raises
    ------
    InvalidInput
        If a column has two uses that exclude each other, or there is no group.
    """
    numeric, categories = names_in(terms)
    if not groups:
        raise InvalidInput(
            "There is no grouping column. Name levels, outermost first, or crossed "
            "factors."
        )
    if len(set(groups)) < len(groups):
        raise InvalidInput("A level is named twice. Name each grouping column once.")
    if outcome in (*numeric, *categories, *groups):
        raise InvalidInput(
            f"{outcome} is both what is explained and what explains it. Choose one."
        )
    return Wanted(
        outcome=outcome,
        terms=tuple(dict.fromkeys(terms)),
        numeric=tuple(numeric),
        categories=tuple(categories),
        groups=tuple(groups),
        weights=weights,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Summed:
    """The sums of a pass: c_0 = 1, then each term's columns, last the outcome.

    Attributes
    ----------
    values : mapping of str to tuple
        The values of each category that complete rows have, sorted.
    keys : tuple of (k,) arrays
        For each grouping column the label of each group, in any order of groups: whole
        numbers as int64, all else as text.
    rows : (k,) float
        Rows of each group.
    products, remainder : (k, t) float
        Σ w·c_i·c_j over the rows of each group, about zero: the nearest doubles, and
        what they miss. t = m(m+1)/2, the upper triangle row by row, of the m columns
        that `unfold` makes of the terms with all values of each category.
    left_out : mapping
        Rows left out, each at the first column that it lacks.
    source : str
        What made the pass.
    """

    values: Mapping[str, tuple[Any, ...]]
    keys: tuple[NDArray[Any], ...]
    rows: FloatArray
    products: FloatArray
    remainder: FloatArray
    log_weight: float
    left_out: Mapping[str, int]
    source: str
