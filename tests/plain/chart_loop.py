"""An XmR chart with loops, point by point."""

from itertools import pairwise
from math import comb, log2


def limits(values):
    """Return centre and standard deviation; None stands for no point."""
    points = [value for value in values if value is not None]
    centre = sum(points) / len(points)
    steps = [
        abs(after - before)
        for before, after in pairwise(values)
        if before is not None and after is not None
    ]
    mean = sum(steps) / len(steps)
    ordinary = [step for step in steps if step <= 3.267 * mean]
    return centre, sum(ordinary) / len(ordinary) / 1.128


def outside(values, centre, sigma):
    """Return the places of the points beyond a limit."""
    return [
        at
        for at, value in enumerate(values)
        if value is not None and abs(value - centre) > 3 * sigma
    ]


def sides(values, centre):
    """Return True or False, above or below, for each point that is off the centre."""
    return [value > centre for value in values if value not in {None, centre}]


def longest_run(values, centre):
    """Return the most points in a row on one side."""
    longest = run = 0
    before = None
    for side in sides(values, centre):
        run = run + 1 if side == before else 1
        before = side
        longest = max(longest, run)
    return longest


def crossings(values, centre):
    """Return how often the series goes from one side to the other."""
    every = sides(values, centre)
    return sum(a != b for a, b in pairwise(every))


def expected(useful):
    """Return the longest run and the fewest crossings that chance gives."""
    if not useful:
        return 0, 0
    tosses, fewest = useful - 1, 0
    while sum(comb(tosses, j) for j in range(fewest + 1)) / 2**tosses < 0.05:
        fewest += 1
    return round(log2(useful)) + 3, fewest
