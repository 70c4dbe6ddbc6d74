"""Gather the breaks of every station; each docstring ends with what it costs."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Reach, reaches
from kaeden.chaincheck.rules import GRAVITY, SHOWN, Shown
from kaeden.dialogue import breaks as dialogue
from kaeden.goals import breaks as goals
from kaeden.organisation import breaks as organisation
from kaeden.organisation.chain import Chain
from kaeden.organisation.errors import NoSuchUnit
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import get_municipality
from kaeden.organisation.snapshot import all_chains, chain_of
from kaeden.shared.breaks import Break, BreakKind

Reporter: TypeAlias = Callable[[Mapping[str, Chain], date], Iterator[Break]]

REPORTERS: tuple[Reporter, ...] = (organisation.breaks, goals.breaks, dialogue.breaks)
"""Each station's room `breaks`, along the thread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The chains of a day and all their breaks, gravest first."""

    as_of: date
    chains: Mapping[str, Chain]
    breaks: tuple[Break, ...]

    @property
    def kinds(self) -> Mapping[BreakKind, int]:
        """How many breaks there are of each kind, gravest kind first."""
        counted = Counter(one.kind for one in self.breaks)
        return {kind: counted[kind] for kind in GRAVITY if counted[kind]}


def check(as_of: date, municipality: str | None = None) -> Report:
    """Check one municipality's chain on a day, or all (13 queries, and the stations').

    However many municipalities there are, each station asks as often.

    Raises
    ------
    NoSuchUnit
        If there was no such municipality that day, or none at all.
    """
    if municipality is None:
        chains = all_chains(as_of)
    else:
        chains = {municipality: chain_of(get_municipality(municipality), as_of)}
    if not chains:
        raise NoSuchUnit(
            _("No municipality was in Kæden on %(day)s. Ask for a later day.")
            % {"day": as_of.isoformat()}
        )
    return checked(chains, as_of)


def checked(chains: Mapping[str, Chain], as_of: date) -> Report:
    """Check chains that are read already (the stations' queries).

    A chain in which nobody holds a post is as the template made it. That its posts are
    vacant is told, and nothing else is expected of it.
    """
    used = {
        code for code, chain in chains.items() if any(p.holder for p in chain.posts)
    }
    found = [
        one
        for breaks in REPORTERS
        for one in breaks(chains, as_of)
        if one.kind is BreakKind.VACANT_POST or one.municipality in used
    ]
    order = Order(chains)
    return Report(as_of=as_of, chains=chains, breaks=tuple(sorted(found, key=order.of)))


class Order:
    """Where a break stands: the gravest kind, the highest unit, the oldest first."""

    def __init__(self, chains: Mapping[str, Chain]) -> None:
        self.chains = chains
        self.rank = {kind: place for place, kind in enumerate(GRAVITY)}

    def of(self, one: Break) -> tuple[int, int, date, str, str, str]:
        """Return what a break is sorted by; the same breaks always stand the same."""
        chain = self.chains[one.municipality]
        depth = sum(1 for _unit in chain.up(one.unit))
        since = one.since or date.max
        return self.rank[one.kind], depth, since, *_named(one)


def _named(one: Break) -> tuple[str, str, str]:
    return one.municipality, one.about, one.unit


def seen_by(actor: Actor, report: Report, paths: Mapping[str, str]) -> Report:
    """Return what of a report somebody may read (0 queries).

    `paths` are those of the units today, by code: whoever asks, asks with the rights
    of today, whatever day it is about. What comes from words follows the line; the
    shape of the chain is for the posts in it; the public sees posts and adopted goals.
    """
    seen = tuple(one for one in report.breaks if _may_see(actor, one, paths))
    return Report(as_of=report.as_of, chains=report.chains, breaks=seen)


def _may_see(actor: Actor, one: Break, paths: Mapping[str, str]) -> bool:
    shown = SHOWN[one.kind]
    if shown is Shown.ALL:
        return True
    town = f"dk/{one.municipality}"
    if actor.role is None or not reaches(Reach.BELOW, home=town, at=actor.path):
        return False
    at = paths.get(one.unit)
    in_line = at is not None and reaches(Reach.LINE, home=actor.path, at=at)
    return in_line or shown is Shown.SIGNED_IN


def paths_in(municipality: Unit) -> dict[str, str]:
    """Return the path of each unit of a municipality today, by its code (1 query)."""
    below = Unit.objects.filter(
        path__startswith=f"{municipality.path}/", valid_to__isnull=True
    )
    found = dict(below.values_list("code", "path"))
    return found | {municipality.code: municipality.path}
