"""Fjordby's chain as a plain value, small enough to see through."""

from dataclasses import replace
from datetime import date
from typing import Any

from kaeden.access.rules import SYSTEM, Role
from kaeden.organisation.actions import apply_chain
from kaeden.organisation.chain import (
    Chain,
    ChainCharter,
    ChainCommunity,
    ChainPost,
    ChainUnit,
    NotMine,
)
from kaeden.organisation.changes import Change
from kaeden.organisation.rules import Bound, Degree, Kind, Task

BEGAN = date(2024, 8, 1)
FJORDBY = "999"


def a_unit(code: str, name: str, kind: Kind, parent: str, **facts: Any) -> ChainUnit:
    """A unit in its place."""
    return ChainUnit(code=code, name=name, kind=kind, parent=parent, **facts)


def a_post(key: str, role: Role, unit: str, reports_to: str, **facts: Any) -> ChainPost:
    """A vacant post without a charter, unless said otherwise."""
    known = {"title": "", "key": key, "role": role, "unit": unit}
    return ChainPost(**(known | {"reports_to": reports_to} | facts))


def a_charter(**facts: Any) -> ChainCharter:
    """The charter of a leader who holds all seven tasks."""
    known = {
        "area": "Nordskolens undervisning og fritid",
        "decision_room": "Fordeling af timer og opgaver på skolen",
        "not_mine": (NotMine(words="Skoledistrikter", ask="skolechef"),),
        "tasks": dict.fromkeys(Task, Degree.HOLDS),
    }
    return ChainCharter(**(known | facts))


UNITS = (
    a_unit(FJORDBY, "Fjordby", Kind.MUNICIPALITY, ""),
    a_unit("schools", "Skoler", Kind.AREA, FJORDBY),
    a_unit("daycare", "Dagtilbud", Kind.AREA, FJORDBY),
    a_unit("nord", "Klynge Nord", Kind.CLUSTER, "daycare"),
    a_unit("999001", "Nordskolen", Kind.SCHOOL, "schools"),
    a_unit("999002", "Sydskolen", Kind.SCHOOL, "schools"),
    a_unit("G99901", "Børnehuset Solstrålen", Kind.DAYCARE, "nord"),
    a_unit("999001-3a", "3.a", Kind.CLASS, "999001"),
)
POSTS = (
    a_post("udvalg", Role.COMMITTEE, FJORDBY, ""),
    a_post("direktor", Role.DIRECTOR, FJORDBY, "udvalg", holder="Direktøren"),
    a_post(
        "skolechef", Role.CHIEF_SCHOOLS, "schools", "direktor", holder="Skolechefen"
    ),
    a_post("dagtilbudschef", Role.CHIEF_DAYCARE, "daycare", "direktor"),
    a_post("leder-nord", Role.AREA_LEADER, "nord", "dagtilbudschef"),
    a_post("leder-999001", Role.LEADER, "999001", "skolechef", charter=a_charter()),
    a_post("leder-999002", Role.LEADER, "999002", "skolechef", staff=12),
    a_post("leder-solstraalen", Role.LEADER, "G99901", "leder-nord"),
)


def a_chain(**changes: Any) -> Chain:
    """Fjordby's chain as it began."""
    known = {
        "municipality": FJORDBY,
        "name": "Fjordby",
        "as_of": BEGAN,
        "units": UNITS,
        "posts": POSTS,
        "communities": (
            ChainCommunity(
                key="laesning",
                name="Læsefællesskabet",
                purpose="At flere børn læser med lyst",
                members=("leder-999001", "leder-999002"),
            ),
        ),
        "bounds": {Role.LEADER: Bound(8, 25)},
    }
    return Chain(**(known | changes))


def with_unit(chain: Chain, code: str, **changes: Any) -> Chain:
    """The chain with one unit changed."""
    units = (replace(u, **changes) if u.code == code else u for u in chain.units)
    return replace(chain, units=tuple(units))


def with_post(chain: Chain, key: str, **changes: Any) -> Chain:
    """The chain with one post changed."""
    posts = (replace(p, **changes) if p.key == key else p for p in chain.posts)
    return replace(chain, posts=tuple(posts))


def without(chain: Chain, *names: str) -> Chain:
    """The chain without some units or posts, by code or key."""
    return replace(
        chain,
        units=tuple(unit for unit in chain.units if unit.code not in names),
        posts=tuple(post for post in chain.posts if post.key not in names),
    )


def applied(chain: Chain, *, on: date = BEGAN) -> tuple[Change, ...]:
    """Let the chain hold from a day on."""
    return apply_chain(chain, on=on, by=SYSTEM)
