from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from kaeden.access.rules import NOBODY, SYSTEM, Role
from kaeden.audit.models import Event
from kaeden.conditions.actions import time_robbers
from kaeden.conditions.actions.time_robbers import (
    decide,
    hand_on,
    join,
    measure,
    merge,
    report,
    split,
)
from kaeden.conditions.errors import NoSuchTimeRobber, OthersWereQuicker
from kaeden.conditions.models import TimeReport, TimeRobber
from kaeden.conditions.rules.time_robbers import (
    ASKED_FOR,
    MEASURED_AFTER,
    Decision,
    Outside,
)
from kaeden.organisation.models import Holding
from kaeden.shared.clock import now, standing_at, today
from kaeden.shared.errors import BadInput, Forbidden, Refused
from tests.builders.conditions import (
    TITLE,
    a_time_robber,
    chief,
    decided,
    director,
    joined,
    leader,
    more_leaders,
)
from tests.builders.dialogue import a_team, holder_of
from tests.builders.places import (
    DAYCARE,
    HAVBY,
    NEIGHBOUR_SCHOOL,
    NORDSKOLEN,
    SOLSTRAALEN,
    SYDSKOLEN,
    TOWN,
    a_country,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(db):
    a_country()


def after(days):
    return standing_at(now() + timedelta(days=days))


def test_it_lands_at_the_post_that_could_remove_it_with_six_weeks():
    made = a_time_robber(f"  {TITLE} ", minutes=120, more="Vi skriver det samme igen.")

    told = TimeReport.objects.get()
    assert (made.title, made.decider_id) == (TITLE, chief().post_id)
    assert made.decide_by == today() + timedelta(weeks=6)
    assert (told.post_id, told.minutes) == (leader().post_id, 120)
    assert told.words == f"{TITLE}\nVi skriver det samme igen."
    assert str(made).endswith(f"{today()} – {made.decide_by}")
    assert str(told) == f"{made.pk}: 120"


@pytest.mark.parametrize("outside", Outside)
def test_what_lies_outside_the_chain_lands_at_the_chief(outside):
    made = a_time_robber(remover=outside)

    assert (made.outside, made.decider_id) == (outside.value, chief().post_id)


def test_without_a_chief_it_lands_at_the_next_above():
    director()
    by = holder_of(Role.LEADER, SOLSTRAALEN)

    made = report(TITLE, minutes=15, remover=Outside.UNKNOWN, by=by)

    assert made.decider_id == director().post_id


def test_a_director_decides_on_his_own_for_nobody_leads_him():
    boss = director()

    made = report(TITLE, minutes=15, remover=Outside.NATIONAL_RULE, by=boss)

    assert made.decider_id == boss.post_id


def test_only_who_leads_reports():
    others = [holder_of(Role.COMMITTEE, TOWN), *a_team(NORDSKOLEN, 1)]
    made = a_time_robber()

    for other in (NOBODY, SYSTEM, *others):
        with pytest.raises(Forbidden):
            report(TITLE, minutes=15, remover=Outside.UNKNOWN, by=other)
        with pytest.raises(Forbidden):
            join(made.pk, TITLE, minutes=15, by=other)
    assert TimeReport.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"title": " "}, "Write some words"),
        ({"title": "x" * 121}, "121 characters"),
        ({"title": "Skema om 010203-1234"}, "CPR"),
        ({"more": "x" * 600}, "characters"),
        ({"minutes": 17}, "17 minutes"),
        ({"minutes": 0}, "0 minutes"),
        ({"remover": 10**9}, "above your own"),
    ],
)
def test_what_cannot_be_kept_is_refused_whole(change, why):
    with pytest.raises(BadInput, match=why):
        a_time_robber(**change)
    assert not TimeRobber.objects.exists()


def test_a_post_beside_ones_line_cannot_be_given_it():
    beside = holder_of(Role.CHIEF_DAYCARE, DAYCARE)

    with pytest.raises(BadInput, match="above your own"):
        a_time_robber(remover=beside.post_id)


def test_who_joins_adds_minutes_and_words_and_is_one_of_those_who_report():
    made = a_time_robber()
    by = leader(SYDSKOLEN)

    assert join(made.pk, "Fravær i to skemaer", minutes=30, by=by) == made

    told = TimeReport.objects.get(post_id=by.post_id)
    assert (told.robber, told.minutes, told.words) == (made, 30, "Fravær i to skemaer")


def test_nobody_joins_twice_or_what_is_decided_or_what_lies_next_door():
    made = a_time_robber()
    with pytest.raises(Refused, match="reported it already"):
        join(made.pk, TITLE, minutes=30, by=leader())
    neighbour = leader(NEIGHBOUR_SCHOOL)
    for by, pk in ((neighbour, made.pk), (leader(), 10**9)):
        with pytest.raises(NoSuchTimeRobber):
            join(pk, TITLE, minutes=30, by=by)

    decided(made)
    with pytest.raises(Refused, match="decided to remove"):
        join(made.pk, TITLE, minutes=30, by=leader(SYDSKOLEN))


@pytest.mark.parametrize("decision", Decision)
def test_who_it_waits_for_decides_once_with_a_reason(decision):
    made = a_time_robber()

    with pytest.raises(BadInput):
        decide(made.pk, decision, " ", by=chief())
    decide(made.pk, decision, " Ét system er nok. ", by=chief())

    made.refresh_from_db()
    assert (made.decision, made.reason) == (decision.value, "Ét system er nok.")
    assert (made.decided_on, made.decided_by_id) == (today(), chief().post_id)
    with pytest.raises(Refused, match="decided to"):
        decide(made.pk, decision, "Igen", by=chief())


def test_nobody_else_decides():
    made = a_time_robber()

    with pytest.raises(Refused, match="waits for"):
        decide(made.pk, Decision.KEEP, "Nej", by=leader())
    for other in (director(), leader(SYDSKOLEN), leader(NEIGHBOUR_SCHOOL)):
        with pytest.raises(NoSuchTimeRobber):
            decide(made.pk, Decision.KEEP, "Nej", by=other)
    with pytest.raises(Forbidden):
        decide(made.pk, Decision.KEEP, "Nej", by=NOBODY)


def test_while_the_post_is_vacant_the_next_above_decides():
    made, boss = a_time_robber(), director()
    Holding.objects.filter(post_id=made.decider_id).end(today())

    decide(made.pk, Decision.SIMPLIFY, "Vi tager det.", by=boss)

    made.refresh_from_db()
    assert made.decided_by_id == boss.post_id


def test_it_is_passed_on_up_the_line_and_gets_time_there():
    made, boss = a_time_robber(), director()
    with after(40):
        hand_on(made.pk, boss.post_id, by=chief())
        due = today() + timedelta(weeks=2)

    made.refresh_from_db()
    assert (made.decider_id, made.decide_by) == (boss.post_id, due)
    assert made.passed_by_id == chief().post_id
    with pytest.raises(NoSuchTimeRobber):
        decide(made.pk, Decision.KEEP, "Nej", by=chief())
    with pytest.raises(BadInput, match="above your own"):
        hand_on(made.pk, chief().post_id, by=boss)


def test_two_that_wait_for_one_post_are_put_together_and_split_again():
    first, second = a_time_robber(), a_time_robber("Fravær tre steder")
    joined(second, 30, 30)

    merge(second.pk, first.pk, by=chief(), title="Fravær skrives tre steder")

    first.refresh_from_db()
    second.refresh_from_db()
    assert (second.merged_into, first.title) == (first, "Fravær skrives tre steder")
    with pytest.raises(Refused, match="put together"):
        decide(second.pk, Decision.KEEP, "Nej", by=chief())

    split(second.pk, by=chief())
    second.refresh_from_db()
    assert (second.merged_into, second.merged_on) == (None, None)
    assert second.reports.count() == 3
    with pytest.raises(Refused, match="not been decided"):
        split(second.pk, by=chief())


def test_what_was_merged_comes_along_and_can_still_be_split_off():
    first, second, third = (
        a_time_robber(one) for one in (TITLE, "Fravær igen", "Fravær, tredje gang")
    )
    merge(second.pk, first.pk, by=chief())

    merge(first.pk, third.pk, by=chief())

    parts = TimeRobber.objects.filter(merged_into=third)
    assert set(parts) == {first, second}
    split(second.pk, by=chief())
    assert set(third.merged.all()) == {first}


def test_what_is_split_off_waits_for_the_post_that_the_other_waits_for():
    first, second, boss = a_time_robber(), a_time_robber("Fravær igen"), director()
    merge(second.pk, first.pk, by=chief())
    hand_on(first.pk, boss.post_id, by=chief())

    split(second.pk, by=boss)

    second.refresh_from_db()
    assert second.decider_id == boss.post_id


def test_two_are_put_together_only_by_the_post_that_both_wait_for():
    made, boss = a_time_robber(), director()
    other = a_time_robber("Budget i Excel", remover=boss.post_id)

    with pytest.raises(NoSuchTimeRobber):
        merge(made.pk, other.pk, by=chief())
    with pytest.raises(BadInput, match="another one"):
        merge(made.pk, made.pk, by=chief())
    with pytest.raises(Refused, match="waits for"):
        merge(made.pk, other.pk, by=leader())
    assert not TimeRobber.objects.filter(merged_into__isnull=False).exists()


def test_who_joins_what_was_merged_joins_the_other():
    first, second = a_time_robber(), a_time_robber("Fravær igen")
    merge(second.pk, first.pk, by=chief())

    assert join(second.pk, "Også her", minutes=15, by=leader(SYDSKOLEN)) == first


def test_some_weeks_after_each_says_once_what_it_takes_now():
    made = a_time_robber()
    other = more_leaders(1)[0]
    decided(made)

    with pytest.raises(Refused, match="at their time"):
        measure(made.pk, 15, by=leader())
    with after(MEASURED_AFTER.days):
        measure(made.pk, 15, by=leader())
        with pytest.raises(Refused, match="once"):
            measure(made.pk, 0, by=leader())
        with pytest.raises(Refused):
            measure(made.pk, 0, by=chief())
        with pytest.raises(NoSuchTimeRobber):
            measure(made.pk, 0, by=other)
        with pytest.raises(BadInput, match="17 minutes"):
            measure(made.pk, 17, by=leader())
        day = today()

    told = TimeReport.objects.get()
    assert (told.minutes_now, told.measured_on) == (15, day)


def test_who_waits_too_long_is_not_asked_any_more():
    made = a_time_robber()
    decided(made)

    with after((MEASURED_AFTER + ASKED_FOR).days), pytest.raises(Refused):
        measure(made.pk, 0, by=leader())


def test_what_is_kept_gives_no_minutes_to_measure():
    made = a_time_robber()
    decided(made, Decision.KEEP)

    with (
        after(MEASURED_AFTER.days),
        pytest.raises(Refused, match="decided to keep"),
    ):
        measure(made.pk, 0, by=leader())


def test_who_reported_both_parts_answers_once_for_both():
    first, second = a_time_robber(), a_time_robber("Fravær igen", minutes=30)
    merge(second.pk, first.pk, by=chief())
    decided(first)

    with after(MEASURED_AFTER.days):
        measure(first.pk, 15, by=leader())

    assert {one.minutes_now for one in TimeReport.objects.all()} == {15}


def test_somebody_who_was_quicker_is_told_of(monkeypatch):
    made = a_time_robber()
    seen = time_robbers.get_case(chief(), made.pk)
    decided(made)
    monkeypatch.setattr(time_robbers, "get_case", lambda _by, _pk: seen)

    with pytest.raises(OthersWereQuicker):
        decide(made.pk, Decision.KEEP, "Nej", by=chief())
    assert TimeRobber.objects.get().decision == "remove"


def test_every_verb_leaves_its_trace():
    made, other = a_time_robber(), a_time_robber("Fravær igen")
    join(made.pk, "Også her", minutes=15, by=leader(SYDSKOLEN))
    merge(other.pk, made.pk, by=chief())
    split(other.pk, by=chief())
    boss = director()
    hand_on(other.pk, boss.post_id, by=chief())
    decided(made)
    with after(60):
        measure(made.pk, 0, by=leader())

    kinds = Event.objects.filter(kind__startswith="time").order_by("pk")
    assert [one.kind for one in kinds] == [
        *("time_robber_reported", "time_robber_reported", "time_robber_joined"),
        *("time_robbers_merged", "time_robbers_split", "time_robber_passed_on"),
        *("time_robber_decided", "time_measured"),
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"title": ""},
        {"decision": "keep"},
        {"reason": "Halvt"},
        {"merged_on": date(2026, 1, 1)},
        {"passed_on": date(2026, 1, 1)},
    ],
)
def test_the_database_itself_refuses_half_a_thing(change):
    a_time_robber()

    with pytest.raises(IntegrityError), transaction.atomic():
        TimeRobber.objects.update(**change)


def test_the_database_itself_refuses_one_that_is_part_of_itself():
    made = a_time_robber()

    with pytest.raises(IntegrityError), transaction.atomic():
        TimeRobber.objects.update(merged_into=made, merged_on=today())


@pytest.mark.parametrize(
    "change", [{"words": ""}, {"minutes": 0}, {"minutes_now": 5}, {"minutes": 5000}]
)
def test_the_database_itself_refuses_half_a_report(change):
    a_time_robber()

    with pytest.raises(IntegrityError), transaction.atomic():
        TimeReport.objects.update(**change)


def test_next_door_is_another_town():
    holder_of(Role.DIRECTOR, f"dk/{HAVBY}")
    made = report(
        TITLE, minutes=15, remover=Outside.UNKNOWN, by=leader(NEIGHBOUR_SCHOOL)
    )

    assert made.municipality.code == HAVBY
