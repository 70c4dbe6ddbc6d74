"""Who is above whom in a municipality today; each docstring ends with its cost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kaeden.access.rules import Actor, Role
from kaeden.organisation.models import Holding, Link, Post, Unit
from kaeden.organisation.queries import get_municipality, within
from kaeden.organisation.rules import CHIEFS, LEADING, LEVELS
from kaeden.shared.clock import today

CHIEF_ROLES = frozenset(CHIEFS.values())
STOREY = {role: at for at, level in enumerate(LEVELS) for role in level}
"""How far down the chain a role stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """The posts of a municipality, whom each reports to, and which are held."""

    posts: Mapping[int, Post]
    upper: Mapping[int, int]
    held: frozenset[int]

    def above(self, post: int) -> Iterator[Post]:
        """Give the held leading posts above one, the nearest first; no circle twice."""
        seen = {post}
        at = self.upper.get(post)
        while at is not None and at not in seen:
            seen.add(at)
            if self.leads(at):
                yield self.posts[at]
            at = self.upper.get(at)

    def leads(self, post: int) -> bool:
        """Whether somebody holds a post, and leads from it."""
        known = self.posts.get(post)
        return known is not None and post in self.held and Role(known.role) in LEADING

    def could_remove(self, post: int) -> tuple[Post, ...]:
        """Return whom a time robber of a post can wait for: those above, else itself."""
        above = tuple(self.above(post))
        return above or tuple(self.posts[pk] for pk in (post,) if pk in self.posts)

    def for_what_is_outside(self, post: int) -> Post | None:
        """Return whom it waits for when none of these can: the nearest chief, if any."""
        known = self.could_remove(post)
        chiefs = (one for one in known if Role(one.role) in CHIEF_ROLES)
        return next(chiefs, next(iter(known), None))

    def acting(self, post: int) -> Post | None:
        """Return who decides for a post: itself; while it is vacant, the next above.

        For a post that is no more it is the uppermost one that leads.
        """
        if self.leads(post):
            return self.posts[post]
        leading = (one for pk, one in self.posts.items() if self.leads(pk))
        uppermost = min(leading, key=_height, default=None)
        return next(self.above(post), uppermost)


def _height(post: Post) -> tuple[int, int]:
    return STOREY[Role(post.role)], post.pk


def town_of(municipality: Unit) -> Town:
    """Return who is above whom in a municipality today (3 queries)."""
    day = today()
    posts = Post.objects.at(day).filter(within(municipality, "unit__"))
    links = Link.objects.at(day).filter(within(municipality, "lower__unit__"))
    held = Holding.objects.at(day).filter(within(municipality, "post__unit__"))
    return Town(
        posts={post.pk: post for post in posts.select_related("unit")},
        upper=dict(links.values_list("lower_id", "upper_id")),
        held=frozenset(held.values_list("post_id", flat=True)),
    )


def could_remove(actor: Actor) -> tuple[Post, ...]:
    """Return the posts that a time robber of one's own can wait for (4 queries)."""
    return _town(actor).could_remove(actor.post_id or 0)


def leading_above(actor: Actor) -> tuple[Post, ...]:
    """Return the posts above one's own that one can pass on to (4 queries)."""
    return tuple(_town(actor).above(actor.post_id or 0))


def _town(actor: Actor) -> Town:
    return town_of(get_municipality(actor.path.split("/")[1]))
