"""How far a mean or a share can be trusted."""

from dataclasses import dataclass
from math import sqrt

from numpy.typing import ArrayLike
from scipy.special import betaincinv

from kaeden_stats._checks import share as between_0_and_1
from kaeden_stats._checks import vector
from kaeden_stats._student import reach
from kaeden_stats.errors import InvalidInput, NotIdentified


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanInterval:
    """A mean and how far it can be trusted.

    Attributes
    ----------
    mean, low, high, standard_error : float
        In the values' own unit.
    n : int
        Values behind it.
    level : float
        How often such an interval holds the true mean, 0 to 1.
    """

    mean: float
    low: float
    high: float
    standard_error: float
    n: int
    level: float


def mean_with_interval(values: ArrayLike, *, level: float = 0.95) -> MeanInterval:
    r"""Give the mean of some values with its t interval.

    .. math:: \bar y \pm t_{n-1} \, s / \sqrt{n}

    Of answers less a leader's own answer, it is the gap in that leader's link; of the
    gaps of many links, it is the gap between two levels, each link counted once.

    Parameters
    ----------
    values : (n,) float
        In any unit; independent of each other. No NaN.
    level : float
        Between 0 and 1.

    Returns
    -------
    MeanInterval

    Raises
    ------
    InvalidInput
        If a value is missing or the level is out of range.
    NotIdentified
        If there are fewer than two values.

    Notes
    -----
    For answers on a few steps it is near enough from about ten values; with fewer, and
    most of them at an end of the scale, it is too narrow. It takes the values as drawn
    from a larger whole: where all have answered, it still says how far another day
    could have gone. O(n).

    References
    ----------
    .. [1] Student (1908), *Biometrika* 6:1-25.
    .. [2] Golden numbers: R 4.2.2, t.test.

    Examples
    --------
    >>> said = mean_with_interval([2.0, 3.0, 4.0])
    >>> said.mean, round(said.low, 2), round(said.high, 2)
    (3.0, 0.52, 5.48)
    """
    y = vector(values, "values")
    if len(y) < 2:
        raise NotIdentified(f"{len(y)} values have no spread: give two or more.")
    error = float(y.std(ddof=1) / sqrt(len(y)))
    half = reach(level, len(y) - 1) * error
    mean = float(y.mean())
    return MeanInterval(
        mean=mean,
        low=mean - half,
        high=mean + half,
        standard_error=error,
        n=len(y),
        level=level,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareInterval:
    """A share and how far it can be trusted.

    Attributes
    ----------
    share, low, high : float
        0 to 1.
    n : int
        Trials behind it.
    level : float
        How often at the least such an interval holds the true share, 0 to 1.
    """

    share: float
    low: float
    high: float
    n: int
    level: float


def share_with_interval(hits: int, n: int, *, level: float = 0.95) -> ShareInterval:
    r"""Give the share of hits with the interval of Clopper and Pearson.

    .. math:: P(X \ge x \mid p_l) = P(X \le x \mid p_u) = \alpha / 2, \quad
              X \sim \mathrm{Bin}(n, p)

    Parameters
    ----------
    hits : int
        x, from 0 to n.
    n : int
        Trials, independent of each other. 1 or more.
    level : float
        Between 0 and 1.

    Returns
    -------
    ShareInterval

    Raises
    ------
    InvalidInput
        If there are more hits than trials, or a number is out of range.

    Notes
    -----
    It holds the true share at least as often as it says, with few trials more often: it
    is wide rather than wrong. Wrong where trials go together. O(1).

    References
    ----------
    .. [1] Clopper & Pearson (1934), *Biometrika* 26:404-413.
    .. [2] Golden numbers: R 4.2.2, binom.test.

    Examples
    --------
    >>> said = share_with_interval(8, 10)
    >>> said.share, round(said.low, 3), round(said.high, 3)
    (0.8, 0.444, 0.975)
    """
    if not 0 <= hits <= n or n < 1:
        raise InvalidInput(f"hits must lie between 0 and n, got {hits} of {n}.")
    tail = (1 - between_0_and_1(level, "level")) / 2
    low = float(betaincinv(hits, n - hits + 1, tail)) if hits else 0.0
    high = float(betaincinv(hits + 1, n - hits, 1 - tail)) if hits < n else 1.0
    return ShareInterval(share=hits / n, low=low, high=high, n=n, level=level)
