"""Who begins, tells of and ends a unit's use of a practice."""

from datetime import date, timedelta

import pytest

from kaeden.access.rules import NOBODY
from kaeden.audit.models import Event
from kaeden.learning.actions.adoptions import end, start, tell
from kaeden.learning.errors import NoSuchAdoption, NoSuchPractice
from kaeden.learning.models import Adoption
from kaeden.learning.rules.practices import Fidelity
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput, Forbidden, Refused
from tests.builders.places import NORDSKOLEN, a_country
from tests.builders.practices import (
    TALKS,
    accepted,
    adopted,
    chief,
    director,
    leader,
    other_leader,
    written,
)

pytestmark = pytest.mark.django_db
YESTERDAY = today() - timedelta(days=1)


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


def kinds():
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


def test_one_press_says_that_the_unit_uses_it_from_today():
    made = start(TALKS, by=leader())

    assert (made.practice, made.unit.path) == (TALKS, NORDSKOLEN)
    assert (made.started, made.ended) == (today(), None)
    assert (made.fidelity, made.post_id) == ("unknown", leader().post_id)
    assert kinds()[-1] == "adoption_started"


def test_it_may_have_begun_before_today():
    assert adopted(on=date(2024, 8, 1)).started == date(2024, 8, 1)


@pytest.mark.parametrize("day", [today() + timedelta(days=1), date(1999, 12, 31)])
def test_it_has_not_begun_ahead_of_time_or_before_anybody_remembers(day):
    with pytest.raises(BadInput, match="1 January 2000"):
        adopted(on=day)


@pytest.mark.parametrize("who", [chief, director])
def test_nobody_above_begins_it_for_an_institution(who):
    with pytest.raises(Forbidden):
        adopted(by=who())


def test_who_is_not_signed_in_begins_nothing():
    with pytest.raises(Forbidden):
        start(TALKS, by=NOBODY)


@pytest.mark.parametrize("key", ["no-such-thing", "999-1"])
def test_only_a_known_practice_is_used(key):
    with pytest.raises(NoSuchPractice):
        adopted(key)


def test_what_a_leader_has_written_is_used_when_it_is_accepted():
    waits = written()

    with pytest.raises(NoSuchPractice):
        adopted(waits.key)

    assert adopted(accepted().key).practice.startswith("999-")


def test_a_unit_uses_a_practice_once_at_a_time():
    adopted()

    with pytest.raises(Refused, match="already"):
        adopted()

    assert adopted(by=other_leader()).pk


def test_it_begins_again_when_the_last_use_has_ended_and_not_before_that():
    end(adopted(on=YESTERDAY).pk, by=leader())

    with pytest.raises(BadInput, match="used the practice on that day"):
        adopted(on=YESTERDAY)

    assert adopted().started == today()


def test_a_leader_tells_how_far_it_is_followed_and_what_is_adapted():
    made = adopted()

    tell(made.pk, Fidelity.PARTLY, " Kun i udskolingen. ", by=leader())

    made.refresh_from_db()
    assert (made.fidelity, made.adaptations) == ("partly", "Kun i udskolingen.")
    assert kinds()[-1] == "adoption_told"
    tell(made.pk, Fidelity.FULL, by=leader())
    made.refresh_from_db()
    assert (made.fidelity, made.adaptations) == ("full", "")


def test_words_that_cannot_be_kept_change_nothing():
    made = adopted()

    with pytest.raises(BadInput, match="CPR"):
        tell(made.pk, Fidelity.FULL, "Kun 010203-1234.", by=leader())
    with pytest.raises(BadInput):
        end(made.pk, "x" * 501, by=leader())

    made.refresh_from_db()
    assert (made.fidelity, made.ended) == ("unknown", None)


def test_a_use_ends_with_or_without_a_reason():
    first = adopted()
    end(first.pk, "Vi nåede målet.", by=leader())
    first.refresh_from_db()

    assert (first.ended, first.why_ended) == (today(), "Vi nåede målet.")
    assert kinds()[-1] == "adoption_ended"


def test_what_another_unit_uses_or_what_has_ended_is_not_there():
    made = adopted()

    for verb in (
        lambda by: tell(made.pk, Fidelity.FULL, by=by),
        lambda by: end(made.pk, by=by),
    ):
        with pytest.raises(NoSuchAdoption):
            verb(other_leader())
        with pytest.raises(Forbidden):
            verb(chief())
    end(made.pk, by=leader())
    with pytest.raises(NoSuchAdoption):
        end(made.pk, by=leader())
    assert Adoption.objects.get().ended == today()
