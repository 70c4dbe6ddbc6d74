"""Units, posts and who holds them, and what waits to be loaded. Django looks here."""

from kaeden.organisation.models.chain import (
    Bounds,
    Charter,
    Community,
    Holding,
    Link,
    Membership,
    NotMine,
    Placement,
    Post,
    Succession,
    Unit,
    UnitName,
)
from kaeden.organisation.models.drafts import Draft
from kaeden.organisation.models.uploads import ChainUpload

__all__ = [
    "Bounds",
    "ChainUpload",
    "Charter",
    "Community",
    "Draft",
    "Holding",
    "Link",
    "Membership",
    "NotMine",
    "Placement",
    "Post",
    "Succession",
    "Unit",
    "UnitName",
]
