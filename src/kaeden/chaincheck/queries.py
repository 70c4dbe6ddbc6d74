"""Gather the breaks of every station; each docstring ends with what it costs."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, may, may_at_any
from kaeden.chaincheck.rules import BETWEEN_TWO, GRAVITY, KNOWN_ALL_OVER, NEEDED
from kaeden.conditions import breaks as conditions
from kaeden.conditions import unanswered
from kaeden.dialogue import breaks as dialogue
from kaeden.dialogue import overdue, unassessed
from kaeden.goals import breaks as of_goals
from kaeden.goals.queries import threads
from kaeden.goals.way import Thread, Threads
from kaeden.learning import breaks as learning
from kaeden.learning import standstill
from kaeden.organisation import breaks as organisation
from kaeden.organisation.chain import Chain
from kaeden.organisation.errors import NoSuchUnit
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import get_municipality, key_of, rights_in
from kaeden.organisation.snapshot import all_chains, chain_of
from kaeden.publication import breaks as publication
from kaeden.publication import deviations
from kaeden.shared.breaks import Break, BreakKind

Reporter: TypeAlias = Callable[[Mapping[str, Chain], date], Iterator[Break]]
OfGoals: TypeAlias = Callable[[Mapping[str, Chain], date, Threads], Iterator[Break]]
Rights: TypeAlias = Mapping[str, tuple[str, ...]]
"""Where the rights to each unit lie today, by code (`organisation.rights_in`)."""

REPORTERS: tuple[Reporter, ...] = (
    organisation.breaks,
    conditions.breaks,
    unanswered.breaks,
    deviations.breaks,
    dialogue.breaks,
    unassessed.breaks,
    overdue.breaks,
    learning.breaks,
    standstill.breaks,
)
"""Each station's room `breaks`, along the thread."""
OF_GOALS: tuple[OfGoals, ...] = (of_goals.breaks, publication.breaks)
"""Those that look at the goals, which are read once for them."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A municipality's chain with its goals and breaks, as far as somebody may see it.

    `line` are the codes of the units where they may read what goals mean, and `own` the
    key of the post they act in, empty if it is not in this municipality.
    """

    chain: Chain
    goals: tuple[Thread, ...]
    report: Report
    line: frozenset[str] = frozenset()
    with_names: bool = False
    own: str = ""


def check(as_of: date, municipality: str | None = None) -> Report:
    """Check one municipality's chain on a day, or all (15 queries, and the stations').

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
    return checked(chains, as_of, threads(as_of))


def checked(chains: Mapping[str, Chain], as_of: date, goals: Threads) -> Report:
    """Check chains that are read already, with their goals (the stations' queries).

    A chain in which nobody holds a post is as the template made it. That its posts are
    vacant is told, and nothing else is expected of it.
    """
    used = {code: chain for code, chain in chains.items() if _is_used(chain)}
    unused = {code: chain for code, chain in chains.items() if code not in used}
    found = list(organisation.vacancies(unused))
    if used:
        found += (one for breaks in OF_GOALS for one in breaks(used, as_of, goals))
        found += (one for breaks in REPORTERS for one in breaks(used, as_of))
    order = Order(chains)
    return Report(as_of=as_of, chains=chains, breaks=tuple(sorted(found, key=order.of)))


def _is_used(chain: Chain) -> bool:
    return any(post.holder for post in chain.posts)


class Order:
    """Where a break stands: the gravest kind, the highest unit, the oldest first."""

    def __init__(self, chains: Mapping[str, Chain]) -> None:
        self.chains = chains
        self.rank = {kind: place for place, kind in enumerate(GRAVITY)}
        self.places = {
            code: {f"post:{post.key}": place for place, post in enumerate(chain.posts)}
            for code, chain in chains.items()
        }

    def of(self, one: Break) -> tuple[int, int, date, str, int, str, str]:
        """Return what a break is sorted by; the same breaks always stand the same.

        Posts stand as they do in the chain.
        """
        depth = sum(1 for _unit in self.chains[one.municipality].up(one.unit))
        since = one.since or date.max
        place = self.places[one.municipality].get(one.about, 0)
        named = (one.municipality, place, one.about, one.unit)
        return self.rank[one.kind], depth, since, *named


def known_to(actor: Actor, municipality: Unit, day: date) -> Known:
    """Return what somebody may see of a chain on a day (17 queries, and the stations').

    Raises
    ------
    NoSuchUnit
        If the municipality was not there that day.
    """
    code = municipality.code
    chain = chain_of(municipality, day)
    rights = rights_in(municipality) if actor.role else {}
    own = key_of(actor.post_id, municipality)
    goals = threads(day, municipality)
    report = seen_by(actor, checked({code: chain}, day, goals), rights)
    return Known(
        chain=chain,
        goals=goals.get(code, ()),
        report=replace(report, breaks=tuple(_led(report.breaks, own))),
        line=frozenset(
            unit
            for unit, at in rights.items()
            if at and may_at_any(actor, Permission.READ_MEANING, at=at)
        ),
        with_names=bool(may(actor, Permission.READ_HOLDERS, at=municipality.path)),
        own=own,
    )


def _led(breaks: Iterable[Break], own: str) -> Iterator[Break]:
    """Give breaks that lead on only where the post at `own` can follow."""
    for one in breaks:
        is_closed = one.kind in BETWEEN_TWO and one.owner != own
        yield replace(one, path="") if is_closed else one


def seen_by(actor: Actor, report: Report, rights: Rights) -> Report:
    """Return what somebody may read of a report on one municipality (0 queries).

    Whoever asks, asks with the rights of today, whatever day it is about.
    """
    seen = tuple(one for one in report.breaks if _may_see(actor, one, rights))
    return Report(as_of=report.as_of, chains=report.chains, breaks=seen)


def _may_see(actor: Actor, one: Break, rights: Rights) -> bool:
    needed = NEEDED[one.kind]
    if needed is None:
        return True
    place = one.municipality if needed in KNOWN_ALL_OVER else one.unit
    at = rights.get(place, ())
    return bool(at and may_at_any(actor, needed, at=at))
