"""Sums of products by hand, in fractions: nothing is rounded before the end."""

from fractions import Fraction
from itertools import product
from math import fsum, log

import numpy as np

from kaeden_stats.multilevel._summed import Summed, wanted
from kaeden_stats.multilevel._terms import unfold
from kaeden_stats.multilevel.blocks import blocks_of


def exact_blocks(
    rows, *, outcome, fixed=(), levels=(), crossed=(), slopes=None, weights=None
):
    """Return the blocks of a list of dictionaries."""
    slopes = slopes or {}
    asked = wanted(
        outcome,
        [*fixed, *(term for some in slopes.values() for term in some)],
        (*levels, *crossed),
        weights=weights,
    )
    values = {
        name: tuple(sorted({row[name] for row in rows})) for name in asked.categories
    }
    columns = unfold(asked.terms, values)
    groups = {}
    for row in rows:
        groups.setdefault(tuple(row[name] for name in asked.groups), []).append(row)
    sums = [_sums(some, columns, asked) for some in groups.values()]
    return blocks_of(
        Summed(
            values=values,
            keys=tuple(np.array(key) for key in zip(*groups, strict=True)),
            rows=np.array([float(len(some)) for some in groups.values()]),
            products=np.array([[float(one) for one in some] for some in sums]),
            remainder=np.array(
                [[float(one - Fraction(float(one))) for one in some] for some in sums]
            ),
            log_weight=fsum(log(row[weights]) for row in rows) if weights else 0.0,
            left_out={},
            source="fractions",
        ),
        asked,
        fixed=fixed,
        slopes=slopes,
        levels=levels,
        crossed=crossed,
    )


def _sums(rows, columns, asked):
    values = [
        [*(_value(row, column) for column in columns), float(row[asked.outcome])]
        for row in rows
    ]
    weight = [Fraction(row[asked.weights]) if asked.weights else 1 for row in rows]
    width = range(len(columns) + 1)
    return [
        sum(
            w * Fraction(row[i]) * Fraction(row[j])
            for row, w in zip(values, weight, strict=True)
        )
        for i, j in product(width, width)
        if i <= j
    ]


def _value(row, column):
    found = 1.0
    for factor in column.factors:
        held = row[factor.name]
        found *= float(held == factor.value) if factor.is_category else float(held)
    return found
