"""What waits for whom, and that it is told once."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core.mail import EmailMultiAlternatives

from kaeden.access.rules import SYSTEM, Role
from kaeden.accounts.models import User
from kaeden.audit.models import Event
from kaeden.dialogue.actions import commitments, expectations, inquiries, shared, visits
from kaeden.reminders.actions import remind
from kaeden.reminders.models import Reminder
from kaeden.reminders.queries import waiting
from kaeden.reminders.rules import Told
from kaeden.shared.clock import now, standing_at, today
from kaeden.shared.due import DueKind
from kaeden.shared.errors import Forbidden
from tests.builders.conditions import a_time_robber
from tests.builders.dialogue import (
    a_commitment,
    a_concern,
    a_question,
    an_adopted_goal,
    an_expectation,
    holder_of,
    taken,
)
from tests.builders.meetings import a_decision, a_meeting, agreed
from tests.builders.places import NORDSKOLEN, SCHOOLS, SYDSKOLEN, TOWN, a_country
from tests.builders.support import a_need, an_offer, analyst
from tests.builders.together import a_community, a_visit, agreed_together, leader_at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


@pytest.fixture
def chief():
    return holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)


@pytest.fixture
def leader():
    return holder_of(Role.LEADER, NORDSKOLEN)


def with_address(actor, address="a@b.dk"):
    User.objects.filter(pk=actor.user_id).update(email=address)
    return actor


def counts(actor):
    """What waits for somebody, of all that waits."""
    people = {one.user_id: one for one in waiting(today())}
    found = people.get(actor.user_id)
    return dict(found.posts[0].counts) if found else {}


def agreed_on_expectations(chief, leader):
    for way in ("down", "up"):
        made = an_expectation(chief, leader, expectations.Way(way))
        expectations.discuss(made.pk, by=leader)
        for end in (chief, leader):
            expectations.confirm(made.pk, by=end)


def test_commitments_wait_for_who_is_to_answer_and_who_is_to_keep_them(chief, leader):
    agreed_on_expectations(chief, leader)
    a_commitment(chief, leader)
    with standing_at(now() - timedelta(days=20)):
        taken(chief, leader, to=leader, due=today() + timedelta(days=5))
    taken(chief, leader, to=leader, due=today() + timedelta(days=6))
    taken(chief, leader, to=leader, due=today() + timedelta(days=7))
    done = taken(chief, leader, to=leader, due=today())
    commitments.keep(done.pk, by=leader)

    assert counts(leader) == {DueKind.COMMITMENT_TO_ANSWER: 1}
    assert counts(chief) == {
        DueKind.COMMITMENT_OVERDUE: 1,
        DueKind.COMMITMENT_THIS_WEEK: 1,
    }


def test_what_one_asks_for_waits_for_the_other(chief, leader):
    agreed_on_expectations(chief, leader)
    a_commitment(chief, leader, asks=True)

    assert counts(leader) == {DueKind.COMMITMENT_TO_ANSWER: 1}


def test_questions_wait_for_who_owns_the_goal(chief):
    an_adopted_goal()
    a_question()
    a_question("Og hvad så?")

    assert counts(chief)[DueKind.QUESTION_TO_ANSWER] == 2


def test_expectations_wait_for_those_who_must_act(chief, leader):
    assert counts(chief) == counts(leader) == {DueKind.EXPECTATION_TO_CONFIRM: 1}


def test_who_holds_no_post_or_sits_in_the_demo_is_told_nothing(chief, leader):
    User.objects.filter(pk=chief.user_id).update(is_demo=True)
    User.objects.filter(pk=leader.user_id).update(is_active=False)

    assert waiting(today()) == []


def test_where_nothing_waits_there_is_nobody_to_tell():
    assert waiting(today()) == []


def test_gathering_costs_the_same_for_all(chief, leader, django_assert_max_num_queries):
    for _ in range(3):
        a_commitment(chief, leader)
    with django_assert_max_num_queries(24):
        waiting(today())


class Mail(EmailMultiAlternatives):
    """An e-mail that is sent, or fails as it is told."""

    def __init__(self, fault=None):
        super().__init__("s", "b", "from@kaeden.dk", ["a@b.dk"])
        self.fault = fault

    def send(self, fail_silently=False):
        if self.fault:
            raise self.fault
        return super().send(fail_silently)


def test_an_email_is_sent_once_in_seven_days(chief, mailoutbox):
    assert remind(chief.user_id, Mail(), by=SYSTEM)
    assert not remind(chief.user_id, Mail(), by=SYSTEM)
    with standing_at(now() + timedelta(days=6)):
        assert not remind(chief.user_id, Mail(), by=SYSTEM)
    with standing_at(now() + timedelta(days=7)):
        assert remind(chief.user_id, Mail(), by=SYSTEM)

    assert len(mailoutbox) == 2
    first = Reminder.objects.order_by("pk")[0]
    assert first.sent_at is not None
    assert str(first) == f"{chief.user_id}: {first.week}"
    assert Event.objects.filter(kind="reminded").count() == 2


def test_one_that_broke_off_is_never_sent_again_in_its_week(chief, mailoutbox):
    with pytest.raises(SMTPServerDisconnected):
        remind(chief.user_id, Mail(SMTPServerDisconnected("gone")), by=SYSTEM)

    assert not remind(chief.user_id, Mail(), by=SYSTEM)
    assert (mailoutbox, Reminder.objects.get().sent_at) == ([], None)


def test_one_that_the_server_refused_can_be_tried_again(chief, mailoutbox):
    refused = SMTPRecipientsRefused({"a@b.dk": (550, b"no")})

    assert not remind(chief.user_id, Mail(refused), by=SYSTEM)
    assert remind(chief.user_id, Mail(), by=SYSTEM)
    assert len(mailoutbox) == 1


def test_only_the_operator_sends_email(chief):
    with pytest.raises(Forbidden):
        remind(chief.user_id, Mail(), by=holder_of(Role.DIRECTOR, TOWN))


def test_who_declined_or_has_no_address_is_not_to_be_told(chief, leader):
    with_address(chief)
    User.objects.filter(pk=chief.user_id).update(wants_reminders=False)

    told = {one.user_id: one.told for one in waiting(today())}

    assert told == {
        chief.user_id: Told.DECLINED,
        leader.user_id: Told.WITHOUT_ADDRESS,
    }


def test_what_a_community_agreed_on_waits_for_each_member(leader):
    community = a_community()
    other = leader_at(SYDSKOLEN)
    made = agreed_together(community, leader, due=today())
    waits = DueKind.COMMITMENT_TO_ANSWER

    assert counts(leader)[DueKind.COMMITMENT_THIS_WEEK] == 1
    assert counts(other)[waits] == 1
    shared.accept(made.pk, by=other)
    with standing_at(now() + timedelta(days=1)):
        late = counts(other)
    assert (late[DueKind.COMMITMENT_OVERDUE], late.get(waits)) == (1, None)


def test_a_visit_waits_for_a_day_then_comes_and_is_to_be_told_of(leader):
    host = leader_at(SYDSKOLEN)
    made = a_visit(leader, SYDSKOLEN)
    assert counts(host)[DueKind.VISIT_TO_ANSWER] == 1

    visits.plan(made.pk, day=today() + timedelta(days=8), by=host)
    assert not {*counts(host), *counts(leader)} & {DueKind.VISIT_THIS_WEEK}
    with standing_at(now() + timedelta(days=3)):
        soon = [counts(one).get(DueKind.VISIT_THIS_WEEK) for one in (host, leader)]
    with standing_at(now() + timedelta(days=9)):
        told = [counts(one).get(DueKind.VISIT_TO_TELL) for one in (host, leader)]

    assert (soon, told) == ([1, 1], [None, 1])


def test_concerns_and_questions_from_above_wait_for_who_is_to_answer(leader, chief):
    an_adopted_goal()
    a_concern(leader)
    inquiries.send(a_question().pk, leader.post_id, "Hvad ser I?", by=chief)

    assert counts(chief)[DueKind.CONCERN_TO_ANSWER] == 1
    assert counts(leader)[DueKind.INQUIRY_TO_ANSWER] == 1


def test_meetings_wait_for_agenda_minutes_and_decisions(chief, leader):
    a_meeting(chief, ahead=8)
    meeting = agreed(chief)
    a_decision(meeting, chief, owner=leader, due=3)

    now_waits = counts(chief)
    with standing_at(now() + timedelta(days=2)):
        later = counts(chief)

    assert not {*now_waits} & {DueKind.AGENDA_TO_APPROVE, DueKind.MINUTES_TO_APPROVE}
    assert later[DueKind.AGENDA_TO_APPROVE] == 1
    assert later[DueKind.MINUTES_TO_APPROVE] == 1
    assert counts(leader)[DueKind.DECISION_DUE] == 1


def test_time_robbers_and_needs_wait_for_who_decides_and_who_answers(chief, leader):
    a_time_robber()
    a_need(an_offer())

    assert counts(chief)[DueKind.TIME_ROBBER_TO_DECIDE] == 1
    assert counts(analyst())[DueKind.NEED_TO_ANSWER] == 1
