"""The pages on which what robs leaders of time is told, decided and measured again."""

from datetime import timedelta

import pytest
from django.test import Client

from kaeden.access.rules import Role
from kaeden.accounts.models import User
from kaeden.conditions.actions import time_robbers
from kaeden.conditions.models import TimeReport, TimeRobber
from kaeden.conditions.rules.time_robbers import MEASURED_AFTER, Decision
from kaeden.dialogue.actions import commitments
from kaeden.dialogue.rules.commitments import About
from kaeden.shared.clock import now, standing_at, today
from tests.builders.conditions import (
    TITLE,
    a_time_robber,
    chief,
    decided,
    director,
    joined,
    leader,
)
from tests.builders.dialogue import a_team, holder_of, up_from
from tests.builders.places import (
    DAYCARE,
    FJORDBY,
    HAVBY,
    NEIGHBOUR_SCHOOL,
    NORDSKOLEN,
    SYDSKOLEN,
    TOWN,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fjordby")]


def signed_in(actor):
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


@pytest.fixture
def form():
    return {"title": TITLE, "minutes": "60", "remover": str(chief().post_id)}


def test_it_is_reported_with_three_answers_and_one_press(form, to):
    page = signed_in(leader())

    asked = page.get(to("new_time_robber")).text
    answer = page.post(to("report_time_robber"), form, follow=True)

    assert asked.count('<div class="form-group') == len(form) + 1  # and more, folded
    assert "Den er meldt. Du får svar senest" in answer.text
    assert TimeReport.objects.get().minutes == 60


def test_what_sounds_alike_is_offered_without_anybodys_words(form, to):
    made = a_time_robber("Fravær i tre systemer", more="Mine egne ord.", minutes=240)
    page = signed_in(leader(SYDSKOLEN))

    shown = page.post(to("report_time_robber"), form).text

    assert made.title in shown
    assert "Den er også meldt af andre." in shown
    for secret in ("Mine egne ord.", "4 timer", "Nordskolen"):
        assert secret not in shown
    assert to("join_time_robber", made.pk) in shown
    assert TimeRobber.objects.count() == 1


def test_from_three_on_their_number_and_minutes_are_told(form, to):
    made = a_time_robber("Fravær i tre systemer", minutes=60)
    joined(made, 30, 60)

    shown = signed_in(leader(SYDSKOLEN)).post(to("report_time_robber"), form).text

    assert "Sådan en har 3 andre også, i alt 2,5 timer om ugen." in shown


def test_one_tap_joins_and_then_the_words_of_the_others_are_read(form, to):
    made = a_time_robber("Fravær i tre systemer", more="Mine egne ord.")
    page = signed_in(leader(SYDSKOLEN))

    done = page.post(to("join_time_robber", made.pk), form, follow=True)

    assert "Dine minutter er lagt til." in done.text
    assert "Mine egne ord." in done.text
    assert (TimeReport.objects.count(), TimeRobber.objects.count()) == (2, 1)


def test_it_can_be_another_one_after_all(form, to):
    a_time_robber("Fravær i tre systemer")

    signed_in(leader(SYDSKOLEN)).post(to("report_time_robber"), form | {"anyway": "on"})

    assert TimeRobber.objects.count() == 2


@pytest.mark.parametrize(
    "change", [{"title": " "}, {"minutes": "17"}, {"remover": "10"}, {"minutes": ""}]
)
def test_what_cannot_be_reported_comes_back_with_the_reason(form, to, change):
    page = signed_in(leader(SYDSKOLEN))
    made = a_time_robber()

    answer = page.post(to("report_time_robber"), form | change)

    assert (answer.status_code, 'role="alert"' in answer.text) == (400, True)
    if "remover" not in change:
        again = page.post(to("join_time_robber", made.pk), form | change)
        assert (again.status_code, 'role="alert"' in again.text) == (400, True)
    assert TimeReport.objects.count() == 1


def test_the_post_it_waits_for_decides_and_those_who_reported_read_the_answer(to):
    made = a_time_robber()
    boss, page = signed_in(chief()), signed_in(leader())

    waiting = boss.get(to("time_robbers")).text
    boss.post(
        to("decide_time_robber", made.pk),
        {"decision": "remove", "reason": "Ét system er nok."},
    )

    assert "Venter på din beslutning" in waiting
    for place in (to("time_robbers"), to("time_robber", made.pk), to("desk")):
        assert "Ét system er nok." in page.get(place).text
    assert "Fjernes. Besluttet af" in page.get(to("time_robber", made.pk)).text


def test_a_decision_without_a_reason_comes_back(to):
    made = a_time_robber()

    answer = signed_in(chief()).post(
        to("decide_time_robber", made.pk), {"decision": "keep", "reason": ""}
    )

    assert (answer.status_code, 'role="alert"' in answer.text) == (400, True)


def test_the_whole_municipality_reads_the_ledger_but_not_who_or_how_few(to):
    made = a_time_robber(minutes=240, more="Mine egne ord.")
    decided(made)
    readers = [holder_of(Role.COMMITTEE, TOWN), leader(SYDSKOLEN)]
    readers += [holder_of(Role.CHIEF_DAYCARE, DAYCARE), *a_team(NORDSKOLEN, 1)]

    for reader in readers:
        shown = signed_in(reader).get(to("ledger", FJORDBY)).text
        assert TITLE in shown
        assert "Ét system er nok." in shown
        for secret in ("Mine egne ord.", "4 timer", "1 leder", "Skoleleder, N"):
            assert secret not in shown


def test_an_empty_ledger_says_so(to):
    shown = signed_in(leader()).get(to("ledger", FJORDBY)).text

    assert "Intet venter på en beslutning." in shown
    assert "Der er ikke besluttet noget endnu." in shown


def test_next_door_there_is_no_such_ledger_and_no_such_time_robber(form, to):
    made = a_time_robber()
    neighbour = signed_in(leader(NEIGHBOUR_SCHOOL))

    assert neighbour.get(to("ledger", FJORDBY)).status_code == 403
    assert neighbour.get(to("ledger", HAVBY)).status_code == 200
    assert Client().get(to("ledger", FJORDBY)).status_code == 302
    assert neighbour.get(to("time_robber", made.pk)).status_code == 404
    for name in ("join", "decide", "hand_on", "merge", "split", "measure"):
        sent = form | {"decision": "keep", "reason": "Nej", "minutes_now": "0"}
        answer = neighbour.post(to(f"{name}_time_robber", made.pk), sent)
        assert answer.status_code in {400, 404}


def test_beside_it_nobody_reads_it_and_only_who_leads_reports(form, to):
    made = a_time_robber()
    committee = signed_in(holder_of(Role.COMMITTEE, TOWN))

    assert (
        signed_in(leader(SYDSKOLEN)).get(to("time_robber", made.pk)).status_code == 404
    )
    assert committee.get(to("new_time_robber")).status_code == 403
    assert committee.post(to("report_time_robber"), form).status_code == 403
    assert "Meld en tidsrøver" not in committee.get(to("time_robbers")).text


def test_a_chief_passes_it_on_to_the_director(to):
    made, above = a_time_robber(), director()
    page = signed_in(chief())

    assert (
        "Det er en over mig, der skal beslutte"
        in page.get(to("time_robber", made.pk)).text
    )
    wrong = page.post(to("hand_on_time_robber", made.pk), {"to": leader().post_id})
    done = page.post(
        to("hand_on_time_robber", made.pk), {"to": above.post_id}, follow=True
    )

    assert wrong.status_code == 400
    assert "Den er sendt videre" in done.text
    shown = signed_in(above).get(to("time_robber", made.pk)).text
    assert "Skolechef sendte den videre" in shown
    assert "Det er en over mig" not in shown


def test_two_are_put_together_and_split_again_on_the_page(to):
    made, other = a_time_robber(), a_time_robber("Budget i Excel", by=leader(SYDSKOLEN))
    page = signed_in(chief())
    merge = to("merge_time_robber", other.pk)

    assert page.post(merge, {"into": ""}).status_code == 400
    done = page.post(merge, {"into": made.pk, "title": "Skemaer"}, follow=True)
    split = page.post(to("split_time_robber", other.pk), follow=True)

    assert "<h1>Skemaer</h1>" in done.text
    assert "Budget i Excel" in done.text
    assert "2 ledere har meldt den" in done.text
    assert "Den står alene igen." in split.text


def test_a_reporter_reads_what_it_was_put_together_with_and_cannot_split_it(to):
    made, other = a_time_robber(), a_time_robber("Budget i Excel", by=leader(SYDSKOLEN))
    time_robbers.merge(other.pk, made.pk, by=chief())

    shown = signed_in(leader(SYDSKOLEN)).get(to("time_robber", other.pk)).text

    assert f"<h1>{TITLE}</h1>" in shown
    assert to("split_time_robber", other.pk) not in shown


def test_weeks_later_one_tap_tells_what_it_takes_now(to):
    made = a_time_robber(minutes=60)
    decided(made, Decision.SIMPLIFY)

    with standing_at(now() + MEASURED_AFTER):
        page = signed_in(leader())
        for place in ("time_robbers", "desk"):
            asked = page.get(to(place)).text
            assert "Hvor mange minutter om ugen nu?" in asked
            assert asked.count('name="minutes_now"') == 6
        wrong = page.post(to("measure_time_robber", made.pk), {"minutes_now": "17"})
        done = page.post(
            to("measure_time_robber", made.pk), {"minutes_now": "15"}, follow=True
        )
        after = page.get(to("time_robber", made.pk)).text

    assert (wrong.status_code, "Tak." in done.text) == (400, True)
    assert "Du brugte 60 minutter om ugen på den, og nu 15 minutter om ugen." in after
    assert 'name="minutes_now"' not in after


def test_what_is_given_back_is_told_when_enough_have_answered(to):
    made = a_time_robber(minutes=120)
    others = joined(made, 60, 60, 30)
    decided(made)

    def told():
        return signed_in(leader(SYDSKOLEN)).get(to("ledger", FJORDBY)).text

    assert "Intet har været fjernet eller forenklet længe nok" in told()
    with standing_at(now() + MEASURED_AFTER):
        for by in others:
            time_robbers.measure(made.pk, 0, by=by)
        assert "når nok har svaret" in told()
    with standing_at(now() + MEASURED_AFTER + timedelta(days=32)):
        shown = told()
        desk = signed_in(chief()).get(to("desk")).text
    assert "Lederne har fået 2,5 timer om ugen tilbage." in shown
    assert "Lederne har fået 2,5 timer om ugen tilbage." in desk
    assert "3 af 4, der er spurgt, har svaret." in shown
    assert "Har de andre intet fået, er det 2,5 timer" in shown
    assert "er det 4,5 timer." in shown


def test_what_has_cost_more_is_said_too(to):
    made = a_time_robber(minutes=15)
    others = joined(made, 15, 15)
    decided(made, Decision.SIMPLIFY)
    with standing_at(now() + MEASURED_AFTER):
        for by in (leader(), *others):
            time_robbers.measure(made.pk, 30, by=by)
    with standing_at(now() + MEASURED_AFTER + timedelta(days=32)):
        shown = signed_in(leader(SYDSKOLEN)).get(to("ledger", FJORDBY)).text

    assert (
        "Det har kostet de ledere, der har svaret, 45 minutter om ugen mere." in shown
    )
    assert "Har de andre" not in shown


def test_what_is_promised_about_it_stands_on_it_for_the_two(to):
    made = a_time_robber()
    boss, page = chief(), signed_in(leader())
    about = About(time_robber_id=made.pk)
    commitments.promise(
        *(up_from(leader()).id, "Jeg taler med leverandøren."),
        due=today() + timedelta(days=14),
        by=boss,
        about=about,
    )

    shown = page.get(to("time_robber", made.pk)).text

    assert "Jeg taler med leverandøren." in shown
    assert f"?om=tidsroever.{made.pk}" in shown


def test_what_is_late_is_said_where_it_waits(to):
    made = a_time_robber()
    with standing_at(now() + timedelta(weeks=7)):
        for who, place in (
            (leader(), to("time_robber", made.pk)),
            (leader(SYDSKOLEN), to("ledger", FJORDBY)),
        ):
            assert "den skulle være afgjort senest" in signed_in(who).get(place).text


def test_the_ledger_costs_the_same_however_much_is_in_it(
    to, django_assert_max_num_queries
):
    for number in range(8):
        a_time_robber(f"Sag nummer {number}")
    page = signed_in(leader())

    with django_assert_max_num_queries(15):
        page.get(to("ledger", FJORDBY))
    with django_assert_max_num_queries(17):
        page.get(to("time_robbers"))
