"""Check what was handed to the area model, and bring it into the model's own scale."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kaeden_stats._area_likelihood import AreaData
from kaeden_stats._checks import FloatArray, IntArray, labels, positive, same_shape
from kaeden_stats.errors import InvalidInput, NotIdentified

Within = float | Literal["estimate"] | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sampling:
    """What is known about chance: the variance, or only its course with 1/n."""

    fixed: FloatArray
    per_pupil: FloatArray | None
    within_variance: float | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prepared:
    """The data in the order of the groups, in units of `scale` around `location`."""

    data: AreaData
    sampling: Sampling
    label: NDArray[Any]
    index: IntArray
    order: IntArray
    location: float
    scale: float

    @property
    def grouped(self) -> bool:
        """Whether there are groups to differ from each other."""
        return len(self.label) > 1

    def in_given_order(self, per_unit: FloatArray) -> FloatArray:
        """Undo the sorting by group."""
        out = np.empty_like(per_unit)
        out[self.order] = per_unit
        return out


def known_sampling(
    units: int,
    *,
    sampling_variance: ArrayLike | None,
    n: ArrayLike | None,
    within_variance: Within,
) -> Sampling:
    """Return the sampling variances, from whichever of the two ways was used."""
    if (sampling_variance is None) == (n is None):
        raise InvalidInput(
            "Give either sampling_variance, or n together with within_variance."
        )
    if sampling_variance is not None:
        if within_variance is not None:
            raise InvalidInput(
                "within_variance belongs to n; sampling_variance already contains it."
            )
        fixed = positive(sampling_variance, "sampling_variance")
        _one_for_each(fixed, units, "sampling_variance")
        return Sampling(fixed=fixed, per_pupil=None, within_variance=None)
    return _from_pupils(n, units, within_variance)


def _from_pupils(n: ArrayLike | None, units: int, within_variance: Within) -> Sampling:
    """Return σ²/n, or 1/n alone when σ² is to be found."""
    pupils = positive(n if n is not None else [], "n")
    _one_for_each(pupils, units, "n")
    if pupils.min() < 1:
        raise InvalidInput(
            f"every unit needs at least 1 pupil, smallest n is {pupils.min():g}."
        )
    if within_variance == "estimate":
        if np.ptp(pupils) == 0:
            raise NotIdentified(
                "All n are equal, so chance and true differences look the same. "
                "Give within_variance as a number."
            )
        return Sampling(
            fixed=np.zeros(units), per_pupil=1 / pupils, within_variance=None
        )
    if not (isinstance(within_variance, int | float) and within_variance > 0):
        raise InvalidInput(
            "within_variance must be a number above 0 or 'estimate', "
            f"got {within_variance!r}."
        )
    sigma2 = float(within_variance)
    return Sampling(fixed=sigma2 / pupils, per_pupil=None, within_variance=sigma2)


def _one_for_each(array: FloatArray, units: int, name: str) -> None:
    same_shape(np.empty(units), array, f"value and {name}")


def prepared(
    value: FloatArray,
    groups: ArrayLike | None,
    sampling: Sampling,
    *,
    restricted: bool,
) -> Prepared:
    """Sort by group, and standardise so that the variances to be found are at most 1."""
    units = len(value)
    names = np.full(units, "all") if groups is None else groups
    label, index = labels(names, units, "groups")
    sizes = np.bincount(index).astype(np.intp)
    _check_that_groups_can_be_told_from_units(sizes)
    order = np.argsort(index, kind="stable").astype(np.intp)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.intp)
    # Both parts, so that neither values that are all but equal nor values that are all
    # but exact are blown up by dividing with next to nothing.
    spread = float(np.var(value) + np.median(sampling.fixed))
    if sampling.per_pupil is not None:
        _check_that_values_differ(value[order], starts)
    data = AreaData(
        value=(value[order] - np.mean(value)) / np.sqrt(spread),
        fixed=sampling.fixed[order] / spread,
        basis=_basis(sampling, order),
        starts=starts,
        sizes=sizes,
        restricted=restricted,
    )
    return Prepared(
        data=data,
        sampling=sampling,
        label=label,
        index=index,
        order=order,
        location=float(np.mean(value)),
        scale=float(np.sqrt(spread)),
    )


def _basis(sampling: Sampling, order: IntArray) -> FloatArray:
    """Return one row per unknown variance: 1 for τ²_unit, and 1/n for σ²."""
    ones = np.ones((1, len(order)))
    if sampling.per_pupil is None:
        return ones
    return np.vstack([ones, sampling.per_pupil[order] / np.median(sampling.per_pupil)])


def _check_that_groups_can_be_told_from_units(sizes: IntArray) -> None:
    if len(sizes) > 1 and sizes.max() == 1:
        raise NotIdentified(
            "Every group has one unit, so groups and units cannot be told apart. "
            "Leave groups out."
        )


def _check_that_values_differ(value: FloatArray, starts: IntArray) -> None:
    lowest = np.minimum.reduceat(value, starts)
    if (lowest == np.maximum.reduceat(value, starts)).all():
        raise NotIdentified(
            "No two units of one group differ, so chance cannot be estimated from them. "
            "Give within_variance as a number."
        )
