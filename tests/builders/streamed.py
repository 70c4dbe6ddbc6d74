"""Rows of invented pupils whose numbers fill all of a double, and their streamed sums."""

from dataclasses import replace

import numpy as np
import pyarrow as pa

from kaeden_stats.multilevel import _stream
from kaeden_stats.multilevel._summed import wanted


def many_pupils(count, *, seed=1):
    """Return rows with numbers of several sizes, and labels of several kinds."""
    rng = np.random.default_rng(seed)
    return [
        {
            "score": float(rng.normal(50, 10)),
            "prior": float(rng.normal(-3e6, 1)),
            "age": float(rng.normal(0, 1e-3)),
            "weight": float(rng.uniform(0.5, 2)),
            "choice": str(rng.choice(["art", "music", "sport"])),
            "sex": int(rng.integers(2)),
            "authority": str(rng.choice(["north", "south"])),
            "school": int(rng.integers(4)),
        }
        for _ in range(count)
    ]


def sums_of(rows, terms, groups, *, weights=None, size=1000, **how):
    """Return the sums of a list of dictionaries, its groups in order."""
    asked = wanted("score", terms, groups, weights=weights)
    table = pa.Table.from_pylist(rows)
    return in_order(_stream.summed(table.to_batches(size), asked, **how))


def in_order(found):
    """Return sums with their groups in order."""
    order = np.lexsort(found.keys[::-1])
    return replace(
        found,
        keys=tuple(key[order] for key in found.keys),
        rows=found.rows[order],
        products=found.products[order],
        remainder=found.remainder[order],
    )
