"""Read what a closed round of the pulse says, as far as it may be shown.

Everything here is read from answers and held to the limits of `rules.pulse` before it
is handed on: what is hidden is not in the values at all.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from django.utils.translation import gettext as _

from kaeden.access.rules import Actor, Permission, Role, may
from kaeden.dialogue.errors import NoSuchRound
from kaeden.dialogue.instrument import instrument
from kaeden.dialogue.models import PulseAnswer, PulseRound, PulseTicket, TimeShare
from kaeden.dialogue.queries.pulse import asked_in, municipality_of
from kaeden.dialogue.rules.pulse import (
    AGREE,
    FEWEST_FOR_DIGITS,
    FEWEST_LINKS,
    IN_THE_CHAIN,
    LED,
    PERCENT,
    POINTS,
    Shown,
    Side,
    Strength,
    TimeLevel,
    is_shown,
    level_of,
    part_is_shown,
    shown_difference,
    shown_mean,
    strength_of,
    time_of,
)
from kaeden.engine import agreement
from kaeden.engine.agreement import Row, Spread
from kaeden.organisation.models import Holding, Unit
from kaeden.publication.rules import MINIMUM_GROUP
from kaeden.shared.clock import today

Boxes: TypeAlias = Mapping[tuple[Side, int], Mapping[str, Sequence[Row]]]
"""Answers by side and level, then by the key of the post that leads the link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """How far those of each link agree: a word, and numbers where there are many.

    `slight_skew` and `uniform` are the means of r_WG(J) by the two nulls; the word
    is by the first.
    """

    strength: Strength
    slight_skew: float | None
    uniform: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hanging:
    """How much hangs on the link: ICC(1), ICC(2)."""

    single: float
    mean: float
    links: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SideResult:
    """What one side says of the links of a level; None for all that is hidden."""

    side: Side
    mean: Shown | None
    agreed: Agreed | None
    hanging: Hanging | None
    gap: Shown | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelResult:
    """What both ends of the links of one level say."""

    level: int
    leaders: Shown | None
    led: tuple[SideResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLink:
    """What those whom one leads say, beside one's own answer; for oneself alone."""

    own: float | None
    led: tuple[SideResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePoint:
    """A level's mean share of time in one round, in percent."""

    quarter: str
    share: Shown | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSeries:
    """A level's share of time over the rounds, oldest first, and which way it goes."""

    level: TimeLevel
    points: tuple[TimePoint, ...]
    direction: int
    preliminary: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PulseResults:
    """What a round says to one post, and which other rounds there are."""

    municipality: Unit
    round: PulseRound
    rounds: tuple[PulseRound, ...]
    answered: int
    asked: int
    levels: tuple[LevelResult, ...]
    own: OwnLink | None
    time: tuple[TimeSeries, ...]


def results(actor: Actor, pk: int | None = None) -> PulseResults | None:
    """Return the newest closed round, or another one; None where none is (8 queries).

    Raises
    ------
    NoSuchRound
        If one's post does not see the pulse, or there is no such closed round.
    """
    town = municipality_of(actor)
    if not may(actor, Permission.SEE_PULSE, at=town.path):
        raise NoSuchRound(_("The pulse is for posts in the chain."))
    closed = PulseRound.objects.filter(municipality=town, closed_on__isnull=False)
    rounds = sorted(closed, key=lambda one: time_of(one.quarter))
    chosen = _chosen(rounds, pk)
    if chosen is None:
        return None
    boxes = _boxes(chosen)
    return PulseResults(
        municipality=town,
        round=chosen,
        rounds=tuple(rounds),
        answered=chosen.tickets.count(),
        asked=asked_in(town, chosen.closed_on or today()),
        levels=tuple(_levels(boxes)),
        own=_own_link(actor, chosen, boxes),
        time=tuple(_time(rounds)),
    )


def _chosen(rounds: Sequence[PulseRound], pk: int | None) -> PulseRound | None:
    if pk is None:
        return rounds[-1] if rounds else None
    found = next((one for one in rounds if one.pk == pk), None)
    if found is None:
        raise NoSuchRound(_("There is no such round of the pulse."))
    return found


def _boxes(chosen: PulseRound) -> Boxes:
    """Return a round's answers, in an order that tells nothing (1 query)."""
    items = instrument().items
    found: dict[tuple[Side, int], dict[str, list[Row]]] = defaultdict(
        lambda: defaultdict(list)
    )
    answers = PulseAnswer.objects.filter(round=chosen)
    for side, about, level, scores in answers.values_list(
        "side", "about", "level", "scores"
    ):
        row = [scores[item] for item in items if item in scores]
        found[Side(side), level][about].append(row)
    return found


def _levels(boxes: Boxes) -> Iterable[LevelResult]:
    """Give each level that has links with answers, from the top."""
    for level in sorted({level for _side, level in boxes}):
        leaders = boxes.get((Side.UPPER, level), {})
        yield LevelResult(
            level=level,
            leaders=_mean(row for rows in leaders.values() for row in rows),
            led=tuple(
                _of_level(side, boxes[side, level], leaders)
                for side in LED
                if (side, level) in boxes
            ),
        )


def _of_level(
    side: Side,
    led: Mapping[str, Sequence[Row]],
    leaders: Mapping[str, Sequence[Row]],
) -> SideResult:
    rows = [row for one in led.values() for row in one]
    mean = _mean(rows)
    gap = agreement.gap_of_level(led, {one: rows[0] for one, rows in leaders.items()})
    many = gap is not None and is_shown(gap.n)
    return SideResult(
        side=side,
        mean=mean,
        agreed=_agreed(led, len(rows), fewest_links=FEWEST_LINKS) if mean else None,
        hanging=_hanging(led, len(rows)) if mean else None,
        gap=_difference(gap) if mean and many else None,
    )


def _mean(rows: Iterable[Row]) -> Shown | None:
    scores = agreement.scores(rows)
    found = agreement.spread_of(scores) if is_shown(len(scores)) else None
    return shown_mean(AGREE, found.mean, found.low, found.high) if found else None


def _difference(gap: Spread | None) -> Shown | None:
    return shown_difference(AGREE, gap.mean, gap.low, gap.high) if gap else None


def _agreed(
    led: Mapping[str, Sequence[Row]], people: int, *, fewest_links: int
) -> Agreed | None:
    found = agreement.within(led, points=POINTS, fewest=MINIMUM_GROUP)
    if found is None or found.links < fewest_links:
        return None
    digits = people >= FEWEST_FOR_DIGITS
    return Agreed(
        strength=strength_of(found.slight_skew),
        slight_skew=_short(found.slight_skew) if digits else None,
        uniform=_short(found.uniform) if digits else None,
    )


def _hanging(led: Mapping[str, Sequence[Row]], people: int) -> Hanging | None:
    """Return what hangs on the link, where enough people and links stand behind it."""
    found = agreement.between(led)
    if found is None or found.links < FEWEST_LINKS:
        return None
    if people < FEWEST_FOR_DIGITS or people - found.links < 2 * MINIMUM_GROUP:
        return None
    return Hanging(
        single=_short(found.single), mean=_short(found.mean), links=found.links
    )


def _short(number: float) -> float:
    """Return a measure with two decimals; what is all but one is not told apart."""
    return min(round(number, 2), 0.95) + 0.0


def _own_link(actor: Actor, chosen: PulseRound, boxes: Boxes) -> OwnLink | None:
    """Return what is said of the links down from one's post (at most 2 queries).

    It is about the one who held the post in that round; whoever came later is not told.
    """
    if actor.role not in IN_THE_CHAIN:
        return None
    holding = (
        Holding.objects.at(chosen.closed_on or today())
        .filter(post_id=actor.post_id, user_id=actor.user_id)
        .select_related("post")
        .first()
    )
    if holding is None:
        return None
    key, level = holding.post.key, level_of(Role(holding.post.role))
    has_answered = PulseTicket.objects.filter(round=chosen, holding=holding).exists()
    own = boxes.get((Side.UPPER, level), {}).get(key, ()) if has_answered else ()
    led = tuple(
        _of_link(side, boxes[side, level], key, own)
        for side in LED
        if key in boxes.get((side, level), {})
    )
    if not led:
        return None
    mine = round(agreement.scores(own)[0], 1) if own else None
    return OwnLink(own=mine, led=led)


def _of_link(
    side: Side, level: Mapping[str, Sequence[Row]], key: str, own: Sequence[Row]
) -> SideResult:
    rows = level[key]
    whole = sum(len(one) for one in level.values())
    if not part_is_shown(len(rows), whole):
        return SideResult(side=side, mean=None, agreed=None, hanging=None, gap=None)
    return SideResult(
        side=side,
        mean=_mean(rows),
        agreed=_agreed({key: rows}, len(rows), fewest_links=1),
        hanging=None,
        gap=_difference(agreement.gap_in_link(rows, own[0])) if own else None,
    )


def _time(rounds: Sequence[PulseRound]) -> Iterable[TimeSeries]:
    """Give each level's share of time over all closed rounds (1 query)."""
    found: dict[TimeLevel, dict[int, list[float]]] = {
        level: defaultdict(list) for level in TimeLevel
    }
    shares = TimeShare.objects.filter(round__in=[one.pk for one in rounds])
    for level, at, tenths in shares.values_list("level", "round_id", "tenths"):
        found[TimeLevel(level)][at].append(tenths * 10.0)
    for level, by_round in found.items():
        told = {
            one.pk: by_round[one.pk]
            for one in rounds
            if is_shown(len(by_round[one.pk]))
        }
        said = agreement.direction(
            [(time_of(one.quarter), told[one.pk]) for one in rounds if one.pk in told]
        )
        yield TimeSeries(
            level=level,
            points=tuple(
                TimePoint(quarter=one.quarter, share=_share(told.get(one.pk, ())))
                for one in rounds
            ),
            direction=said.sign,
            preliminary=said.preliminary,
        )


def _share(values: Sequence[float]) -> Shown | None:
    found = agreement.spread_of(values)
    return shown_mean(PERCENT, found.mean, found.low, found.high) if found else None
