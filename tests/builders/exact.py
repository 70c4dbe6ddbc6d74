"""Sums of products by hand, in fractions: nothing is rounded before the end."""

from fractions import Fraction
from itertools import product

import numpy as np

from kaeden_stats.multilevel._summed import Summed, wanted
from kaeden_stats.multilevel._terms import unfold
from kaeden_stats.multilevel.blocks import blocks_of


def exact_blocks(rows, *, outcome, fixed=(), levels=(), crossed=(), slopes=None):
    """Return the blocks of a list of dictionaries."""
    slopes = slopes or {}
    asked = wanted(
        outcome,
        [*fixed, *(term for some in slopes.values() for term in some)],
        (*levels, *crossed),
    )
    values = {
        name: tuple(sorted({row[name] for row in rows})) for name in asked.categories
    }
    columns = unfold(asked.terms, values)
    groups = {}
    for row in rows:
        groups.setdefault(tuple(row[name] for name in asked.groups), []).append(row)
    sums = [_sums(some, columns, outcome) for some in groups.values()]
    return blocks_of(
        Summed(
            values=values,
            keys=tuple(np.array(key) for key in zip(*groups, strict=True)),
            rows=np.array([float(len(some)) for some in groups.values()]),
            products=np.array([[float(one) for one in some] for some in sums]),
            remainder=np.array(
                [[float(one - Fraction(float(one))) for one in some] for some in sums]
            ),
            log_weight=0.0,
            left_out={},
            source="fractions",
        ),
        asked,
        fixed=fixed,
        slopes=slopes,
        levels=levels,
        crossed=crossed,
    )


def _sums(rows, columns, outcome):
    values = [
        [*(_value(row, column) for column in columns), float(row[outcome])]
        for row in rows
    ]
    width = range(len(columns) + 1)
    return [
        sum(Fraction(row[i]) * Fraction(row[j]) for row in values)
        for i, j in product(width, width)
        if i <= j
    ]


def _value(row, column):
    found = 1.0
    for factor in column.factors:
        held = row[factor.name]
        found *= float(held == factor.value) if factor.is_category else float(held)
    return found
