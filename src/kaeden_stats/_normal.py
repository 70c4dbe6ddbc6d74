"""The normal distribution, as far as tests and intervals need it.

The standard library has both functions to full precision, and starts faster than
scipy.stats, which would be imported for these two lines alone.
"""

from math import erfc, sqrt
from statistics import NormalDist

import numpy as np

from kaeden_stats._checks import FloatArray, share


def two_sided_p(z: FloatArray) -> FloatArray:
    """Return the chance of lying at least |z| from 0, either side; NaN stays NaN."""
    return np.array([erfc(size / sqrt(2)) for size in np.abs(z)])


def reach(level: float) -> float:
    """Return how many standard deviations hold the share `level`, both sides of 0."""
    return NormalDist().inv_cdf((1 + share(level, "level")) / 2)


def mean_square_drawn_in(share_of_end: float) -> float:
    """Return E(z²) when that share at each end is drawn in to its quantile, 0 to ½."""
    if not share_of_end:
        return 1.0
    normal = NormalDist()
    end = normal.inv_cdf(1 - share_of_end)
    middle = 1 - 2 * share_of_end - 2 * end * normal.pdf(end)
    return 2 * share_of_end * end**2 + middle
