"""Is a school's own change found where it was planted, and nowhere else?

Schools of 20 children, over five years: too few to be told from chance one by one.
"""

import numpy as np
import pyarrow as pa

from kaeden.data.lake.rows import YEAR, Wanted
from kaeden.engine.row_changes import _change, _fitted

SCHOOLS, YEARS, CHILDREN = 24, 5, 20
WANTED = Wanted(
    outcome="wellbeing",
    numbers=(YEAR,),
    words=("period",),
    levels=("institution", "period"),
)


def a_town(rng, moved):
    """Rows of children in schools that moved by so much a year, and lie apart."""
    place = np.repeat(np.arange(SCHOOLS), YEARS * CHILDREN)
    year = np.tile(np.repeat(np.arange(YEARS), CHILDREN), SCHOOLS)
    level = 3.6 + 0.15 * rng.normal(size=SCHOOLS)
    shock = 0.05 * rng.normal(size=(SCHOOLS, YEARS))
    shared = 0.1 * rng.normal(size=YEARS)
    score = level[place] + moved[place] * year + shock[place, year] + shared[year]
    return pa.table(
        {
            "wellbeing": score + 0.5 * rng.normal(size=len(place)),
            "institution": [f"{one:02d}" for one in place],
            "period": [f"{2020 + one}/{21 + one}" for one in year],
            YEAR: year - (YEARS - 1) / 2,
        }
    )


def told(rng, moved):
    """What is told of each school, in order; none where all are found to change alike."""
    return told_with_rows(rng, moved)[0]


def told_with_rows(rng, moved):
    """As `told`, with the rows that it is told of."""
    table = a_town(rng, moved)
    made = _fitted(WANTED, table)
    if not made.variances["institution"][1, 1] > 0:
        return [], table
    rows = sorted(made.effects("institution").rows(), key=lambda row: row["unit"])
    found = [_change(row, 0.0, YEARS) for row in rows if row["term"] == YEAR]
    return found, table


def test_planted_changes_are_found_with_the_right_size_and_sign():
    rng = np.random.default_rng(11)
    truth = 0.1 * rng.normal(size=SCHOOLS)
    found = told(rng, truth)

    slope = np.array([one.slope for one in found])
    error = np.array([one.standard_error for one in found])
    own = truth - truth.mean()
    assert np.corrcoef(slope, own)[0, 1] > 0.85
    assert np.mean(np.abs(slope - own) < 1.96 * error) >= 0.85
    claimed = [
        (one.direction, side)
        for one, side in zip(found, np.sign(own), strict=True)
        if one.direction
    ]
    assert len(claimed) >= 5
    assert all(direction == side for direction, side in claimed)


def test_schools_that_do_not_change_are_seldom_told_to_have():
    rng = np.random.default_rng(12)
    quiet = [told(rng, np.zeros(SCHOOLS)) for _town in range(12)]

    false = sum(bool(one.direction) for town in quiet for one in town)
    assert false / (12 * SCHOOLS) < 0.05


def test_a_small_school_borrows_strength_from_the_others():
    rng = np.random.default_rng(13)
    drawn, alone = [], []
    for truth in 0.05 * rng.normal(size=(8, SCHOOLS)):
        found, table = told_with_rows(rng, truth)
        own, by_itself = truth - truth.mean(), _alone(table)
        drawn += list(np.array([one.slope for one in found]) - own)
        alone += list(by_itself - by_itself.mean() - own)

    assert np.mean(np.square(drawn)) < 0.9 * np.mean(np.square(alone))


def _alone(table):
    """Each school's slope by itself, by least squares."""
    place = np.array(table["institution"].to_pylist())
    year, score = table[YEAR].to_numpy(), table["wellbeing"].to_numpy()
    return np.array(
        [
            np.polyfit(year[place == one], score[place == one], 1)[0]
            for one in sorted(set(place))
        ]
    )
