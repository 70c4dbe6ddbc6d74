"""Write a wanted chain over the one that is there, as dated rows from a day on.

Nothing is overwritten that has a history of its own: what no longer holds ends, what
is new begins. Only `actions.apply_chain` calls this; it has checked right and state.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from kaeden.organisation.chain import ChainCommunity
from kaeden.organisation.models import (
    Bounds,
    Charter,
    Community,
    Holding,
    Link,
    Membership,
    Placement,
    Post,
    Unit,
    UnitName,
)
from kaeden.organisation.queries import within
from kaeden.organisation.wanted import Writing
from kaeden.organisation.writing_posts import (
    write_charters,
    write_holdings,
    write_links,
    write_posts,
)
from kaeden.organisation.writing_units import write_units


def write(writing: Writing) -> None:
    """Write everything that differs, units before the posts that lead them."""
    units = write_units(writing)
    posts = write_posts(writing, units)
    write_links(writing, posts)
    write_holdings(writing, posts)
    write_charters(writing, posts)
    _communities(writing, posts)
    _bounds(writing)


def _communities(writing: Writing, posts: Mapping[str, Post]) -> None:
    """End communities that are given up, and bring the others and members up to date."""
    there = Community.objects.filter(municipality=writing.town, valid_to__isnull=True)
    known = {one.key: one for one in there}
    wanted = {one.key: one for one in writing.wanted.communities}
    gone = [one.pk for key, one in known.items() if key not in wanted]
    Membership.objects.filter(community_id__in=gone).end(writing.on)
    Community.objects.filter(pk__in=gone).end(writing.on)
    for key, one in wanted.items():
        row = known.get(key) or Community(
            municipality=writing.town, key=key, valid_from=writing.on
        )
        row.name, row.purpose = one.name, one.purpose
        row.save()
        _members(writing, row, one, posts)


def _members(
    writing: Writing,
    row: Community,
    one: ChainCommunity,
    posts: Mapping[str, Post],
) -> None:
    wanted = {posts[key].pk for key in one.members}
    there = Membership.objects.filter(community=row, valid_to__isnull=True)
    known = set(there.values_list("post_id", flat=True))
    there.filter(post_id__in=known - wanted).end(writing.on)
    Membership.objects.bulk_create(
        [
            Membership(community=row, post_id=pk, valid_from=writing.on)
            for pk in sorted(wanted - known)
        ]
    )


def _bounds(writing: Writing) -> None:
    """Write the bounds that hold from now on; they have no history."""
    if writing.now.bounds == writing.wanted.bounds:
        return
    Bounds.objects.filter(municipality=writing.town).delete()
    rows: list[dict[str, Any]] = [
        {
            "role": role.value,
            "span_from": bound.span_from,
            "span_to": bound.span_to,
            "farthest": bound.farthest,
        }
        for role, bound in writing.wanted.bounds.items()
    ]
    Bounds.objects.bulk_create(
        [Bounds(municipality=writing.town, **row) for row in rows]
    )


def has_later_changes(town: Unit, on: date) -> bool:
    """Whether anything in the chain begins or ends after a day (at most 8 queries)."""
    later = Q(valid_from__gt=on) | Q(valid_to__gt=on)
    return any(
        table.objects.filter(later, within(town, of)).exists()
        for table, of in (
            (Placement, "unit__"),
            (UnitName, "unit__"),
            (Post, "unit__"),
            (Link, "lower__unit__"),
            (Holding, "post__unit__"),
            (Charter, "post__unit__"),
            (Community, "municipality__"),
            (Membership, "post__unit__"),
        )
    )
