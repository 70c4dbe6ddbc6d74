"""A chain file as a chain, and a chain as what its file says. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from kaeden.organisation.chain import (
    Chain,
    ChainCharter,
    ChainCommunity,
    ChainPost,
    ChainUnit,
    NotMine,
)
from kaeden.organisation.changes import is_outside
from kaeden.organisation.files.schema import (
    ChainFile,
    CharterPart,
    PostPart,
    UnitPart,
)
from kaeden.organisation.rules import Bound, Degree, Task

Content = dict[str, Any]


def chain_of_file(file: ChainFile) -> Chain:
    """Return the chain that a file stands for, in the file's order."""
    units = tuple(_unit(part) for part in file.units)
    names = {unit.code: unit.name for unit in units}
    return Chain(
        municipality=file.municipality,
        name=names.get(file.municipality, ""),
        as_of=file.as_of,
        units=units,
        posts=tuple(_post(part) for part in file.posts),
        communities=tuple(
            ChainCommunity(
                key=one.key, name=one.name, purpose=one.purpose, members=one.members
            )
            for one in file.communities
        ),
        bounds={
            one.role: Bound(one.span_from, one.span_to, one.farthest)
            for one in file.bounds
        },
        carried_on={one.unit: one.by for one in file.carried_on},
    )


def in_order(chain: Chain) -> Chain:
    """Return a sound chain with parents before children, else in the order given."""
    units = _depths({unit.code: unit.parent for unit in chain.units})
    posts = _depths({post.key: post.reports_to for post in chain.posts})
    return replace(
        chain,
        units=tuple(sorted(chain.units, key=lambda one: units[one.code])),
        posts=tuple(sorted(chain.posts, key=lambda one: posts[one.key])),
    )


def content_of(chain: Chain) -> Content:
    """Return what a chain's file says: plain values, empty fields left out.

    Private institutions, which lead themselves, are no part of it.
    """
    return {
        "municipality": chain.municipality,
        "as_of": chain.as_of.isoformat(),
        "units": [
            _filled(one, UnitPart.model_fields)
            for one in chain.units
            if not is_outside(chain, one.code)
        ],
        "posts": [_post_content(one) for one in chain.posts],
        "communities": [
            {
                "key": one.key,
                "name": one.name,
                "purpose": one.purpose,
                "members": list(one.members),
            }
            for one in chain.communities
        ],
        "bounds": [
            {
                "role": role.value,
                "span_from": bound.span_from,
                "span_to": bound.span_to,
                "farthest": bound.farthest,
            }
            for role, bound in chain.bounds.items()
        ],
        "carried_on": [
            {"unit": code, "by": list(after)}
            for code, after in chain.carried_on.items()
        ],
    }


def _unit(part: UnitPart) -> ChainUnit:
    return ChainUnit(**{name: getattr(part, name) for name in UnitPart.model_fields})


def _post(part: PostPart) -> ChainPost:
    facts = {name: getattr(part, name) for name in PostPart.model_fields}
    facts["charter"] = _charter(part.charter) if part.charter else None
    return ChainPost(**facts)


def _charter(part: CharterPart) -> ChainCharter:
    return ChainCharter(
        area=part.area,
        decision_room=part.decision_room,
        not_mine=tuple(NotMine(words=one.words, ask=one.ask) for one in part.not_mine),
        tasks={task: part.tasks.get(task, Degree.NOT) for task in Task},
    )


def _depths(above: Mapping[str, str]) -> dict[str, int]:
    """Return how far each key is from the top; a circle is gone round once."""
    found: dict[str, int] = {}
    for key in above:
        way: dict[str, None] = {}
        at = key
        while at and at not in found and at not in way:
            way[at] = None
            at = above.get(at, "")
        depth = found.get(at, -1)
        found |= {one: depth + place for place, one in enumerate(reversed(way), 1)}
    return found


def _filled(thing: object, fields: Iterable[str]) -> Content:
    """Return a thing's fields as plain values, but for those that say nothing."""
    found = {name: getattr(thing, name) for name in fields}
    return {
        name: value if isinstance(value, (int, float)) else str(value)
        for name, value in found.items()
        if value not in ("", None)
    }


def _post_content(post: ChainPost) -> Content:
    fields = [name for name in PostPart.model_fields if name != "charter"]
    content = _filled(post, fields)
    if post.charter:
        content["charter"] = {
            "area": post.charter.area,
            "decision_room": post.charter.decision_room,
            "tasks": {task.value: post.charter.degree(task).value for task in Task},
            "not_mine": [
                {"words": line.words, "ask": line.ask} for line in post.charter.not_mine
            ],
        }
    return content
