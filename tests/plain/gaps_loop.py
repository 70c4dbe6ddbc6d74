"""Gaps and slopes of clustered rows, as loops over the rows that anybody can read."""

from collections import defaultdict


def _contrast(rows, weights):
    """Return Σ weight · mean of group, and its variance by clusters."""
    n, total = defaultdict(int), defaultdict(float)
    for _cluster, group, value in rows:
        n[group] += 1
        total[group] += value
    mean = {group: total[group] / n[group] for group in n}
    found = sum(weights[group] * mean[group] for group in mean)
    error = defaultdict(float)
    for cluster, group, value in rows:
        error[cluster] += weights[group] * (value - mean[group]) / n[group]
    clusters = len(error)
    squares = sum(one**2 for one in error.values())
    return found, clusters / (clusters - 1) * squares


def gap(rows):
    """Return the second group's mean less the first's, and its variance."""
    return _contrast(rows, {0: -1.0, 1: 1.0})


def slope(rows, groups):
    """Return the slope by rank over the groups, the lowest first, and its variance."""
    count = [sum(1 for row in rows if row[1] == group) for group in range(groups)]
    share = [one / sum(count) for one in count]
    rank = [sum(share[:group]) + share[group] / 2 - 0.5 for group in range(groups)]
    spread = sum(a * x**2 for a, x in zip(share, rank, strict=True))
    weights = {g: share[g] * rank[g] / spread for g in range(groups)}
    return _contrast(rows, weights)
