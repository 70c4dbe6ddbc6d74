"""Agreement with loops, group by group, the plainest thing that could be right."""

from collections import defaultdict
from fractions import Fraction


def variance(values):
    """Return the variance of a sample, exactly."""
    mean = Fraction(sum(values)) / len(values)
    return sum((value - mean) ** 2 for value in values) / (len(values) - 1)


def by_group(rows, groups):
    """Return the rows of each group, groups in rising order."""
    found = defaultdict(list)
    for row, group in zip(rows, groups, strict=True):
        found[group].append(row)
    return {group: found[group] for group in sorted(found)}


def agreement_of(rows, groups, chance):
    """Return r_WG(J) of each group of two or more; `chance` is the null's variance."""
    found = {}
    for group, members in by_group(rows, groups).items():
        if len(members) < 2:
            continue
        items = list(zip(*members, strict=True))
        mean = sum(variance(item) for item in items) / len(items)
        part = mean / Fraction(chance)
        agreed = max(Fraction(0), len(items) * (1 - part))
        found[group] = agreed / (agreed + part) if agreed + part else Fraction(1)
    return found


def correlation_of(values, groups):
    """Return ICC(1) and ICC(2) from sums of squares; None where MSB is 0."""
    members = by_group(values, groups)
    n, k = len(values), len(members)
    mean = Fraction(sum(values)) / n
    own = {group: Fraction(sum(one)) / len(one) for group, one in members.items()}
    between = sum(len(one) * (own[g] - mean) ** 2 for g, one in members.items())
    within = sum((y - own[g]) ** 2 for g, one in members.items() for y in one)
    msb, msw = between / (k - 1), within / (n - k)
    size = (n - Fraction(sum(len(one) ** 2 for one in members.values()), n)) / (k - 1)
    single = (msb - msw) / (msb + (size - 1) * msw)
    return single, (max(Fraction(0), (msb - msw) / msb) if msb else Fraction(0))
