"""Count how long Kæden's own forms take.

The one verb that writes no row in the trail: a row says who, and here nobody may.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F

from kaeden.conditions.models import FormUse
from kaeden.conditions.rules.form_minutes import length_of
from kaeden.shared.clock import today


@transaction.atomic
def count_use(form: str, seconds: float) -> None:
    """Add one to how often a form took so long in this week (at most 4 queries)."""
    day = today()
    known, _is_new = FormUse.objects.get_or_create(
        form=form,
        week=day - timedelta(days=day.weekday()),
        length=length_of(seconds),
    )
    FormUse.objects.filter(pk=known.pk).update(count=F("count") + 1)
