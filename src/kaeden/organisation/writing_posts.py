"""Write a wanted chain's posts: whom they report to, who holds them, their charters."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q

from kaeden.organisation.chain import ChainCharter, ChainPost
from kaeden.organisation.changes import is_same_charter
from kaeden.organisation.models import (
    Charter,
    Holding,
    Link,
    Membership,
    NotMine,
    Post,
    Unit,
)
from kaeden.organisation.wanted import BATCH, Writing


def write_posts(writing: Writing, units: Mapping[str, Unit]) -> dict[str, Post]:
    """End and begin posts; return those that are there, by key.

    A post that moves to another unit or role is another post: it begins anew, under
    the same key.
    """
    there = Post.objects.filter(writing.rows_of("unit__"), valid_to__isnull=True)
    posts = {post.key: post for post in there}
    _end_posts(
        [post for key, post in posts.items() if not _stays(writing, key)], writing.on
    )
    fresh = [one for one in writing.wanted.posts if not _stays(writing, one.key)]
    begun = [
        Post(
            unit=units[one.unit],
            role=one.role.value,
            key=one.key,
            title=one.title,
            staff=one.staff,
            valid_from=writing.on,
        )
        for one in fresh
    ]
    Post.objects.bulk_create(begun, batch_size=BATCH)
    posts.update({post.key: post for post in begun})
    _retitle(writing, posts)
    return posts


def _retitle(writing: Writing, posts: Mapping[str, Post]) -> None:
    changed = []
    for one in writing.wanted.posts:
        post = posts[one.key]
        if (post.title, post.staff) != (one.title, one.staff):
            post.title, post.staff = one.title, one.staff
            changed.append(post)
    Post.objects.bulk_update(changed, ["title", "staff"], batch_size=BATCH)


def _stays(writing: Writing, key: str) -> bool:
    """Whether a post is the same one before and after."""
    before, after = writing.now.post.get(key), writing.wanted.post.get(key)
    if before is None or after is None:
        return False
    return (before.unit, before.role) == (after.unit, after.role)


def _end_posts(gone: Iterable[Post], on: date) -> None:
    ids = [post.pk for post in gone]
    Link.objects.filter(Q(lower_id__in=ids) | Q(upper_id__in=ids)).end(on)
    for table in (Holding, Charter, Membership):
        table.objects.filter(post_id__in=ids).end(on)
    Post.objects.filter(pk__in=ids).end(on)


def write_links(writing: Writing, posts: Mapping[str, Post]) -> None:
    """Let each post report to the one it is to report to."""
    there = Link.objects.filter(writing.rows_of("lower__unit__"), valid_to__isnull=True)
    linked = dict(there.values_list("lower_id", "upper_id"))
    wanted = {posts[one.key]: posts.get(one.reports_to) for one in writing.wanted.posts}
    changed = {
        lower: upper
        for lower, upper in wanted.items()
        if linked.get(lower.pk) != (upper.pk if upper else None)
    }
    Link.objects.filter(lower__in=[one for one in changed if one.pk in linked]).end(
        writing.on
    )
    fresh = [
        Link(lower=lower, upper=upper, valid_from=writing.on)
        for lower, upper in changed.items()
        if upper
    ]
    Link.objects.bulk_create(fresh, batch_size=BATCH)


def write_holdings(writing: Writing, posts: Mapping[str, Post]) -> None:
    """Let each post be held by whom it is to be held by.

    A holder who goes along with a post to another unit keeps their account there.
    """
    before = _ended_today(writing)
    changed = [
        one
        for one in writing.wanted.posts
        if not _stays(writing, one.key)
        or writing.now.post[one.key].holder != one.holder
    ]
    Holding.objects.filter(post__in=[posts[one.key] for one in changed]).end(writing.on)
    fresh = [
        _held(one, posts[one.key], before.get(one.key), writing)
        for one in changed
        if one.holder
    ]
    Holding.objects.bulk_create(fresh, batch_size=BATCH)


def _ended_today(writing: Writing) -> dict[str, Holding]:
    """Return the holdings that ended with their posts, by the posts' keys (1 query)."""
    ended = Holding.objects.filter(
        writing.rows_of("post__unit__"), post__valid_to=writing.on, valid_to=writing.on
    )
    return {one.post.key: one for one in ended.select_related("post").order_by("pk")}


def _held(
    wanted: ChainPost, post: Post, before: Holding | None, writing: Writing
) -> Holding:
    """Return the holding of a post; the same holder as before keeps their account."""
    old = writing.now.post.get(wanted.key)
    if before is None or old is None or old.holder != wanted.holder:
        return Holding(
            post=post, holder_name=wanted.holder[:120], valid_from=writing.on
        )
    return Holding(
        post=post,
        holder_name=before.holder_name,
        user_id=before.user_id,
        valid_from=writing.on,
    )


def write_charters(writing: Writing, posts: Mapping[str, Post]) -> None:
    """End the charters that say something else, and begin the new ones."""
    changed = [
        one
        for one in writing.wanted.posts
        if not is_same_charter(_charter_now(writing, one.key), one.charter)
    ]
    Charter.objects.filter(post__in=[posts[one.key] for one in changed]).end(writing.on)
    begun = {
        one.key: _begun_charter(one.charter, posts[one.key], writing.on)
        for one in changed
        if one.charter
    }
    Charter.objects.bulk_create(begun.values(), batch_size=BATCH)
    left = [
        NotMine(charter=begun[one.key], words=line.words, ask=posts[line.ask])
        for one in changed
        for line in (one.charter.not_mine if one.charter else ())
    ]
    NotMine.objects.bulk_create(left, batch_size=BATCH)


def _charter_now(writing: Writing, key: str) -> ChainCharter | None:
    return writing.now.post[key].charter if _stays(writing, key) else None


def begin_charter(
    post: Post, charter: ChainCharter, *, on: date, posts: Mapping[str, Post]
) -> None:
    """Let a charter hold from a day on; `posts` has those it sends on to, by key."""
    row = _begun_charter(charter, post, on)
    row.save()
    NotMine.objects.bulk_create(
        [
            NotMine(charter=row, words=line.words, ask=posts[line.ask])
            for line in charter.not_mine
        ]
    )


def _begun_charter(charter: ChainCharter, post: Post, on: date) -> Charter:
    return Charter(
        post=post,
        area=charter.area,
        decision_room=charter.decision_room,
        valid_from=on,
        **{task.value: degree.value for task, degree in charter.tasks.items()},
    )
