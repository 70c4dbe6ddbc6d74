"""The practices that units use: one's own, and those below one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.access.rules import Actor
from kaeden.learning.practices import Practice
from kaeden.learning.queries.practices import AdoptionOf
from kaeden.learning.queries.running import Load
from kaeden.learning.rules.practices import MOST_AT_ONCE
from kaeden.presentation.charts.marks import ListItem
from kaeden.presentation.practice_card import UseView, use, when
from kaeden.presentation.practices import href


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedUse:
    """A use with the name of its practice."""

    title: str
    href: str
    use: UseView


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitUses:
    """What a unit uses and has used; `too_many` says so when there are too many."""

    unit: str
    too_many: str
    now: tuple[NamedUse, ...]
    before: tuple[NamedUse, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InUsePage:
    """The uses at one's own unit, and at those below it that have any."""

    own: UnitUses | None
    units: tuple[UnitUses, ...]


def build(
    actor: Actor,
    found: Iterable[AdoptionOf],
    named: Mapping[str, Practice],
    loads: Mapping[str, Load],
) -> InUsePage:
    """Return the page: the own unit first, then the others by name."""
    by: dict[str, list[AdoptionOf]] = {}
    for one in found:
        by.setdefault(one.at[0], []).append(one)
    views = {
        path: of_unit(
            actor,
            uses,
            named,
            too_many=too_many(loads[path]) if path in loads else "",
        )
        for path, uses in by.items()
    }
    own = views.pop(actor.path, None)
    others = sorted(filter(None, views.values()), key=lambda one: one.unit)
    return InUsePage(own=own, units=tuple(others))


def of_unit(
    actor: Actor,
    uses: Sequence[AdoptionOf],
    named: Mapping[str, Practice],
    *,
    too_many: str = "",
) -> UnitUses | None:
    """Return what a unit uses and has used; None for one that never used any."""
    if not uses:
        return None
    views = [_named(actor, one, named) for one in uses]
    return UnitUses(
        unit=uses[0].unit,
        too_many=too_many,
        now=tuple(v for v, one in zip(views, uses, strict=True) if one.ended is None),
        before=tuple(v for v, one in zip(views, uses, strict=True) if one.ended),
    )


def _named(actor: Actor, one: AdoptionOf, named: Mapping[str, Practice]) -> NamedUse:
    known = named.get(one.practice)
    return NamedUse(
        title=str(known.title) if known else one.practice,
        href=href(one.practice) if known else "",
        use=use(actor, one),
    )


def items(
    found: Iterable[AdoptionOf], named: Mapping[str, Practice]
) -> Iterator[ListItem]:
    """Give what a unit uses now, as lines that lead on."""
    for one in found:
        known = named.get(one.practice)
        if one.ended is None:
            yield ListItem(
                text=str(known.title) if known else one.practice,
                href=href(one.practice) if known else "",
                note=when(one),
            )


def too_many(load: Load) -> str:
    """Return that a unit runs too many at once, while it does."""
    if not load.is_too_much:
        return ""
    said = ngettext(
        "%(count)d practice and test at once. More than %(most)d are hard to do well: "
        "which one do you let go?",
        "%(count)d practices and tests at once. More than %(most)d are hard to do well: "
        "which ones do you let go?",
        load.count,
    )
    return said % {"count": load.count, "most": MOST_AT_ONCE}


def nothing() -> str:
    """Return what is said where nothing is in use."""
    return _("No practice is in use here. Find one that could move what you work for.")
