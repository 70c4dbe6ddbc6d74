"""Read who has lifted themselves, and what they did; each docstring ends with its cost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from kaeden.access.rules import Actor, Permission, Verdict, may, require
from kaeden.dialogue.models import WhatWeDid
from kaeden.dialogue.queries.links import name_of
from kaeden.dialogue.rules.lifted import has_lifted, may_tell
from kaeden.goals.indicators import published
from kaeden.organisation.models import Unit
from kaeden.publication import queries as publication
from kaeden.publication.queries import ReleasedFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an institution's leader has shared of what they did."""

    id: int
    words: str
    who: str
    shared_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifted:
    """A result that has become better by more than chance explains."""

    figure: ReleasedFigure
    told: Told | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftedLike:
    """Who has lifted themselves: a unit's own results, and those of units like it."""

    own: tuple[Lifted, ...]
    others: tuple[Lifted, ...]
    peers: int


Place: TypeAlias = tuple[int, str]
"""A result by its unit and its indicator."""


def lifted_like(actor: Actor, unit: Unit, release_id: int) -> LiftedLike:
    """Return who like a unit has lifted themselves, by name (at most 4 queries)."""
    peers = publication.peers_of(release_id, unit)
    figures = [
        one
        for one in publication.moved_at(release_id, {unit.pk, *(p.pk for p in peers)})
        if _is_lifted(one)
    ]
    told = _told(actor, unit, figures)
    found = [
        Lifted(figure=one, told=told.get((one.unit.id, one.indicator)))
        for one in sorted(figures, key=lambda one: (one.unit.name, one.indicator))
    ]
    return LiftedLike(
        own=tuple(one for one in found if one.figure.unit.id == unit.pk),
        others=tuple(one for one in found if one.figure.unit.id != unit.pk),
        peers=len(peers),
    )


def may_share(actor: Actor, figure: ReleasedFigure) -> Verdict:
    """Judge whether a post may tell what was done before a result (0 queries)."""
    verdict = may(actor, Permission.SHARE_WHAT_WE_DID, at=figure.unit.path)
    return verdict and may_tell(lifted=_is_lifted(figure))


def shared_now(actor: Actor, figure: ReleasedFigure) -> WhatWeDid | None:
    """Return what is shared of a result of one's own unit (1 query).

    Raises
    ------
    Forbidden
        If it is not one's own unit.
    """
    require(may(actor, Permission.SHARE_WHAT_WE_DID, at=figure.unit.path))
    rows = WhatWeDid.objects.filter(
        unit_id=figure.unit.id, indicator=figure.indicator, ended_on=None
    )
    return rows.first()


def _is_lifted(figure: ReleasedFigure) -> bool:
    indicator = published().get(figure.indicator)
    return indicator is not None and has_lifted(
        indicator.direction, figure.direction, preliminary=figure.preliminary
    )


def _told(
    actor: Actor, unit: Unit, figures: Iterable[ReleasedFigure]
) -> Mapping[Place, Told]:
    """Return what leaders of the reader's municipality have shared (at most 1 query)."""
    town = "/".join(unit.path.split("/")[:2])
    units = {one.unit.id for one in figures if one.unit.path.startswith(f"{town}/")}
    if not units or not may(actor, Permission.READ_WHAT_WE_DID, at=town):
        return {}
    rows = WhatWeDid.objects.filter(unit_id__in=units, ended_on=None)
    return {
        (one.unit_id, one.indicator): Told(
            id=one.pk, words=one.words, who=name_of(one.post), shared_on=one.shared_on
        )
        for one in rows.select_related("post__unit")
    }
