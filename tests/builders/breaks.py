"""A break in Fjordby's chain."""

from datetime import date
from typing import Any

from kaeden.shared.breaks import Break, BreakKind


def a_break(kind: BreakKind = BreakKind.VACANT_POST, **changes: Any) -> Break:
    """The post of the chief of schools is vacant, which the director owns."""
    facts: dict[str, Any] = {
        "municipality": "999",
        "about": "post:chief-schools",
        "unit": "schools",
        "owner": "director",
        "owner_name": "Børne- og ungedirektør",
        "since": date(2026, 8, 1),
        "sentence": "Skolechef: Ingen har stillingen i Kæden.",
        "act": "Udfyld stillingen",
        "path": "/kommune/999/stilling/chief-schools/",
    }
    return Break(kind=kind, **(facts | changes))
