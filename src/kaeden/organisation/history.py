"""Read what has been: when a post was held, and by which charter it was led.

What ended the day it began never held, and is left out.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from kaeden.organisation.errors import NoSuchUnit
from kaeden.organisation.lineage import Descent, Kin, Lineage
from kaeden.organisation.models import (
    Charter,
    Holding,
    Placement,
    Post,
    Succession,
    Unit,
    UnitName,
)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitHistory:
    """What a unit was called and where it lay, the newest first, and its lineage."""

    unit: Unit
    names: tuple[Spell, ...]
    places: tuple[Spell, ...]
    lineage: Lineage

    @property
    def before(self) -> tuple[tuple[Kin, date], ...]:
        """The units it carries on directly, and since when."""
        own = self.lineage.into(self.unit.pk)
        return tuple((self.lineage.kin[one.predecessor], one.on) for one in own)

    @property
    def after(self) -> tuple[tuple[Kin, date], ...]:
        """The units that carry it on directly, and since when."""
        return tuple(
            (self.lineage.kin[one.successor], one.on)
            for one in self.lineage.descents
            if one.predecessor == self.unit.pk
        )


def unit_history(unit: Unit) -> UnitHistory:
    """Return what a unit has been (2 queries, and those of its lineage)."""
    names = [
        Spell(since=one.valid_from, until=one.valid_to, words=one.name)
        for one in _held(UnitName.objects.filter(unit=unit))
    ]
    only = Spell(since=unit.valid_from, until=unit.valid_to, words=unit.full_name)
    places = Placement.objects.filter(unit=unit).select_related("parent")
    return UnitHistory(
        unit=unit,
        names=tuple(names or [only]),
        places=tuple(
            Spell(since=one.valid_from, until=one.valid_to, words=one.parent.full_name)
            for one in _held(places)
        ),
        lineage=lineage_of(unit),
    )


def lineage_of(unit: Unit) -> Lineage:
    """Return the units a unit carries on, and all that carry on those.

    It costs 2 queries for a unit that carries on none and is carried on by none, and
    some for each generation else.
    """
    found: dict[int, Succession] = {}
    _follow({unit.pk}, found, to="successor", of="predecessor")
    units = {unit.pk, *(one.predecessor_id for one in found.values())}
    _follow(units, found, to="predecessor", of="successor")
    kin = {unit.pk: unit}
    for one in found.values():
        kin |= {one.predecessor_id: one.predecessor, one.successor_id: one.successor}
    return Lineage(
        unit=unit.pk,
        kin={
            pk: Kin(
                name=one.name,
                code=one.code,
                since=one.valid_from,
                until=one.valid_to,
            )
            for pk, one in kin.items()
        },
        descents=tuple(
            Descent(
                predecessor=one.predecessor_id, successor=one.successor_id, on=one.on
            )
            for one in found.values()
        ),
    )


def _follow(units: set[int], found: dict[int, Succession], *, to: str, of: str) -> None:
    """Add the successions from some units on, a query for each generation."""
    seen: set[int] = set()
    while units:
        seen |= units
        rows = Succession.objects.filter(**{f"{to}__in": units})
        rows = rows.select_related("predecessor", "successor").order_by("on", "pk")
        fresh = {one.pk: one for one in rows}
        found.update(fresh)
        units = {getattr(one, f"{of}_id") for one in fresh.values()} - seen


def _held(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the rows that held for a day at least, the newest first."""
    lasting = rows.exclude(valid_to=F("valid_from"))
    return lasting.order_by("-valid_from", "-pk")


def holder_name(holding: Holding) -> str:
    """Return what a holder is called, as the chain of the day calls them."""
    is_demo = holding.user is not None and holding.user.is_demo
    login = _("a demo login") if is_demo else str(holding.user)
    return holding.holder_name or login
