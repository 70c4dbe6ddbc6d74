"""The pages of meetings: call, propose, approve, minute, decide, and take along."""

from datetime import timedelta

import icalendar
import pytest
from django.test import Client

from kaeden.access.rules import Role
from kaeden.accounts.models import User
from kaeden.dialogue.actions import concerns, minutes
from kaeden.dialogue.models import Decision, Meeting, MeetingItem, Minute
from kaeden.shared.clock import now, standing_at, today
from tests.builders.dialogue import a_question, an_adopted_goal, holder_of
from tests.builders.documents import text_of, words_of
from tests.builders.figures import a_release, a_signal
from tests.builders.meetings import (
    TEXT,
    a_decision,
    a_meeting,
    agreed,
    item_of,
    minuted,
    the_director,
)
from tests.builders.places import DAYCARE, NORDSKOLEN, SCHOOLS, SYDSKOLEN, TOWN, unit_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fjordby")]
SOON = today() + timedelta(days=7)
WHEN = {"day": SOON.isoformat(), "starts": "09:00", "ends": "11:00", "place": "Her"}


@pytest.fixture
def director(fjordby):
    return the_director()


@pytest.fixture
def chief(fjordby):
    return holder_of(Role.CHIEF_SCHOOLS, SCHOOLS)


@pytest.fixture
def leader(fjordby):
    return holder_of(Role.LEADER, NORDSKOLEN)


def signed_in(actor):
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def test_a_meeting_is_called_and_its_agenda_approved(director, chief, to):
    an_adopted_goal()
    asked = a_question()
    page = signed_in(director)

    assert "Indkald et møde" in page.get(to("meetings")).text
    assert "Direktionens møde" in page.get(to("new_meeting")).text
    shown = page.post(to("call_meeting"), WHEN, follow=True).text
    made = Meeting.objects.get()
    assert "Mødet er indkaldt" in shown
    assert asked.words in shown
    assert "Udvalget spørger" in shown
    form = {"key-1": f"question {asked.pk}", "on-1": "1", "place-1": "1"}
    told = page.post(to("approve_agenda", made.pk), form, follow=True).text

    assert "Dagsordenen er godkendt" in told
    assert asked.words in signed_in(chief).get(to("meeting", made.pk)).text


@pytest.mark.parametrize(
    "change",
    [
        {"day": ""},
        {"day": "2020-01-01"},
        {"starts": "om lidt"},
        {"ends": "08:00"},
        {"place": ""},
    ],
)
def test_what_is_no_appointment_comes_back_with_the_reason(director, to, change):
    page, made = signed_in(director), a_meeting(director)

    for address in (to("call_meeting"), to("move_meeting", made.pk)):
        answer = page.post(address, WHEN | change)
        assert answer.status_code == 400
        assert 'role="alert"' in answer.text
    assert Meeting.objects.count() == 1


def test_a_meeting_is_moved_and_called_off(director, to):
    made, page = a_meeting(director), signed_in(director)
    later = SOON + timedelta(days=3)

    moved = page.post(
        to("move_meeting", made.pk), WHEN | {"day": later.isoformat()}, follow=True
    )
    off = page.post(to("cancel_meeting", made.pk), follow=True)

    assert "Mødet er flyttet" in moved.text
    assert "Mødet er aflyst" in off.text
    shown = page.get(to("meeting", made.pk))
    assert "Mødet er aflyst" in shown.text
    calendar = icalendar.Calendar.from_ical(
        page.get(to("meeting_calendar", made.pk)).content
    )
    assert calendar["method"] == "CANCEL"
    assert calendar.walk("VEVENT")[0]["status"] == "CANCELLED"


def test_the_chair_orders_takes_off_and_adds(director, to):
    goal = an_adopted_goal()
    made, page = a_meeting(director), signed_in(director)
    for title, about in (("Første", ""), ("Andet", goal.pk), ("Tredje", "")):
        form = {"title": title, "goal": about}
        assert (
            title in page.post(to("add_agenda_item", made.pk), form, follow=True).text
        )
    keys = [f"own {one}" for one in ("første", "andet", "tredje")]
    form = {f"key-{n}": key for n, key in enumerate(keys, start=1)}
    form |= {"on-1": "1", "on-2": "1", "place-1": "9", "place-2": "x", "place-3": "2"}

    page.post(to("approve_agenda", made.pk), form)

    rows = MeetingItem.objects.values_list("title", "is_on", "number")
    assert list(rows) == [
        ("Første", True, 1),
        ("Andet", True, 2),
        ("Tredje", False, 3),
    ]
    assert "Tredje" in page.get(to("agenda", made.pk)).text
    assert MeetingItem.objects.get(title="Andet").goal == goal


def test_an_item_without_words_comes_back(director, to):
    made, page = a_meeting(director), signed_in(director)

    for form in ({"title": ""}, {"title": "Nyt", "goal": 10**9}):
        answer = page.post(to("add_agenda_item", made.pk), form)
        assert (answer.status_code, 'role="alert"' in answer.text) == (400, True)
    assert not MeetingItem.objects.exists()


def test_an_empty_agenda_says_what_to_do(director, to):
    made, page = a_meeting(director), signed_in(director)

    assert "Tilføj dine egne punkter" in page.get(to("agenda", made.pk)).text
    answer = page.post(to("approve_agenda", made.pk), {})

    assert answer.status_code == 409
    assert "Der er intet på dagsordenen" in answer.text


def test_what_is_said_and_decided_is_minuted_on_the_page(chief, leader, to):
    made = agreed(chief)
    item = item_of(made).pk
    page = signed_in(leader)

    shown = page.get(to("meeting_item", made.pk, item)).text
    assert "Gem referatet" in shown
    page.post(
        to("write_minute", made.pk, item), {"words": "Vi ringer nu.", "after": "0"}
    )
    decided = {"words": "Ring.", "owner": leader.post_id, "due": SOON.isoformat()}
    page.post(to("decide_item", made.pk, item), decided)
    told = signed_in(chief).post(to("approve_minutes", made.pk), follow=True).text

    assert "Vi ringer nu." in told
    assert "Ring." in told
    assert "Referatet blev godkendt" in told
    correction = {"words": "Vi ringede i går."}
    page.post(to("correct_minutes", made.pk, item), correction)
    after = page.get(to("meeting", made.pk)).text
    assert "Vi ringede i går." in after
    assert "Gem referatet" not in page.get(to("meeting_item", made.pk, item)).text


def test_who_comes_second_sees_both_texts_and_makes_them_one(chief, leader, to):
    made = agreed(chief)
    item = item_of(made).pk
    address = to("write_minute", made.pk, item)
    signed_in(leader).post(address, {"words": "Lederens ord", "after": "0"})
    page = signed_in(chief)

    answer = page.post(address, {"words": "Chefens ord", "after": "0"})

    assert answer.status_code == 409
    assert "Lederens ord" in answer.text
    assert "Chefens ord</textarea>" in answer.text
    assert 'name="after" value="1"' in answer.text
    page.post(address, {"words": "Begges ord", "after": "1"})
    assert [one.words for one in Minute.objects.all()] == ["Lederens ord", "Begges ord"]


@pytest.mark.parametrize(
    ("route", "form"),
    [
        ("write_minute", {"words": "", "after": "0"}),
        ("write_minute", {"words": "Barnet 010112-1234", "after": "0"}),
        ("decide_item", {"words": "Ring.", "owner": "", "due": SOON.isoformat()}),
        ("decide_item", {"words": "Ring.", "owner": "1", "due": "2020-01-01"}),
        ("correct_minutes", {"words": " "}),
    ],
)
def test_what_cannot_be_minuted_comes_back_with_the_reason(chief, to, route, form):
    made = agreed(chief)

    answer = signed_in(chief).post(to(route, made.pk, item_of(made).pk), form)

    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert not Minute.objects.exists()
    assert not Decision.objects.exists()


def test_a_decision_is_carried_on_and_done_by_its_owner(chief, leader, to):
    made = minuted(chief, owner=leader)
    page = signed_in(leader)
    later = (made.due + timedelta(days=30)).isoformat()

    assert made.words in page.get(to("meetings")).text
    assert "Er det gjort?" in page.get(to("decision", made.pk)).text
    carried = page.post(
        to("carry_on_decision", made.pk), {"reason": "Det tager tid.", "due": later}
    )
    assert carried.status_code == 302
    assert "udskudt én gang" in page.get(to("decision", made.pk)).text
    done = page.post(
        to("finish_decision", made.pk), {"outcome": "Ni ringer."}, follow=True
    )

    assert "Ni ringer." in done.text
    assert "Det, du har gjort" in page.get(to("meetings")).text
    assert "Er det gjort?" not in signed_in(chief).get(to("decision", made.pk)).text


@pytest.mark.parametrize(
    ("route", "form"),
    [
        ("finish_decision", {"outcome": ""}),
        ("carry_on_decision", {"reason": "", "due": SOON.isoformat()}),
    ],
)
def test_a_decision_is_settled_in_words(chief, to, route, form):
    made = minuted(chief)

    answer = signed_in(chief).post(to(route, made.pk), form)

    assert (answer.status_code, 'role="alert"' in answer.text) == (400, True)


def test_a_decision_is_taken_out_of_minutes_that_are_being_written(chief, to):
    made = a_decision(agreed(chief), chief)
    page = signed_in(chief)

    assert "Tag den ud af referatet" in page.get(to("decision", made.pk)).text
    page.post(to("strike_decision", made.pk))

    assert Decision.objects.get().fate == "struck"


def test_a_late_decision_says_how_late(chief, to):
    made = minuted(chief)
    with standing_at(now() + timedelta(days=20)):
        page = signed_in(chief)
        assert "6 dage for sent" in page.get(to("decision", made.pk)).text
        assert made.words in page.get(to("desk")).text


def test_the_papers_hold_what_the_page_holds(chief, leader, to):
    made = minuted(chief, owner=leader)
    page, pk = signed_in(leader), made.item.meeting_id

    agenda = page.get(to("meeting_paper", pk, "dagsorden", "pdf"))
    protocol = page.get(to("meeting_paper", pk, "referat", "docx"))

    assert TEXT in text_of(agenda.content)
    assert "Vi talte om det." not in text_of(agenda.content)
    for words in (TEXT, "Vi talte om det.", made.words, "Besluttet"):
        assert words in words_of(protocol.content)
    assert protocol["Content-Disposition"].endswith(f'referat-{today()}.docx"')
    assert page.get(to("meeting_paper", pk, "referat", "odt")).status_code == 404


def test_an_item_without_minutes_says_so_on_paper(chief, to):
    made = agreed(chief)
    minutes.approve(made.pk, by=chief)
    minutes.correct(made.pk, item_of(made).pk, "Vi glemte det.", by=chief)

    paper = signed_in(chief).get(to("meeting_paper", made.pk, "referat", "pdf"))

    assert "Der står ikke noget i referatet" in text_of(paper.content)
    assert "Vi glemte det." in text_of(paper.content)


def test_an_agenda_that_is_not_approved_is_no_paper(chief, leader, to):
    made = a_meeting(chief)

    answer = signed_in(leader).get(to("meeting_paper", made.pk, "dagsorden", "pdf"))

    assert answer.status_code == 409
    assert "godkender dagsordenen" in signed_in(leader).get(to("meeting", made.pk)).text


def test_a_calendar_knows_a_meeting_again(chief, leader, to):
    made = a_meeting(chief)

    answer = signed_in(leader).get(to("meeting_calendar", made.pk))
    event = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")[0]

    assert answer["Content-Type"] == "text/calendar"
    assert event["uid"] == f"{made.uid}@kaeden"
    assert (event["sequence"], event["status"]) == (0, "CONFIRMED")
    assert event["dtstart"].dt.isoformat().startswith(f"{made.day}T09:00:00+0")
    assert event["dtstart"].params["TZID"] == "Europe/Copenhagen"
    assert event["location"] == "Rådhuset"


def test_for_others_nothing_is_there(chief, to):
    made = minuted(chief)
    pk, item = made.item.meeting_id, made.item_id
    other = signed_in(holder_of(Role.CHIEF_DAYCARE, DAYCARE))
    pages = [
        *(to(name, pk) for name in ("meeting", "agenda", "meeting_calendar")),
        to("meeting_paper", pk, "referat", "pdf"),
        to("meeting_item", pk, item),
        to("decision", made.pk),
    ]
    buttons = [
        *(to(name, pk) for name in ("approve_agenda", "add_agenda_item")),
        *(to(name, pk) for name in ("approve_minutes", "cancel_meeting")),
        to("decide_item", pk, item),
        to("strike_decision", made.pk),
    ]

    assert [other.get(one).status_code for one in pages] == [404] * len(pages)
    assert [other.post(one).status_code for one in buttons] == [404] * len(buttons)
    assert made.words not in other.get(to("meetings")).text


def test_the_public_reads_nothing_of_it(chief, to):
    made = minuted(chief)

    for address in (to("meetings"), to("meeting", made.item.meeting_id)):
        assert Client().get(address).status_code == 302


def test_the_committees_pages_hold_no_leader_and_no_unit(director, to):
    an_adopted_goal()
    a_release(a_signal())
    a_question()
    committee = holder_of(Role.COMMITTEE, TOWN)
    made = agreed(committee, "Status på målene", ahead=3)
    page = signed_in(committee)

    shown = page.get(to("meeting", made.pk)).text + page.get(to("agenda", made.pk)).text

    main = shown.partition("<main")[2]
    assert "Nordskolen" not in main
    assert "Skolechef" not in main


def test_a_question_tells_the_committee_where_it_is(director, chief, to):
    goal = an_adopted_goal()
    asked = a_question()
    committee = signed_in(holder_of(Role.COMMITTEE, TOWN))
    made = a_meeting(director)
    pages = (to("question", asked.pk), to("questions"), to("desk"))

    for address in (*pages, to("goal", "999", goal.key)):
        if "maal" not in address or a_release(a_signal()):
            assert "Kommer op på direktionens møde" in committee.get(address).text
    form = {"key-1": f"question {asked.pk}", "on-1": "1", "place-1": "1"}
    signed_in(director).post(to("approve_agenda", made.pk), form)

    assert "På direktionens møde" in committee.get(pages[0]).text


def test_what_is_decided_shows_on_the_result_and_the_goal(chief, to):
    goal = an_adopted_goal()
    a_release(a_signal())
    made = minuted(chief)
    MeetingItem.objects.update(
        unit=unit_at(NORDSKOLEN), indicator="school-absence", goal=goal
    )
    page = signed_in(chief)

    for address in (
        to("result", "999001", "school-absence"),
        to("goal", "999", goal.key),
    ):
        assert made.words in page.get(address).text
        assert made.words not in Client().get(address).text
    assert "på 1 dagsorden" in page.get(to("goal", "999", goal.key)).text
    assert (
        "Se resultatet"
        in page.get(to("meeting_item", made.item.meeting_id, made.item_id)).text
    )


def test_the_director_sees_each_goals_year(director, to):
    an_adopted_goal()
    a_release(a_signal())
    a_question()
    other = signed_in(holder_of(Role.CHIEF_SCHOOLS, SCHOOLS))

    shown = signed_in(director).get(to("goals", "999")).text

    assert "Hvad har vi været optaget af det sidste år?" in shown
    for page in (other, Client()):
        assert "optaget af" not in page.get(to("goals", "999")).text


def test_a_goal_that_was_on_no_agenda_says_so(director, to):
    goal = an_adopted_goal()
    a_release(a_signal())

    shown = signed_in(director).get(to("goal", "999", goal.key)).text

    assert "ikke været på nogen dagsorden" in shown


def test_each_item_leads_to_what_it_is_about(chief, leader, to):
    concern = concerns.write("Vi mangler to lærere.", by=leader)
    goal = an_adopted_goal()
    made = agreed(chief)
    item = item_of(made)
    page, other = signed_in(chief), signed_in(holder_of(Role.LEADER, SYDSKOLEN))
    address = to("meeting_item", made.pk, item.pk)
    MeetingItem.objects.update(goal=goal)
    assert "Se målet" in page.get(address).text
    MeetingItem.objects.update(concern=concern)

    assert to("concern", concern.pk) in page.get(address).text
    assert to("concern", concern.pk) not in other.get(address).text


def test_a_desk_without_a_meeting_says_how_one_comes_about(director, to):
    assert "Der er ikke indkaldt noget møde" in signed_in(director).get(to("desk")).text
    team = holder_of(Role.LEADER, SYDSKOLEN)
    assert "Der er ikke indkaldt noget møde" in signed_in(team).get(to("meetings")).text
