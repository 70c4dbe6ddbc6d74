"""Small panels and backgrounds, without a lake."""

from typing import Any

import numpy as np

from kaeden.engine.background import Background, School
from kaeden.engine.panel import Panel
from kaeden.goals.indicators import Indicator
from kaeden.shared.periods import Period
from kaeden.shared.status import ValueStatus
from tests.builders.figures import an_indicator


def codes_of(count: int) -> tuple[str, ...]:
    """Codes of schools: five in each municipality."""
    return tuple(f"{101 + row // 5}{row % 5:03d}" for row in range(count))


def a_panel(
    value: Any,
    *,
    n: Any = 100.0,
    indicator: Indicator | None = None,
    first_year: int = 2020,
    codes: tuple[str, ...] | None = None,
) -> Panel:
    """A panel of values, a row for each unit and a column for each school year."""
    places = np.atleast_2d(np.asarray(value, dtype=float))
    places = places.T if np.ndim(value) == 1 else places
    known = np.isfinite(places)
    status = np.where(known, ValueStatus.VALUE, ValueStatus.MISSING).astype(object)
    return Panel(
        indicator=indicator or an_indicator(),
        codes=codes or codes_of(len(places)),
        periods=tuple(
            Period(start=first_year + column, is_school_year=True)
            for column in range(places.shape[1])
        ),
        value=places,
        n=np.broadcast_to(np.asarray(n, dtype=float), len(places)).copy(),
        status=status,
    )


def a_background(codes: tuple[str, ...], **changes: Any) -> Background:
    """Schools of those codes, all alike, each with every other school as a peer."""
    facts: dict[str, Any] = {
        "schools": {code: a_school(code) for code in codes},
        "school_peers": {
            code: tuple(other for other in codes if other != code) for code in codes
        },
        "municipality_peers": {},
        "pupils": {code[:3]: 100.0 for code in codes},
        "groups": {},
    }
    return Background(**(facts | changes))


def a_school(code: str, **changes: Any) -> School:
    """A municipal school of 100 pupils."""
    facts: dict[str, Any] = {
        "form": "folkeskole",
        "municipality": code[:3],
        "in_chain": True,
        "pupils": 100.0,
        "reference": 7.0,
    }
    return School(code=code, **(facts | changes))
