"""Write binomial_*.csv: made-up pupils who pass or don't."""

import csv

import numpy as np

SEED = 20261125
PUPILS = "authority,school,class,drawn,passed,prior,girl,edu"
COUNTS = "area,unit,year,kind,passed,pupils"
MEASURED = "area,school,passed,prior,hours,income,girl"


def chance(logit):
    """Return the probability of a logit."""
    return 1 / (1 + np.exp(-logit))


def pupils(draw):
    """Give a row for each pupil; schools' and classes' ids repeat."""
    number = 0
    for authority in range(16):
        of_authority = draw.normal(0, 0.8)
        for school in range(int(draw.integers(2, 9))):
            level, slope = draw.multivariate_normal([0, 0], [[0.4, 0.1], [0.1, 0.15]])
            for letter in "abc"[: int(draw.integers(1, 4))]:
                of_class = draw.normal(0, 0.5)
                for _pupil in range(int(draw.integers(1, 22))):
                    number += 1
                    prior, girl = round(draw.normal(0.5, 1), 1), int(draw.integers(2))
                    edu = str(draw.choice(["long", "middle", "short"]))
                    logit = 0.2 + of_authority + level + of_class + 0.3 * girl
                    logit += (0.5 + slope) * prior - 0.4 * (edu == "short")
                    passed = int(draw.uniform() < chance(logit))
                    yield (
                        *(f"K{authority}", f"S{school}", letter),
                        *(f"D{number % 24:02d}", passed, prior, girl, edu),
                    )


def counts(draw):
    """Give a row for each unit and year, with how many of its pupils passed."""
    for area in range(12):
        of_area = draw.normal(0, 0.4)
        for unit in range(int(draw.integers(1, 6))):
            of_unit, kind = draw.normal(0, 0.6), str(draw.choice(["care", "school"]))
            for year in range(2020, 2025):
                size = int(draw.integers(0, 30))
                logit = -0.5 + of_area + of_unit + 0.1 * (year - 2020)
                passed = draw.binomial(size, chance(logit + 0.4 * (kind == "care")))
                yield f"A{area:02d}", f"U{unit}", year - 2020, kind, passed, size


def measured(draw):
    """Give a row for each pupil, with three numbers of which no two pupils' are alike."""
    for area in range(10):
        of_area = draw.normal(0, 0.4)
        for school in range(int(draw.integers(3, 7))):
            level, slope = draw.multivariate_normal([0, 0], [[0.4, 0.1], [0.1, 0.12]])
            for _pupil in range(int(draw.integers(5, 60))):
                prior, hours = draw.normal(0.5, 1), draw.gamma(4, 1.5)
                income, girl = draw.lognormal(12.5, 0.4), int(draw.integers(2))
                logit = -0.4 + of_area + level + 0.3 * girl + (0.6 + slope) * prior
                logit += 0.1 * (hours - 6) + 0.3 * (np.log(income) - 12.5)
                passed = int(draw.uniform() < chance(logit))
                yield f"A{area}", f"S{school}", passed, prior, hours, income, girl


def main():
    """Write all files."""
    draw = np.random.default_rng(SEED)
    for name, head, rows in (
        ("binomial_pupils.csv", PUPILS, pupils(draw)),
        ("binomial_counts.csv", COUNTS, counts(draw)),
        ("binomial_measured.csv", MEASURED, measured(draw)),
    ):
        with open(name, "w", newline="") as file:
            out = csv.writer(file)
            out.writerow(head.split(","))
            out.writerows(rows)


if __name__ == "__main__":
    main()
