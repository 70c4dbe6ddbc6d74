"""Rows of invented pupils who pass or don't, in classes, schools and municipalities."""

import numpy as np
import polars as pl


def passes(rows=400, *, seed=1, authorities=4, schools=5, sd=0.8, slope=0.4):
    """Return rows with a choice of three, a prior score and whether each passed."""
    draw = np.random.default_rng(seed)
    authority = draw.integers(authorities, size=rows)
    school = draw.integers(schools, size=rows)
    choice = draw.integers(3, size=rows)
    prior = draw.integers(-2, 3, size=rows) / 2
    size = (authorities, schools)
    logit = draw.normal(0, sd, size)[authority, school] + 0.5 * (choice == 1) - 0.3
    logit += draw.normal(0, sd / 2, authorities)[authority]
    logit += (0.6 + draw.normal(0, slope, size)[authority, school]) * prior
    return pl.DataFrame(
        {
            "authority": authority,
            "school": [f"S{one}" for one in school],
            "choice": np.array(["art", "music", "sport"])[choice],
            "prior": prior,
            "passed": (draw.uniform(size=rows) < 1 / (1 + np.exp(-logit))).astype(int),
        }
    )
