"""Whether a unit is outside chance, held against units like it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kaeden.engine.background import FEWEST_PEERS
from kaeden.engine.panel import FloatArray
from kaeden_stats import overdispersed_funnel, peer_means

FEWEST_COMPARED = 20


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Comparison:
    """Each unit beside its peers; NaN where fewer than five peers have a number.

    Attributes
    ----------
    difference : (k,) float
        The unit's value less its peers' mean, in the outcome's unit.
    swing : (k,) float
        Half width of the 95 % limits of the overdispersed funnel at that unit.
    p_value : (k,) float
        Two-sided, after overdispersion.
    compared : (k,) int
        −1, 0 or 1: below, within or above the swing.
    """

    peers_mean: FloatArray
    peers: FloatArray
    difference: FloatArray
    swing: FloatArray
    p_value: FloatArray
    compared: np.ndarray


def compare(
    codes: Sequence[str],
    value: FloatArray,
    variance: FloatArray,
    peers: Mapping[str, tuple[str, ...]],
    *,
    fewest: int = FEWEST_COMPARED,
) -> Comparison:
    """Hold each unit's value against the weighted mean of its peers' values.

    It takes `fewest` units to know how far such units lie apart anyway.
    """
    index = _index(codes, peers)
    around = peer_means(np.append(value, np.nan), np.append(variance, 1.0), index)
    mean, count = around.mean[:-1], around.peers[:-1].astype(float)
    difference = value - mean
    usable = np.isfinite(difference) & (count >= FEWEST_PEERS)
    swing, p = np.full(len(value), np.nan), np.full(len(value), np.nan)
    if np.count_nonzero(usable) >= fewest:
        total = variance + around.variance[:-1]
        funnel = overdispersed_funnel(
            difference[usable], total[usable], consistent=True
        )
        swing[usable] = funnel.limits(total[usable], level=0.95)
        p[usable] = funnel.p_value
    outside = np.isfinite(p) & (p < 0.05)
    return Comparison(
        peers_mean=np.where(usable, mean, np.nan),
        peers=np.where(usable, count, np.nan),
        difference=np.where(usable, difference, np.nan),
        swing=swing,
        p_value=p,
        compared=np.where(outside, np.sign(difference), 0).astype(int),
    )


def _index(codes: Sequence[str], peers: Mapping[str, tuple[str, ...]]) -> np.ndarray:
    """Return peers as row numbers; the last row stands for "none"."""
    at = {code: row for row, code in enumerate(codes)}
    width = max((len(peers.get(code, ())) for code in codes), default=0) or 1
    none = len(codes)
    rows = np.full((len(codes) + 1, width), none)
    for row, code in enumerate(codes):
        near = [at.get(other, none) for other in peers.get(code, ())]
        rows[row, : len(near)] = near
    return rows
