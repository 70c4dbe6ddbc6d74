"""Write a wanted chain over the one that is there, as dated rows from a day on.

Nothing is overwritten that has a history of its own: what no longer holds ends, what
is new begins. Only `actions.apply_chain` calls this; it has checked right and state.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from kaeden.organisation.chain import Chain, ChainCharter, ChainCommunity
from kaeden.organisation.changes import is_outside, is_same_charter
from kaeden.organisation.models import (
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
from kaeden.organisation.queries import within
from kaeden.organisation.rules import Hierarchy, Origin
from kaeden.shared.words import fold

BATCH = 500
FACTS = ("form", "owner", "latitude", "longitude")
PLACES = {Hierarchy.LINE: "parent", Hierarchy.CLUSTER: "cluster"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What is written: from the chain that holds on a day to the one that is wanted."""

    town: Unit
    now: Chain
    wanted: Chain
    on: date

    def rows_of(self, of: str = "") -> Q:
        """Return the condition that a row belongs to the municipality."""
        return within(self.town, of)


def write(writing: Writing) -> None:
    """Write everything that differs, units before the posts that lead them."""
    units = _units(writing)
    posts = _posts(writing, units)
    _links(writing, posts)
    _holdings(writing, posts)
    _charters(writing, posts)
    _communities(writing, posts)
    _bounds(writing)


def _units(writing: Writing) -> dict[str, Unit]:
    """Begin, rename, move and end units; return those that are there, by code."""
    there = Unit.objects.filter(writing.rows_of(), valid_to__isnull=True)
    units = {unit.code: unit for unit in there}
    _begin_units(writing, units)
    _place(writing, units)
    _rename(writing, units)
    gone = [
        unit
        for code, unit in units.items()
        if code not in writing.wanted.unit and not is_outside(writing.now, code)
    ]
    _succeed(writing, units)
    _end_units(gone, writing.on)
    _refresh(writing, units)
    return units


def _begin_units(writing: Writing, units: dict[str, Unit]) -> None:
    for one in writing.wanted.units:
        if one.code in units:
            continue
        above = units[one.parent]
        units[one.code] = Unit.objects.create(
            code=one.code,
            kind=one.kind.value,
            name=one.name,
            search_name=fold(one.name),
            parent=above,
            path=f"{above.path}/{one.code}",
            origin=Origin.CHAIN.value,
            valid_from=writing.on,
            **{fact: getattr(one, fact) for fact in FACTS},
        )


def _place(writing: Writing, units: Mapping[str, Unit]) -> None:
    """Give units the places they are to have in each hierarchy."""
    moved: list[Placement] = []
    for hierarchy, field in PLACES.items():
        for one in writing.wanted.units:
            old, above = writing.now.unit.get(one.code), getattr(one, field)
            if old and getattr(old, field) == above:
                continue
            Placement.objects.filter(
                unit=units[one.code], hierarchy=hierarchy.value
            ).end(writing.on)
            if above:
                moved.append(
                    Placement(
                        unit=units[one.code],
                        parent=units[above],
                        hierarchy=hierarchy.value,
                        valid_from=writing.on,
                    )
                )
    Placement.objects.bulk_create(
        [one for one in moved if one.unit_id != writing.town.pk], batch_size=BATCH
    )


def _rename(writing: Writing, units: Mapping[str, Unit]) -> None:
    """Keep what units were called, and call them what they are called now."""
    for code, one in writing.wanted.unit.items():
        unit = units[code]
        if unit.name == one.name:
            continue
        names = UnitName.objects.filter(unit=unit)
        if not names.exists():
            names.create(
                unit=unit,
                name=unit.name,
                valid_from=unit.valid_from,
                recorded_at=unit.recorded_at,
            )
        names.end(writing.on)
        names.create(unit=unit, name=one.name, valid_from=writing.on)
        unit.name, unit.search_name = one.name, fold(one.name)


def _succeed(writing: Writing, units: Mapping[str, Unit]) -> None:
    known = writing.now.carried_on
    fresh = [
        Succession(predecessor=units[old], successor=units[new], on=writing.on)
        for old, successors in writing.wanted.carried_on.items()
        if old not in known
        for new in successors
    ]
    Succession.objects.bulk_create(fresh)


def _end_units(gone: Iterable[Unit], on: date) -> None:
    ids = [unit.pk for unit in gone]
    Placement.objects.filter(unit_id__in=ids).end(on)
    Unit.objects.filter(pk__in=ids).end(on)


def _refresh(writing: Writing, units: Mapping[str, Unit]) -> None:
    """Bring each unit's facts, parent and path in step with its place of today."""
    for one in writing.wanted.units:
        unit = units[one.code]
        unit.kind, unit.origin = one.kind.value, Origin.CHAIN.value
        for fact in FACTS:
            setattr(unit, fact, getattr(one, fact))
        if one.parent:
            unit.parent = units[one.parent]
            unit.path = f"{unit.parent.path}/{unit.code}"
    columns = ("kind", "origin", "name", "search_name", "parent", "path", *FACTS)
    Unit.objects.bulk_update(
        [units[code] for code in writing.wanted.unit], columns, batch_size=BATCH
    )


def _posts(writing: Writing, units: Mapping[str, Unit]) -> dict[str, Post]:
    """End and begin posts; return those that are there, by key.

    A post that moves to another unit or role is another post: it begins anew, under
    the same key.
    """
    there = Post.objects.filter(writing.rows_of("unit__"), valid_to__isnull=True)
    posts = {post.key: post for post in there}
    _end_posts(
        [post for key, post in posts.items() if not _stays(writing, key)], writing.on
    )
    for one in writing.wanted.posts:
        if one.key in posts and _stays(writing, one.key):
            posts[one.key].title, posts[one.key].staff = one.title, one.staff
            posts[one.key].save(update_fields=["title", "staff"])
        else:
            posts[one.key] = Post.objects.create(
                unit=units[one.unit],
                role=one.role.value,
                key=one.key,
                title=one.title,
                staff=one.staff,
                valid_from=writing.on,
            )
    return posts


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


def _links(writing: Writing, posts: Mapping[str, Post]) -> None:
    """Let each post report to the one it is to report to."""
    there = Link.objects.filter(writing.rows_of("lower__unit__"), valid_to__isnull=True)
    linked = dict(there.values_list("lower_id", "upper_id"))
    fresh: list[Link] = []
    for one in writing.wanted.posts:
        lower, upper = posts[one.key], posts.get(one.reports_to)
        if linked.get(lower.pk) == (upper.pk if upper else None):
            continue
        Link.objects.filter(lower=lower).end(writing.on)
        if upper:
            fresh.append(Link(lower=lower, upper=upper, valid_from=writing.on))
    Link.objects.bulk_create(fresh, batch_size=BATCH)


def _holdings(writing: Writing, posts: Mapping[str, Post]) -> None:
    """Let each post be held by whom it is to be held by."""
    fresh: list[Holding] = []
    for one in writing.wanted.posts:
        if _stays(writing, one.key) and writing.now.post[one.key].holder == one.holder:
            continue
        Holding.objects.filter(post=posts[one.key]).end(writing.on)
        if one.holder:
            fresh.append(
                Holding(
                    post=posts[one.key],
                    holder_name=one.holder[:120],
                    valid_from=writing.on,
                )
            )
    Holding.objects.bulk_create(fresh, batch_size=BATCH)


def _charters(writing: Writing, posts: Mapping[str, Post]) -> None:
    """End the charters that say something else, and begin the new ones."""
    for one in writing.wanted.posts:
        old = writing.now.post[one.key].charter if _stays(writing, one.key) else None
        if is_same_charter(old, one.charter):
            continue
        Charter.objects.filter(post=posts[one.key]).end(writing.on)
        if one.charter:
            begin_charter(posts[one.key], one.charter, on=writing.on, posts=posts)


def begin_charter(
    post: Post, charter: ChainCharter, *, on: date, posts: Mapping[str, Post]
) -> None:
    """Let a charter hold from a day on; `posts` has those it sends on to, by key."""
    row = Charter.objects.create(
        post=post,
        area=charter.area,
        decision_room=charter.decision_room,
        valid_from=on,
        **{task.value: degree.value for task, degree in charter.tasks.items()},
    )
    NotMine.objects.bulk_create(
        [
            NotMine(charter=row, words=line.words, ask=posts[line.ask])
            for line in charter.not_mine
        ]
    )


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
    """Whether anything in the chain begins or ends after a day (at most 5 queries)."""
    later = Q(valid_from__gt=on) | Q(valid_to__gt=on)
    return any(
        table.objects.filter(later, within(town, of)).exists()
        for table, of in (
            (Placement, "unit__"),
            (Post, "unit__"),
            (Link, "lower__unit__"),
            (Charter, "post__unit__"),
            (Membership, "post__unit__"),
        )
    )
