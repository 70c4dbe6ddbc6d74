"""When many are looked at, some stand out by chance: which we may believe."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kaeden_stats._checks import BoolArray, FloatArray, share, vector
from kaeden_stats.errors import InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Discoveries:
    """What stands out among everything that was scanned.

    Attributes
    ----------
    flag : (m,) bool
        `q_value` is at most `level`.
    q_value : (m,) float
        The lowest level at which each would be flagged, 0 to 1.
    scanned : int
        How many p-values were looked at (m); say it wherever a flag is shown.
    found : int
        How many were flagged.
    level : float
        Share of the flagged that is expected to be chance, 0 to 1.
    """

    flag: BoolArray
    q_value: FloatArray
    scanned: int
    found: int
    level: float


def false_discovery(p: ArrayLike, *, level: float = 0.05) -> Discoveries:
    r"""Flag what stands out, so that at most a known share of the flags is chance.

    Benjamini–Hochberg: with the m values of `p` in rising order,

    .. math:: q_{(i)} = \min_{j \ge i} \; \frac{m}{j} \, p_{(j)}

    Parameters
    ----------
    p : (m,) float
        p-values of everything that was scanned, 0 to 1, the dull ones too. No NaN.
    level : float
        Share of the flagged that may be chance, between 0 and 1.

    Returns
    -------
    Discoveries
        In the order given.

    Raises
    ------
    InvalidInput
        If a p-value is missing or outside 0 to 1.

    Notes
    -----
    Holds for independent p-values and for those that rise and fall together; strongly
    opposed ones can break it. Wrong when p-values were picked before they came here.
    O(m log m).

    References
    ----------
    .. [1] Benjamini & Hochberg (1995), *JRSS B* 57:289-300.
    .. [2] Golden numbers: R 4.2.2 p.adjust(method = "BH").

    Examples
    --------
    >>> seen = false_discovery([0.001, 0.02, 0.03, 0.8])
    >>> seen.q_value.round(3).tolist(), seen.found, seen.scanned
    ([0.004, 0.04, 0.04, 0.8], 3, 4)
    """
    values = vector(p, "p")
    if ((values < 0) | (values > 1)).any():
        raise InvalidInput(
            f"p must lie between 0 and 1, got {values.min():g} to {values.max():g}."
        )
    share(level, "level")
    m = len(values)
    order = np.argsort(values, kind="stable")
    raised = values[order] * m / np.arange(1, m + 1)
    q_value = np.empty(m)
    q_value[order] = np.minimum.accumulate(raised[::-1])[::-1]
    flag = q_value <= level
    return Discoveries(
        flag=flag,
        q_value=q_value,
        scanned=m,
        found=int(flag.sum()),
        level=level,
    )
