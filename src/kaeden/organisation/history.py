"""Read what has been: when a post was held, and by which charter it was led.

What ended the day it began never held, and is left out.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from kaeden.organisation.errors import NoSuchUnit
from kaeden.organisation.models import Charter, Holding, Post, Unit
from kaeden.organisation.queries import within


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """Something that held from a day until, not including, another; None is open."""

    since: date
    until: date | None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostHistory:
    """A post's units, holders and charters over time, the newest first.

    `name` is what it is called now, or was called last.
    `charter` is the row of the charter that holds today; None where none does.
    """

    name: str
    posts: tuple[Spell, ...]
    holdings: tuple[Spell, ...]
    charters: tuple[Spell, ...]
    charter: int | None

    @property
    def ended(self) -> date | None:
        """The day the post was closed; None while it is there."""
        return self.posts[0].until


def post_history(town: Unit, key: str) -> PostHistory:
    """Return what a post has been, under its key (3 queries).

    Raises
    ------
    NoSuchUnit
        If there never was such a post.
    """
    posts = Post.objects.filter(within(town, "unit__"), key=key).select_related("unit")
    rows = list(_held(posts))
    if not rows:
        raise NoSuchUnit(_("There is no such post."))
    of_post = Q(within(town, "post__unit__"), post__key=key)
    charters = list(_held(Charter.objects.filter(of_post)))
    holdings = Holding.objects.filter(of_post).select_related("user")
    return PostHistory(
        name=rows[0].name,
        posts=tuple(
            Spell(since=one.valid_from, until=one.valid_to, words=one.unit.full_name)
            for one in rows
        ),
        holdings=tuple(
            Spell(since=one.valid_from, until=one.valid_to, words=holder_name(one))
            for one in _held(holdings)
        ),
        charters=tuple(
            Spell(since=one.valid_from, until=one.valid_to) for one in charters
        ),
        charter=next((one.pk for one in charters if one.valid_to is None), None),
    )


def _held(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the rows that held for a day at least, the newest first."""
    lasting = rows.exclude(valid_to=F("valid_from"))
    return lasting.order_by("-valid_from", "-pk")


def holder_name(holding: Holding) -> str:
    """Return what a holder is called; demo accounts have no names."""
    if holding.user is not None and holding.user.is_demo:
        return _("a demo login")
    return holding.holder_name or str(holding.user)
