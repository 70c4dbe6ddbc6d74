"""Things that hold from a day to a day, and when we got to know it."""

from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from kaeden.shared.clock import now


def valid_at(day: date, *, known_at: datetime | None = None, of: str = "") -> Q:
    """Return the condition that a dated row holds on `day`, half open: [from, to).

    With `known_at`, as it was known then: rows recorded later are not there, and an
    end recorded later has not come. `of` leads to the row from another table, such as
    ``"post__"``.
    """
    lasts = Q(**{f"{of}valid_to__isnull": True}) | Q(**{f"{of}valid_to__gt": day})
    if known_at is None:
        return Q(**{f"{of}valid_from__lte": day}) & lasts
    lasts |= Q(**{f"{of}end_recorded_at__gt": known_at})
    known = Q(**{f"{of}recorded_at__lte": known_at})
    return Q(**{f"{of}valid_from__lte": day}) & lasts & known


class DatedRows(models.QuerySet[Any]):
    """Rows that can be asked for by day."""

    def at(self, day: date, *, known_at: datetime | None = None) -> Self:
        """Return those that hold on a day, as we know it or as it was known then."""
        return self.filter(valid_at(day, known_at=known_at))

    def end(self, day: date) -> int:
        """End open rows on a day, or take back what began later; return how many.

        A row that would end before it begins ends as it begins: it never held.
        """
        open_rows = self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))
        stamp = {"end_recorded_at": now()}
        begun, later = Q(valid_from__lte=day), Q(valid_from__gt=day)
        ended = open_rows.filter(begun).update(valid_to=day, **stamp)
        not_empty = open_rows.filter(later).exclude(valid_to=F("valid_from"))
        return ended + not_empty.update(valid_to=F("valid_from"), **stamp)


class Dated(models.Model):
    """A row that holds from `valid_from` until, not including, `valid_to`.

    `recorded_at` and `end_recorded_at` are when we got to know of its beginning and
    its end. A row that was wrong from the start ends on the day it begins.
    """

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=now)
    end_recorded_at = models.DateTimeField(null=True, blank=True)

    objects = DatedRows.as_manager()

    class Meta:
        abstract = True

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day, as we know it."""
        begun = self.valid_from <= day
        return begun and (self.valid_to is None or day < self.valid_to)


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    """Return the constraint that a dated row does not end before it begins."""
    return models.CheckConstraint(
        name=name, condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
    )
