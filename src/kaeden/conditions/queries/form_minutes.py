"""Read how long Kæden's own forms take; each docstring ends with what it costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet, Sum

from kaeden.conditions.models import FormUse
from kaeden.conditions.rules.form_minutes import in_all, median
from kaeden.shared.clock import today

SINCE = timedelta(weeks=26)
MONTH = timedelta(weeks=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCost:
    """What all forms have cost all their users together in the last four weeks."""

    seconds: int
    uses: int


def seconds_of(form: str) -> int | None:
    """Return what a form takes by the last half year's use; None if few (1 query)."""
    known = FormUse.objects.filter(form=form, week__gt=today() - SINCE)
    return median(_by_length(known))


def own_cost() -> OwnCost:
    """Return what Kæden itself has cost in the last four weeks (1 query)."""
    known = FormUse.objects.filter(week__gt=today() - MONTH)
    uses = _by_length(known)
    return OwnCost(seconds=in_all(uses), uses=sum(uses.values()))


def _by_length(known: QuerySet[FormUse]) -> Mapping[int, int]:
    by_length = known.values("length").annotate(uses=Sum("count"))
    return dict(by_length.values_list("length", "uses"))
