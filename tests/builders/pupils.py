"""Rows of invented pupils whose numbers are whole eighths, so that shifts lose nothing."""

import numpy as np


def pupils(count=400, *, seed=1, schools=20, authorities=4, shift=0.0):
    """Return rows with a prior score, a choice of three, an outcome and their school."""
    rng = np.random.default_rng(seed)
    school = rng.integers(0, schools, count)
    prior = _eighths(rng.normal(size=count))
    choice = np.array(["art", "music", "sport"])[rng.integers(0, 3, count)]
    former = rng.integers(0, 7, count)
    score = _eighths(
        0.5 * prior
        + rng.normal(size=schools)[school] * 0.6
        + rng.normal(size=7)[former] * 0.3
        + (choice == "music") * 0.4
        + rng.normal(size=count)
    )
    return [
        {
            "authority": int(at % authorities),
            "school": int(at),
            "former": f"former {where}",
            "choice": str(what),
            "prior": float(x + shift),
            "score": float(y + shift),
        }
        for at, where, what, x, y in zip(
            school, former, choice, prior, score, strict=True
        )
    ]


def _eighths(values):
    return np.round(values * 256) / 256
