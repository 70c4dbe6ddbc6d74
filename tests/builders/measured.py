"""Rows of invented pupils with numbers of which no two are alike."""

import numpy as np
import polars as pl


def measured(rows=600, *, seed=1, schools=20, sd=0.7, slope=0.3):
    """Return rows with two measures, a choice of three, and whether each passed."""
    draw = np.random.default_rng(seed)
    school = draw.integers(schools, size=rows)
    prior, hours = draw.normal(size=rows), draw.gamma(4, 1.5, size=rows)
    choice = draw.integers(3, size=rows)
    logit = draw.normal(0, sd, schools)[school] + 0.1 * (hours - 6) - 0.2
    logit += (0.6 + draw.normal(0, slope, schools)[school]) * prior + 0.4 * (
        choice == 1
    )
    return pl.DataFrame(
        {
            "area": [f"A{one % 4}" for one in school],
            "school": school,
            "choice": np.array(["art", "music", "sport"])[choice],
            "prior": prior,
            "hours": hours,
            "passed": (draw.uniform(size=rows) < 1 / (1 + np.exp(-logit))).astype(int),
        }
    )
