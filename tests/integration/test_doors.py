"""Doors that change something: one happy path and its refusals, in Fjordby."""

import pytest
from django.utils import translation

from kaeden.access.rules import Role
from kaeden.dialogue.models import AgendaItem, Assessment
from kaeden.goals.models import Goal
from kaeden.organisation.models import Holding
from tests.builders.figures import a_release, a_signal
from tests.builders.places import (
    DAYCARE,
    FJORDBY,
    HAVBY,
    NORDSKOLEN,
    SCHOOLS,
    SYDSKOLEN,
    TOWN,
    a_country,
    a_school,
    an_account,
    post_at,
    the_registers,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fjordby")]
GOAL, ABSENCE = "in-school-every-day", "school-absence"
WORDS = {"judgement": "challenge", "sentence": "Det er nyt.", "next_step": "Mødes."}
CHIEF = (Role.CHIEF_SCHOOLS, SCHOOLS)
DIRECTOR = (Role.DIRECTOR, TOWN)
NEIGHBOUR = (Role.DIRECTOR, f"dk/{HAVBY}")
LEADER = (Role.LEADER, NORDSKOLEN)


@pytest.fixture(autouse=True)
def _english(client):
    with translation.override("en"):
        yield


def english(client):
    client.cookies["django_language"] = "en"
    return client


# Posts ---------------------------------------------------------------------------------


def test_a_director_fills_and_vacates_a_post(as_holder, to):
    director, post = as_holder(*DIRECTOR), post_at(NORDSKOLEN, Role.LEADER)

    filled = director.post(to("fill", post.pk), {"holder": "Kim"}, follow=True)
    assert filled.redirect_chain == [(to("chain", FJORDBY), 302)]
    assert Holding.objects.get(post=post).holder_name == "Kim"

    director.post(to("vacate", post.pk))
    assert not Holding.objects.filter(post=post, valid_to__isnull=True).exists()


@pytest.mark.parametrize("route", ["fill", "vacate"])
def test_who_is_not_signed_in_is_told_to_before_a_post_is_touched(client, to, route):
    post = post_at(NORDSKOLEN, Role.LEADER)

    answer = client.post(to(route, post.pk), {"holder": "Kim"})

    assert answer.headers["Location"].startswith(to("sign_in"))
    assert not Holding.objects.exists()


@pytest.mark.parametrize(
    ("who", "why"),
    [
        (NEIGHBOUR, "Your post does not reach this unit."),
        ((Role.CHIEF_DAYCARE, DAYCARE), "Your post does not reach this unit."),
        (LEADER, "This is not for your post to do."),
    ],
)
def test_a_post_that_does_not_reach_is_refused(as_holder, to, who, why):
    post = post_at(SYDSKOLEN, Role.LEADER)

    answer = english(as_holder(*who)).post(to("fill", post.pk), {"holder": "Kim"})

    assert answer.status_code == 403
    assert why in answer.text
    assert not Holding.objects.filter(post=post).exists()


def test_a_post_without_a_name_is_a_bad_form(as_holder, to):
    post = post_at(NORDSKOLEN, Role.LEADER)

    answer = english(as_holder(*DIRECTOR)).post(to("fill", post.pk), {"holder": " "})

    assert answer.status_code == 400
    assert "Write who is to hold the post." in answer.text


def test_a_name_with_a_zero_byte_is_refused(as_holder, to):
    post = post_at(NORDSKOLEN, Role.LEADER)

    answer = as_holder(*DIRECTOR).post(to("fill", post.pk), {"holder": "K\0im"})

    assert answer.status_code == 400
    assert not Holding.objects.filter(post=post).exists()


def test_the_slower_of_two_is_told(as_holder, to):
    director, post = english(as_holder(*DIRECTOR)), post_at(NORDSKOLEN, Role.LEADER)

    for status in (302, 409):
        assert director.post(to("fill", post.pk), {"holder": "K"}).status_code == status
    for status in (302, 409):
        assert director.post(to("vacate", post.pk)).status_code == status


@pytest.mark.parametrize("route", ["fill", "vacate", "accept", "decline"])
@pytest.mark.parametrize("number", [0, 10**12, 10**30])
def test_a_number_that_is_nothing_is_not_found(as_holder, to, route, number):
    assert as_holder(*DIRECTOR).post(to(route, number)).status_code == 404


# Goals ---------------------------------------------------------------------------------


def test_a_director_adopts_a_goal_with_a_target_in_danish_digits(as_holder, to):
    form = {"value": "6,5", "by_period": "2027/28"}

    answer = as_holder(*DIRECTOR).post(to("adopt", FJORDBY, GOAL), form, follow=True)

    assert answer.redirect_chain == [(to("goal", FJORDBY, GOAL), 302)]
    target = Goal.objects.get().targets.get()
    assert (target.value, target.by_period) == (6.5, "2027/28")
    assert "6,5 %" in answer.text.replace("\xa0", " ")


@pytest.mark.parametrize("value", ["", "6"])
def test_a_goal_can_be_adopted_without_a_target_but_a_target_needs_a_year(
    as_holder, to, value
):
    address = to("adopt", FJORDBY, GOAL)

    answer = english(as_holder(*DIRECTOR)).post(address, {"value": value})

    assert answer.status_code == (400 if value else 302)
    assert Goal.objects.exists() is not bool(value)


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"value": "many", "by_period": "2027/28"}, "number"),
        ({"value": "6", "by_period": ""}, "Write by which year"),
        ({"value": "6", "by_period": "soon"}, "is not a year"),
        ({"value": "900", "by_period": "2027/28"}, "Write a number between"),
        ({"value": "1e999", "by_period": "2027/28"}, ""),
        ({"value": "6", "by_period": "x" * 400}, ""),
    ],
)
def test_a_bad_target_is_refused_with_what_is_wrong(as_holder, to, form, told):
    address = to("adopt", FJORDBY, GOAL)

    answer = english(as_holder(*DIRECTOR)).post(address, form)

    assert answer.status_code == 400
    assert told in answer.text
    assert not Goal.objects.exists()


def test_a_goal_is_adopted_once(as_holder, to):
    director = as_holder(*DIRECTOR)

    codes = [director.post(to("adopt", FJORDBY, GOAL)).status_code for _time in "12"]

    assert codes == [302, 409]


@pytest.mark.parametrize("who", [CHIEF, NEIGHBOUR, LEADER])
def test_only_the_municipalitys_director_adopts(as_holder, client, to, who):
    address = to("adopt", FJORDBY, GOAL)

    assert as_holder(*who).post(address).status_code == 403
    assert client.post(address).status_code == 302
    assert not Goal.objects.exists()


def test_who_may_not_adopt_is_told_why_and_can_press_nothing(as_holder, client, to):
    told = {
        client: "Sign in with a post to do this.",
        as_holder(*CHIEF): "not for your post",
    }

    for reader, why in told.items():
        text = english(reader).get(to("goal", FJORDBY, GOAL)).text
        assert why in text
        assert to("adopt", FJORDBY, GOAL) not in text


# Assessments and the agenda ------------------------------------------------------------


def assess(client, to, code="999001", **words):
    return client.post(to("assess", code, ABSENCE), WORDS | words, follow=True)


def test_a_chief_assesses_a_result_and_the_director_puts_it_on_the_agenda(
    as_holder, to
):
    chief, director = as_holder(*CHIEF), as_holder(*DIRECTOR)
    result = to("result", "999001", ABSENCE)
    assert result in chief.get(to("desk")).text

    answer = assess(chief, to)
    assert answer.redirect_chain == [(to("desk"), 302)]
    assert result not in chief.get(to("desk")).text

    item = AgendaItem.objects.get()
    assert "Det er nyt." in director.get(to("desk")).text
    director.post(to("accept", item.pk))
    assert AgendaItem.objects.get().step == "accepted"


def test_a_director_declines_an_item(as_holder, to):
    assess(as_holder(*CHIEF), to)

    answer = as_holder(*DIRECTOR).post(to("decline", AgendaItem.objects.get().pk))

    assert answer.status_code == 302
    assert AgendaItem.objects.get().step == "declined"


@pytest.mark.parametrize("route", ["accept", "decline"])
def test_an_item_is_decided_once_and_by_the_director_alone(
    as_holder, client, to, route
):
    chief = as_holder(*CHIEF)
    assess(chief, to)
    address = to(route, AgendaItem.objects.get().pk)

    for other in (chief, as_holder(*LEADER)):
        assert other.post(address).status_code == 403
    assert client.post(address).headers["Location"].startswith(to("sign_in"))
    assert as_holder(*NEIGHBOUR).post(address).status_code == 404
    director = as_holder(*DIRECTOR)
    assert [director.post(address).status_code for _time in "12"] == [302, 409]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"judgement": ""}, "Choose one of the four judgements."),
        ({"judgement": "good"}, "good"),
        ({"sentence": " "}, "Write one sentence."),
        ({"next_step": ""}, "Write the next step."),
        ({"sentence": "x" * 501}, "501"),
    ],
)
def test_a_bad_assessment_comes_back_with_what_is_missing(as_holder, to, words, told):
    answer = assess(english(as_holder(*CHIEF)), to, **words)

    assert answer.status_code == 400
    assert told in answer.text
    assert 'role="alert"' in answer.text
    assert "Mødes." in answer.text or "next_step" in words
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(
    "who",
    [DIRECTOR, (Role.LEADER, SYDSKOLEN), NEIGHBOUR, (Role.CHIEF_DAYCARE, DAYCARE)],
)
def test_others_do_not_assess_it_and_see_no_form(as_holder, to, who):
    client = english(as_holder(*who))

    page = client.get(to("result", "999001", ABSENCE))
    assert "Your post does not assess this result." in page.text
    assert to("assess", "999001", ABSENCE) not in page.text
    assert assess(client, to).status_code == 403


def test_a_visitor_reads_a_result_and_does_not_assess_it(client, to):
    assert client.get(to("result", "999001", ABSENCE)).status_code == 200
    assert assess(client, to).redirect_chain[0][0].startswith(to("sign_in"))
    assert not Assessment.objects.exists()


def test_who_presses_twice_is_told_and_keeps_the_words(as_holder, to):
    chief = english(as_holder(*CHIEF))
    assess(chief, to)

    answer = assess(chief, to, sentence="Det er endnu nyere.")

    assert answer.status_code == 409
    for words in ("Read that first.", "Det er nyt.", "Det er endnu nyere."):
        assert words in answer.text
    assert Assessment.objects.count() == 1


def test_an_assessment_is_written_anew_and_what_stood_is_still_read(as_holder, to):
    chief = english(as_holder(*CHIEF))
    assess(chief, to)

    answer = assess(chief, to, sentence="Det er endnu nyere.", after="1")

    assert answer.status_code == 200
    text = chief.get(to("result", "999001", ABSENCE)).text
    assert "Write your assessment anew" in text
    assert "What stood here before" in text
    assert "Det er nyt." in text


def test_a_leader_assesses_first_and_then_both_stand_beside_each_other(as_holder, to):
    leader, chief = english(as_holder(*LEADER)), english(as_holder(*CHIEF))
    result = to("result", "999001", ABSENCE)
    assert "Your results to assess" in leader.get(to("desk")).text
    assert "The leader writes first." in chief.get(to("desk")).text
    assert "It opens when the leader has written, on" in chief.get(result).text
    assert assess(chief, to).status_code == 409

    assess(leader, to, sentence="Lederens ord.")
    assess(chief, to, sentence="Chefens ord.")

    for reader in (leader, chief):
        text = reader.get(result).text
        assert text.index("Lederens ord.") < text.index("Chefens ord.")
    assert AgendaItem.objects.count() == 1


def test_a_hidden_result_is_not_assessed(as_holder, to):
    assert assess(as_holder(*CHIEF), to, code="999002").status_code == 409


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        (LEADER, True),
        (CHIEF, True),
        (DIRECTOR, True),
        ((Role.LEADER, SYDSKOLEN), False),
        (NEIGHBOUR, False),
        ((Role.CHIEF_DAYCARE, DAYCARE), False),
    ],
)
def test_what_a_chief_wrote_is_read_by_those_it_concerns(
    as_holder, client, to, who, sees
):
    chief = as_holder(*CHIEF)
    assess(chief, to)
    reader = chief if who == CHIEF else as_holder(*who)

    for page in (to("institution", "999001"), to("result", "999001", ABSENCE)):
        assert ("Det er nyt." in reader.get(page).text) is sees
        assert "Det er nyt." not in client.get(page).text


def test_a_leaders_desk_shows_what_is_written_about_the_unit(as_holder, to):
    assess(as_holder(*CHIEF), to)

    assert "Det er nyt." in as_holder(*LEADER).get(to("desk")).text


def test_words_are_shown_as_words(as_holder, to):
    assess(as_holder(*CHIEF), to, sentence="<script>alert(1)</script>")

    text = as_holder(*DIRECTOR).get(to("desk")).text

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_somebody_without_a_post_has_an_empty_desk_that_is_not_kept(client, to):
    english(client).force_login(an_account("ny"))

    page = client.get(to("desk"))

    assert "You hold no post." in page.text
    assert page["Cache-Control"] == "no-store"


# What came after ------------------------------------------------------------------------


def test_a_post_reads_what_it_has_judged_and_what_came_after(as_holder, client, to):
    chief = english(as_holder(*CHIEF))
    assert "has judged nothing yet" in chief.get(to("my_assessments")).text
    assess(chief, to)

    a_release(a_signal(period="2025/26", value=6.0))

    text = chief.get(to("my_assessments")).text
    assert "Nordskolen: Absence from school" in text
    assert "Since then: 7.5" in text
    assert "Since then: 7.5" in chief.get(to("result", "999001", ABSENCE)).text
    assert client.get(to("my_assessments")).status_code == 302
    assert "Det er nyt." not in as_holder(*LEADER).get(to("my_assessments")).text


def test_how_soon_we_act_is_for_those_in_the_municipality(as_holder, client, to):
    page = to("first_act", "999")
    director = english(as_holder(*DIRECTOR))

    assert "Too few results have stood out" in director.get(page).text
    assert as_holder(*NEIGHBOUR).get(page).status_code == 404
    assert client.get(page).status_code == 302


def test_the_directors_desk_says_how_soon_we_act(as_holder, to):
    more = (a_school(code, f"Skole {code}") for code in ("999004", "999005"))
    a_country([*the_registers(), *more])
    a_release(*(a_signal(f"99900{number}") for number in (2, 4, 5)))
    director = english(as_holder(*DIRECTOR))

    assert "0 of 3 signals have had a first act" in director.get(to("desk")).text
    assert "0 of 3 signals" in director.get(to("first_act", "999")).text
