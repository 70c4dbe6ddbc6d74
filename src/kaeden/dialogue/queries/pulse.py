"""Read whom the pulse asks about what; each docstring ends with its cost.

`pulse_results` reads what was answered.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, Role, may
from kaeden.dialogue.errors import NoSuchRound
from kaeden.dialogue.models import PulseRound, PulseTicket
from kaeden.dialogue.queries.links import name_of
from kaeden.dialogue.rules.pulse import (
    AT_THE_UPPER_END,
    IN_THE_CHAIN,
    TIME_LEVELS,
    Side,
    TimeLevel,
    level_of,
    side_of_the_led,
)
from kaeden.organisation.models import Holding, Link, Post, Unit
from kaeden.organisation.queries import get_municipality
from kaeden.shared.clock import today


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One link that somebody is asked about, and from which side.

    `about` is the key of the post that leads it, `across` its name, or empty where it
    is one's own.
    """

    side: Side
    about: str
    level: int
    across: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """What one holder of a post is asked in an open round."""

    round_id: int
    holding_id: int
    parts: tuple[Part, ...]
    time: TimeLevel | None
    has_answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundState:
    """How a municipality's pulse stands: its open round, and how many have answered."""

    municipality: Unit
    open: PulseRound | None
    answered: int
    asked: int


def municipality_of(actor: Actor) -> Unit:
    """Return the municipality of the post one acts in (1 query).

    Raises
    ------
    NoSuchRound
        If one acts in no post of a municipality.
    """
    parts = actor.path.split("/")
    if actor.role is None or len(parts) < 2:
        raise NoSuchRound(_("Your post lies in no municipality."))
    return get_municipality(parts[1])


def invitation(actor: Actor) -> Invitation | None:
    """Return what one is asked now; None where no round is open for one (5 queries)."""
    if actor.role is None or actor.role not in IN_THE_CHAIN:
        return None
    now = open_round(municipality_of(actor))
    holding = Holding.objects.at(today()).filter(
        post_id=actor.post_id, user_id=actor.user_id
    )
    held = holding.values_list("pk", flat=True).first() if now else None
    if now is None or held is None:
        return None
    parts = _parts(actor, actor.role)
    time = TIME_LEVELS.get(actor.role)
    if not parts and time is None:
        return None
    return Invitation(
        round_id=now.pk,
        holding_id=held,
        parts=parts,
        time=time,
        has_answered=PulseTicket.objects.filter(round=now, holding_id=held).exists(),
    )


def open_round(municipality: Unit) -> PulseRound | None:
    """Return the round that is open in a municipality (1 query)."""
    rounds = PulseRound.objects.filter(municipality=municipality)
    return rounds.filter(closed_on__isnull=True).first()


def _parts(actor: Actor, role: Role) -> tuple[Part, ...]:
    """Return the link up, and the links down as one (1 query).

    Posts outside the chain's levels, such as an analyst's, are at neither end.
    """
    ends = Q(lower_id=actor.post_id or 0) | Q(upper_id=actor.post_id or 0)
    links = (
        Link.objects.at(today())
        .filter(ends, lower__role__in=IN_THE_CHAIN, upper__role__in=AT_THE_UPPER_END)
        .select_related("upper__unit")
    )
    up = [link.upper for link in links if link.lower_id == actor.post_id]
    down = [link.upper for link in links if link.upper_id == actor.post_id]
    above = [_about(post, side_of_the_led(role), name_of(post)) for post in up]
    return (*above, *(_about(post, Side.UPPER) for post in down[:1]))


def _about(post: Post, side: Side, across: str = "") -> Part:
    level = level_of(Role(post.role))
    return Part(side=side, about=post.key, level=level, across=across)


def state(actor: Actor) -> RoundState:
    """Return how the pulse stands in one's municipality (4 queries).

    Raises
    ------
    NoSuchRound
        If one's post does not see the pulse.
    """
    town = municipality_of(actor)
    if not may(actor, Permission.SEE_PULSE, at=town.path):
        raise NoSuchRound(_("The pulse is for posts in the chain."))
    now = open_round(town)
    return RoundState(
        municipality=town,
        open=now,
        answered=now.tickets.count() if now else 0,
        asked=asked_in(town, today()) if now else 0,
    )


def asked_in(municipality: Unit, day: date) -> int:
    """Return how many hold a post in the chain with a login on a day (1 query)."""
    held = Holding.objects.at(day).filter(
        Q(post__unit__path=municipality.path)
        | Q(post__unit__path__startswith=f"{municipality.path}/"),
        user__isnull=False,
        post__role__in=IN_THE_CHAIN,
    )
    return held.count()
