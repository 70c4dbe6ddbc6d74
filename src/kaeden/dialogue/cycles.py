"""Conversations, meetings, expectations and the pulse, as stops in a year."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaeden.access.rules import Actor, Permission, has, may
from kaeden.dialogue.models import Conversation, Meeting, Participant, PulseRound
from kaeden.dialogue.queries import conversations, expectations
from kaeden.dialogue.queries.meetings import readable
from kaeden.dialogue.rules.meetings import BODY_NAMES, Body, Stage
from kaeden.dialogue.rules.pulse import quarter_of
from kaeden.organisation.models import Unit
from kaeden.shared.clock import today
from kaeden.shared.cycles import Cycle, Stop
from kaeden.shared.periods import Period

QUARTERS = (1, 4, 7, 10)
"""The months in which a quarter begins."""
MOST_NAMES = 2
"""More posts than these are told as a number."""


def stops(actor: Actor, town: Unit, year: Period) -> Iterator[Stop]:
    """Give what comes back in the dialogue of one's post in a year (17 queries)."""
    yield from _conversations(actor, year)
    yield from _line(actor, year)
    yield from _meetings(actor, year)
    yield from _expectations(actor, year)
    yield from _pulse(actor, town, year)


def _conversations(actor: Actor, year: Period) -> Iterator[Stop]:
    """Give one's own conversations, planned and held (8 queries)."""
    found = conversations.mine(actor)
    for one in (*found.open, *found.over):
        if _within(one.day, year):
            yield Stop(
                cycle=Cycle.CONVERSATION,
                day=one.day,
                words=f"{one.unit.name}, {one.across}",
                path=f"/samtaler/{one.id}/",
                is_mine=True,
                is_done=one.held_on is not None,
            )


def _line(actor: Actor, year: Period) -> Iterator[Stop]:
    """Give how many there are further down one's line, month by month (1 query)."""
    if not may(actor, Permission.SEE_LINE, at=actor.path):
        return
    own = Q(upper_id=actor.post_id or 0) | Q(lower_id=actor.post_id or 0)
    below = Conversation.objects.filter(unit__path__startswith=f"{actor.path}/")
    rows = below.exclude(own).values_list("held_on", "planned_for")
    days = (held or planned for held, planned in rows)
    months = Counter(day.replace(day=1) for day in days if _within(day, year))
    for first, count in months.items():
        words = ngettext(
            "%(count)d further down your line",
            "%(count)d further down your line",
            count,
        )
        yield Stop(
            cycle=Cycle.CONVERSATION,
            day=first,
            words=words % {"count": count},
            count=count,
        )


def _meetings(actor: Actor, year: Period) -> Iterator[Stop]:
    """Give the meetings that one takes part in or may read (2 queries)."""
    asked = Participant.objects.filter(post_id=actor.post_id or 0)
    mine = set(asked.values_list("meeting_id", flat=True))
    rows = Meeting.objects.filter(
        Q(pk__in=mine) | readable(actor), day__gte=year.begins, day__lt=year.ends
    ).exclude(stage=Stage.CANCELLED.value)
    for one in rows.select_related("unit").order_by("day", "starts"):
        yield Stop(
            cycle=Cycle.MEETING,
            day=one.day,
            words=f"{BODY_NAMES[Body(one.body)]}, {one.unit.full_name}",
            path=f"/moeder/{one.pk}/",
            is_mine=one.pk in mine,
            is_done=one.stage == Stage.MINUTED.value,
        )


def _expectations(actor: Actor, year: Period) -> Iterator[Stop]:
    """Give the days on which what is expected is to be confirmed anew (4 queries)."""
    across: dict[date, set[str]] = {}
    for link in expectations.mine(actor).links:
        for way in link.ways:
            if way.now.until and _within(way.now.until, year):
                across.setdefault(way.now.until, set()).add(link.link.across)
    for day, names in across.items():
        few = len(names) <= MOST_NAMES
        said = _("With %(across)s") if few else _("With %(count)d posts")
        who = {"across": ", ".join(sorted(names)), "count": len(names)}
        yield Stop(
            cycle=Cycle.EXPECTATION,
            day=day,
            words=said % who,
            path="/forventninger/",
            is_mine=True,
        )


def _pulse(actor: Actor, town: Unit, year: Period) -> Iterator[Stop]:
    """Give the four quarters, with the rounds that have been opened (1 query)."""
    rounds = {one.quarter: one for one in PulseRound.objects.filter(municipality=town)}
    is_asked = bool(has(actor, Permission.SEE_PULSE))
    for number in range(12):
        month = (year.begins.month - 1 + number) % 12 + 1
        if month in QUARTERS:
            turned = month < year.begins.month
            first = date(year.begins.year + turned, month, 1)
            known = rounds.get(quarter_of(first))
            is_done = known is not None and known.closed_on is not None
            yield Stop(
                cycle=Cycle.PULSE,
                day=known.opened_on if known else first,
                words=_("Quarter %(quarter)s") % {"quarter": quarter_of(first)},
                path="/puls/",
                is_mine=is_asked
                and not is_done
                and quarter_of(today()) <= quarter_of(first),
                is_done=is_done,
            )


def _within(day: date, year: Period) -> bool:
    return year.begins <= day < year.ends
