"""Sums that lose nothing: each is kept as two doubles, the nearest one and what it misses.

So sums about zero can be centred afterwards without loss, however far the mean lies from
zero, and the order in which rows are summed does not show in the result.

References
----------
Dekker (1971), Numerische Mathematik 18:224 (product and sum in pairs); Ogita, Rump &
Oishi (2005), SIAM Journal on Scientific Computing 26:1955 (compensated dot products).
"""

import numpy as np
from numpy.typing import NDArray

from kaeden_stats._checks import FloatArray

HALVES = 134217729.0
"""2²⁷ + 1 splits a double into two of 26 bits each."""
AT_ONCE = 16384
"""Numbers worked on at once, so that they stay near the processor."""


def two_sum(a: FloatArray, b: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the rounded sum and what rounding took."""
    found = a + b
    part = found - a
    return found, (a - (found - part)) + (b - part)


def two_product(a: FloatArray, b: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the rounded product and what rounding took."""
    found = a * b
    (a_high, a_low), (b_high, b_low) = _split(a), _split(b)
    missed = a_high * b_high - found
    return found, ((missed + a_high * b_low) + a_low * b_high) + a_low * b_low


def _split(a: FloatArray) -> tuple[FloatArray, FloatArray]:
    moved = HALVES * a
    high = moved - (moved - a)
    return high, a - high


def plus(
    high: FloatArray, low: FloatArray, more: FloatArray, less: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Add two pairs; return a pair whose first part is the nearest double."""
    found, missed = two_sum(high, more)
    return two_sum(found, missed + (low + less))


def total(high: FloatArray, low: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Sum pairs over the first axis."""
    step = max(AT_ONCE // high.shape[1], 1)
    whole = len(high) - len(high) % step
    if whole > step:
        held = high[:step], low[:step]
        for start in range(step, whole, step):
            part = slice(start, start + step)
            held = plus(*held, high[part], low[part])
        high = np.concatenate([held[0], high[whole:]])
        low = np.concatenate([held[1], low[whole:]])
    while len(high) > 1:
        half = len(high) // 2
        odd = slice(2 * half, None)
        first, second = slice(0, half), slice(half, 2 * half)
        added = plus(high[first], low[first], high[second], low[second])
        high = np.concatenate([added[0], high[odd]])
        low = np.concatenate([added[1], low[odd]])
    return high[0], low[0]


def moved(
    high: FloatArray,
    low: FloatArray,
    centre: FloatArray,
    pairs: tuple[NDArray[np.intp], NDArray[np.intp]],
) -> tuple[FloatArray, FloatArray]:
    """Return Σ w (c_i - a_i)(c_j - a_j) from Σ w c_i c_j, as pairs.

    Parameters
    ----------
    high, low : (k, t) float
        Sums of products; the first m of them are those with c_0 = 1.
    centre : (m,) float
        What to subtract from each column; 0 for the first.
    pairs : two of (t,) int
        The columns of each product.
    """
    step = max(AT_ONCE // high.shape[1], 1)
    found = np.empty_like(high), np.empty_like(low)
    for start in range(0, len(high), step):
        part = slice(start, start + step)
        found[0][part], found[1][part] = _moved(high[part], low[part], centre, pairs)
    return found


def _moved(
    high: FloatArray,
    low: FloatArray,
    centre: FloatArray,
    pairs: tuple[NDArray[np.intp], NDArray[np.intp]],
) -> tuple[FloatArray, FloatArray]:
    one, other = centre[pairs[0]], centre[pairs[1]]
    both, rest = two_product(one, other)
    terms = (
        (-one, np.zeros(1), high[:, pairs[1]], low[:, pairs[1]]),
        (-other, np.zeros(1), high[:, pairs[0]], low[:, pairs[0]]),
        (both, rest, high[:, :1], low[:, :1]),
    )
    for factor, beside, sums, missed in terms:
        if not factor.any():
            continue
        more, less = two_product(np.broadcast_to(factor, high.shape), sums)
        high, low = plus(high, low, more, less + (factor * missed + beside * sums))
    return high, low
