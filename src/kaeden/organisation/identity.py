"""Who asks: the post that somebody acts in, and those they could act in."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from kaeden.access.rules import NOBODY, Actor, Role
from kaeden.accounts.models import User
from kaeden.organisation.models import Holding, Post
from kaeden.organisation.rules import PARTS, Kind
from kaeden.shared.clock import today


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A post that somebody holds, as a choice of who to act as."""

    post_id: int
    role: Role
    path: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who asks, the post they act in as the page says it, and all their seats."""

    actor: Actor
    label: str = ""
    seats: tuple[Seat, ...] = ()


def identity_of(user: User | AnonymousUser, acting: int | None = None) -> Identity:
    """Return who asks, in the chosen post, else their first one (1 query).

    Rights are those of today: a holding or a post that has ended gives none, and so
    does a choice that is no longer theirs.
    """
    if not user.is_authenticated:
        return Identity(actor=NOBODY)
    seats = tuple(_seats(user))
    chosen = next((one for one in seats if one.post_id == acting), None)
    chosen = chosen or next(iter(seats), None)
    if chosen is None:
        return Identity(actor=Actor(user_id=user.pk))
    actor = Actor(
        user_id=user.pk, role=chosen.role, path=chosen.path, post_id=chosen.post_id
    )
    return Identity(actor=actor, label=chosen.label, seats=seats)


def _seats(user: User) -> Iterator[Seat]:
    """Give the posts that somebody holds today, uppermost first (1 query)."""
    day = today()
    held = Holding.objects.at(day).filter(user=user)
    known = [one.post for one in held.select_related("post__unit__parent")]
    # Asked of the database, this sends PostgreSQL through every post there is.
    posts = [post for post in known if post.holds_on(day)]
    for post in sorted(posts, key=lambda one: (one.unit.path.count("/"), one.pk)):
        yield Seat(
            post_id=post.pk,
            role=Role(post.role),
            path=post.unit.path,
            label=_label(post),
        )


def _label(post: Post) -> str:
    place = post.unit
    if place.kind in {Kind.AREA.value, *PARTS} and place.parent:
        place = place.parent
    return f"{post.name}, {place.name}"
