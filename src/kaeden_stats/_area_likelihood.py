"""The likelihood of the area model, its slope and its curvature, in O(k).

Covariance of the values in group j with group variance a, and d_i the variance that
unit i has on its own (its sampling variance and what differs between units):

    V_j = diag(d) + a 11',    V_j⁻¹ = W - c ww',    w = 1/d, W_j = Σw, c_j = a/(1+aW_j)

P = V⁻¹ - V⁻¹1 1'V⁻¹/A, with A = 1'V⁻¹1, projects the common mean away. Every trace
below is written out with these pieces, so that no matrix of size k × k is made.
"""

from dataclasses import dataclass

import numpy as np

from kaeden_stats._checks import FloatArray, IntArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AreaData:
    """Values in the order of their groups; d = fixed + Σ_m θ_m basis_m.

    Attributes
    ----------
    value : (k,) float
    fixed : (k,) float
        The known part of each unit's variance.
    basis : (m, k) float
        What each unknown variance is multiplied by in each unit.
    starts : (g,) int
        Where each group begins.
    sizes : (g,) int
    restricted : bool
        REML when true, ML when false.
    """

    value: FloatArray
    fixed: FloatArray
    basis: FloatArray
    starts: IntArray
    sizes: IntArray
    restricted: bool

    def sums(self, x: FloatArray) -> FloatArray:
        """Sum the last axis within each group."""
        summed: FloatArray = np.add.reduceat(x, self.starts, axis=-1)
        return summed

    def spread(self, per_group: FloatArray) -> FloatArray:
        """Give every unit its group's number."""
        return np.repeat(per_group, self.sizes)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Profile:
    """The model at one set of variances, the mean at its best value.

    Attributes
    ----------
    log_likelihood, mean, precision : float
        `precision` is A, the inverse of the mean's variance.
    weight, centred, half, trace_diagonal, projected : (k,) float
        w; residual from the group's own mean; V⁻¹1; diagonal of V⁻¹; Py.
    shrinkage, group_precision, group_residual : (g,) float
        c_j; 1'V_j⁻¹1; mean residual r̄_j of the group.
    """

    log_likelihood: float
    mean: float
    precision: float
    weight: FloatArray
    half: FloatArray
    inverse_diagonal: FloatArray
    projected: FloatArray
    shrinkage: FloatArray
    group_precision: FloatArray
    group_residual: FloatArray


def profile(data: AreaData, theta: FloatArray) -> Profile | None:
    """Evaluate the model at (a, θ_1 … θ_m); None where a unit has no variance."""
    d = data.fixed + theta[1:] @ data.basis
    if not d.min() > 0:
        return None
    w = 1 / d
    group_w = data.sums(w)
    inflation = 1 + theta[0] * group_w
    group_precision = group_w / inflation
    group_mean = data.sums(w * data.value) / group_w
    a_total = float(group_precision.sum())
    mean = float(group_precision @ group_mean) / a_total
    # Deviations are taken from the group's own mean: the two terms of the quadratic
    # form are then both positive, and nothing cancels when a is large.
    centred = data.value - data.spread(group_mean)
    residual = group_mean - mean
    quadratic = w @ centred**2 + group_precision @ residual**2
    log_determinant = np.log(d).sum() + np.log(inflation).sum()
    freedom = len(d) - data.restricted
    restriction = np.log(a_total) if data.restricted else 0.0
    deviance = freedom * np.log(2 * np.pi) + log_determinant + restriction + quadratic
    c = theta[0] / inflation
    return Profile(
        log_likelihood=float(-deviance / 2),
        mean=mean,
        precision=a_total,
        weight=w,
        half=w / data.spread(inflation),
        inverse_diagonal=w - data.spread(c) * w**2,
        projected=w * (centred + data.spread(residual / inflation)),
        shrinkage=c,
        group_precision=group_precision,
        group_residual=residual,
    )


def score(data: AreaData, p: Profile) -> FloatArray:
    """Slope of the log-likelihood in (a, θ_1 … θ_m)."""
    kappa = data.restricted / p.precision
    trace_a = p.group_precision - kappa * p.group_precision**2
    slope_a = (data.sums(p.projected) ** 2 - trace_a).sum()
    trace = p.inverse_diagonal - kappa * p.half**2
    slopes = data.basis @ (p.projected**2 - trace)
    return np.concatenate([[slope_a], slopes]) / 2


def information(data: AreaData, p: Profile) -> tuple[FloatArray, FloatArray]:
    """Return the expected and the observed information about (a, θ_1 … θ_m)."""
    traces = _traces(data, p)
    moved = np.vstack([data.spread(data.sums(p.projected)), data.basis * p.projected])
    weighted = p.weight * moved
    back = data.sums(weighted) * p.shrinkage
    solved = weighted - p.weight * np.repeat(back, data.sizes, axis=1)
    along = moved @ p.half
    quadratic = moved @ solved.T - np.outer(along, along) / p.precision
    return traces / 2, quadratic - traces / 2


def _traces(data: AreaData, p: Profile) -> FloatArray:
    """Return tr(P V_m P V_n) for REML, tr(V⁻¹ V_m V⁻¹ V_n) for ML."""
    kappa = data.restricted / p.precision
    z, w, h, a_j = data.basis, p.weight, p.half, p.group_precision
    own = w**2 - 2 * data.spread(p.shrinkage) * w**3 - 2 * kappa * w * h**2
    zww, zwh, zhh = (data.sums(z * x) for x in (w**2, w * h, h**2))
    hh = zhh.sum(axis=1)
    units = (z * own) @ z.T + (zww * p.shrinkage**2) @ zww.T
    units += 2 * kappa * (zwh * p.shrinkage) @ zwh.T + kappa**2 * np.outer(hh, hh)
    squares = (a_j**2).sum()
    mixed = zhh @ ((1 - kappa * a_j) ** 2 - (kappa * a_j) ** 2)
    mixed += kappa**2 * squares * hh
    groups = ((a_j - kappa * a_j**2) ** 2).sum()
    groups += kappa**2 * (squares**2 - (a_j**4).sum())
    return np.block([[np.array([[groups]]), mixed[None, :]], [mixed[:, None], units]])
