"""The pages on which a chief and a leader talk about how a unit develops."""

from datetime import timedelta
from io import BytesIO

import docx
import pytest
from django.test import Client
from pypdf import PdfReader

from kaeden.access.rules import Role
from kaeden.accounts.models import User
from kaeden.dialogue.actions import burdens, commitments, conversations
from kaeden.dialogue.errors import NoSuchConversation
from kaeden.dialogue.models import Burden, Conclusion, Conversation, Preparation
from kaeden.dialogue.rules.commitments import About
from kaeden.dialogue.rules.conversations import Part
from kaeden.goals.actions import meaning
from kaeden.shared.clock import today
from tests.builders.dialogue import an_adopted_goal, holder_of, up_from
from tests.builders.figures import a_release, a_result
from tests.builders.places import NORDSKOLEN, SCHOOLS, SYDSKOLEN, TOWN
from tests.builders.talks import (
    AGREED,
    FOCUS,
    at,
    concluded,
    confirmed,
    held,
    planned,
    promised,
    written,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fjordby")]
DAY = (today() + timedelta(days=20)).isoformat()


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


def test_a_conversation_goes_all_the_way_on_the_pages(chief, leader, to):
    page, other, link = signed_in(chief), signed_in(leader), up_from(leader).id
    assert "Planlæg en samtale med" in page.get(to("new_conversation", link)).text
    page.post(to("plan_conversation", link), {"planned_for": DAY})
    pk = Conversation.objects.get().pk
    assert "Vælg fokus" in other.get(to("conversations")).text
    closed = page.get(to("conversation", pk)).text
    assert "Åbner, når lederen har skrevet" in closed
    assert "Begynd med ti minutter, som ingen skriver ned" in closed

    other.post(to("prepare_conversation", pk), {"focus_1": FOCUS, "after": 0})
    assert FOCUS in page.get(to("conversation", pk)).text
    page.post(to("prepare_conversation", pk), {"focus_1": "Mit", "after": 0})
    page.post(to("hold_conversation", pk), {"on": today().isoformat()})
    form = {"words": AGREED, "open_parts": ["conclusion"], "after": 0}
    other.post(to("conclude_conversation", pk), form)
    promise = {"who": "me", "words": "Jeg kommer.", "due": DAY}
    page.post(to("promise_in_conversation", pk), promise)
    made = Conversation.objects.get().commitments.get()
    other.post(to("accept_commitment", made.pk))
    page.post(to("confirm_conversation", pk), {"number": 1})
    last = other.post(to("confirm_conversation", pk), {"number": 1}, follow=True)

    assert "Du har bekræftet samtalen." in last.text
    assert "bekræftet af begge" in last.text
    added = page.post(to("add_to_conversation", pk), {"words": "Rettet."}, follow=True)
    assert "Det er tilføjet." in added.text
    assert "Holdt og bekræftet" in other.get(to("conversations")).text


def test_it_is_moved_on_the_page(chief, leader, to):
    made = planned(chief, leader)

    page = signed_in(chief)
    moved = page.post(
        to("move_conversation", made.pk), {"planned_for": DAY}, follow=True
    )

    assert "Samtalen er flyttet." in moved.text


def test_results_are_chosen_and_shown_with_their_interval(chief, leader, to):
    a_release(
        a_result("999001", value=7.0, estimate=6.8, low=6.1, high=7.4),
        a_result("999002", value=9.0),
    )
    made = planned(chief, leader)
    page = signed_in(leader)
    asked = page.get(to("write_conversation", made.pk)).text
    assert "Resultater, vi skal se på" in asked

    form = {"focus_1": FOCUS, "results": ["school-absence"], "after": 0}
    page.post(to("prepare_conversation", made.pk), form)

    shown = signed_in(chief).get(to("conversation", made.pk)).text
    assert "Retfærdigt skøn" in shown
    assert "1 resultat er taget med." in shown
    again = page.get(to("write_conversation", made.pk)).text
    assert FOCUS in again
    assert "checked" in again


@pytest.mark.parametrize(
    ("route", "form"),
    [
        ("move_conversation", {"planned_for": "2020-01-01"}),
        ("prepare_conversation", {"focus_1": "", "after": 0}),
        ("prepare_conversation", {"focus_1": "010190-1234", "after": 0}),
    ],
)
def test_before_it_what_is_wrong_comes_back_with_the_reason(
    chief, leader, to, route, form
):
    made = planned(chief, leader)
    by = chief if route.startswith("move") else leader

    answer = signed_in(by).post(to(route, made.pk), form)

    assert (answer.status_code, 'role="alert"' in answer.text) == (400, True)
    assert not Preparation.objects.exists()


def test_at_most_four_results_are_chosen(chief, leader, to):
    names = ["school-absence", "wellbeing-general", "wellbeing-social"]
    names += ["wellbeing-calm", "wellbeing-academic"]
    a_release(*(a_result("999001", indicator=name, value=3.0) for name in names))
    made = planned(chief, leader)
    page = signed_in(leader)
    form = {"focus_1": FOCUS, "results": names, "after": 0}

    answer = page.post(to("prepare_conversation", made.pk), form)

    assert answer.status_code == 400
    assert "Vælg højst fire." in answer.text


@pytest.mark.parametrize(
    ("route", "form"),
    [
        ("hold_conversation", {"on": "i går"}),
        ("conclude_conversation", {"words": "", "after": 0}),
        ("promise_in_conversation", {"who": "me", "words": "", "due": DAY}),
        ("write_burden", {"words": "", "after": 0}),
        ("confirm_conversation", {"number": "x"}),
    ],
)
def test_at_it_what_is_wrong_comes_back_with_the_reason(chief, leader, to, route, form):
    made = held(chief, leader)

    answer = signed_in(chief).post(to(route, made.pk), form)

    assert answer.status_code == 400


def test_after_it_what_is_wrong_comes_back_with_the_reason(chief, leader, to):
    made = confirmed(chief, leader)

    answer = signed_in(chief).post(to("add_to_conversation", made.pk), {"words": ""})

    assert (answer.status_code, 'role="alert"' in answer.text) == (400, True)


def test_a_day_that_cannot_be_planned_comes_back(chief, leader, to):
    form = {"planned_for": "2020-01-01"}

    answer = signed_in(chief).post(to("plan_conversation", up_from(leader).id), form)

    assert answer.status_code == 400


def test_who_was_slower_keeps_the_words_on_ones_side(chief, leader, to):
    made = planned(chief, leader)
    written(made.pk, leader)
    page = signed_in(leader)

    answer = page.post(
        to("prepare_conversation", made.pk), {"focus_1": "Mine ord", "after": 0}
    )

    assert (answer.status_code, "Mine ord" in answer.text) == (409, True)
    page.post(to("prepare_conversation", made.pk), {"focus_1": "Mine ord", "after": 1})
    assert Preparation.objects.count() == 2
    assert FOCUS in page.get(to("conversation", made.pk)).text


def test_who_was_slower_keeps_the_words_of_what_they_agree_on(chief, leader, to):
    made = held(chief, leader)
    conversations.conclude(made.pk, "Lederens.", open_parts=(), after=0, by=leader)

    answer = signed_in(chief).post(
        to("conclude_conversation", made.pk), {"words": "Chefens.", "after": 0}
    )

    assert answer.status_code == 409
    assert "Lederens." in answer.text
    assert "Chefens." in answer.text
    form = {"words": "Begges.", "after": 1}
    signed_in(chief).post(to("conclude_conversation", made.pk), form)
    assert Conclusion.objects.count() == 2
    assert "Lederens." in signed_in(leader).get(to("conversation", made.pk)).text


def test_what_weighs_is_for_the_two_and_stands_with_its_day(chief, leader, to):
    made = planned(chief, leader)
    page, other = signed_in(leader), signed_in(chief)

    page.post(to("write_burden", made.pk), {"words": "Tungt.", "after": 0})
    shown = other.get(to("conversation", made.pk)).text
    slower = other.post(to("write_burden", made.pk), {"words": "Mit.", "after": 0})

    assert "Tungt." in shown
    assert "Det bliver slettet" in shown
    assert slower.status_code == 409
    assert "Tungt." in slower.text
    assert "Mit." in slower.text
    gone = other.post(to("delete_burden", made.pk), follow=True)
    assert "Det er slettet." in gone.text
    assert "Tungt." not in gone.text


def test_a_page_that_is_opened_late_deletes_what_weighed(chief, leader, to):
    with at(today() - timedelta(days=60)):
        made = confirmed(chief, leader)
        burdens.write(made.pk, "Tungt.", after=0, by=leader)

    shown = signed_in(leader).get(to("conversation", made.pk)).text

    assert "Tungt." not in shown
    assert "Det her vejer på os" not in shown
    assert not Burden.objects.exists()


def text_of(answer):
    return " ".join(
        page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages
    )


def test_however_much_was_written_one_page_comes_out(chief, leader, to):
    a_release(*(a_result("999001", indicator=n, value=3.0) for n in RESULTS))
    long = "Vi vil gerne tale om læsningen i indskolingen og om forældrene. " * 12
    with at(today() - timedelta(days=100)):
        old = held(chief, leader)
        for number in range(3):
            promised(old.pk, chief, leader, f"{number} {long[:590]}")
        conversations.conclude(old.pk, long[:690], open_parts=(), after=0, by=chief)
        for by in (chief, leader):
            conversations.confirm(old.pk, number=1, by=by)
    made = planned(chief, leader)
    focus = [f"{number} {long[:150]}" for number in range(3)]
    for by in (leader, chief):
        words = {"tried": long[:450], "needs": long[:450], "results": RESULTS}
        written(made.pk, by, *focus, **words)
    conversations.hold(made.pk, by=chief)
    words = "\n".join(long[i : i + 20] for i in range(0, 640, 20))
    conversations.conclude(made.pk, words, open_parts=(), after=0, by=chief)
    for number in range(3):
        promised(made.pk, leader, chief, f"{number} {long[:590]}")
    burdens.write(made.pk, "Hemmeligt", after=0, by=leader)

    answer = signed_in(chief).get(to("conversation_page", made.pk, "pdf"))

    assert answer["Content-Type"] == "application/pdf"
    assert len(PdfReader(BytesIO(answer.content)).pages) == 1
    said = text_of(answer)
    assert "Det er vi enige om" in said
    assert "Hemmeligt" not in said


RESULTS = [
    *("school-absence", "wellbeing-general", "wellbeing-social", "wellbeing-calm"),
]


def test_the_same_page_comes_for_the_case_system(chief, leader, to):
    made = confirmed(chief, leader)

    answer = signed_in(leader).get(to("conversation_page", made.pk, "docx"))

    paper = docx.Document(BytesIO(answer.content))
    said = " ".join(one.text for one in paper.paragraphs)
    assert AGREED in said
    assert FOCUS in said
    assert (
        signed_in(leader).get(to("conversation_page", made.pk, "odt")).status_code
        == 404
    )


def test_parents_see_what_is_ticked_and_nothing_else(chief, leader, to):
    made = confirmed(chief, leader, Part.CONCLUSION, Part.COMMITMENTS)
    page = signed_in(leader)

    shown = page.get(to("conversation_for_parents", made.pk)).text
    paper = text_of(page.get(to("parents_page", made.pk, "pdf")))

    for text in (shown, paper):
        assert AGREED in text
        assert "Jeg kommer." in text
        assert FOCUS not in text


def test_parents_see_nothing_before_both_have_confirmed(chief, leader, to):
    made = concluded(chief, leader, Part.CONCLUSION)
    page = signed_in(leader)

    assert AGREED not in page.get(to("conversation_for_parents", made.pk)).text
    assert page.get(to("parents_page", made.pk, "pdf")).status_code == 404


def test_nothing_is_ticked_by_itself(chief, leader, to):
    made = confirmed(chief, leader)

    shown = signed_in(leader).get(to("conversation_for_parents", made.pk)).text

    assert "I to har ikke sat kryds ved noget" in shown


def test_last_times_promises_stand_at_the_top(chief, leader, to):
    with at(today() - timedelta(days=100)):
        old = confirmed(chief, leader)
    commitments.keep(old.commitments.get().pk, by=leader)
    made = planned(chief, leader)
    page = signed_in(leader)

    shown = page.get(to("conversation", made.pk)).text

    assert "Det aftalte I" in shown
    assert shown.index("Jeg kommer.") < shown.index("Før samtalen")
    assert "Jeg kommer." in page.get(to("write_conversation", made.pk)).text


def test_nobody_else_sees_a_conversation(chief, leader, to):
    made = confirmed(chief, leader, Part.CONCLUSION)
    reads = ("conversation", "write_conversation", "conversation_for_parents")
    writes = ("move", "hold", "conclude", "confirm")
    form = {"words": "Mit", "after": 1, "number": 1, "planned_for": DAY, "on": DAY}

    for who in ((Role.DIRECTOR, TOWN), (Role.LEADER, SYDSKOLEN)):
        other = signed_in(holder_of(*who))
        assert AGREED not in other.get(to("conversations")).text
        for name in reads:
            assert other.get(to(name, made.pk)).status_code == 404
        for name in ("conversation_page", "parents_page"):
            assert other.get(to(name, made.pk, "pdf")).status_code == 404
        for name in (
            *(f"{verb}_conversation" for verb in writes),
            *("promise_in_conversation", "add_to_conversation"),
            *("write_burden", "delete_burden", "prepare_conversation"),
        ):
            answer = other.post(to(name, made.pk), form)
            assert answer.status_code in {400, 404}, name
            assert AGREED not in answer.text


def test_the_director_is_told_how_many_further_down(chief, leader, to):
    confirmed(chief, leader)
    planned(chief, leader)

    shown = signed_in(holder_of(Role.DIRECTOR, TOWN)).get(to("conversations")).text

    assert "1 er planlagt, 1 er holdt i dette skoleår" in shown


def test_what_the_council_wants_stands_beside_what_it_means_here(chief, leader, to):
    adopted = an_adopted_goal()
    made = planned(chief, leader)
    page = signed_in(leader)
    goal = "Alle elever er i skole og er en del af fællesskabet."
    assert goal in page.get(to("conversation", made.pk)).text

    meaning.take_up(adopted, "Vi ringer samme dag.", by=leader)

    assert "Vi ringer samme dag." in page.get(to("conversation", made.pk)).text


def test_a_paper_before_the_conversation_has_what_is_there(chief, leader, to):
    made = planned(chief, leader)
    written(made.pk, leader)

    said = text_of(signed_in(leader).get(to("conversation_page", made.pk, "pdf")))

    assert FOCUS in said
    assert "planlagt til" in said
    assert "Det er vi enige om" not in said


def test_what_was_declined_stands_on_no_paper(chief, leader, to):
    made = held(chief, leader)
    due = today() + timedelta(days=9)
    one = conversations.promise(made.pk, "Det bliver nej.", due=due, by=chief)
    commitments.decline(one.pk, by=leader)

    said = text_of(signed_in(leader).get(to("conversation_page", made.pk, "pdf")))

    assert "Det bliver nej." not in said


def test_another_commitment_can_hang_on_a_conversation(chief, leader, to):
    made = confirmed(chief, leader)
    link, page = up_from(leader).id, signed_in(leader)
    form = {"who": "me", "words": "Også dette.", "due": DAY, "om": f"samtale.{made.pk}"}

    page.post(to("promise_commitment", link), form)

    assert made.commitments.count() == 2
    other = signed_in(holder_of(Role.DIRECTOR, TOWN))
    asked = other.get(to("begin_commitment"), {"om": f"samtale.{made.pk}"})
    assert asked.status_code == 404


def test_a_commitment_hangs_on_a_conversation_of_the_same_link_alone(chief, leader):
    made = planned(chief, leader)
    sydskolen = holder_of(Role.LEADER, SYDSKOLEN)

    with pytest.raises(NoSuchConversation):
        commitments.promise(
            up_from(sydskolen).id,
            "Ikke her.",
            due=today() + timedelta(days=9),
            by=chief,
            about=About(conversation_id=made.pk),
        )


def test_a_list_costs_the_same_however_long(
    chief, leader, to, django_assert_max_num_queries
):
    for _year in range(3):
        confirmed(chief, leader)
    planned(chief, leader)
    page = signed_in(chief)
    page.get(to("conversations"))

    with django_assert_max_num_queries(30):
        assert page.get(to("conversations")).status_code == 200
