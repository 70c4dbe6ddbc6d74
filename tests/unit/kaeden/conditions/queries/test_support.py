from datetime import timedelta

import pytest

from kaeden.access.rules import NOBODY, Role
from kaeden.conditions.actions import support as actions
from kaeden.conditions.errors import NoSuchNeed
from kaeden.conditions.models import SupportNeed, SupportOffer
from kaeden.conditions.queries.support import get_need, mine, unmet_below
from kaeden.conditions.rules.support import Rating, Side, Step
from kaeden.shared.clock import today
from tests.builders.dialogue import holder_of
from tests.builders.places import (
    DAYCARE,
    HAVBY,
    NORDSKOLEN,
    SYDSKOLEN,
    TOWN,
    a_country,
)
from tests.builders.support import a_need, an_offer, analyst, chief, leader, met

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


def ids(needs):
    return [one.id for one in needs]


def test_a_need_is_read_by_the_asker_and_the_support_and_nobody_else():
    made = a_need(an_offer())

    assert get_need(leader(), made.pk).side is Side.ASKER
    assert get_need(analyst(), made.pk).side is Side.SUPPORT
    others = ((Role.DIRECTOR, TOWN), (Role.LEADER, SYDSKOLEN))
    for actor in (NOBODY, chief(), *(holder_of(*one) for one in others)):
        with pytest.raises(NoSuchNeed):
            get_need(actor, made.pk)
    with pytest.raises(NoSuchNeed):
        get_need(leader(), 10**12)


def test_posts_above_read_it_when_it_is_late_and_when_they_have_answered():
    made = a_need(an_offer(), ago=40)

    assert get_need(chief(), made.pk).side is None
    actions.decide(made.pk, "Jeg ringer.", by=chief())
    day = today() + timedelta(days=1)
    actions.answer(made.pk, "I morgen.", met_by=day, by=analyst())

    seen = get_need(holder_of(Role.DIRECTOR, TOWN), made.pk)
    assert (seen.decision, seen.decided_by) == ("Jeg ringer.", "Chief of schools")
    for beside in (holder_of(Role.CHIEF_DAYCARE, DAYCARE), NOBODY):
        with pytest.raises(NoSuchNeed):
            get_need(beside, made.pk)


def test_what_is_asked_of_anybody_is_read_by_those_who_offer_something_near_by():
    made = a_need()
    helper, far = analyst(), holder_of(Role.DIRECTOR, f"dk/{HAVBY}")

    assert mine(helper).put_to_me == ()
    an_offer(helper)
    SupportOffer.objects.create(
        post_id=far.post_id,
        made_by_id=far.user_id,
        what="Fjernt",
        for_whom="Alle",
        answer_days=1,
        begun_on=today(),
    )

    assert ids(mine(helper).put_to_me) == [made.pk]
    assert mine(far).put_to_me == ()
    with pytest.raises(NoSuchNeed):
        get_need(far, made.pk)


def test_ones_needs_come_with_the_open_first(django_assert_num_queries):
    of = an_offer()
    over, late, fresh = met(a_need(of)), a_need(of, ago=40), a_need(of)

    reader = leader()
    with django_assert_num_queries(2):
        found = mine(reader)

    assert ids(found.own) == [late.pk, fresh.pk, over.pk]
    assert [one.is_late for one in found.own] == [True, False, False]
    assert ids(mine(analyst()).put_to_me) == [late.pk, fresh.pk, over.pk]


def test_what_nobody_has_met_is_with_the_posts_above_until_one_has_answered(
    django_assert_num_queries,
):
    of = an_offer()
    late, refused, broken, fresh = (a_need(of, ago=n) for n in (40, 3, 50, 0))
    actions.fail(refused.pk, "Ingen folk.", by=analyst())
    SupportNeed.objects.filter(pk=broken.pk).update(
        step="answered",
        answer="Snart",
        met_by=today() - timedelta(days=1),
        answered_on=today() - timedelta(days=45),
        answered_by_id=analyst().post_id,
    )

    above = chief()
    with django_assert_num_queries(1):
        found = unmet_below(above)

    assert ids(found) == [broken.pk, late.pk, refused.pk]
    assert fresh.pk not in ids(found)
    actions.decide(late.pk, "Jeg ser på det.", by=chief())
    assert ids(unmet_below(chief())) == [broken.pk, refused.pk]
    assert ids(unmet_below(holder_of(Role.DIRECTOR, TOWN))) == [broken.pk, refused.pk]


def test_posts_that_answer_none_have_none_below(django_assert_num_queries):
    a_need(ago=40)

    with django_assert_num_queries(0):
        assert unmet_below(NOBODY) == []
    assert unmet_below(analyst()) == []
    assert unmet_below(leader()) == []
    assert unmet_below(holder_of(Role.CHIEF_DAYCARE, DAYCARE)) == []


def test_a_rating_is_told_to_whoever_gave_it_and_to_no_other():
    made = met(a_need(an_offer()))
    actions.rate(made.pk, Rating.LITTLE_HELP, by=leader())

    assert get_need(leader(), made.pk).rating is Rating.LITTLE_HELP
    assert get_need(analyst(), made.pk).rating is None


def test_a_need_says_what_may_be_done_by_whoever_reads():
    made = a_need(an_offer())

    asker, support = get_need(leader(), made.pk), get_need(analyst(), made.pk)

    open_to = [
        [step for step, verdict in one.verdicts.items() if verdict]
        for one in (asker, support)
    ]
    assert open_to == [
        [Step.NOT_MET, Step.WITHDRAWN],
        [Step.ANSWERED, Step.NOT_MET],
    ]
    assert (asker.asker, asker.support) == (
        "Institution leader, Nordskolen",
        "Analyst",
    )


def test_a_leader_reads_an_unmet_need_of_another_post_at_the_own_unit():
    made = a_need(an_offer(), ago=40)
    actor = holder_of(Role.LEADER, NORDSKOLEN)

    assert get_need(actor, made.pk).side is Side.ASKER
    assert not get_need(actor, made.pk).may_decide
