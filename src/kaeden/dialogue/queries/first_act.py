"""Read how soon signals are acted on; each docstring ends with its cost.

An act is an assessment, a commitment that hangs on the result, or an item of a meeting
that has been held.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import TypeAlias

from django.utils.timezone import localdate

from kaeden.dialogue.models import Assessment, Commitment, MeetingItem
from kaeden.dialogue.rules.first_act import (
    LEVEL_OF,
    MOST_RELEASES,
    FirstAct,
    Level,
    Waited,
    first_act,
)
from kaeden.organisation.models import Unit
from kaeden.publication import queries as publication
from kaeden.publication.queries import Signal
from kaeden.shared.clock import today

Acts: TypeAlias = Mapping[tuple[int, str, Level], list[date]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseActs:
    """A release, and how soon each level acted on what was new in it."""

    released: date
    levels: Mapping[Level, FirstAct | None]


def first_acts(town: Unit) -> list[ReleaseActs]:
    """Return how soon signals in a municipality are acted on, newest first (5 queries).

    A signal is counted in the release in which it was new.
    """
    releases = publication.latest_releases(town.code, most=MOST_RELEASES + 1)
    found = publication.signals_in((one.pk for one in releases), town.path)
    acts = _acts(town) if found else {}
    told = []
    for release, before in zip_longest(releases, releases[1:]):
        known = {one.place for one in found if before and one.release == before.pk}
        new = [
            one for one in found if one.release == release.pk and one.place not in known
        ]
        released = localdate(release.made_at)
        told.append(
            ReleaseActs(
                released=released,
                levels={level: _of(level, new, acts, released) for level in Level},
            )
        )
    return told[:MOST_RELEASES]


def _of(level: Level, new: list[Signal], acts: Acts, released: date) -> FirstAct | None:
    """Return how soon a level acted; a leader is not asked of the municipality's own."""
    return first_act(
        [
            Waited(
                unit=one.unit, days=_days(acts.get((*one.place, level), []), released)
            )
            for one in new
            if level is Level.CHIEF or not one.is_municipal
        ]
    )


def _days(acts: list[date], released: date) -> int | None:
    since = [(day - released).days for day in acts if day >= released]
    return min(since, default=None)


def _acts(town: Unit) -> Acts:
    """Return the days of what each level did about results of a town (3 queries)."""
    found: dict[tuple[int, str, Level], list[date]] = {}
    for unit, indicator, role, day in _rows(f"{town.path}"):
        level = LEVEL_OF.get(role)
        if level:
            found.setdefault((unit, indicator, level), []).append(day)
    return found


def _rows(path: str) -> Iterator[tuple[int, str, str, date]]:
    judged = Assessment.objects.filter(unit__path__startswith=path)
    for unit, indicator, role, made_at in judged.values_list(
        "unit_id", "indicator", "post__role", "made_at"
    ):
        yield unit, indicator, role, localdate(made_at)
    promised = Commitment.objects.filter(unit__path__startswith=path)
    yield from promised.values_list(
        "unit_id", "indicator", "proposer__role", "proposed_on"
    )
    items = MeetingItem.objects.filter(
        unit__path__startswith=path, is_on=True, meeting__day__lte=today()
    )
    yield from items.exclude(indicator="").values_list(
        "unit_id", "indicator", "meeting__post__role", "meeting__day"
    )
