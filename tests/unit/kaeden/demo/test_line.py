"""What went up and down the line in Fjordby: answered, carried twice, late, on its way."""

import pytest

from kaeden.chaincheck.queries import check
from kaeden.dialogue.models import Concern, Inquiry
from kaeden.shared.breaks import BreakKind
from tests.builders.fjordby import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]


def test_concerns_are_answered_taken_back_and_open_over_a_year():
    days = list(Concern.objects.order_by("written_on").values_list("written_on"))

    assert Concern.objects.exclude(answered_on=None).count() >= 6
    assert Concern.objects.exclude(withdrawn_on=None).count() == 1
    assert (days[-1][0] - days[0][0]).days > 300


def test_one_has_been_carried_up_twice_and_waits_for_the_director():
    carried = Concern.objects.filter(answered_on=None, at__key="direktoer").get()

    senders = carried.passages.values_list("sender__key", flat=True)
    assert list(senders) == ["leder-nordskolen-uds", "leder-nordskolen", "skolechef"]


def test_one_is_late_and_breaks_the_chain():
    kind = BreakKind.CONCERN_UNANSWERED
    late = [one.owner for one in check(TODAY, "999").breaks if one.kind is kind]

    assert late == ["omraadeleder-nord"]


def test_questions_are_sent_down_answered_on_their_way_and_late():
    still_open = Inquiry.objects.filter(
        answered_on=None, question__answered_on=None, question__withdrawn_on=None
    )

    assert Inquiry.objects.exclude(answered_on=None).count() == 3
    assert still_open.filter(answer_by__lt=TODAY).count() == 1
    assert still_open.filter(answer_by__gte=TODAY).count() == 1
