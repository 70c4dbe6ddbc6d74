"""Read who stands above and below a post; each docstring ends with what it costs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from kaeden.dialogue.rules.concerns import takes_concerns
from kaeden.organisation.models import Holding, Link, Post
from kaeden.shared.clock import today


def next_above(post: int) -> Post | None:
    """Return the nearest post above that somebody holds (1 query for each step).

    None where only the committee is above, or nobody at all.
    """
    seen = {post}
    link = _links("upper").filter(lower_id=post).first()
    while link and link.upper_id not in seen and takes_concerns(link.upper.role):
        if link.is_held:
            found: Post = link.upper
            return found
        seen.add(link.upper_id)
        link = _links("upper").filter(lower_id=link.upper_id).first()
    return None


def held_below(post: int, path: str) -> list[Post]:
    """Return the posts below one that somebody holds, level by level (1 query).

    `path` is that of the post's unit.
    """
    town = "/".join(path.split("/")[:2])
    links = _links("lower").filter(lower__unit__path__startswith=town)
    led: dict[int, list[Any]] = {}
    for link in links.order_by("lower__unit__search_name", "lower_id"):
        led.setdefault(link.upper_id, []).append(link)
    return [link.lower for link in _down(post, led) if link.is_held]


def _down(post: int, led: Mapping[int, Sequence[Any]]) -> Iterator[Any]:
    """Give the links below a post, level by level, each once."""
    seen, level = {post}, list(led.get(post, ()))
    while level:
        fresh = [link for link in level if link.lower_id not in seen]
        seen |= {link.lower_id for link in fresh}
        yield from fresh
        level = [one for link in fresh for one in led.get(link.lower_id, ())]


def _links(end: str) -> QuerySet[Any]:
    """Return today's links, each saying whether somebody holds the post at an end."""
    day = today()
    held = Holding.objects.at(day).filter(post_id=OuterRef(f"{end}_id"))
    links = Link.objects.at(day).select_related(f"{end}__unit")
    found: QuerySet[Any] = links.annotate(is_held=Exists(held))
    return found
