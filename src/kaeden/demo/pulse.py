"""Tell a year of the pulse: four rounds that are closed, and one that is open.

Answers belong to nobody, and whoever answers writes the whole box of a round anew. Here
a round's box is filled at once, from the chain of its day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from kaeden.access.rules import Role
from kaeden.demo.posts import DIRECTOR
from kaeden.demo.scene import Scene, Telling
from kaeden.dialogue.actions.pulse import close_pulse, open_pulse
from kaeden.dialogue.instrument import instrument
from kaeden.dialogue.models import PulseAnswer, PulseRound, PulseTicket, TimeShare
from kaeden.dialogue.rules.pulse import (
    IN_THE_CHAIN,
    POINTS,
    TENTHS,
    TIME_LEVELS,
    Side,
    TimeLevel,
    level_of,
    side_of_the_led,
)
from kaeden.organisation.chain import Chain, ChainPost
from kaeden.organisation.models import Holding

CLOSED_ROUNDS = 4
OPENED_AFTER, DAYS_OPEN = timedelta(days=20), timedelta(days=14)
OPENED_AGO = 10
ANSWERED, ANSWERED_SO_FAR = 0.88, 0.4

SEEN = {Side.UPPER: 4.1, Side.LOWER: 3.8, Side.TEAM: 3.5}
"""How the links are seen, 1 to 5: better by whoever leads than by those who are led."""
BETTER_EACH_ROUND = 0.08
LINK_SPREAD, PERSON_SPREAD = 0.35, 0.6
TIME = {TimeLevel.TOP: 2.4, TimeLevel.LEADERS: 3.1, TimeLevel.DEPARTMENTS: 4.2}
"""Tenths of time on professional leadership when the year began."""
MORE_TIME_EACH_ROUND, TIME_SPREAD = 0.25, 1.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """What lies in a round when it has been answered."""

    tickets: tuple[PulseTicket, ...]
    answers: tuple[PulseAnswer, ...]
    shares: tuple[TimeShare, ...]


def tell_of_pulse(scene: Scene, visitors: frozenset[str]) -> Iterator[Telling]:
    """Give a year's rounds, one after the other; `visitors` have still to answer."""
    yield _rounds(scene, visitors)


def _rounds(scene: Scene, visitors: frozenset[str]) -> Telling:
    town, director = scene.units[scene.town.chain.municipality], scene.voices[DIRECTOR]
    today = scene.town.days.today
    for number in range(CLOSED_ROUNDS):
        opened = _quarter_began(today, before=CLOSED_ROUNDS - number) + OPENED_AFTER
        yield opened
        made = open_pulse(town, by=director)
        _fill(_box(scene, made, opened, number=number, share=ANSWERED))
        yield opened + DAYS_OPEN
        close_pulse(town, by=director)
    opened = max(scene.town.days.ago(OPENED_AGO), _quarter_began(today))
    yield opened
    made = open_pulse(town, by=director)
    _fill(
        _box(
            scene,
            made,
            opened,
            number=CLOSED_ROUNDS,
            share=ANSWERED_SO_FAR,
            visitors=visitors,
        )
    )


def _quarter_began(day: date, *, before: int = 0) -> date:
    """Return the first day of a day's quarter, or of one so many before it."""
    quarter = 4 * day.year + (day.month - 1) // 3 - before
    return date(quarter // 4, 3 * (quarter % 4) + 1, 1)


def _fill(box: Box) -> None:
    PulseTicket.objects.bulk_create(box.tickets)
    PulseAnswer.objects.bulk_create(box.answers)
    TimeShare.objects.bulk_create(box.shares)


def _box(
    scene: Scene,
    made: PulseRound,
    day: date,
    *,
    number: int,
    share: float,
    visitors: frozenset[str] = frozenset(),
) -> Box:
    """Return the answers of those who took part, in an order that tells nothing."""
    rng, chain = scene.rng, scene.town.on(day)
    holdings = _holdings(scene, day)
    tickets, answers, shares = [], [], []
    mood = {key: rng.normal(0, LINK_SPREAD) for key in chain.led if key}
    for post in chain.posts:
        takes_part = post.role in IN_THE_CHAIN and rng.random() < share
        if not takes_part or post.key in visitors or post.key not in holdings:
            continue
        tickets.append(PulseTicket(round=made, holding_id=holdings[post.key]))
        for side, about in _links(chain, post):
            seen = SEEN[side] + number * BETTER_EACH_ROUND + mood[about.key]
            answers.append(_answer(made, side, about, seen, rng))
        if post.role in TIME_LEVELS:
            shares.append(_share(made, TIME_LEVELS[post.role], number, rng))
    rng.shuffle(answers)
    rng.shuffle(shares)
    return Box(tickets=tuple(tickets), answers=tuple(answers), shares=tuple(shares))


def _holdings(scene: Scene, day: date) -> dict[str, int]:
    """Return who held each post on a day, by its key (1 query)."""
    path = f"dk/{scene.town.chain.municipality}"
    held = Holding.objects.at(day).filter(post__unit__path__startswith=path)
    return dict(held.values_list("post__key", "pk"))


def _links(chain: Chain, post: ChainPost) -> Iterator[tuple[Side, ChainPost]]:
    """Give the links a post answers about: the one up, and those down as one."""
    above = chain.post.get(post.reports_to)
    if above is not None:
        yield side_of_the_led(post.role), above
    if any(one.role in IN_THE_CHAIN for one in chain.led.get(post.key, ())):
        yield Side.UPPER, post


def _answer(
    made: PulseRound,
    side: Side,
    about: ChainPost,
    seen: float,
    rng: np.random.Generator,
) -> PulseAnswer:
    items = instrument().items
    scores = np.clip(np.rint(rng.normal(seen, PERSON_SPREAD, len(items))), 1, POINTS)
    return PulseAnswer(
        round=made,
        side=side.value,
        about=about.key,
        level=level_of(Role(about.role)),
        scores=dict(zip(items, map(int, scores), strict=True)),
    )


def _share(
    made: PulseRound, level: TimeLevel, number: int, rng: np.random.Generator
) -> TimeShare:
    usual = TIME[level] + number * MORE_TIME_EACH_ROUND
    tenths = int(np.clip(np.rint(rng.normal(usual, TIME_SPREAD)), 0, TENTHS))
    return TimeShare(round=made, level=level.value, tenths=tenths)
