"""How far units can be told apart: their ranks, and the difference between two."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from kaeden_stats._checks import FloatArray, IntArray, share
from kaeden_stats._normal import reach
from kaeden_stats.errors import InvalidInput
from kaeden_stats.multilevel._equations import Equations, equations
from kaeden_stats.multilevel._scaled import Part
from kaeden_stats.multilevel._table import Table
from kaeden_stats.multilevel._terms import ONE
from kaeden_stats.multilevel.result import Fit

AT_ONCE = 200
"""Draws worked on at once."""


def ranks(  # noqa: PLR0913  # each is a choice that the reader of a ranking asks about
    fit: Fit,
    level: str,
    generator: np.random.Generator,
    *,
    term: str = ONE,
    draws: int = 1000,
    confidence: float = 0.95,
    with_outer: bool = False,
) -> Table:
    """Give the ranks that the units of a level may have, in place of a league table.

    All units' effects are drawn together from their distribution given the rows, with
    what is not known of the fixed effects and of each other; each draw is ranked.

    Parameters
    ----------
    fit : Fit
        Nested or crossed.
    level : str
        The units to rank.
    generator : numpy.random.Generator
        Seed it, so that the ranks can be made again.
    term : str
        The random effect to rank by; the intercept is ``"1"``.
    draws : int
        How many; the ends of the intervals are good to a rank or so with 1,000.
    confidence : float
        How often the interval holds a unit's rank, each unit by itself, 0 to 1.
    with_outer : bool
        Whether the effects of the levels around a unit count as its own.

    Returns
    -------
    Table
        unit and the levels it lies in, effect in the outcome's unit, rank (the mean over
        the draws; 1 is the largest effect), low and high, and n (rows of the unit).

    Raises
    ------
    InvalidInput
        If the level or the term is not in the model, or a number is out of range.

    Notes
    -----
    Variances are taken as known. Ranks tell small differences between units as large
    steps: where most intervals reach over half of the units, show no ranking. Holds
    draws × units numbers.

    References
    ----------
    .. [1] Goldstein & Spiegelhalter (1996), *Journal of the Royal Statistical Society A*
       159:385.
    """
    # Half a second to import, which no fit needs.
    from scipy.stats import rankdata  # noqa: PLC0415

    tail = (1 - share(confidence, "confidence")) / 2
    if draws < 1:
        raise InvalidInput(f"draws is {draws}. Draw at least once, better 1,000 times.")
    known = equations(fit)
    units = _Units.of(known, level, term, with_outer=with_outer)
    effect = units.effect
    found = np.empty((draws, len(effect)), dtype=np.float32)
    for start in range(0, draws, AT_ONCE):
        count = min(AT_ONCE, draws - start)
        drawn = effect[:, None] + units.of_draws(known.draws(count, generator))
        found[start : start + count] = rankdata(-drawn, axis=0).T
    low, high = np.quantile(found, [tail, 1 - tail], axis=0)
    part = units.part
    labels = dict(part.groups.labels)
    return Table(
        {
            "unit": labels.pop(level),
            **labels,
            "effect": effect,
            "rank": found.mean(axis=0, dtype=float),
            "low": low,
            "high": high,
            "n": part.groups.rows.astype(int),
        }
    )


def differences(  # noqa: PLR0913  # two units, and what to compare them by
    fit: Fit,
    level: str,
    unit_a: object,
    unit_b: object,
    *,
    term: str = ONE,
    confidence: float = 0.95,
    with_outer: bool = False,
) -> Table:
    """Give the difference between two units' effects, and how well it is known.

    Its standard error is neither unit's own: units of one parent share what is not known
    of that parent, and all share what is not known of the fixed effects.

    Parameters
    ----------
    fit : Fit
        Nested or crossed.
    level : str
        The level of the units.
    unit_a, unit_b : object
        Their labels; where labels repeat between parents, tuples of the labels from the
        outermost level in.
    term : str
        The random effect to compare; the intercept is ``"1"``.
    confidence : float
        How often the interval holds the difference, 0 to 1.
    with_outer : bool
        Whether the effects of the levels around a unit count as its own.

    Returns
    -------
    Table
        unit_a, unit_b, difference (a less b), standard_error, low and high in the
        outcome's unit; one row.

    Raises
    ------
    InvalidInput
        If the level, the term or a unit is not in the model, or a label is of several.

    Notes
    -----
    Variances are taken as known. Two units chosen after looking at all of them differ by
    more than chance would have two named beforehand.

    References
    ----------
    .. [1] Henderson (1975), *Biometrics* 31:423.
    .. [2] Goldstein & Healy (1995), *Journal of the Royal Statistical Society A* 158:175.
    """
    wide = reach(share(confidence, "confidence"))
    known = equations(fit)
    units = _Units.of(known, level, term, with_outer=with_outer)
    one, other = (_place_of(units.part, level, unit) for unit in (unit_a, unit_b))
    contrast = units.contrast(known.size, one) - units.contrast(known.size, other)
    error = float(np.sqrt(max(known.covariance(contrast), 0.0)))
    away = float(units.effect[one] - units.effect[other])
    return Table(
        {
            "unit_a": [_label(unit_a)],
            "unit_b": [_label(unit_b)],
            "difference": [away],
            "standard_error": [error],
            "low": [away - wide * error],
            "high": [away + wide * error],
        }
    )


class _Units:
    """What is compared of a level's units, as sums of the equations' unknowns."""

    def __init__(
        self,
        part: Part,
        effect: FloatArray,
        pieces: Sequence[tuple[IntArray, FloatArray]],
    ) -> None:
        self.part, self.effect, self.pieces = part, effect, pieces

    @classmethod
    def of(
        cls, known: Equations, level: str, term: str, *, with_outer: bool
    ) -> "_Units":
        """Return the units of a level by one of its random effects."""
        fit = known.fit
        own = fit.effects(level)
        part = _part(fit, level)
        if term not in part.terms:
            raise InvalidInput(
                f"{level} has no random effect of {term!r}. It has "
                f"{', '.join(part.terms)}."
            )
        effect = own["effect"][own["term"] == term].astype(float)
        pieces = [known.effect_weights(level, term)]
        for outer in _outer(fit, level) if with_outer else ():
            above = _part(fit, outer)
            if term not in above.terms:
                continue
            table = fit.effects(outer)
            code = _codes(part, above)
            effect = effect + table["effect"][table["term"] == term][code]
            place, weights = known.effect_weights(outer, term)
            pieces.append((place[code], weights))
        return cls(part, effect, pieces)

    def of_draws(self, drawn: FloatArray) -> FloatArray:
        """Return the same sums of draws, (units, draws)."""
        found = np.zeros((len(self.effect), drawn.shape[1]))
        for place, weights in self.pieces:
            found += np.einsum("uqd,q->ud", drawn[place], weights)
        return found

    def contrast(self, size: int, unit: int) -> FloatArray:
        """Return one unit's sum as weights of all unknowns."""
        found = np.zeros(size)
        for place, weights in self.pieces:
            found[place[unit]] += weights
        return found


def _part(fit: Fit, level: str) -> Part:
    return fit._scaled.parts[fit._scaled.levels.index(level)]


def _outer(fit: Fit, level: str) -> Iterable[str]:
    """Return the nested levels around one."""
    levels = fit.blocks.levels
    return levels[: levels.index(level)] if level in levels else ()


def _codes(part: Part, above: Part) -> IntArray:
    """Return the group above of each group of a level."""
    first = np.unique(part.groups.code, return_index=True)[1]
    return np.asarray(above.groups.code[first])


def _place_of(part: Part, level: str, unit: object) -> int:
    """Return which of a level's groups has a label, or labels from the outermost in."""
    labels: list[NDArray[np.generic]] = list(part.groups.labels.values())
    wanted = unit if isinstance(unit, tuple) else (unit,)
    keys = labels if len(wanted) == len(labels) else [part.groups.labels[level]]
    same = np.ones(part.groups.count, dtype=bool)
    for key, label in zip(keys, wanted, strict=True):
        same &= key == label
    found = np.flatnonzero(same)
    if len(found) == 1:
        return int(found[0])
    around = ", ".join(part.groups.labels)
    raise InvalidInput(
        f"{level} has no unit {unit!r}. See `effects` for its units."
        if not len(found)
        else f"{len(found)} units of {level} are called {unit!r}. Give a tuple with its "
        f"{around}."
    )


def _label(unit: object) -> object:
    return " ".join(map(str, unit)) if isinstance(unit, tuple) else unit
