"""What differs between two chains of a municipality. Pure; no database.

Things are the same when they have the same code or key. What a unit is carried on by,
and since when somebody holds a post, is told but is no difference of its own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kaeden.organisation.chain import (
    Chain,
    ChainCharter,
    ChainCommunity,
    ChainPost,
    ChainUnit,
)
from kaeden.organisation.rules import Area, Task


class Thing(StrEnum):
    """What a change is about."""

    UNIT = "unit"
    POST = "post"
    CHARTER = "charter"
    COMMUNITY = "community"
    BOUNDS = "bounds"


class Verb(StrEnum):
    """What happens to it."""

    BEGINS = "begins"
    ENDS = "ends"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference: a thing begins, ends, or changes in one field.

    `before` and `after` are names as a person knows them, empty for none; who holds a
    post is told as a change of ``holder`` without a name.
    """

    thing: Thing
    verb: Verb
    key: str
    name: str
    field: str = ""
    before: str = ""
    after: str = ""


def diff(now: Chain, wanted: Chain) -> tuple[Change, ...]:
    """Return what must change for `now` to become `wanted`, units first.

    Private institutions, which lead themselves, may be left out of `wanted`.
    """
    return (
        *_units(now, wanted),
        *_posts(now, wanted),
        *_charters(now, wanted),
        *_communities(now, wanted),
        *_bounds(now, wanted),
    )


def is_outside(chain: Chain, code: str) -> bool:
    """Whether a unit is a private institution's, or their area: outside the chain."""
    return any(unit.code == Area.OTHERS.value for unit in chain.up(code))


def _units(now: Chain, wanted: Chain) -> Iterator[Change]:
    for code, unit in now.unit.items():
        if code not in wanted.unit and not is_outside(now, code):
            after = ", ".join(
                _unit_name(wanted, one) for one in wanted.carried_on.get(code, ())
            )
            yield _unit(Verb.ENDS, unit, after=after)
    for code, unit in wanted.unit.items():
        if code not in now.unit:
            above = _unit_name(wanted, unit.parent)
            yield _unit(Verb.BEGINS, unit, after=above)
            continue
        old = now.unit[code]
        for field in ("parent", "cluster"):
            before, after = getattr(old, field), getattr(unit, field)
            if before != after:
                yield _unit(
                    Verb.CHANGES,
                    unit,
                    field=field,
                    before=_unit_name(now, before),
                    after=_unit_name(wanted, after),
                )
        for field in ("name", "kind", "form", "owner", "latitude", "longitude"):
            yield from _field(Thing.UNIT, code, unit.name, field, old, unit)


def _unit(verb: Verb, unit: ChainUnit, **what: str) -> Change:
    return Change(thing=Thing.UNIT, verb=verb, key=unit.code, name=unit.name, **what)


def _unit_name(chain: Chain, code: str) -> str:
    return chain.unit[code].name if code in chain.unit else code


def _field(
    thing: Thing, key: str, name: str, field: str, old: object, new: object
) -> Iterator[Change]:
    before, after = getattr(old, field), getattr(new, field)
    if before != after:
        yield Change(
            thing=thing,
            verb=Verb.CHANGES,
            key=key,
            name=name,
            field=field,
            before=_text(before),
            after=_text(after),
        )


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _posts(now: Chain, wanted: Chain) -> Iterator[Change]:
    for key, post in now.post.items():
        if key not in wanted.post:
            yield _post(Verb.ENDS, now, post)
    for key, post in wanted.post.items():
        if key not in now.post:
            yield _post(Verb.BEGINS, wanted, post)
            continue
        old, label = now.post[key], name_of_post(wanted, key)
        for field in ("role", "title", "staff"):
            yield from _field(Thing.POST, key, label, field, old, post)
        names = (
            ("unit", _unit_name(now, old.unit), _unit_name(wanted, post.unit)),
            (
                "reports_to",
                name_of_post(now, old.reports_to),
                name_of_post(wanted, post.reports_to),
            ),
            ("holder", "", ""),
        )
        for field, before, after in names:
            if getattr(old, field) != getattr(post, field):
                yield _post(
                    Verb.CHANGES, wanted, post, field=field, before=before, after=after
                )


def _post(verb: Verb, chain: Chain, post: ChainPost, **what: str) -> Change:
    name = name_of_post(chain, post.key)
    return Change(thing=Thing.POST, verb=verb, key=post.key, name=name, **what)


def name_of_post(chain: Chain, key: str) -> str:
    """Return a post as a person knows it: its title and its unit."""
    post = chain.post.get(key)
    return f"{post.name}, {_unit_name(chain, post.unit)}" if post else key


def is_same_charter(one: ChainCharter | None, other: ChainCharter | None) -> bool:
    """Whether two charters say the same; a task left out is a task not had."""
    if one is None or other is None:
        return one is other
    words = (one.area, one.decision_room, one.not_mine)
    return words == (other.area, other.decision_room, other.not_mine) and all(
        one.degree(task) is other.degree(task) for task in Task
    )


def _charters(now: Chain, wanted: Chain) -> Iterator[Change]:
    for key, post in wanted.post.items():
        old = now.post[key].charter if key in now.post else None
        if not is_same_charter(old, post.charter):
            verb = Verb.CHANGES if old and post.charter else Verb.BEGINS
            yield Change(
                thing=Thing.CHARTER,
                verb=verb if post.charter else Verb.ENDS,
                key=key,
                name=name_of_post(wanted, key),
            )


def _communities(now: Chain, wanted: Chain) -> Iterator[Change]:
    old, new = _by_key(now), _by_key(wanted)
    for key in old.keys() - new.keys():
        yield _community(Verb.ENDS, old[key])
    for key, one in new.items():
        if key not in old:
            yield _community(Verb.BEGINS, one)
            continue
        for field in ("name", "purpose"):
            yield from _field(Thing.COMMUNITY, key, one.name, field, old[key], one)
        before, after = set(old[key].members), set(one.members)
        if before != after:
            yield _community(
                Verb.CHANGES,
                one,
                field="members",
                before=_names(now, before - after),
                after=_names(wanted, after - before),
            )


def _by_key(chain: Chain) -> Mapping[str, ChainCommunity]:
    return {one.key: one for one in chain.communities}


def _community(verb: Verb, one: ChainCommunity, **what: str) -> Change:
    return Change(thing=Thing.COMMUNITY, verb=verb, key=one.key, name=one.name, **what)


def _names(chain: Chain, keys: set[str]) -> str:
    return "; ".join(sorted(name_of_post(chain, key) for key in keys))


def _bounds(now: Chain, wanted: Chain) -> Iterator[Change]:
    for role in sorted(now.bounds.keys() | wanted.bounds.keys()):
        before, after = now.bounds.get(role), wanted.bounds.get(role)
        if before != after:
            verb = Verb.CHANGES if before and after else Verb.BEGINS
            yield Change(
                thing=Thing.BOUNDS,
                verb=verb if after else Verb.ENDS,
                key=role.value,
                name=role.value,
                before=str(before) if before else "",
                after=str(after) if after else "",
            )
