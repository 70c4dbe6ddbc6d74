"""The steps that are about units. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from django.utils.translation import gettext as _

from kaeden.organisation.chain import Chain, ChainPost, ChainUnit
from kaeden.organisation.files.conversion import in_order
from kaeden.organisation.rules import Kind
from kaeden.organisation.steps.shape import (
    free_code,
    leader_at,
    movable,
    unit_name,
    unit_of,
    with_post,
    with_posts,
    with_unit,
    without_posts,
    without_units,
)
from kaeden.shared.errors import BadInput


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveUnit:
    """A unit gets another unit above it; its posts go along."""

    kind: ClassVar[str] = "move_unit"
    unit: str
    to: str

    def apply(self, chain: Chain) -> Chain:
        """Refuse to put a unit below itself."""
        unit, above = movable(chain, self.unit), unit_of(chain, self.to)
        if unit.code in {one.code for one in chain.up(above.code)}:
            raise BadInput(_("A unit can't be moved below itself."))
        return with_unit(chain, unit.code, parent=above.code)

    def said(self, chain: Chain) -> str:
        """Say what moves where."""
        return _("Move %(unit)s to %(to)s.") % {
            "unit": unit_name(chain, self.unit),
            "to": unit_name(chain, self.to),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameUnit:
    """A unit gets another name."""

    kind: ClassVar[str] = "rename_unit"
    unit: str
    name: str

    def apply(self, chain: Chain) -> Chain:
        """Keep everything else."""
        return with_unit(chain, movable(chain, self.unit).code, name=self.name)

    def said(self, chain: Chain) -> str:
        """Say the new name."""
        return _("Call %(unit)s “%(name)s”.") % {
            "unit": unit_name(chain, self.unit),
            "name": self.name,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeUnits:
    """Units become one: one of them, or a new one where `code` is not theirs.

    The leader of the unit that goes on leads them all, else the first one's; the other
    units' leaders' posts are closed, and whom they led answers to the one that stays.
    """

    kind: ClassVar[str] = "merge_units"
    unit: str
    other: str
    code: str
    name: str

    def apply(self, chain: Chain) -> Chain:
        """Refuse to merge a unit with itself, or with one above it."""
        first, second = movable(chain, self.unit), movable(chain, self.other)
        for one, other in ((first, second), (second, first)):
            if one.code in {above.code for above in chain.up(other.code)}:
                raise BadInput(_("Choose two units that don't lie in each other."))
        if self.code not in {first.code, second.code}:
            new = replace(
                first, code=free_code(chain, self.code), name=self.name, since=None
            )
            chain = replace(chain, units=(*chain.units, new))
        else:
            chain = with_unit(chain, self.code, name=self.name)
        return self._joined(chain, {first.code, second.code} - {self.code})

    def _joined(self, chain: Chain, gone: set[str]) -> Chain:
        """Let what lay below or led the units that end go over to the one that stays."""
        stays = leader_at(chain, self.code) or leader_at(chain, self.unit)
        stays = stays or leader_at(chain, self.other)
        leaders = [leader_at(chain, code) for code in sorted(gone)]
        closed = [one for one in leaders if one is not None and one is not stays]
        if stays is not None:
            chain = _led_by(chain, stays, closed)
        chain = without_posts(chain, [one.key for one in closed])
        chain = replace(
            chain,
            units=tuple(
                replace(one, parent=self.code) if one.parent in gone else one
                for one in chain.units
            ),
            posts=tuple(
                replace(one, unit=self.code) if one.unit in gone else one
                for one in chain.posts
            ),
        )
        return in_order(without_units(chain, gone, (self.code,)))

    def said(self, chain: Chain) -> str:
        """Say what is merged."""
        return _("Merge %(unit)s and %(other)s into “%(name)s”.") % {
            "unit": unit_name(chain, self.unit),
            "other": unit_name(chain, self.other),
            "name": self.name,
        }


def _led_by(chain: Chain, stays: ChainPost, closed: Iterable[ChainPost]) -> Chain:
    """Let whom closed posts led answer to the one that stays, staff and all."""
    staff = stays.staff
    for one in closed:
        known = staff is not None and one.staff is not None
        staff = (staff or 0) + (one.staff or 0) if known else None
    gone = {one.key for one in closed}

    def led(one: ChainPost) -> ChainPost:
        goes_over = one.reports_to in gone and one.key != stays.key
        return replace(one, reports_to=stays.key) if goes_over else one

    return with_post(with_posts(chain, led), stays.key, staff=staff)


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitUnit:
    """A unit becomes two new ones; everything in it goes to the first of them."""

    kind: ClassVar[str] = "split_unit"
    unit: str
    code: str
    name: str
    other_code: str
    other_name: str

    def apply(self, chain: Chain) -> Chain:
        """Refuse codes that are in use."""
        old = movable(chain, self.unit)
        if self.code == self.other_code:
            raise BadInput(_("Give the two units two codes."))
        news = [
            replace(old, code=free_code(chain, code), name=name, since=None)
            for code, name in (
                (self.code, self.name),
                (self.other_code, self.other_name),
            )
        ]
        chain = replace(
            chain,
            units=tuple(
                replace(one, parent=self.code) if one.parent == old.code else one
                for one in (*chain.units, *news)
            ),
            posts=tuple(
                replace(one, unit=self.code) if one.unit == old.code else one
                for one in chain.posts
            ),
        )
        codes = (self.code, self.other_code)
        return in_order(without_units(chain, [old.code], codes))

    def said(self, chain: Chain) -> str:
        """Say what is split."""
        return _("Split %(unit)s into “%(name)s” and “%(other)s”.") % {
            "unit": unit_name(chain, self.unit),
            "name": self.name,
            "other": self.other_name,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenUnit:
    """A new unit begins below another one."""

    kind: ClassVar[str] = "open_unit"
    code: str
    name: str
    unit_kind: str
    to: str

    def apply(self, chain: Chain) -> Chain:
        """Refuse a code that is in use."""
        unit = ChainUnit(
            code=free_code(chain, self.code),
            kind=Kind(self.unit_kind),
            name=self.name,
            parent=unit_of(chain, self.to).code,
        )
        return in_order(replace(chain, units=(*chain.units, unit)))

    def said(self, chain: Chain) -> str:
        """Say what opens where."""
        return _("Open “%(name)s” under %(to)s.") % {
            "name": self.name,
            "to": unit_name(chain, self.to),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseUnit:
    """A unit and its posts end; what lies below it goes to the one that carries it on.

    Where `by` is empty, nobody carries it on, and what lies below goes up.
    """

    kind: ClassVar[str] = "close_unit"
    unit: str
    by: str = ""

    def apply(self, chain: Chain) -> Chain:
        """Refuse to let a unit be carried on by itself or by one inside it."""
        unit = movable(chain, self.unit)
        if self.by and unit.code in {
            one.code for one in chain.up(unit_of(chain, self.by).code)
        }:
            raise BadInput(_("A unit can't be carried on by itself."))
        above = self.by or unit.parent
        posts = [post.key for post in chain.posts_at.get(unit.code, ())]
        chain = without_posts(chain, posts)
        below = (
            replace(one, parent=above) if one.parent == unit.code else one
            for one in chain.units
        )
        chain = replace(chain, units=tuple(below))
        by = (self.by,) if self.by else ()
        return in_order(without_units(chain, [unit.code], by))

    def said(self, chain: Chain) -> str:
        """Say what closes, and who carries it on."""
        facts = {
            "unit": unit_name(chain, self.unit),
            "by": unit_name(chain, self.by),
        }
        if not self.by:
            return _("Close %(unit)s.") % facts
        return _("Close %(unit)s; %(by)s carries it on.") % facts


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterUnit:
    """A unit gets a place in a cluster besides its place in the line, or leaves it."""

    kind: ClassVar[str] = "cluster_unit"
    unit: str
    cluster: str = ""

    def apply(self, chain: Chain) -> Chain:
        """Leave the line as it is."""
        cluster = unit_of(chain, self.cluster).code if self.cluster else ""
        return with_unit(chain, movable(chain, self.unit).code, cluster=cluster)

    def said(self, chain: Chain) -> str:
        """Say which cluster."""
        facts = {
            "unit": unit_name(chain, self.unit),
            "cluster": unit_name(chain, self.cluster),
        }
        if not self.cluster:
            return _("Take %(unit)s out of its cluster.") % facts
        return _("Let %(unit)s be in the cluster %(cluster)s.") % facts
