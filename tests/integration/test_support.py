"""The pages on which support is offered, needed, answered and rated."""

from datetime import timedelta

import pytest
from django.test import Client

from kaeden.access.rules import Role
from kaeden.accounts.models import User
from kaeden.conditions.models import SupportNeed, SupportOffer
from kaeden.shared.clock import today
from tests.builders.dialogue import holder_of
from tests.builders.places import FJORDBY, HAVBY, SYDSKOLEN, TOWN
from tests.builders.support import (
    WHAT,
    WORDS,
    a_need,
    an_offer,
    analyst,
    chief,
    leader,
    met,
    rated,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fjordby")]
SOON = (today() + timedelta(days=30)).isoformat()


def signed_in(actor):
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def test_support_is_offered_needed_answered_met_and_rated_on_the_pages(to):
    helper, asker = signed_in(analyst()), signed_in(leader())
    form = {"what": WHAT, "for_whom": "Skoler", "answer_days": "5"}
    assert "Din stilling tilbyder ikke noget." in helper.get(to("support")).text
    helper.post(to("offer_support"), form)
    offer = SupportOffer.objects.get()

    ask = f"{to('new_need')}?tilbud={offer.pk}"
    assert ask in asker.get(to("offered", FJORDBY)).text
    assert "Du får svar inden for 5 arbejdsdage" in asker.get(ask).text
    wants = {"words": WORDS, "wanted_by": SOON, "offer": offer.pk}
    asker.post(to("write_need"), wants)
    made = SupportNeed.objects.get()
    assert WORDS in helper.get(to("support")).text
    reply = {"words": "Jeg kommer.", "met_by": SOON}
    helper.post(to("answer_need", made.pk), reply)
    assert "Jeg kommer." in asker.get(to("need", made.pk)).text
    asker.post(to("meet_need", made.pk))
    thanks = asker.post(
        to("rate_support", made.pk), {"rating": "4", "words": ""}, follow=True
    )

    assert "Tak. Svarene vises, når fem har svaret." in thanks.text
    assert "Dit svar: Det hjalp meget" in asker.get(to("need", made.pk)).text
    made.refresh_from_db()
    assert (made.step, made.rating) == ("met", 4)


def test_a_need_of_anybody_is_written_without_an_offer(to):
    page = signed_in(leader())

    assert "nogen, der kan hjælpe" in page.get(to("new_need")).text
    page.post(to("write_need"), {"words": WORDS, "wanted_by": SOON})

    assert SupportNeed.objects.get().offer is None


@pytest.mark.parametrize(
    "change", [{"words": ""}, {"wanted_by": ""}, {"wanted_by": "2020-01-01"}]
)
def test_a_need_that_cannot_be_written_comes_back_with_the_reason(to, change):
    form = {"words": WORDS, "wanted_by": SOON, "offer": an_offer().pk} | change

    answer = signed_in(leader()).post(to("write_need"), form)

    assert (answer.status_code, 'role="alert"' in answer.text) == (400, True)
    assert WHAT in answer.text
    assert not SupportNeed.objects.exists()


@pytest.mark.parametrize(
    "change",
    [{"what": ""}, {"for_whom": ""}, {"answer_days": "0"}, {"what": "x" * 201}],
)
def test_an_offer_that_cannot_be_made_comes_back_with_the_reason(to, change):
    form = {"what": WHAT, "for_whom": "Skoler", "answer_days": "5"} | change

    answer = signed_in(analyst()).post(to("offer_support"), form)

    assert (answer.status_code, 'role="alert"' in answer.text) == (400, True)
    assert not SupportOffer.objects.exists()


def test_an_offer_ends_on_the_page(to):
    made = an_offer()

    answer = signed_in(analyst()).post(to("end_offer", made.pk), follow=True)

    assert "Tilbuddet er slut." in answer.text


def test_an_answer_a_no_and_a_decision_need_their_words(to):
    made = a_need(an_offer(), ago=40)
    helper, above = signed_in(analyst()), signed_in(chief())

    wrong = [
        helper.post(to("answer_need", made.pk), {"words": "", "met_by": SOON}),
        helper.post(to("fail_need", made.pk), {"reason": " "}),
        above.post(to("decide_need", made.pk), {"words": ""}),
    ]

    assert [one.status_code for one in wrong] == [400] * 3
    assert all('role="alert"' in one.text for one in wrong)
    made.refresh_from_db()
    assert made.step == "asked"


def test_a_need_that_is_not_met_goes_up_and_gets_its_answer(to):
    made = a_need(an_offer())
    helper, asker, above = (signed_in(one()) for one in (analyst, leader, chief))

    said = helper.post(
        to("fail_need", made.pk), {"reason": "Ingen folk før jul."}, follow=True
    )
    assert "Lederne ovenfor får det at se." in said.text
    desk = above.get(to("desk")).text
    assert "Behov under dig, som ingen har dækket" in desk
    above.post(to("decide_need", made.pk), {"words": "Jeg finder en anden."})

    page = asker.get(to("need", made.pk)).text
    assert "Ingen folk før jul." in page
    assert "Jeg finder en anden." in page
    assert "som ingen har dækket" not in above.get(to("desk")).text


def test_a_need_is_taken_back_on_the_page(to):
    made = a_need(an_offer())

    page = signed_in(leader())
    assert (
        "Behovet er trukket tilbage."
        in page.post(to("withdraw_need", made.pk), follow=True).text
    )


@pytest.mark.parametrize("rating", ["", "5", "meget"])
def test_a_rating_is_one_of_four(to, rating):
    made = met(a_need(an_offer()))

    answer = signed_in(leader()).post(to("rate_support", made.pk), {"rating": rating})

    assert answer.status_code == 400
    assert "Vælg et af de fire svar" in answer.text


def test_the_municipalitys_page_counts_and_never_shows_a_need(
    to, django_assert_max_num_queries
):
    offer = an_offer()
    rated(offer, 4, 4, 3, 3, 1)
    a_need(offer)
    page = signed_in(holder_of(Role.COMMITTEE, TOWN))

    with django_assert_max_num_queries(14):
        text = page.get(to("offered", FJORDBY)).text

    assert "5 af 5 svar kom inden for løftet." in text
    assert "»Det hjalp«" in text
    assert "1 venter på svar." in text
    assert WORDS not in text
    assert "tilbud=" not in text


def test_an_empty_municipality_says_who_can_begin(to):
    text = signed_in(leader()).get(to("offered", FJORDBY)).text

    assert "Ingen har tilbudt støtte endnu." in text


def test_for_others_the_pages_are_not_there(to):
    made = a_need(an_offer())
    names = (
        *("answer_need", "meet_need", "fail_need", "withdraw_need"),
        *("rate_support", "decide_need"),
    )
    form = {"words": "Mit", "met_by": SOON, "reason": "Mit", "rating": "3"}
    neighbour = holder_of(Role.DIRECTOR, f"dk/{HAVBY}")

    for actor in (neighbour, holder_of(Role.LEADER, SYDSKOLEN)):
        page = signed_in(actor)
        assert page.get(to("need", made.pk)).status_code == 404
        asked = [page.post(to(name, made.pk), form).status_code for name in names]
        assert asked == [404] * len(names)
    assert signed_in(neighbour).get(to("offered", FJORDBY)).status_code == 404
    assert signed_in(analyst()).get(to("new_need")).status_code == 403
    made.refresh_from_db()
    assert made.step == "asked"


def test_what_one_may_not_do_is_refused_with_the_reason(to):
    made = a_need(an_offer())

    answer = signed_in(analyst()).post(to("meet_need", made.pk))

    assert answer.status_code == 409
    assert "Behovet er ikke besvaret endnu." in answer.text
