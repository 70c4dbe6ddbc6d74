"""The compiled loops of the pass: rows into units by periods, units into sums. Private."""

import numpy as np

from kaeden_stats.multilevel._compiled import compiled_when_called

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
"""2⁶⁴ divided by the golden ratio: multiplied by it, keys spread over a table."""
TWICE, OTHER_START, OTHER_WEIGHT, NO_WEIGHT = 0, 1, 2, 3
"""Places among the faults: a unit's period is there twice, its start or weight differs."""

# What numba compiles is never seen by a tracer: the tests reach it through `paths`.


@compiled_when_called
def put(  # pragma: no cover
    units, periods, firsts, outcomes, weights, earliest, keys, places, count, value, first,
    weight, last, faults,
):  # fmt: skip
    """Put rows into the table of units by periods; return how many units there are.

    `keys` and `places` are a table with open addressing, at least twice as long as there
    are units; `last` holds the unit of the row before and its place, because rows mostly
    come unit by unit.
    """
    mask = np.uint64(len(keys) - 1)
    shift = np.uint64(64 - int(np.log2(len(keys)) + 0.5))
    known, place = last[0], last[1]
    for row in range(len(units)):
        unit = units[row]
        if place < 0 or unit != known:
            spot = (np.uint64(unit) * GOLDEN) >> shift
            while places[spot] >= 0 and keys[spot] != unit:
                spot = (spot + np.uint64(1)) & mask
            if places[spot] < 0:
                keys[spot] = unit
                places[spot] = count
                first[count] = firsts[row]
                value[count, :] = np.nan
                if len(weights):
                    weight[count] = weights[row]
                count += 1
            known, place = unit, places[spot]
        if firsts[row] != first[place]:
            faults[OTHER_START] += 1
        if len(weights):
            if not weights[row] > 0:
                faults[NO_WEIGHT] += 1
            elif weights[row] != weight[place]:
                faults[OTHER_WEIGHT] += 1
        period = periods[row] - earliest
        if np.isnan(outcomes[row]):
            continue
        if not np.isnan(value[place, period]):
            faults[TWICE] += 1
        value[place, period] = outcomes[row]
    last[0], last[1] = known, place
    return count


@compiled_when_called
def rehash(old_keys, old_places, keys, places):  # pragma: no cover
    """Move all units to a longer table."""
    mask = np.uint64(len(keys) - 1)
    shift = np.uint64(64 - int(np.log2(len(keys)) + 0.5))
    for old in range(len(old_keys)):
        if old_places[old] >= 0:
            spot = (np.uint64(old_keys[old]) * GOLDEN) >> shift
            while places[spot] >= 0:
                spot = (spot + np.uint64(1)) & mask
            keys[spot], places[spot] = old_keys[old], old_places[old]


@compiled_when_called
def assign(value, first, starts, patterns, cohort, found):  # pragma: no cover
    """Give each unit the number of its cohort; return how many there are, or -1.

    A cohort has one start and one pattern of periods. Those found last are looked at
    first; -1 says that there are more than there is room for.
    """
    count = 0
    recent = 0
    for unit in range(len(first)):
        pattern = np.uint64(0)
        for period in range(value.shape[1]):
            if not np.isnan(value[unit, period]):
                pattern |= np.uint64(1) << np.uint64(period)
        if not (
            count and starts[recent] == first[unit] and patterns[recent] == pattern
        ):
            spot = (pattern * GOLDEN) ^ (np.uint64(np.int64(first[unit])) * GOLDEN)
            at = np.int64(spot % np.uint64(len(found)))
            while found[at] >= 0 and not (
                starts[found[at]] == first[unit] and patterns[found[at]] == pattern
            ):
                at = (at + 1) % len(found)
            if found[at] < 0:
                if count == len(starts):
                    return -1
                starts[count], patterns[count] = first[unit], pattern
                found[at] = count
                count += 1
            recent = found[at]
        cohort[unit] = recent
    return count


@compiled_when_called
def add(value, weight, cohort, units, sums, products):  # pragma: no cover
    """Add units' paths, each less its own mean, to the sums of their cohorts.

    `sums` holds Σw, Σw² and Σwz, Σw²z; `products` the half of Σw²zz' at and above the
    diagonal.
    """
    periods = value.shape[1]
    z = np.empty(periods)
    for unit in range(len(cohort)):
        c = cohort[unit]
        w = weight[unit] if len(weight) else 1.0
        total, seen = 0.0, 0
        for t in range(periods):
            if not np.isnan(value[unit, t]):
                total += value[unit, t]
                seen += 1
        mean = total / seen if seen else 0.0
        for t in range(periods):
            z[t] = 0.0 if np.isnan(value[unit, t]) else value[unit, t] - mean
        units[c] += 1.0
        sums[c, 0] += w
        sums[c, 1] += w * w
        for t in range(periods):
            sums[c, 2 + t] += w * z[t]
            squared = w * w * z[t]
            sums[c, 2 + periods + t] += squared
            for s in range(t, periods):
                products[c, t, s] += squared * z[s]
