"""What the structure lacks, as breaks: whose, since when, and the act that mends it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeAlias

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.access.rules import GRANTS, Permission, Role
from kaeden.organisation.chain import Chain
from kaeden.organisation.findings import Finding, findings, leading_posts
from kaeden.organisation.lines import upward
from kaeden.organisation.models import Charter, Link, Placement, Post
from kaeden.organisation.rules import TASK_NAMES, Hierarchy
from kaeden.shared.breaks import Break, BreakKind

Days: TypeAlias = Mapping[tuple[str, str], date]
"""A day for each post or unit, by the municipality's code and its own key."""


def breaks(chains: Mapping[str, Chain], as_of: date) -> Iterator[Break]:
    """Give the breaks in the structure of some chains (at most 6 queries for all)."""
    since = Since(as_of)
    for chain in chains.values():
        for one in findings(chain):
            yield as_break(chain, one, since.of(chain, one))


def vacancies(chains: Mapping[str, Chain]) -> Iterator[Break]:
    """Give the vacant posts of some chains, and nothing else they lack (0 queries)."""
    for chain in chains.values():
        for post in leading_posts(chain):
            if post.is_vacant:
                found = Finding(kind=BreakKind.VACANT_POST, post=post.key)
                yield as_break(chain, found, post.since)


def as_break(chain: Chain, one: Finding, since: date | None = None) -> Break:
    """Return a finding with its owner, its sentence and the act that mends it."""
    said = WORDS[one.kind]
    owner = owner_of(chain, one.post, said.permission)
    return Break(
        kind=one.kind,
        municipality=chain.municipality,
        about=f"post:{one.post}",
        unit=one.units[0] if len(one.units) == 1 else chain.post[one.post].unit,
        owner=owner,
        owner_name=chain.post_name(owner),
        since=since,
        sentence=said.sentence(chain, one),
        act=said.act(),
        path=said.path(chain, one),
    )


def owner_of(chain: Chain, key: str, permission: Permission) -> str:
    """Return the post that can mend something at a post.

    It is the nearest one above whose role has the permission, and that somebody holds:
    what a vacant post owns moves up. Where all are vacant it is the nearest. Above whom
    nobody is, the director answers for.
    """
    _itself, *above = upward(chain, key)
    able = [post for post in above if permission in GRANTS[post.role]]
    able = able or [post for post in chain.posts if post.role is Role.DIRECTOR]
    held = [post for post in able if not post.is_vacant]
    return next(iter(held or able), chain.post[key]).key


class Since:
    """Since when something has been so; each kind of date is read once for all."""

    def __init__(self, as_of: date) -> None:
        self.as_of = as_of

    def of(self, chain: Chain, one: Finding) -> date | None:
        """Return the first day that a finding held, as far as the dates tell."""
        if one.kind is BreakKind.VACANT_POST:
            return chain.post[one.post].since
        town = chain.municipality
        posts = [(town, key) for key in (one.post, *one.posts)]
        if one.kind is BreakKind.POST_WITHOUT_CHARTER:
            return self.charters_ended.get(posts[0]) or self.posts.get(posts[0])
        if one.kind is BreakKind.POST_WITHOUT_LINK:
            return self.links_ended.get(posts[0]) or self.posts.get(posts[0])
        return self._newest(chain, one, posts)

    def _newest(
        self, chain: Chain, one: Finding, posts: list[tuple[str, str]]
    ) -> date | None:
        """Return when the newest came of what is counted together."""
        town = chain.municipality
        days, counted = self.charters, posts
        if one.kind is BreakKind.SPAN_OUTSIDE_BOUNDS:
            led = chain.led.get(one.post, ())
            days, counted = self.posts, [*posts, *((town, post.key) for post in led)]
        elif one.kind is BreakKind.UNIT_FAR_FROM_LEADER:
            days, counted = self.placements, [(town, code) for code in one.units]
        return max((days[each] for each in counted if each in days), default=None)

    @cached_property
    def posts(self) -> Days:
        """When each post began (1 query)."""
        return _days(Post.objects.at(self.as_of), "unit__path", "key", "valid_from")

    @cached_property
    def charters(self) -> Days:
        """When each charter was written (1 query)."""
        rows = Charter.objects.at(self.as_of)
        return _days(rows, "post__unit__path", "post__key", "valid_from")

    @cached_property
    def charters_ended(self) -> Days:
        """When each post last lost its charter (1 query)."""
        rows = Charter.objects.filter(valid_to__lte=self.as_of)
        found = rows.values("post__unit__path", "post__key").annotate(
            last=Max("valid_to")
        )
        return _days(found, "post__unit__path", "post__key", "last")

    @cached_property
    def links_ended(self) -> Days:
        """When each post last lost its link up (1 query)."""
        rows = Link.objects.filter(valid_to__lte=self.as_of)
        found = rows.values("lower__unit__path", "lower__key").annotate(
            last=Max("valid_to")
        )
        return _days(found, "lower__unit__path", "lower__key", "last")

    @cached_property
    def placements(self) -> Days:
        """When each unit got its place in the line (1 query)."""
        rows = Placement.objects.at(self.as_of).filter(hierarchy=Hierarchy.LINE.value)
        return _days(rows, "unit__path", "unit__code", "valid_from")


def _days(rows: QuerySet[Any, Any], path: str, key: str, day: str) -> Days:
    return {
        (found.split("/")[1], name): on
        for found, name, on in rows.values_list(path, key, day)
        if "/" in found
    }


# Words ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How one kind of finding is said, and who can do what about it where."""

    permission: Permission
    sentence: Callable[[Chain, Finding], str]
    act: Callable[[], str]
    path: Callable[[Chain, Finding], str]


def post_path(chain: Chain, one: Finding) -> str:
    """Return the address of the post's page."""
    return f"/kommune/{chain.municipality}/stilling/{one.post}/"


def charter_path(chain: Chain, one: Finding) -> str:
    """Return the address of the form that writes the post's charter."""
    return f"{post_path(chain, one)}beskrivelse/"


def drafts_path(chain: Chain, _one: Finding) -> str:
    """Return the address of the page where another structure is drawn."""
    return f"/kommune/{chain.municipality}/udkast/"


def _vacant(chain: Chain, one: Finding) -> str:
    return _("%(post)s: nobody holds the post in Kæden.") % {
        "post": chain.post_name(one.post)
    }


def _without_charter(chain: Chain, one: Finding) -> str:
    return _("%(post)s has no charter: nobody has written what the post decides.") % {
        "post": chain.post_name(one.post)
    }


def _without_link(chain: Chain, one: Finding) -> str:
    reports_to = chain.post[one.post].reports_to
    if not reports_to:
        words = _("%(post)s reports to nobody.")
    elif reports_to not in chain.post:
        words = _("%(post)s reports to a post that is not there.")
    else:
        words = _("%(post)s reports to itself through others, and nobody leads it.")
    return words % {"post": chain.post_name(one.post)}


def _of_nobody(chain: Chain, one: Finding) -> str:
    facts = {
        "task": TASK_NAMES[one.task] if one.task else "",
        "post": chain.post_name(one.post),
        "count": len(one.posts),
    }
    if one.posts == (one.post,):
        return _("Nobody from %(post)s up holds the task “%(task)s”.") % facts
    return (
        ngettext(
            "Nobody holds the task “%(task)s” in the %(count)d line under %(post)s.",
            "Nobody holds the task “%(task)s” in the %(count)d lines under %(post)s.",
            len(one.posts),
        )
        % facts
    )


def _of_two(chain: Chain, one: Finding) -> str:
    facts = {
        "task": TASK_NAMES[one.task] if one.task else "",
        "post": chain.post_name(one.post),
        "other": chain.post_name(one.posts[0]),
        "count": len(one.posts),
    }
    if len(one.posts) == 1:
        return _("Both %(post)s and %(other)s hold the task “%(task)s”.") % facts
    return (
        _("%(post)s and %(count)d posts below it all hold the task “%(task)s”.") % facts
    )


def _span_outside(chain: Chain, one: Finding) -> str:
    assert one.bound is not None
    return _(
        "%(post)s leads %(found)d directly. The bounds are %(from)d to %(to)d."
    ) % {
        "post": chain.post_name(one.post),
        "found": one.found,
        "from": one.bound.span_from,
        "to": one.bound.span_to,
    }


def _too_far(chain: Chain, one: Finding) -> str:
    facts = {
        "post": chain.post_name(one.post),
        "unit": chain.unit[one.units[0]].full_name,
        "count": len(one.units),
        "found": round(one.found or 0),
    }
    return _far_words(one) % facts


def _far_words(one: Finding) -> str:
    is_one = len(one.units) == 1
    if one.in_km and is_one:
        return _("%(unit)s lies %(found)d km from the leader nearest it, %(post)s.")
    if one.in_km:
        return _("%(count)d units lie up to %(found)d km from their leader, %(post)s.")
    if is_one:
        return _("%(unit)s lies %(found)d levels below its nearest leader, %(post)s.")
    return _("%(count)d units lie up to %(found)d levels below their leader, %(post)s.")


WORDS: Mapping[BreakKind, Words] = {
    BreakKind.VACANT_POST: Words(
        permission=Permission.FILL_POST,
        sentence=_vacant,
        act=lambda: _("Fill the post"),
        path=post_path,
    ),
    BreakKind.POST_WITHOUT_CHARTER: Words(
        permission=Permission.WRITE_CHARTER,
        sentence=_without_charter,
        act=lambda: _("Write the charter"),
        path=charter_path,
    ),
    BreakKind.POST_WITHOUT_LINK: Words(
        permission=Permission.DRAW_DRAFT,
        sentence=_without_link,
        act=lambda: _("Say who leads the post"),
        path=drafts_path,
    ),
    BreakKind.TASK_HELD_BY_NOBODY: Words(
        permission=Permission.WRITE_CHARTER,
        sentence=_of_nobody,
        act=lambda: _("Give the task to one post, or let several share it"),
        path=charter_path,
    ),
    BreakKind.TASK_HELD_BY_TWO: Words(
        permission=Permission.WRITE_CHARTER,
        sentence=_of_two,
        act=lambda: _("Let one post hold the task, or let them share it"),
        path=charter_path,
    ),
    BreakKind.SPAN_OUTSIDE_BOUNDS: Words(
        permission=Permission.DRAW_DRAFT,
        sentence=_span_outside,
        act=lambda: _("Draw another structure"),
        path=drafts_path,
    ),
    BreakKind.UNIT_FAR_FROM_LEADER: Words(
        permission=Permission.DRAW_DRAFT,
        sentence=_too_far,
        act=lambda: _("Draw another structure"),
        path=drafts_path,
    ),
}
