"""Gather what waits for whom; each docstring ends with what it costs."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from kaeden.accounts.models import User
from kaeden.conditions import due as conditions
from kaeden.dialogue import due as dialogue
from kaeden.dialogue import due_line, due_together
from kaeden.learning import due as learning
from kaeden.learning import due_tests
from kaeden.organisation.models import Holding
from kaeden.organisation.queries import names_of_posts
from kaeden.reminders.models import Reminder
from kaeden.reminders.rules import Told, judge
from kaeden.shared.due import DueKind, Reporter

REPORTERS: tuple[Reporter, ...] = (
    conditions.due,
    dialogue.due,
    due_line.due,
    due_together.due,
    learning.due,
    due_tests.due,
)
"""Each station's room `due`, along the thread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What waits for one post: how many of each kind."""

    post: str
    counts: Mapping[DueKind, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody for whom something waits, and what becomes of them this week."""

    user_id: int
    address: str
    told: Told
    posts: tuple[Waiting, ...]


def waiting(day: date) -> list[Person]:
    """Return everybody for whom something waits (4 queries, and the stations')."""
    counts: dict[int, Counter[DueKind]] = {}
    for report in REPORTERS:
        for one in report(day):
            counts.setdefault(one.post_id, Counter())[one.kind] += 1
    seats = _seats(counts.keys(), day)
    names = names_of_posts(counts.keys())
    last = _told_last(seats)
    people = User.objects.filter(pk__in=seats, is_active=True, is_demo=False)
    return [
        Person(
            user_id=one.pk,
            address=one.email,
            told=judge(
                wants=one.wants_reminders,
                address=one.email,
                told_on=last.get(one.pk),
                on=day,
            ),
            posts=tuple(
                Waiting(post=names[post], counts=counts[post]) for post in seats[one.pk]
            ),
        )
        for one in people.order_by("pk")
    ]


def _seats(posts: Collection[int], day: date) -> dict[int, list[int]]:
    """Return the posts that people hold today, by person (1 query)."""
    held = Holding.objects.at(day).filter(post_id__in=posts, user__isnull=False)
    found: dict[int, list[int]] = {}
    for user, post in held.order_by("post_id").values_list("user_id", "post_id"):
        found.setdefault(user, []).append(post)
    return found


def _told_last(users: Collection[int]) -> dict[int, date]:
    """Return the day on which each was told last (1 query)."""
    rows = Reminder.objects.filter(user_id__in=users).values_list("user_id")
    return dict(rows.annotate(last=Max("claimed_on")))
