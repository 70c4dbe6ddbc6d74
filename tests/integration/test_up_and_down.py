"""The pages of what goes up and down the line."""

from datetime import timedelta

import pytest
from django.test import Client

from kaeden.access.rules import Role
from kaeden.accounts.models import User
from kaeden.dialogue.actions.concerns import answer, carry
from kaeden.dialogue.models import Concern, Passage
from kaeden.organisation.models import Holding, Post
from kaeden.shared.clock import today
from tests.builders.dialogue import (
    GOAL,
    a_concern,
    a_question,
    an_adopted_goal,
    days_ago,
    holder_of,
    the_line,
)
from tests.builders.places import DAYCARE, FJORDBY, SYDSKOLEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fjordby")]
WORDS = "Vi mangler en rådgiver om tirsdagen."
FORM = {
    "words": WORDS,
    "subject": "",
    "answer_by": (today() + timedelta(weeks=3)).isoformat(),
}


@pytest.fixture
def people(fjordby):
    return the_line()


def signed_in(actor):
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def test_a_leader_writes_up_the_chief_carries_on_and_the_answer_comes_down(people, to):
    leader, chief, director = (signed_in(one) for one in people)
    goal = an_adopted_goal()

    form = leader.get(to("new_concern") + f"?om=maal-{goal.pk}").text
    sent = leader.post(
        to("write_concern"), FORM | {"subject": f"maal-{goal.pk}"}, follow=True
    )
    pk = Concern.objects.get().pk
    before = chief.get(to("concern", pk)).text
    chief.post(to("carry_concern", pk), {"opad-words": "Det gælder fire skoler."})
    director.post(to("answer_concern", pk), {"svar-words": "Fra januar."})

    assert f'value="maal-{goal.pk}" selected' in form
    assert FORM["answer_by"] in form
    assert "Her kan du se, hvor det ligger." in sent.text
    assert "Løft det videre op til Børne- og ungedirektør" in before
    for one in (leader, chief, director):
        page = one.get(to("concern", pk)).text
        assert WORDS in page
        assert "Det gælder fire skoler." in page
        assert "Fra januar." in page
        assert "løftede den videre op til" in page
        assert to("goal", FJORDBY, GOAL) in page
        assert "Fra januar." in one.get(to("up_and_down")).text


def test_what_waits_and_what_is_sent_stand_with_their_age(people, to):
    leader, _chief, _director = people
    made = a_concern(leader)
    Concern.objects.update(written_on=days_ago(30), answer_by=days_ago(2))
    an_adopted_goal()
    a_question()

    above, below = (signed_in(one).get(to("up_and_down")).text for one in people[1::-1])

    assert "Har ventet i 30 dage." in above
    assert "Skulle være besvaret senest" in above
    assert "1 ting, den ældste i 30 dage, 1 er over dagen." in above
    assert "Spørgsmål til et mål" in above
    assert to("concern", made.pk) in above
    assert "Intet af det, du har sendt op, mangler svar." in above
    assert "Har ventet i 30 dage." in below
    assert "Intet nedefra venter på dig." in below


def test_the_desk_tells_of_both_directions(people, to):
    leader, chief, _director = people
    for number in range(4):
        a_concern(leader, f"Nummer {number}")

    above, below = (signed_in(one).get(to("desk")).text for one in (chief, leader))

    assert "Nedefra, venter på dig: 4 ting, den ældste i 0 dage." in above
    assert "og 1 mere" in above
    assert "Nummer 3" not in above
    assert "Du har sendt op: 4 ting" in below


def test_an_empty_desk_says_that_nothing_waits(people, to):
    shown = signed_in(people[0]).get(to("desk")).text

    assert "Intet venter på svar, hverken op eller ned." in shown


@pytest.mark.parametrize(
    "change",
    [
        {"words": " "},
        {"answer_by": "2020-01-01"},
        {"answer_by": ""},
        {"subject": "maal-0"},
    ],
)
def test_a_concern_that_cannot_be_sent_comes_back_with_the_reason(people, to, change):
    answered = signed_in(people[0]).post(to("write_concern"), FORM | change)

    assert answered.status_code == 400
    assert 'role="alert"' in answered.text
    assert not Concern.objects.exists()


@pytest.mark.parametrize("name", ["answer_concern", "carry_concern"])
def test_empty_words_come_back_with_the_reason(people, to, name):
    leader, chief, _director = people
    made = a_concern(leader)

    answered = signed_in(chief).post(to(name, made.pk), {})

    assert (answered.status_code, 'role="alert"' in answered.text) == (400, True)
    assert Passage.objects.count() == 1


def test_who_wrote_it_takes_it_back_on_the_page(people, to):
    made = a_concern(people[0])
    page = signed_in(people[0])

    assert "Træk den tilbage" in page.get(to("concern", made.pk)).text
    done = page.post(to("withdraw_concern", made.pk), follow=True)

    assert "Bekymringen er trukket tilbage." in done.text
    assert "Trukket tilbage" in page.get(to("concern", made.pk)).text


def test_others_find_no_such_concern_and_cannot_touch_it(people, to):
    leader, _chief, director = people
    made = a_concern(leader)
    beside = [holder_of(Role.LEADER, SYDSKOLEN), holder_of(Role.CHIEF_DAYCARE, DAYCARE)]

    for other in (director, *beside):
        page = signed_in(other)
        assert page.get(to("concern", made.pk)).status_code == 404
        for name in ("answer_concern", "carry_concern", "withdraw_concern"):
            sent = {"svar-words": "Nå", "opad-words": "Nå"}
            assert page.post(to(name, made.pk), sent).status_code == 404
    owner = signed_in(leader).post(to("answer_concern", made.pk), {"svar-words": "Nå"})
    assert owner.status_code == 409


def test_who_has_nobody_above_is_told_so_and_writes_to_nobody(people, to):
    leader, chief, director = people
    page = signed_in(director)

    assert "Der er ingen over din stilling" in page.get(to("new_concern")).text
    assert page.post(to("write_concern"), FORM).status_code == 409
    Holding.objects.filter(post_id=director.post_id).end(today())
    made = a_concern(leader)
    assert "Løft det videre" not in signed_in(chief).get(to("concern", made.pk)).text


def test_a_concern_on_a_result_leads_to_the_result(people, to):
    leader = signed_in(people[0])

    form = leader.get(to("new_concern") + "?om=resultat-school-absence").text
    leader.post(to("write_concern"), FORM | {"subject": "resultat-school-absence"})
    shown = leader.get(to("concern", Concern.objects.get().pk)).text

    assert 'value="resultat-school-absence" selected' in form
    assert to("result", "999001", "school-absence") in shown


def test_a_stranded_concern_says_what_to_do(people, to):
    leader, chief, _director = people
    made = a_concern(leader)
    Post.objects.filter(pk=chief.post_id).update(valid_to=today())

    shown = signed_in(leader).get(to("concern", made.pk)).text

    assert "findes ikke mere, så ingen har den" in shown


def test_an_answer_says_after_how_many_days(people, to):
    leader, chief, director = people
    made = a_concern(leader)
    carry(made.pk, "Op.", by=chief)
    answer(made.pk, "Ned.", by=director)
    Concern.objects.update(written_on=days_ago(12))

    assert ", efter 12 dage" in signed_in(leader).get(to("concern", made.pk)).text


def test_without_a_post_there_is_nothing_to_go_up_or_down(to):
    User.objects.create_user("ingen", password="x" * 12)
    page = Client()
    page.force_login(User.objects.get(username="ingen"))

    assert page.get(to("up_and_down")).status_code == 403
    assert page.get(to("new_concern")).status_code == 403


def test_the_director_sees_how_long_things_wait_at_each_level_and_no_words(people, to):
    leader, chief, director = people
    for number in range(5):
        made = a_concern(leader, f"Nummer {number}")
        answer(made.pk, "Sådan.", by=chief)
    a_concern(leader)
    Concern.objects.filter(answer="").update(answer_by=days_ago(2))

    page = signed_in(director).get(to("up_and_down")).text

    assert "Hvor længe ting venter i hvert led" in page
    assert "1, i 0 dage, 1 er over dagen" in page
    assert "5 efter 0 dage" in page
    assert "for få til at sige noget" in page
    assert WORDS not in page
    assert "Hvor længe ting" not in signed_in(chief).get(to("up_and_down")).text
