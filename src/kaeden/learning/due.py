"""What waits for posts about what works, for the week's e-mail."""

from collections.abc import Iterator
from datetime import date

from kaeden.access.rules import GRANTS, Permission, Role
from kaeden.learning.models import WrittenPractice
from kaeden.learning.queries.running import loads
from kaeden.learning.rules.practices import ReviewStep
from kaeden.organisation.models import Post
from kaeden.shared.due import Due, DueKind

REVIEWS = [role.value for role in Role if Permission.REVIEW_PRACTICE in GRANTS[role]]


def due(day: date) -> Iterator[Due]:
    """Give the practices to review, and units that run too much at once.

    (2 queries, and one for each kind that waits.)
    """
    sent = WrittenPractice.objects.filter(step=ReviewStep.SENT.value)
    waiting = list(sent.values_list("unit__path", "post_id"))
    reviewers = _posts(REVIEWS) if waiting else []
    for path, writer in waiting:
        above = [one for one in reviewers if _is_above(one, path) and one[0] != writer]
        if above:
            nearest, _path = max(above, key=lambda one: len(one[1]))
            yield Due(DueKind.PRACTICE_TO_REVIEW, nearest)
    too_much = [one.path for one in loads(day).values() if one.is_too_much]
    leaders = _posts([Role.LEADER.value]) if too_much else []
    for post, path in leaders:
        if path in too_much:
            yield Due(DueKind.TOO_MUCH_AT_ONCE, post)


def _posts(roles: list[str]) -> list[tuple[int, str]]:
    """Return the posts of today with such roles, and where they sit (1 query)."""
    there = Post.objects.filter(role__in=roles, valid_to__isnull=True)
    return list(there.order_by("pk").values_list("pk", "unit__path"))


def _is_above(post: tuple[int, str], path: str) -> bool:
    return path == post[1] or path.startswith(f"{post[1]}/")
