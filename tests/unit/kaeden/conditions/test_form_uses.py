"""How long Kæden's own forms take is counted, and nobody is."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kaeden.audit.models import Event
from kaeden.conditions.actions.form_minutes import count_use
from kaeden.conditions.models import FormUse
from kaeden.conditions.queries.form_minutes import own_cost, seconds_of_forms
from kaeden.shared.clock import now, standing_at

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


def test_a_use_is_kept_as_a_form_a_week_and_a_length_and_nothing_else():
    with standing_at(WEDNESDAY):
        count_use("assess", 100)
        count_use("assess", 110)

    kept = FormUse.objects.get()
    columns = {field.name for field in FormUse._meta.get_fields()}
    assert columns == {"id", "form", "week", "length", "count"}
    assert (kept.week, kept.length, kept.count) == (date(2026, 11, 23), 3, 2)
    assert str(kept) == "assess 2026-11-23: 2"
    assert not Event.objects.exists()


def test_what_a_form_takes_is_the_middle_of_the_last_half_year(
    django_assert_num_queries,
):
    with standing_at(now() - timedelta(weeks=30)):
        for _one in range(30):
            count_use("assess", 1000)
    for seconds in (10, *[100] * 9):
        count_use("assess", seconds)
    count_use("adopt", 10)

    with django_assert_num_queries(1):
        assert seconds_of_forms() == {"assess": 90}


def test_what_all_have_cost_together_is_that_of_the_last_four_weeks():
    with standing_at(now() - timedelta(weeks=6)):
        count_use("assess", 1000)
    count_use("assess", 100)
    count_use("adopt", 10)

    cost = own_cost()

    assert (cost.uses, cost.seconds) == (2, 100)
