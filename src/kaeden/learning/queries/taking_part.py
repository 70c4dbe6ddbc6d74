"""Read who can be asked to take part in a test; each docstring ends with its cost."""

from kaeden.access.rules import GRANTS, Actor, Permission
from kaeden.learning.models import TestOfChange
from kaeden.organisation.models import Holding, Post
from kaeden.shared.clock import today

TRYING = tuple(
    role.value for role, grants in GRANTS.items() if Permission.TRY_CHANGE in grants
)
"""The roles of the posts that try changes."""


def can_be_asked(actor: Actor, test: TestOfChange) -> list[Post]:
    """Return the held posts of the municipality that are not in a test (1 query)."""
    town = "/".join(actor.path.split("/")[:2])
    day = today()
    inside = {one.post_id for one in test.parts.all() if one.left_on is None}
    found = Post.objects.at(day).filter(
        role__in=TRYING,
        unit__path__startswith=f"{town}/",
        pk__in=Holding.objects.at(day).values("post_id"),
    )
    rows = found.exclude(pk__in=inside).select_related("unit")
    return list(rows.order_by("unit__search_name", "role", "pk"))
