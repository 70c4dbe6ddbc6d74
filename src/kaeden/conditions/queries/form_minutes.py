"""Read how long Kæden's own forms take; each docstring ends with what it costs."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Sum

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


def seconds_of_forms() -> dict[str, int]:
    """Return what each form takes by the last half year's use (1 query).

    Those that have been used too little are left out.
    """
    known = FormUse.objects.filter(week__gt=today() - SINCE)
    counted = known.values("form", "length").annotate(uses=Sum("count"))
    uses: dict[str, dict[int, int]] = {}
    for form, length, count in counted.values_list("form", "length", "uses"):
        uses.setdefault(form, {})[length] = count
    middles = {form: median(by_length) for form, by_length in uses.items()}
    return {form: middle for form, middle in middles.items() if middle is not None}


def own_cost() -> OwnCost:
    """Return what Kæden itself has cost in the last four weeks (1 query)."""
    known = FormUse.objects.filter(week__gt=today() - MONTH)
    by_length = known.values("length").annotate(uses=Sum("count"))
    uses = dict(by_length.values_list("length", "uses"))
    return OwnCost(seconds=in_all(uses), uses=sum(uses.values()))
