from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from kaeden.access.rules import NOBODY, SYSTEM, Role
from kaeden.audit.models import Event
from kaeden.dialogue.actions import pulse
from kaeden.dialogue.actions.pulse import answer, close_pulse, open_pulse
from kaeden.dialogue.errors import RoundIsClosed
from kaeden.dialogue.instrument import instrument
from kaeden.dialogue.models import PulseAnswer, PulseRound, PulseTicket, TimeShare
from kaeden.dialogue.rules.pulse import Side
from kaeden.shared.clock import standing_at, today
from kaeden.shared.errors import BadInput, Forbidden, Refused
from tests.builders.dialogue import (
    a_closed_pulse,
    a_team,
    an_open_pulse,
    answered,
    holder_of,
)
from tests.builders.places import (
    HAVBY,
    NORDSKOLEN,
    SCHOOLS,
    TOWN,
    a_country,
    unit_at,
)

pytestmark = pytest.mark.django_db
FOURS = dict.fromkeys(instrument().items, 4)


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


@pytest.fixture
def chief():
    return holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)


@pytest.fixture
def leader():
    return holder_of(Role.LEADER, NORDSKOLEN)


def rows():
    return sorted(PulseAnswer.objects.values_list("side", "about", "level"), key=str)


def test_a_director_opens_and_closes_a_round_of_the_quarter():
    director = holder_of(Role.DIRECTOR, TOWN)

    with standing_at(datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))):
        made = open_pulse(unit_at(TOWN), by=director)
        closed = close_pulse(unit_at(TOWN), by=director)

    assert str(made) == f"2026-4 ({unit_at(TOWN)})"
    assert (made.instrument, closed.pk) == ("pulse@1", made.pk)
    assert closed.closed_on == made.opened_on
    assert list(Event.objects.order_by("pk").values_list("kind", flat=True))[1:] == [
        *("pulse_opened", "pulse_closed")
    ]


def test_one_round_is_open_at_a_time_and_one_is_taken_in_a_quarter():
    an_open_pulse()

    with pytest.raises(Refused, match="open already"):
        an_open_pulse()
    a_closed_pulse()
    with pytest.raises(Refused, match="has had its pulse"):
        an_open_pulse()
    with pytest.raises(RoundIsClosed):
        a_closed_pulse()
    assert an_open_pulse(f"dk/{HAVBY}")


def test_only_the_director_of_the_municipality_runs_its_pulse(chief):
    for other in (NOBODY, chief, holder_of(Role.DIRECTOR, f"dk/{HAVBY}")):
        for verb in (open_pulse, close_pulse):
            with pytest.raises(Forbidden):
                verb(unit_at(TOWN), by=other)
    assert not PulseRound.objects.exists()


def test_a_middle_leader_answers_both_links_and_a_share_of_time(chief, leader):
    an_open_pulse()

    answered(chief, 4, 4, 3, 2, down=(5, 4, 4, 4), tenths=4)

    assert rows() == [("lower", "director", 1), ("upper", "chief-schools", 2)]
    up = PulseAnswer.objects.get(side="lower")
    assert up.scores == dict(zip(instrument().items, (4, 4, 3, 2), strict=True))
    assert str(TimeShare.objects.get()).endswith("top 4")
    assert str(up).endswith("lower director")
    assert str(PulseTicket.objects.get()).endswith(
        f": {PulseTicket.objects.get().holding_id}"
    )


def test_the_team_answers_about_its_leader_and_no_share_of_time():
    an_open_pulse()
    (one,) = a_team(NORDSKOLEN, 1)

    answered(one, 3, 3, 3, 3)

    assert rows() == [("team", "leader-999001", 4)]
    assert not TimeShare.objects.exists()


def test_the_committee_answers_about_the_link_it_leads():
    an_open_pulse()
    holder_of(Role.DIRECTOR, TOWN)

    answered(holder_of(Role.COMMITTEE, TOWN), down=(3, 3, 3, 3))

    assert rows() == [("upper", "committee", 0)]
    assert not TimeShare.objects.exists()


def test_who_has_answered_cannot_answer_again(leader):
    an_open_pulse()
    answered(leader, 3, 3, 3, 3)

    with pytest.raises(Refused, match="You have answered"):
        answered(leader, 1, 1, 1, 1)

    assert PulseAnswer.objects.count() == PulseTicket.objects.count() == 1


@pytest.mark.parametrize(
    ("scores", "tenths"),
    [
        ({}, 3),
        ({Side.LOWER: FOURS}, None),
        ({Side.LOWER: FOURS | {"extra": 4}}, 3),
        ({Side.LOWER: {"clear": 4}}, 3),
        ({Side.LOWER: FOURS | {"clear": 0}}, 3),
        ({Side.LOWER: FOURS | {"clear": 6}}, 3),
        ({Side.LOWER: FOURS}, 11),
        ({Side.LOWER: FOURS, Side.UPPER: FOURS}, 3),
        ({Side.TEAM: FOURS}, 3),
    ],
)
def test_what_was_not_asked_or_is_no_answer_is_refused_whole(leader, scores, tenths):
    an_open_pulse()

    with pytest.raises(BadInput):
        answer(scores, by=leader, tenths=tenths)

    assert not PulseAnswer.objects.exists()
    assert not PulseTicket.objects.exists()


def test_nobody_answers_where_no_round_is_open_for_them(leader):
    given = {Side.LOWER: FOURS}

    with pytest.raises(RoundIsClosed, match="No pulse is open"):
        answer(given, by=leader, tenths=3)
    an_open_pulse(f"dk/{HAVBY}")
    for one in (leader, NOBODY, SYSTEM):
        with pytest.raises(RoundIsClosed):
            answer(given, by=one, tenths=3)


def test_a_round_that_closes_while_one_writes_takes_no_answer(leader, monkeypatch):
    an_open_pulse()
    real = pulse.invitation

    def closing(by):
        asked = real(by)
        PulseRound.objects.update(closed_on=today())
        return asked

    monkeypatch.setattr(pulse, "invitation", closing)

    with pytest.raises(RoundIsClosed, match="has been closed"):
        answer({Side.LOWER: FOURS}, by=leader, tenths=3)
    assert not PulseTicket.objects.exists()


# Nobody can be found ------------------------------------------------------------------


def test_no_column_of_an_answer_leads_to_a_person_or_a_moment():
    def columns(table):
        return {field.name for field in table._meta.get_fields()}

    assert columns(PulseAnswer) == {"id", "round", "side", "about", "level", "scores"}
    assert columns(TimeShare) == {"id", "round", "level", "tenths"}
    assert columns(PulseTicket) == {"id", "round", "holding"}


def test_the_order_of_answers_is_not_the_order_of_those_who_gave_them():
    """In sixty draws of three, each place is taken by each of them about as often."""
    an_open_pulse()
    team = a_team(NORDSKOLEN, 3)
    places = []
    for _draw in range(60):
        for number, one in enumerate(team, start=1):
            answered(one, *[number] * 4)
        found = PulseAnswer.objects.order_by("pk").values_list("scores", flat=True)
        places.append([one["clear"] for one in found])
        PulseAnswer.objects.all().delete()
        PulseTicket.objects.all().delete()

    for place in range(3):
        for number in (1, 2, 3):
            assert 6 <= sum(draw[place] == number for draw in places) <= 36


def test_every_answer_writes_the_whole_box_anew(leader, chief):
    an_open_pulse()
    answered(leader, 3, 3, 3, 3)
    before = set(PulseAnswer.objects.values_list("pk", flat=True))

    answered(chief, 4, 4, 4, 4, down=(4, 4, 4, 4))

    after = set(PulseAnswer.objects.values_list("pk", flat=True))
    assert len(after) == 3
    assert not before & after


def test_the_trail_says_that_somebody_answered_and_not_what(leader):
    made = an_open_pulse()
    answered(leader, 3, 3, 3, 3)

    event = Event.objects.order_by("pk").last()

    assert (event.kind, event.actor_id) == ("pulse_answered", leader.user_id)
    assert event.about == f"dialogue.pulseround:{made.pk}"


def test_a_thousand_answers_are_shuffled_quickly(leader, django_assert_max_num_queries):
    made = an_open_pulse()
    PulseAnswer.objects.bulk_create(
        PulseAnswer(round=made, side="team", about="x", level=4, scores=FOURS)
        for _one in range(1000)
    )

    with django_assert_max_num_queries(40):
        answered(leader, 3, 3, 3, 3)

    assert PulseAnswer.objects.count() == 1001


# What the database itself refuses -----------------------------------------------------


def test_the_database_itself_keeps_rounds_and_tickets_apart(leader):
    made = an_open_pulse()
    answered(leader, 3, 3, 3, 3)
    ticket = PulseTicket.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        PulseTicket.objects.create(round=made, holding_id=ticket.holding_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        PulseRound.objects.create(
            municipality=unit_at(TOWN), quarter="2020-1", opened_on=today()
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        TimeShare.objects.update(tenths=11)


def test_the_next_quarter_has_its_own_round():
    an_open_pulse()
    a_closed_pulse()
    moment = datetime(2027, 5, 1, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))

    with standing_at(moment):
        again = an_open_pulse()

    assert again.quarter == "2027-2"
    assert again.opened_on - moment.date() == timedelta(0)
