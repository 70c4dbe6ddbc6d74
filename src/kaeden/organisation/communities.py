"""Leaders who bind themselves to each other: who sees a community, and who forms it.

A community is seen by its members, and by those who could form it: it binds those who
are in it, and says nothing to others. A chief forms it of posts within their reach; one
across pillars is the director's to form.
"""

import itertools
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, Verdict, may, require
from kaeden.audit.actions import record
from kaeden.audit.models import Event
from kaeden.organisation.errors import NoSuchCommunity, NoSuchUnit
from kaeden.organisation.models import Community, Membership, Post, Unit
from kaeden.organisation.queries import posts_by_key
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Refused
from kaeden.shared.words import slug

FEWEST = 2
"""Nobody is bound to themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A post of a community, and since when it has been in it."""

    post: Post
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenCommunity:
    """A community on a day, as somebody who may see it sees it."""

    row: Community
    members: tuple[Member, ...]
    may_change: Verdict

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the members' posts."""
        return frozenset(one.post.key for one in self.members)


# Reading -------------------------------------------------------------------------------


def communities_of(actor: Actor, municipality: Unit, day: date) -> list[SeenCommunity]:
    """Return the communities of a day that somebody sees, by name (3 queries).

    Raises
    ------
    NoSuchUnit
        If one's post does not lie in the municipality.
    """
    require(
        may(actor, Permission.READ_HOLDERS, at=municipality.path), otherwise=NoSuchUnit
    )
    members = Prefetch(
        "memberships",
        queryset=Membership.objects.at(day).select_related("post__unit"),
        to_attr="then",
    )
    there = Community.objects.at(day).filter(municipality=municipality)
    own = set(Post.objects.filter(pk=actor.post_id or 0).values_list("key", flat=True))
    found = [
        _seen(actor, one) for one in there.prefetch_related(members).order_by("name")
    ]
    return [one for one in found if one.may_change or one.keys & own]


def _seen(actor: Actor, row: Community) -> SeenCommunity:
    rows: Iterable[Membership] = getattr(row, "then", ())
    members = [Member(post=one.post, since=one.valid_from) for one in rows]
    members.sort(key=lambda one: (one.post.unit.path.count("/"), one.post.unit.name))
    return SeenCommunity(
        row=row,
        members=tuple(members),
        may_change=may_bind(actor, [one.post for one in members]),
    )


def may_bind(actor: Actor, posts: Iterable[Post]) -> Verdict:
    """Judge whether somebody may form a community of some posts (0 queries)."""
    verdicts = [
        may(actor, Permission.FORM_COMMUNITY, at=post.unit.path) for post in posts
    ]
    verdicts.append(may(actor, Permission.FORM_COMMUNITY, at=actor.path))
    return next((one for one in verdicts if not one), verdicts[-1])


def get_community(
    actor: Actor, municipality: Unit, key: str, day: date
) -> SeenCommunity:
    """Return a community of a day that somebody sees (3 queries).

    Raises
    ------
    NoSuchCommunity
        If there is none, or it is not theirs to see.
    """
    for one in communities_of(actor, municipality, day):
        if one.row.key == key:
            return one
    raise NoSuchCommunity(_("There is no such community."))


def bindable(actor: Actor, municipality: Unit) -> list[Post]:
    """Return the posts somebody may form a community of, by their units (1 query)."""
    posts = posts_by_key(municipality).values()
    return sorted(
        (post for post in posts if may_bind(actor, [post])),
        key=lambda post: (post.unit.path, post.pk),
    )


# Verbs ---------------------------------------------------------------------------------


@transaction.atomic
def form_community(
    municipality: Unit, *, name: str, purpose: str, members: Collection[str], by: Actor
) -> Community:
    """Bind posts to each other about something from today.

    Raises
    ------
    Forbidden
        If one of the posts is not within `by`'s reach.
    BadInput
        If it has no name, no purpose, or fewer than two members.
    """
    posts = _members(municipality, members, by=by)
    _check_words(name, purpose)
    community = Community.objects.create(
        municipality=municipality,
        key=_free_key(municipality, name),
        name=name.strip()[:120],
        purpose=purpose.strip()[:500],
        valid_from=today(),
    )
    _bind(community, posts)
    record(Event.Kind.COMMUNITY_FORMED, by=by, about=community)
    return community


@transaction.atomic
def change_community(
    community: Community,
    *,
    name: str,
    purpose: str,
    members: Collection[str],
    by: Actor,
) -> None:
    """Change what a community is about, and who is in it from today.

    Raises
    ------
    Forbidden
        If a post that is in it, or is to be, is not within `by`'s reach.
    BadInput
        If it has no name, no purpose, or fewer than two members.
    Refused
        If it has ended.
    """
    row = Community.objects.select_for_update().get(pk=community.pk)
    there = _still_bound(row, by=by)
    posts = _members(row.municipality, members, by=by)
    _check_words(name, purpose)
    row.name, row.purpose = name.strip()[:120], purpose.strip()[:500]
    row.save(update_fields=["name", "purpose"])
    wanted, known = {post.pk for post in posts}, {one.post_id for one in there}
    Membership.objects.filter(community=row, post_id__in=known - wanted).end(today())
    _bind(row, [post for post in posts if post.pk not in known])
    record(Event.Kind.COMMUNITY_CHANGED, by=by, about=row)


@transaction.atomic
def end_community(community: Community, *, by: Actor) -> None:
    """Let a community end today; what it was is kept.

    Raises
    ------
    Forbidden
        If a post that is in it is not within `by`'s reach.
    Refused
        If it has ended already.
    """
    row = Community.objects.select_for_update().get(pk=community.pk)
    _still_bound(row, by=by)
    Membership.objects.filter(community=row).end(today())
    Community.objects.filter(pk=row.pk).end(today())
    record(Event.Kind.COMMUNITY_ENDED, by=by, about=row)


def _still_bound(community: Community, *, by: Actor) -> list[Membership]:
    """Return the members of a community that has not ended, all within reach."""
    if community.valid_to is not None:
        raise Refused(_("The community has ended. Form a new one."))
    there = Membership.objects.filter(community=community, valid_to__isnull=True)
    members = list(there.select_related("post__unit"))
    require(may_bind(by, [one.post for one in members]))
    return members


def _members(municipality: Unit, keys: Collection[str], *, by: Actor) -> list[Post]:
    """Return the posts that are to be bound, all there and within reach."""
    known = posts_by_key(municipality)
    gone = sorted(set(keys) - known.keys())
    if gone:
        raise BadInput(_("There is no post “%(key)s”.") % {"key": gone[0]})
    posts = [known[key] for key in sorted(set(keys))]
    require(may_bind(by, posts))
    if len(posts) < FEWEST:
        raise BadInput(_("A community has two members or more. Choose them."))
    return posts


def _check_words(name: str, purpose: str) -> None:
    if not name.strip() or not purpose.strip():
        raise BadInput(_("Write what the community is called, and what it is for."))


def _free_key(municipality: Unit, name: str) -> str:
    """Return a key that no community of the municipality has had (1 query).

    The address of the form that forms one takes a key too.
    """
    there = Community.objects.filter(municipality=municipality)
    taken = {"nyt", *there.values_list("key", flat=True)}
    key = slug(name)[:50] or "faellesskab"
    numbered = (f"{key}-{number}" for number in itertools.count(2))
    return (
        key if key not in taken else next(one for one in numbered if one not in taken)
    )


def _bind(community: Community, posts: Iterable[Post]) -> None:
    Membership.objects.bulk_create(
        [
            Membership(community=community, post=post, valid_from=today())
            for post in posts
        ]
    )
