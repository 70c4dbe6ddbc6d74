"""The search's questions, answered by reading the rows again. Private."""

import os
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import numpy as np

from kaeden_stats._checks import FloatArray, IntArray
from kaeden_stats.errors import InvalidInput, NotIdentified
from kaeden_stats.multilevel._dictionaries import Codes
from kaeden_stats.multilevel._terms import Column
from kaeden_stats.multilevel.binomial import _steps
from kaeden_stats.multilevel.binomial._arranged import (
    Arranged,
    fields,
    product_of,
    worded,
)
from kaeden_stats.multilevel.binomial._laplace import Deviance, Found
from kaeden_stats.multilevel.binomial._rows import (
    Batch,
    Looked,
    Rows,
    words_of_changed,
)
from kaeden_stats.multilevel.binomial._scales import Scales
from kaeden_stats.multilevel.binomial._search import Place
from kaeden_stats.multilevel.binomial._steps import Reached, Shape
from kaeden_stats.multilevel.binomial._sums import Adding, Point, Sums, record
from kaeden_stats.multilevel.binomial._tree import Tier, solve

ROOM = 1 << 27
"""Bytes that the points asked for together may take."""
STEPS = 30
SETTLED = 1e-2
"""A step of the coefficients without effects, in standard scale, that ends their search."""

T = TypeVar("T")
Asking = Generator[Sequence[Point], Sequence[Sums], T]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Design:
    """The model's columns, made anew of each batch.

    Attributes
    ----------
    columns : tuple of Column
        Z first, then the columns of X that are not among them.
    scales : Scales, optional
        What brings them to standard scale; without, they stay as they are.
    """

    columns: tuple[Column, ...]
    looked: Looked
    scales: Scales | None = None

    def of(self, batch: Batch) -> FloatArray:
        """Return (b, y) columns of rows."""
        ranked = {
            name: self._ranked(name, codes) for name, codes in batch.categories.items()
        }
        held: Mapping[str, Any] = {**batch.numbers, **ranked}
        found = np.empty((len(batch.group), len(self.columns)))
        for place, one in enumerate(self.columns):
            raw = product_of(one, held, self.looked.values, len(found))
            if self.scales is not None:
                raw = self.scales.standard(one.name, raw)
            found[:, place] = raw
        return found

    def _ranked(self, name: str, codes: Codes) -> IntArray:
        rank = self.looked.rank[name]
        if int(codes.max(initial=-1)) >= len(rank):
            raise InvalidInput(
                words_of_changed(f"values of {name} that the first had not")
            )
        return rank[codes]


def arranged_rows(  # the model, and the rows
    rows: Rows,
    looked: Looked,
    *,
    fixed: Sequence[str],
    slopes: Mapping[str, Sequence[str]],
    uncorrelated: Sequence[str],
) -> tuple[Arranged, Design]:
    """Arrange rows for the fit of a model, by one more reading."""
    words = worded(looked.census.levels, looked.values, fixed=fixed, slopes=slopes)
    scales = _scales(rows, Design(columns=words.columns, looked=looked))
    made = Arranged(**dict(fields(words, scales, looked.census.groups, uncorrelated)))
    by_name = {one.name: one for one in words.columns}
    names = tuple(dict.fromkeys(("1", *made.slopes, *made.terms)))
    columns = tuple(by_name[name] for name in names)
    return made, Design(columns=columns, looked=looked, scales=scales)


def _scales(rows: Rows, design: Design) -> Scales:
    """Return the columns' means and covariances, put together of those of batches."""
    size = len(design.columns)
    total, mean, square = 0.0, np.zeros(size), np.zeros((size, size))
    for batch in rows.batches():
        columns, weight = design.of(batch), batch.trials[1]
        own = float(weight.sum())
        if not own:
            continue
        middle = weight @ columns / own
        centred = columns - middle
        away, whole = middle - mean, total + own
        square += (centred.T * weight) @ centred
        square += np.outer(away, away) * (total * own / whole)
        mean, total = mean + away * (own / whole), whole
    names = tuple(one.name for one in design.columns)
    return Scales.of(names, mean=mean, covariance=square / total, total=total)


class Passes:
    """The rows as the search sees them."""

    def __init__(
        self, rows: Rows, looked: Looked, made: Arranged, design: Design, nodes: int
    ) -> None:
        self._rows, self._design, self._place = rows, design, looked.place
        self._made, self._nodes = made, nodes
        names = [one.name for one in design.columns]
        self._shape = Shape(
            tiers=made.tiers,
            fixed=np.array([names.index(one) for one in made.terms]),
            columns=len(names),
        )
        self._ask: Callable[..., Asking[Deviance]] = (
            partial(_steps.quadrature, nodes=nodes) if nodes > 1 else _steps.laplace
        )

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """The levels, lowest first."""
        return self._made.tiers

    @property
    def readings(self) -> int:
        """How often the rows were read."""
        return self._rows.readings

    def at(self, places: Sequence[Place], near: Found | None) -> Iterator[Deviance]:
        """Give the deviance at each place; as many as there is room for together."""
        assert near is None or isinstance(near, Reached)
        together = max(1, ROOM // self._bytes())
        for start in range(0, len(places), together):
            some = places[start : start + together]
            yield from self._together(
                [self._ask(self._shape, *place, near) for place in some]
            )

    def known(self, place: Place) -> tuple[FloatArray, Found]:
        """Return X'V⁻¹X with the weights at a place, and the effects there."""
        (here,) = self._together([_steps.mode(self._shape, *place, None)])
        fixed = self._shape.fixed
        across = here.sums.weight[:, :, fixed]
        taken = np.einsum("gmr,gms->rs", across, solve(here.done, across)[1])
        return here.sums.gram[np.ix_(fixed, fixed)] - taken, here

    def start(self) -> FloatArray:
        """Return the coefficients without random effects, about.

        Raises
        ------
        NotIdentified
            If they grow without end, because terms separate successes from failures.
        """
        shape = self._shape
        fixed = np.ix_(shape.fixed, shape.fixed)
        effect = np.zeros((self.tiers[0].groups, shape.random))
        beta = step = np.zeros(len(shape.fixed))
        before = -np.inf
        for _step in range(STEPS):
            there = Point(beta=shape.wide(beta + step), effect=effect)
            (found,) = self._read([there])
            height = float(found.log_likelihood.sum())
            if height < before - 1e-12 * abs(height):
                step = step / 2
                continue
            beta, before = beta + step, height
            slope = found.pull[:, shape.fixed].sum(axis=0)
            step = np.linalg.lstsq(found.gram[fixed], slope, rcond=None)[0]
            if float(np.abs(step).max()) < SETTLED:
                return np.asarray(beta + step)
        raise NotIdentified(self._words_of_separated(step))

    def _words_of_separated(self, step: FloatArray) -> str:
        sizes = np.abs(step[1:])
        grows = zip(self._made.terms[1:], sizes > sizes.max() / 10, strict=True)
        return (
            f"{', '.join(name for name, far in grows if far)} separates the outcomes: "
            f"after {STEPS} steps its coefficient still grows, so no finite one fits "
            "best. Leave the term out, or merge its values."
        )

    def _bytes(self) -> int:
        """Return about what one point takes: sums as added and laid out, and levels."""
        columns, random = self._shape.columns, self._shape.random
        size = record(columns, random, is_whole=True) + random**2 * (columns + 8)
        if self._nodes > 1:
            size += self._nodes * record(columns, random, is_whole=False)
        return 8 * self.tiers[0].groups * size

    def _together(self, asking: Sequence[Asking[T]]) -> list[T]:
        """Let each go on with what it asked for, until all have found what they seek."""
        wanted = {place: next(one) for place, one in enumerate(asking)}
        found: dict[int, T] = {}
        while wanted:
            sums = iter(
                self._read([point for some in wanted.values() for point in some])
            )
            answers = {
                place: [next(sums) for _point in some] for place, some in wanted.items()
            }
            for place, answer in answers.items():
                try:
                    wanted[place] = asking[place].send(answer)
                except StopIteration as end:
                    found[place] = end.value
                    del wanted[place]
        return [found[place] for place in range(len(asking))]

    def _read(self, points: Sequence[Point]) -> list[Sums]:
        """Read the rows once, and add up what they say at each point."""
        adding = [Adding(point) for point in points]
        waiting: list[Future[None]] = []
        with ThreadPoolExecutor(min(len(points), os.cpu_count() or 1), "sums") as pool:
            for batch in self._rows.batches():
                columns, group = self._design.of(batch), self._place[batch.group]
                _finish(waiting)
                waiting = [
                    pool.submit(one.add, columns, batch.trials, group) for one in adding
                ]
            _finish(waiting)
        return [one.result() for one in adding]


def _finish(waiting: Sequence[Future[None]]) -> None:
    for one in waiting:
        one.result()
