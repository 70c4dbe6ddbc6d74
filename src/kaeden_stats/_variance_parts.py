"""REML of variance parts on top of known sampling variances. Private.

For y ~ N(Xβ, V), V = S + Σ θᵢ Vᵢ with θᵢ ≥ 0 and S known, by Fisher scoring with the
parts at 0 held there for as long as the likelihood falls away from it. From several
starts: the restricted likelihood of few effects can have more tops than one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from kaeden_stats._checks import FloatArray
from kaeden_stats.errors import NotIdentified

STEPS = 200
ENOUGH = 1e-13
"""A step so small, beside the parts themselves, ends the scoring."""
HALVINGS = 40
SLACK = 1e-12
"""How much of the likelihood is rounding."""
STARTS = (0.0, 0.1, 1.0, 10.0)
"""Where scoring begins, in the effects' own variance."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Standing:
    """The restricted likelihood where the parts are θ.

    `inverse` is V⁻¹, `covariance` (X'V⁻¹X)⁻¹, `projected` Py with P = V⁻¹ − V⁻¹X
    (X'V⁻¹X)⁻¹X'V⁻¹; `score` and `information` are of θ.
    """

    theta: FloatArray
    inverse: FloatArray
    covariance: FloatArray
    coefficients: FloatArray
    projected: FloatArray
    log_likelihood: float
    score: FloatArray
    information: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Effects:
    """What is known before the parts: y, X, S and each part's matrix.

    X has orthonormal columns, so that |X'X| is 1 and no column hides another.
    """

    y: FloatArray
    design: FloatArray
    sampling: FloatArray
    parts: Sequence[FloatArray]

    def at(self, theta: FloatArray) -> Standing:
        """Return where the likelihood stands with these parts."""
        v = np.diag(self.sampling) + sum(
            t * part for t, part in zip(theta, self.parts, strict=True)
        )
        inverse = np.linalg.inv(v)
        weighted = inverse @ self.design
        covariance = np.linalg.inv(self.design.T @ weighted).astype(np.float64)
        p = inverse - weighted @ covariance @ weighted.T
        projected = p @ self.y
        spread = [p @ part for part in self.parts]
        score = [
            (projected @ part @ projected - np.trace(moved)) / 2
            for part, moved in zip(self.parts, spread, strict=True)
        ]
        information = [[np.sum(a * b.T) / 2 for b in spread] for a in spread]
        return Standing(
            theta=theta,
            inverse=inverse,
            covariance=covariance,
            coefficients=covariance @ (weighted.T @ self.y),
            projected=projected,
            log_likelihood=self._likelihood(v, covariance, projected),
            score=np.array(score),
            information=np.array(information),
        )

    def _likelihood(
        self, v: FloatArray, covariance: FloatArray, projected: FloatArray
    ) -> float:
        k, p = self.design.shape
        logs = np.linalg.slogdet(v)[1] - np.linalg.slogdet(covariance)[1]
        return float(-((k - p) * np.log(2 * np.pi) + logs + self.y @ projected) / 2)


def most_likely(effects: Effects) -> Standing:
    """Return the best standing found from all starts.

    Raises
    ------
    NotIdentified
        If scoring settles from no start.
    """
    rest = effects.y - effects.design @ (effects.design.T @ effects.y)
    scale = float(rest @ rest) / len(rest) + float(effects.sampling.mean())
    sizes = [len(rest) / float(np.trace(part)) for part in effects.parts]
    settled = [
        found
        for start in product(STARTS, repeat=len(sizes))
        if (found := _scored(effects, scale * np.multiply(start, sizes))) is not None
    ]
    if not settled:
        raise NotIdentified(
            "The variance between the effects was not found from any start. "
            "Give fewer columns, or more effects."
        )
    return max(settled, key=lambda one: one.log_likelihood)


def _scored(effects: Effects, start: FloatArray) -> Standing | None:
    here = effects.at(start)
    for _step in range(STEPS):
        step = _step_from(here)
        there = _uphill(effects, here, step)
        moved = np.abs(there.theta - here.theta)
        if (moved <= ENOUGH * (there.theta + effects.sampling.min())).all():
            return there
        here = there
    return None


def _step_from(here: Standing) -> FloatArray:
    """Return the scoring step of the parts that are free to move."""
    free = (here.theta > 0) | (here.score > 0)
    step = np.zeros_like(here.theta)
    if free.any():
        inner = here.information[np.ix_(free, free)]
        step[free] = np.linalg.lstsq(inner, here.score[free])[0]
    return step


def _uphill(effects: Effects, here: Standing, step: FloatArray) -> Standing:
    """Return the standing after the step, shortened until it does not lead down."""
    least = here.log_likelihood - SLACK * abs(here.log_likelihood)
    tried = (
        effects.at(np.maximum(here.theta + step / 2**halving, 0.0))
        for halving in range(HALVINGS)
    )
    return next((one for one in tried if one.log_likelihood >= least), here)
