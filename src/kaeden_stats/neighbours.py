"""Units like this one: who they are, and how they do."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kaeden_stats._checks import FloatArray, IntArray, labels, same_shape, vector
from kaeden_stats.errors import InvalidInput, NotIdentified

MAD_TO_SD = 1.4826  # of a normal distribution: 1/Φ⁻¹(3/4)
BLOCK = 256
"""So many units' distances to all others are held at once."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Neighbours:
    """The k most similar units of each of n, the nearest first.

    Attributes
    ----------
    index : (n, k) int
        Rows of the neighbours.
    distance : (n, k) float
        Their distances, in weighted standard deviations.
    """

    index: IntArray
    distance: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PeerMeans:
    """What the peers of each of n units have together.

    Attributes
    ----------
    mean : (n,) float
        Weighted mean of the peers' values, in the value's unit; NaN without peers.
    variance : (n,) float
        Its sampling variance, in the value's unit squared; NaN without peers.
    peers : (n,) int
        Peers that had a value.
    """

    mean: FloatArray
    variance: FloatArray
    peers: IntArray


def nearest_neighbours(
    features: ArrayLike,
    k: int,
    *,
    weights: ArrayLike | None = None,
    exclude_within: ArrayLike | None = None,
) -> Neighbours:
    r"""Find the k units whose conditions are most like each unit's own.

    Distance between units a and b over p features x_f with weights ω_f:

    .. math::

        d_{ab} = \sqrt{\sum_f \omega_f \, (x_{af} - x_{bf})^2 / \sigma_f^2}

    σ_f is 1.4826 times the median absolute deviation, so that one extreme unit does not
    make all others look alike; the standard deviation where that is 0. A feature that
    is the same everywhere counts for nothing.

    Parameters
    ----------
    features : (n, p) float
        Conditions, never results: what a unit cannot change. No NaN.
    k : int
        Neighbours per unit, at least 1.
    weights : (p,) float, optional
        Importance of each feature (ω), 0 or more; all 1 when left out.
    exclude_within : (n,) str or int, optional
        Labels; a unit's neighbours never have its own label (its own municipality).

    Returns
    -------
    Neighbours
        Ties go to the unit that was given first. A unit is never its own neighbour.

    Raises
    ------
    InvalidInput
        If a feature is missing, a weight negative, k below 1, or lengths differ.
    NotIdentified
        If some unit has fewer than k others to choose from.

    Notes
    -----
    Some neighbour is always found, however unlike: look at `distance`. Features that say
    the same thing twice count twice. O(n² p) time, O(n) memory.

    References
    ----------
    .. [1] Rousseeuw & Croux (1993), *JASA* 88:1273-1283 (the median absolute deviation).

    Examples
    --------
    >>> nearest_neighbours([[1.0], [2.0], [4.0]], 1).index.ravel().tolist()
    [1, 0, 1]
    """
    x = _features(features)
    x = x * np.sqrt(_weights(weights, x.shape[1])) / _scales(x)
    own = (
        np.arange(len(x))
        if exclude_within is None
        else labels(exclude_within, len(x), "exclude_within")[1]
    )
    _check_that_there_are_enough(own, k)
    blocks = [
        _nearest(x, own, slice(first, first + BLOCK), k)
        for first in range(0, len(x), BLOCK)
    ]
    return Neighbours(
        index=np.concatenate([index for index, _distance in blocks]),
        distance=np.concatenate([distance for _index, distance in blocks]),
    )


def _nearest(
    x: FloatArray, own: IntArray, rows: slice, k: int
) -> tuple[IntArray, FloatArray]:
    """Return the k nearest of some units; of equally near ones those that come first."""
    distance = _distances(x[rows], x)
    distance[own[rows, None] == own] = np.inf
    farthest = np.partition(distance, k - 1, axis=1)[:, k - 1 : k]
    row, index = np.nonzero(distance <= farthest)
    order = np.lexsort((index, distance[row, index], row))
    first = np.searchsorted(row, np.arange(len(distance)))
    chosen = index[order][first[:, None] + np.arange(k)]
    return chosen, np.take_along_axis(distance, chosen, axis=1)


def _features(features: ArrayLike) -> FloatArray:
    x = np.asarray(features, dtype=np.float64)
    if x.ndim != 2:
        raise InvalidInput(f"features must be a table, got shape {x.shape}.")
    vector(x.ravel(), "features")
    return x


def _weights(weights: ArrayLike | None, features: int) -> FloatArray:
    if weights is None:
        return np.ones(features)
    omega = vector(weights, "weights")
    same_shape(np.empty(features), omega, "features' columns and weights")
    if (omega < 0).any():
        raise InvalidInput(f"weights must be 0 or more, smallest is {omega.min():g}.")
    return omega


def _scales(x: FloatArray) -> FloatArray:
    """Return each column's robust spread; 1 for a column without any."""
    robust = MAD_TO_SD * np.median(np.abs(x - np.median(x, axis=0)), axis=0)
    scale: FloatArray = np.where(robust > 0, robust, x.std(axis=0))
    return np.where(np.ptp(x, axis=0) > 0, scale, 1.0)


def _distances(some: FloatArray, x: FloatArray) -> FloatArray:
    """Return distances; differences first, so that equal ones are equal bits."""
    squared = np.zeros((len(some), len(x)))
    for left, right in zip(some.T, x.T, strict=True):
        squared += np.subtract.outer(left, right) ** 2
    distance: FloatArray = np.sqrt(squared)
    return distance


def _check_that_there_are_enough(own: IntArray, k: int) -> None:
    if k < 1:
        raise InvalidInput(f"k must be at least 1, got {k}.")
    candidates = len(own) - int(np.bincount(own).max(initial=0))
    if candidates < k:
        raise NotIdentified(
            f"{k} neighbours were asked for, but a unit has only {candidates} "
            "others to choose from. Ask for fewer, or exclude fewer."
        )


def peer_means(
    value: ArrayLike,
    variance: ArrayLike,
    neighbours: ArrayLike,
    *,
    between_variance: float = 0.0,
) -> PeerMeans:
    r"""Average each unit's peers, the surer ones counting more.

    Over the peers i that have a value y_i with sampling variance s_i²:

    .. math::

        w_i = \frac{1}{s_i^2 + \tau^2}, \quad \bar y = \frac{\sum w y}{\sum w}, \quad
        \operatorname{Var}(\bar y) = \frac{\sum w^2 s^2}{(\sum w)^2}

    Parameters
    ----------
    value : (n,) float
        In the outcome's own unit; NaN for a unit without one.
    variance : (n,) float
        Sampling variance of each value (s²), the outcome's unit squared, above 0 where
        there is a value.
    neighbours : (n, k) int
        Rows of each unit's peers, as in ``Neighbours.index``.
    between_variance : float
        How much units truly differ (τ²), 0 or more. At 0 one large peer can decide the
        mean; the larger it is, the more alike the peers count.

    Returns
    -------
    PeerMeans

    Raises
    ------
    InvalidInput
        If lengths differ, a row does not exist, or a variance is out of range.

    Notes
    -----
    The variance is that of these peers' mean, not of peers in general: it has chance in
    it, and not which units happened to be peers. Units share peers, so the means of two
    units are not independent. O(n k).

    References
    ----------
    .. [1] Borenstein et al. (2009), *Introduction to Meta-Analysis*, ch. 11 and 12.

    Examples
    --------
    >>> peers = peer_means(
    ...     [1.0, 3.0, float("nan")], [1.0] * 3, [[1, 2], [0, 2], [0, 1]]
    ... )
    >>> peers.mean.tolist(), peers.peers.tolist()
    ([3.0, 1.0, 2.0], [1, 1, 2])
    """
    y, s2 = np.asarray(value, dtype=np.float64), np.asarray(variance, dtype=np.float64)
    same_shape(y, s2, "value and variance")
    index = _rows(neighbours, len(y))
    there = np.isfinite(y)
    if not (np.isfinite(s2[there]) & (s2[there] > 0)).all():
        raise InvalidInput("variance must be above 0 wherever there is a value.")
    if not between_variance >= 0:
        raise InvalidInput(
            f"between_variance must be 0 or more, got {between_variance!r}."
        )
    noise = np.where(there, s2, 1.0)
    weight = np.where(there, 1 / (noise + between_variance), 0.0)[index]
    peers = there[index].sum(axis=1)
    total = np.where(peers > 0, weight.sum(axis=1), np.nan)
    return PeerMeans(
        mean=(weight * np.where(there, y, 0.0)[index]).sum(axis=1) / total,
        variance=(weight**2 * noise[index]).sum(axis=1) / total**2,
        peers=peers.astype(np.intp),
    )


def _rows(neighbours: ArrayLike, units: int) -> IntArray:
    index = np.asarray(neighbours)
    if index.ndim != 2 or len(index) != units or index.dtype.kind not in "iu":
        raise InvalidInput(
            f"neighbours must be whole numbers in {units} rows, got {index.dtype} of "
            f"shape {index.shape}."
        )
    if ((index < 0) | (index >= units)).any():
        raise InvalidInput(f"neighbours must be rows 0 to {units - 1}.")
    return index.astype(np.intp)
