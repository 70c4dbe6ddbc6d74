r"""The mixed model's equations: fixed effects and all units' effects at once. Private.

With u_l = Λ_l v_l the estimates solve

.. math::

    \begin{pmatrix} X'X & X'Z\Lambda \\ \Lambda'Z'X & \Lambda'Z'Z\Lambda + I \end{pmatrix}
    \begin{pmatrix} \hat\beta \\ \hat v \end{pmatrix}
    = \begin{pmatrix} X'y \\ \Lambda'Z'y \end{pmatrix}

and σ² times the inverse is the covariance of what is estimated about what is true,
whatever is nested or crossed (Henderson 1975, *Biometrics* 31:423). A draw from it needs
no inverse: the matrix times a draw is a sum of one normal vector for each group of rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.sparse import coo_array, csc_array, csr_array
from scipy.sparse.linalg import SuperLU, splu

from kaeden_stats._checks import FloatArray, IntArray
from kaeden_stats.multilevel._centred import Centred, centred
from kaeden_stats.multilevel._levels import Level
from kaeden_stats.multilevel.result import Fit


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Equations:
    """The equations of one fit, solved.

    Attributes
    ----------
    roots : (k, m, r) float
        For each group of rows, a root of its products: W_g'W_g = root·root'.
    places : tuple of (k, q) int
        For each level, where the effects of each group of rows stand.
    whitened : tuple of (m, q) float
        For each level, the columns with an effect there times Λ.
    starts : tuple of int
        Where the effects of each level begin.
    """

    fit: Fit
    solver: SuperLU
    size: int
    fixed: IntArray
    roots: FloatArray
    places: tuple[IntArray, ...]
    whitened: tuple[FloatArray, ...]
    starts: tuple[int, ...]

    def covariance(self, contrast: FloatArray) -> float:
        """Return the variance of a contrast of the unknowns about the truth."""
        return float(contrast @ self.solver.solve(contrast)) * self._sigma2

    def draws(self, count: int, generator: np.random.Generator) -> FloatArray:
        """Draw how far the unknowns may be from the truth, (unknowns, count)."""
        rows = np.zeros((self.size, count))
        groups, _columns, rank = self.roots.shape
        noise = generator.standard_normal((groups, rank, count))
        spread = self.roots @ noise
        rows[: len(self.fixed)] = spread[:, self.fixed].sum(axis=0)
        for place, columns in zip(self.places, self.whitened, strict=True):
            own = (columns.T @ spread).reshape(-1, count)
            ones = (np.ones(place.size), (place.ravel(), np.arange(place.size)))
            gather = csr_array(ones, shape=(self.size, place.size))
            rows = rows + np.asarray(gather @ own)
        effects = slice(len(self.fixed), None)
        rows[effects] += generator.standard_normal((self.size - len(self.fixed), count))
        return np.asarray(self.solver.solve(rows)) * sqrt(self._sigma2)

    def effect_weights(self, level: str, term: str) -> tuple[IntArray, FloatArray]:
        """Return where a term's effect stands, (units, q), and the weights of each, (q,).

        The weights take the unknowns to the outcome's unit.
        """
        ready = self.fit._scaled
        at = ready.levels.index(level)
        part, factor = ready.parts[at], self.fit._optimum.factors[at]
        width = len(part.terms)
        place = self.starts[at] + np.arange(part.groups.count * width)
        weights = (part.back @ factor)[part.terms.index(term)] * ready.size
        return place.reshape(-1, width), np.asarray(weights)

    @property
    def _sigma2(self) -> float:
        return self.fit._optimum.profile.residual_variance


def equations(fit: Fit) -> Equations:
    """Set up and solve the equations of a fit."""
    ready = fit._scaled
    data = columns_of(fit)
    fixed = np.array(data.kept, dtype=np.intp)
    whitened = tuple(
        part.design @ factor
        for part, factor in zip(ready.parts, fit._optimum.factors, strict=True)
    )
    widths = [part.groups.count * len(part.terms) for part in ready.parts]
    starts = tuple(int(one) for one in len(fixed) + np.cumsum([0, *widths]))
    places = tuple(
        start + part.groups.code[:, None] * len(part.terms) + np.arange(len(part.terms))
        for start, part in zip(starts, ready.parts, strict=False)
    )
    matrix = _matrix(data, fixed, places, whitened, size=starts[-1])
    return Equations(
        fit=fit,
        solver=splu(
            matrix, permc_spec="MMD_AT_PLUS_A", options={"SymmetricMode": True}
        ),
        size=starts[-1],
        fixed=fixed,
        roots=_roots(data.products),
        places=places,
        whitened=whitened,
        starts=starts[:-1],
    )


def columns_of(fit: Fit) -> Centred:
    """Return the products that a fit was made from, in its scale."""
    return centred(fit.blocks, fit._scaled.columns, fit._scaled.asked)


def is_whole(level: Level) -> bool:
    """Whether the effects of a level may correlate."""
    size = level.design.shape[1]
    return bool(len(level.free) == size * (size + 1) // 2)


def _matrix(
    data: Centred,
    fixed: IntArray,
    places: tuple[IntArray, ...],
    whitened: tuple[FloatArray, ...],
    *,
    size: int,
) -> csc_array:
    """Return the matrix of the equations, its entries summed over the groups of rows."""
    groups, columns, _columns = data.products.shape
    chosen = np.eye(columns)[:, fixed]
    own = np.broadcast_to(np.arange(len(fixed)), (groups, len(fixed)))
    sides = [(own, chosen), *zip(places, whitened, strict=True)]
    entries = [*_entries(data.products, sides)]
    effects = np.arange(len(fixed), size)
    entries.append((effects, effects, np.ones(len(effects))))
    rows, across, values = (np.concatenate(one) for one in zip(*entries, strict=True))
    return csc_array(coo_array((values, (rows, across)), shape=(size, size)))


def _entries(
    products: FloatArray, sides: list[tuple[IntArray, FloatArray]]
) -> Iterator[tuple[IntArray, IntArray, FloatArray]]:
    """Give rows, columns and values of each pair of sides, the fixed effects' first."""
    for place, (one, left) in enumerate(sides):
        half = np.einsum("ma,kmn->kan", left, products, optimize=True)
        for later, (other, right) in enumerate(sides[place:], start=place):
            values = half @ right
            rows = np.broadcast_to(one[:, :, None], values.shape).ravel()
            across = np.broadcast_to(other[:, None, :], values.shape).ravel()
            yield rows, across, values.ravel()
            if later > place:
                yield across, rows, values.ravel()


def _roots(products: FloatArray) -> FloatArray:
    """Return a root of each group's products, which may have less than full rank."""
    eigen, vectors = np.linalg.eigh(products)
    return np.asarray(vectors * np.sqrt(np.maximum(eigen, 0.0))[:, None, :])
