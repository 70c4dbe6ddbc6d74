"""Where the story is told: its days, its places, who speaks in it, and in which order."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from typing import TypeAlias

import numpy as np
from django.utils import timezone

from kaeden.access.rules import Actor, Role
from kaeden.demo.town import Town
from kaeden.organisation.models import Holding, Post, Unit
from kaeden.shared.clock import standing_at
from kaeden.shared.periods import Period

Telling: TypeAlias = Iterator[date]
"""Something that happens step by step: it yields the day on which it goes on."""

SETTLING_IN = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The town as it stands in the database.

    `voices` are the posts that somebody holds, by key, each as the actor that it acts
    as. `rng` draws what the story leaves open.
    """

    town: Town
    units: Mapping[str, Unit]
    posts: Mapping[str, Post]
    voices: Mapping[str, Actor]
    rng: np.random.Generator

    def day(self, ago: int) -> date:
        """Return the day so many days ago, or soon after the reorganisation."""
        days = self.town.days
        return max(days.ago(ago), days.reorganised + SETTLING_IN)

    def year(self, ahead: int) -> str:
        """Return the school year so many years from the present one."""
        today = self.town.days.today
        start = today.year if today.month >= 8 else today.year - 1
        return str(Period(start=start + ahead, is_school_year=True))


def scene_of(town: Town, seed: int) -> Scene:
    """Return the town with those who speak in it (3 queries)."""
    path = f"dk/{town.chain.municipality}"
    units = Unit.objects.filter(path__startswith=path, valid_to__isnull=True)
    posts = Post.objects.filter(unit__path__startswith=path, valid_to__isnull=True)
    known = {post.key: post for post in posts.select_related("unit")}
    held = Holding.objects.filter(post__in=known.values(), valid_to__isnull=True)
    return Scene(
        town=town,
        units={unit.code: unit for unit in units},
        posts=known,
        voices={
            key: Actor(
                user_id=user, role=Role(role), path=known[key].unit.path, post_id=post
            )
            for key, role, post, user in held.values_list(
                "post__key", "post__role", "post_id", "user_id"
            )
        },
        rng=np.random.default_rng(seed),
    )


def tell(tellings: Iterable[Telling]) -> None:
    """Let all these things happen, each step on its day, the earliest day first."""
    waiting: list[tuple[date, int, Telling]] = []
    for number, telling in enumerate(tellings):
        heappush(waiting, (next(telling), number, telling))
    while waiting:
        day, number, telling = heappop(waiting)
        with standing_at(noon(day)):
            goes_on = next(telling, None)
        if goes_on is not None:
            heappush(waiting, (goes_on, number, telling))


def noon(day: date) -> datetime:
    """Return the middle of a day, when things in the story happen."""
    return timezone.make_aware(datetime.combine(day, time(12)))
