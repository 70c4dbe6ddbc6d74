"""Places that tried a practice, with a truth that was planted in what they gained."""

import numpy as np

from kaeden.engine.effects.values import UnitEffect
from kaeden.engine.synthesis import Context, Place


def a_context(**facts):
    return Context(**({"size": 400.0, "earlier": 8.0, "form": "Folkeskole"} | facts))


def a_place(number=0, gain=-1.0, error=0.5, *, municipality="999", **facts):
    return Place(
        gain=UnitEffect(
            unit=f"{municipality}{number:03}",
            effect=gain,
            standard_error=error,
            years=2,
        ),
        municipality=municipality,
        context=a_context(**facts),
    )


def places(rng, count, *, mean=-1.0, between=0.4, error=0.3, per_size=0.0):
    """Return places whose true gains vary, and go along with the size of the place."""
    sizes = np.exp(rng.normal(np.log(300), 0.5, count))
    true = mean + per_size * (np.log(sizes) - np.log(300)) / 0.5
    gains = true + rng.normal(0, np.hypot(between, error), count)
    return [
        a_place(i, gain=float(gain), error=error, size=float(size), earlier=8.0 + i % 3)
        for i, (gain, size) in enumerate(zip(gains, sizes, strict=True))
    ]
