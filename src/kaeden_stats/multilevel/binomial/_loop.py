"""The compiled loop over rows that are read again. Private."""

import numpy as np

from kaeden_stats.multilevel._compiled import compiled_when_called

# What numba compiles is never seen by a tracer: the tests reach it through `_passes`.


@compiled_when_called
def add_rows(
    columns, trials, group, beta, effect, record, gram, is_whole
):  # pragma: no cover  # runs in compiled code
    """Add what each row says to the record of its group, and to the lower triangle."""
    rows, y = columns.shape
    m = effect.shape[1]
    for i in range(rows):
        g = group[i]
        eta = 0.0
        for j in range(y):
            eta += columns[i, j] * beta[j]
        for a in range(m):
            eta += columns[i, a] * effect[g, a]
        s, t = trials[0, i], trials[1, i]
        small = np.exp(-abs(eta))
        rest = 1 / (1 + small)
        share = rest if eta >= 0 else small * rest
        r = s - t * share
        record[g, 0] += s * eta - t * (max(eta, 0.0) + np.log(1 + small))
        for j in range(y):
            record[g, 1 + j] += r * columns[i, j]
        if not is_whole:
            continue
        weight = t * small * rest * rest
        turn = weight * (1 - 2 * share)
        at = 1 + y
        for a in range(m):
            w = weight * columns[i, a]
            for j in range(y):
                record[g, at + j] += w * columns[i, j]
            at += y
        for a in range(m):
            for b in range(a + 1):
                w = turn * columns[i, a] * columns[i, b]
                for j in range(y):
                    record[g, at + j] += w * columns[i, j]
                at += y
        for a in range(y):
            w = weight * columns[i, a]
            for j in range(a + 1):
                gram[a, j] += w * columns[i, j]
