"""Write mixed_pupils.csv: made-up pupils in classes, schools and municipalities."""

import csv

import numpy as np

SEED = 20261124


def main():
    """Write one row for each pupil."""
    draw = np.random.default_rng(SEED)
    with open("mixed_pupils.csv", "w", newline="") as file:
        out = csv.writer(file)
        out.writerow(
            ["authority", "school", "former", "score", "prior", "girl", "edu", "weight"]
        )
        number = 0
        for authority in range(9):
            of_authority = draw.normal(0, 0.4)
            for _school in range(int(draw.integers(3, 8))):
                number += 1
                level, slope = draw.multivariate_normal(
                    [0, 0], [[0.5, 0.1], [0.1, 0.08]]
                )
                for _pupil in range(int(draw.integers(1, 40))):
                    prior, girl = draw.normal(0, 2), int(draw.integers(0, 2))
                    edu = str(draw.choice(["long", "middle", "short"]))
                    former, weight = int(draw.integers(0, 12)), draw.uniform(0.5, 2)
                    score = 13 + 0.5 * prior + 0.3 * girl + 0.2 * (edu == "long")
                    score += of_authority + level + slope * prior
                    score += 0.1 * (former % 5) + draw.normal(0, 1.2 / np.sqrt(weight))
                    out.writerow(
                        [
                            *(f"K{authority}", f"S{number:02d}", f"B{former:02d}"),
                            *(f"{score:.4f}", f"{prior:.3f}", girl, edu),
                            f"{weight:.3f}",
                        ]
                    )


if __name__ == "__main__":
    main()
