"""A small chain that lacks nothing, to take something away from."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from kaeden.access.rules import Role
from kaeden.organisation.chain import Chain, ChainCharter, ChainPost, ChainUnit
from kaeden.organisation.rules import Degree, Kind, Task
from tests.builders.places import FJORDBY, LOADED

EVERY_TASK = frozenset(Task)


def a_charter_of(
    *,
    holds: Collection[Task] = (),
    shares: Collection[Task] = (),
    **changes: Any,
) -> ChainCharter:
    """A charter with these tasks; those not named are not had."""
    tasks = dict.fromkeys(shares, Degree.SHARES) | dict.fromkeys(holds, Degree.HOLDS)
    facts: dict[str, Any] = {"area": "Skolerne", "decision_room": "Alt om skolerne"}
    return ChainCharter(tasks=tasks, **(facts | changes))


def a_place(
    code: str, kind: Kind = Kind.SCHOOL, parent: str = "schools", **facts: Any
) -> ChainUnit:
    """A unit, called by its code unless said otherwise."""
    known = {"name": code, "since": LOADED}
    return ChainUnit(code=code, kind=kind, parent=parent, **(known | facts))


def a_held_post(
    key: str, role: Role = Role.LEADER, reports_to: str = "chief", **facts: Any
) -> ChainPost:
    """A held post at the unit of the same name, with a charter of nothing."""
    known: dict[str, Any] = {
        "title": "",
        "unit": key,
        "holder": "Kim",
        "since": date(2026, 5, 1),
        "charter": a_charter_of(),
    }
    return ChainPost(key=key, role=role, reports_to=reports_to, **(known | facts))


UNITS = (
    a_place(FJORDBY, Kind.MUNICIPALITY, "", name="Fjordby"),
    a_place("schools", Kind.AREA, FJORDBY),
    a_place("others", Kind.AREA, FJORDBY),
    a_place("nord", name="Nordskolen"),
    a_place("syd", name="Sydskolen"),
    a_place("fri", parent="others", name="Fjord Friskole"),
)
POSTS = (
    a_held_post("committee", Role.COMMITTEE, "", unit=FJORDBY, charter=None, holder=""),
    a_held_post("director", Role.DIRECTOR, "committee", unit=FJORDBY, staff=3),
    a_held_post(
        *("chief", Role.CHIEF_SCHOOLS, "director"),
        unit="schools",
        staff=4,
        charter=a_charter_of(holds=EVERY_TASK),
    ),
    a_held_post("nord", staff=20),
    a_held_post("syd", staff=16),
)


def a_sound_chain(
    *more: ChainUnit | ChainPost, without: Collection[str] = (), **changes: Any
) -> Chain:
    """Fjordby's chain with nothing lacking: a chief of schools who holds every task.

    A post or unit in `more` takes the place of the one with its key, or comes last;
    those whose keys are in `without` are left out.
    """
    units = {one.code: one for one in UNITS}
    posts = {one.key: one for one in POSTS}
    for one in more:
        if isinstance(one, ChainUnit):
            units[one.code] = one
        else:
            posts[one.key] = one
    facts: dict[str, Any] = {
        "municipality": FJORDBY,
        "name": "Fjordby",
        "as_of": date(2026, 9, 1),
        "units": tuple(one for key, one in units.items() if key not in without),
        "posts": tuple(one for key, one in posts.items() if key not in without),
    }
    return Chain(**(facts | changes))


def with_charters(chain: Chain, charters: Mapping[str, ChainCharter | None]) -> Chain:
    """The same chain, in which some posts have other charters."""
    posts = (
        replace(one, charter=charters.get(one.key, one.charter)) for one in chain.posts
    )
    return replace(chain, posts=tuple(posts))
