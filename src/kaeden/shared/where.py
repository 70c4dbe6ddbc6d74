"""Where in a file something stands, and how a person is told."""

from typing import TypeAlias

from django.utils.translation import gettext as _

Place: TypeAlias = tuple[str | int, ...]
"""The way from the top of a file: ``("posts", 4, "unit")``; numbers count from 0."""


def arrows(place: Place) -> str:
    """Return a place as a path of fields: "posts → 5 → unit"."""
    parts = (str(part + 1) if isinstance(part, int) else part for part in place)
    return " → ".join(parts) or _("the file")
