from datetime import timedelta

import pytest

from kaeden.access.rules import Role
from kaeden.audit.models import Event
from kaeden.conditions.actions.support import (
    answer,
    decide,
    end_offer,
    fail,
    meet,
    need,
    offer,
    rate,
    withdraw,
)
from kaeden.conditions.errors import NoSuchNeed, NoSuchOffer, OthersWereQuicker
from kaeden.conditions.models import SupportNeed, SupportOffer
from kaeden.conditions.rules.support import Rating
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Forbidden, Refused
from kaeden.shared.workdays import workdays_after
from tests.builders.dialogue import holder_of
from tests.builders.places import (
    DAYCARE,
    HAVBY,
    NORDSKOLEN,
    SOLSTRAALEN,
    SYDSKOLEN,
    TOWN,
    a_country,
)
from tests.builders.support import (
    WHAT,
    WORDS,
    a_need,
    an_offer,
    analyst,
    chief,
    leader,
    met,
)

pytestmark = pytest.mark.django_db
SOON = today() + timedelta(days=14)


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


def kinds():
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


def test_a_post_offers_something_with_a_promise():
    made = offer(f" {WHAT} ", "Skoler", 5, by=analyst())

    assert (made.what, made.for_whom, made.answer_days) == (WHAT, "Skoler", 5)
    assert (made.begun_on, made.ended_on) == (today(), None)
    assert kinds()[-1] == "support_offered"


@pytest.mark.parametrize("days", [0, 31])
def test_a_promise_is_one_to_thirty_working_days(days):
    with pytest.raises(BadInput, match="1 to 30 working days"):
        offer(WHAT, "Skoler", days, by=analyst())


@pytest.mark.parametrize("words", [("", "Skoler"), (WHAT, " "), ("x" * 201, "Skoler")])
def test_an_offer_says_what_and_for_whom(words):
    with pytest.raises(BadInput):
        offer(*words, 5, by=analyst())
    assert not SupportOffer.objects.exists()


def test_a_post_offers_the_same_once_and_again_when_it_has_ended():
    first = an_offer()

    with pytest.raises(Refused, match="already"):
        an_offer()
    end_offer(first.pk, by=analyst())

    assert an_offer().pk != first.pk
    assert "support_ended" in kinds()


def test_politicians_offer_no_support():
    with pytest.raises(Forbidden):
        offer(WHAT, "Alle", 5, by=holder_of(Role.COMMITTEE, TOWN))


def test_only_the_post_itself_ends_its_offer_and_once():
    made = an_offer()

    with pytest.raises(NoSuchOffer):
        end_offer(made.pk, by=leader())
    end_offer(made.pk, by=analyst())
    with pytest.raises(NoSuchOffer):
        end_offer(made.pk, by=analyst())


def test_a_need_of_an_offer_gets_the_day_that_is_promised():
    made = a_need(an_offer(days=3))

    assert (made.words, made.step) == (WORDS, "asked")
    assert made.answer_by == workdays_after(today(), 3)
    assert kinds()[-1] == "need_written"


def test_a_need_of_anybody_is_to_be_answered_within_ten_working_days():
    assert a_need().answer_by == workdays_after(today(), 10)


def test_only_those_who_lead_write_needs():
    with pytest.raises(Forbidden):
        a_need(by=analyst())


@pytest.mark.parametrize("days", [-1, 366])
def test_a_need_is_wanted_by_a_day_within_a_year(days):
    with pytest.raises(BadInput, match="Choose a day"):
        need(WORDS, wanted_by=today() + timedelta(days=days), by=leader())


@pytest.mark.parametrize("words", ["", "x" * 601, "Anton, 010112-1234, har brug for"])
def test_words_that_cannot_be_kept_are_refused(words):
    with pytest.raises(BadInput):
        need(words, wanted_by=SOON, by=leader())
    assert not SupportNeed.objects.exists()


def test_an_offer_that_is_not_there_or_ones_own_cannot_be_asked():
    ended, own = an_offer(), an_offer(leader(), what="Et besøg hos os")
    end_offer(ended.pk, by=analyst())
    neighbour = holder_of(Role.DIRECTOR, f"dk/{HAVBY}")

    with pytest.raises(NoSuchOffer):
        a_need(ended)
    with pytest.raises(NoSuchOffer):
        a_need(own, by=neighbour)
    with pytest.raises(Refused, match="itself"):
        a_need(own)


def test_the_support_answers_with_a_day_and_the_asker_notes_that_it_is_met():
    made = a_need(an_offer())

    answer(made.pk, "Jeg kommer.", met_by=SOON, by=analyst())
    made.refresh_from_db()
    assert (made.step, made.answer, made.met_by) == ("answered", "Jeg kommer.", SOON)
    assert (made.answered_on, made.answered_by_id) == (today(), analyst().post_id)
    meet(made.pk, by=leader())

    made.refresh_from_db()
    assert (made.step, made.settled_on, made.settled_by_id) == (
        *("met", today(), leader().post_id),
    )
    assert kinds()[-2:] == ["need_answered", "need_met"]


def test_the_support_cannot_say_itself_that_a_need_is_met():
    made = a_need(an_offer())
    answer(made.pk, "Jeg kommer.", met_by=SOON, by=analyst())

    with pytest.raises(Refused, match="Only the post that has the need"):
        meet(made.pk, by=analyst())


def test_only_the_support_answers():
    made = a_need(an_offer())

    with pytest.raises(Refused, match="Those who offer"):
        answer(made.pk, "Selv", met_by=SOON, by=leader())
    with pytest.raises(NoSuchNeed):
        answer(made.pk, "Mig", met_by=SOON, by=holder_of(Role.LEADER, SYDSKOLEN))
    with pytest.raises(BadInput):
        answer(made.pk, "I går", met_by=today() - timedelta(days=1), by=analyst())


def test_a_need_of_anybody_is_answered_by_whoever_offers_something_and_is_first():
    made, daycare = a_need(), holder_of(Role.CHIEF_DAYCARE, DAYCARE)
    an_offer()

    with pytest.raises(NoSuchNeed):
        answer(made.pk, "Mig", met_by=SOON, by=daycare)
    an_offer(daycare)
    answer(made.pk, "Jeg kommer.", met_by=SOON, by=daycare)
    with pytest.raises(NoSuchNeed):
        answer(made.pk, "Jeg også.", met_by=SOON, by=analyst())

    fail(made.pk, "Vi blev syge.", by=daycare)
    made.refresh_from_db()
    assert (made.step, made.reason) == ("not_met", "Vi blev syge.")


def test_a_no_with_its_reason_is_an_answer_too():
    made = a_need(an_offer())

    fail(made.pk, "Det har vi ikke folk til.", by=analyst())

    made.refresh_from_db()
    assert (made.step, made.answered_on, made.met_by) == ("not_met", today(), None)
    assert kinds()[-1] == "need_not_met"


def test_who_gives_up_waiting_has_not_been_answered():
    made = a_need(an_offer())

    fail(made.pk, "Vi fik aldrig svar.", by=leader())

    made.refresh_from_db()
    assert (made.step, made.answered_on) == ("not_met", None)


def test_a_need_is_taken_back_by_whoever_has_it():
    made = a_need(an_offer())

    with pytest.raises(Refused):
        withdraw(made.pk, by=analyst())
    withdraw(made.pk, by=leader())

    with pytest.raises(Refused, match="taken back"):
        meet(made.pk, by=leader())
    assert kinds()[-1] == "need_withdrawn"


def test_who_acts_on_an_old_page_is_told(monkeypatch):
    made = a_need(an_offer())
    stale = SupportNeed.objects.select_related("asked_by__unit", "offer__post").get()
    withdraw(made.pk, by=leader())
    from kaeden.conditions.actions import support as actions

    read = actions.get_row(analyst(), made.pk)[1]
    asked = a_need(an_offer(what="Andet"))
    fresh = actions.get_row(analyst(), asked.pk)[1]
    assert not read.verdicts["answered"]
    monkeypatch.setattr(actions, "get_row", lambda *_args: (stale, fresh))

    with pytest.raises(OthersWereQuicker, match="Read it again"):
        answer(made.pk, "Jeg kommer.", met_by=SOON, by=analyst())


def test_support_is_rated_once_and_the_trail_says_not_what():
    made = met(a_need(an_offer()))

    rate(made.pk, Rating.MUCH_HELP, " Tak ", by=leader())

    made.refresh_from_db()
    assert (made.rating, made.rating_words, made.rated_on) == (4, "Tak", today())
    assert kinds()[-1] == "support_rated"
    with pytest.raises(Refused, match="have rated"):
        rate(made.pk, Rating.HELP, by=leader())


def test_the_support_does_not_rate_itself():
    made = met(a_need(an_offer()))

    with pytest.raises(Refused):
        rate(made.pk, Rating.MUCH_HELP, by=analyst())
    with pytest.raises(BadInput):
        rate(made.pk, Rating.HELP, "010112-1234", by=leader())


def test_who_rates_twice_at_once_is_told(monkeypatch):
    made = met(a_need(an_offer()))
    from kaeden.conditions.actions import support as actions

    known = actions.get_row(leader(), made.pk)
    rate(made.pk, Rating.HELP, by=leader())
    monkeypatch.setattr(actions, "get_row", lambda *_args: known)

    with pytest.raises(OthersWereQuicker, match="just now"):
        rate(made.pk, Rating.NO_HELP, by=leader())


def test_a_post_above_answers_what_is_not_met_in_time():
    made = a_need(an_offer(), ago=40)

    decide(made.pk, "Jeg taler med analytikeren i morgen.", by=chief())

    made.refresh_from_db()
    assert made.decision == "Jeg taler med analytikeren i morgen."
    assert (made.decided_on, made.decided_by_id) == (today(), chief().post_id)
    assert kinds()[-1] == "need_decided"
    with pytest.raises(Refused, match="has an answer"):
        decide(made.pk, "Igen", by=holder_of(Role.DIRECTOR, TOWN))


def test_what_is_not_late_or_not_below_is_not_there_for_a_post_above():
    fresh, late = a_need(an_offer()), a_need(an_offer(what="Andet"), ago=40)

    with pytest.raises(NoSuchNeed):
        decide(fresh.pk, "Straks", by=chief())
    for beside in ((Role.CHIEF_DAYCARE, DAYCARE), (Role.LEADER, SOLSTRAALEN)):
        with pytest.raises(NoSuchNeed):
            decide(late.pk, "Mig", by=holder_of(*beside))
    with pytest.raises(Refused, match="above"):
        decide(late.pk, "Selv", by=holder_of(Role.LEADER, NORDSKOLEN))


def test_of_two_above_who_answer_at_once_one_is_told(monkeypatch):
    made = a_need(an_offer(), ago=40)
    from kaeden.conditions.actions import support as actions

    known = actions.get_row(chief(), made.pk)
    decide(made.pk, "Først", by=holder_of(Role.DIRECTOR, TOWN))
    monkeypatch.setattr(actions, "get_row", lambda *_args: known)

    with pytest.raises(OthersWereQuicker, match="Another post above"):
        decide(made.pk, "Sidst", by=chief())
    made.refresh_from_db()
    assert made.decision == "Først"
