"""The pages of what works: found, read, held beside each other, used, written, counted."""

from datetime import timedelta

import pytest
from django.test import Client

from kaeden.access.rules import Role
from kaeden.accounts.models import User
from kaeden.learning.actions import adoptions, lessons
from kaeden.learning.actions.competences import note
from kaeden.learning.actions.lessons import Learnt
from kaeden.learning.models import (
    Adoption,
    CompetenceNote,
    PracticeDecision,
    WrittenPractice,
)
from kaeden.learning.rules.practices import Fidelity, PracticeChoice
from kaeden.shared.clock import today
from tests.builders.dialogue import holder_of
from tests.builders.places import TOWN
from tests.builders.practices import (
    PAIRS,
    REASON,
    TALKS,
    TWO,
    adopted,
    chief,
    decided,
    director,
    leader,
    other_leader,
    too_many,
    written,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fjordby")]
OWN = {
    "title": "Læseklub om fredagen",
    "target_group": "Elever i 4. klasse.",
    "method": "En fast time.",
    "mechanism": "Nogen spørger til bogen.",
    "sectors": ["school"],
    "indicators": ["wellbeing-academic"],
}
MOST_QUERIES = 26
"""Of a page of practices, however many there are: with who asks and the trail's row."""


def signed_in(actor):
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def test_practices_are_found_by_what_they_should_move(to):
    page = signed_in(leader())

    everything = page.get(to("practices")).text
    absence = page.get(f"{to('practices')}?indikator=high-absence").text
    daycare = page.get(f"{to('practices')}?sektor=dagtilbud").text
    nothing = page.get(f"{to('practices')}?sektor=social&indikator=exam-mark").text

    assert "11 praksisser." in everything
    assert "Samtaler om fravær fra første uge" in absence
    assert "Makkerlæsning" not in absence
    assert "Dialogisk læsning" in daycare
    assert "To voksne, der underviser sammen" not in daycare
    assert "Der er ikke skrevet nogen praksis til det endnu." in nothing


def test_what_an_address_says_wrongly_is_passed_over(to):
    answer = signed_in(leader()).get(f"{to('practices')}?sektor=x&indikator=y")

    assert "11 praksisser." in answer.text


def test_a_card_says_what_nobody_has_studied(to):
    text = signed_in(leader()).get(to("practice", TWO)).text

    assert "Pris pr. barn: ikke undersøgt af Kæden." in text
    assert "Ingen i kommunen bruger den endnu." in text
    assert "En idé." in text


def test_one_press_takes_a_practice_into_use_and_the_leader_tells_of_it(to):
    page = signed_in(leader())

    page.post(to("adopt_practice", TALKS), {"on": ""})
    made = Adoption.objects.get()
    assert made.started == today()
    assert "Hvordan bruger I Samtaler" in page.get(to("adoption", made.pk)).text
    page.post(
        to("tell_adoption", made.pk),
        {"fidelity": "partly", "adaptations": "Kun i udskolingen."},
    )
    here = page.get(to("in_use")).text

    assert "Vi gør det meste" in here
    assert "Kun i udskolingen." in here
    assert "Vi bruger den fra i dag" not in page.get(to("practice", TALKS)).text
    page.post(to("end_adoption", made.pk), {"why": "Vi nåede målet."})
    assert "Derfor stoppede det: Vi nåede målet." in page.get(to("in_use")).text
    assert page.get(to("adoption", made.pk)).status_code == 404


@pytest.mark.parametrize(
    ("route", "args", "form"),
    [
        ("adopt_practice", (TALKS,), {"on": "2999-01-01"}),
        ("adopt_practice", (TALKS,), {"on": "i går"}),
    ],
)
def test_a_day_that_cannot_be_comes_back_with_the_reason(to, route, args, form):
    answer = signed_in(leader()).post(to(route, *args), form)

    assert (answer.status_code, 'role="alert"' in answer.text) == (400, True)
    assert not Adoption.objects.exists()


def test_a_use_that_cannot_be_told_comes_back_with_the_reason(to):
    made = adopted()
    page = signed_in(leader())

    wrong = [
        page.post(to("tell_adoption", made.pk), {"fidelity": "", "adaptations": ""}),
        page.post(to("end_adoption", made.pk), {"why": "x" * 501}),
    ]

    assert [one.status_code for one in wrong] == [400, 400]
    assert all('role="alert"' in one.text for one in wrong)


def test_how_far_it_is_followed_is_read_in_the_line_and_what_differs_by_all(to):
    adoptions.tell(adopted().pk, Fidelity.LITTLE, "Kun i 8. klasse.", by=leader())

    above = signed_in(chief()).get(to("practice", TALKS)).text
    beside = signed_in(other_leader()).get(to("practice", TALKS)).text

    assert "Vi gør lidt af det" in above
    assert "Vi gør lidt af det" not in beside
    assert "Kun i 8. klasse." in above
    assert "Kun i 8. klasse." in beside
    assert "Bed om et besøg" in beside
    assert "Fortæl, hvordan I bruger den" not in beside


def test_a_chief_decides_with_the_reason_and_a_leader_is_not_asked(to):
    page = signed_in(chief())
    wrong = page.post(to("decide_practice", TALKS), {"choice": "spread", "reason": ""})
    assert wrong.status_code == 400

    form = {"choice": "spread", "reason": REASON}
    text = page.post(to("decide_practice", TALKS), form, follow=True).text

    assert PracticeDecision.objects.get().choice == PracticeChoice.SPREAD.value
    assert REASON in text
    assert "Besluttet: skal spredes." in text
    own = signed_in(leader()).get(to("practice", TALKS)).text
    assert REASON in own
    assert "Beslut, hvad der skal ske med den" not in own


def test_two_to_four_stand_beside_each_other_question_by_question(to):
    decided()
    page = signed_in(leader())

    def beside(*keys):
        return page.get(to("practice_choice"), {"praksis": list(keys)}).text

    both = beside(TALKS, TWO)
    assert both.count("Ikke målt endnu.") == 2
    assert both.count("Pris pr. barn: ikke undersøgt af Kæden") == 2
    assert "Besluttet: skal spredes. Ingen her bruger den endnu." in both
    for few in (beside(), beside(TALKS), beside(TALKS, TALKS), beside(TALKS, "magic")):
        assert "Vælg to til fire praksisser" in few
    many = beside(TALKS, TWO, PAIRS, "leader-visits", "dialogic-reading")
    assert "Du har valgt 5. Vælg højst fire." in many


def test_a_leader_writes_one_and_the_chief_lets_it_stand_for_all(to):
    writer, reviewer = signed_in(leader()), signed_in(chief())
    assert "Tager ca. 5 minutter" in writer.get(to("new_practice")).text

    more = {"core_parts": "Fast time\n\nEleven vælger", "cost_per_child": "12,5"}
    writer.post(to("write_practice"), OWN | more)
    made = WrittenPractice.objects.get()
    assert (made.core_parts, made.cost_per_child) == (
        ["Fast time", "Eleven vælger"],
        12.5,
    )
    assert OWN["title"] not in signed_in(other_leader()).get(to("practices")).text
    assert OWN["title"] in reviewer.get(to("written_practices")).text
    assert OWN["title"] in reviewer.get(to("desk")).text
    back = {"words": "Hvad kræver det?"}
    reviewer.post(to("send_back_practice", made.pk), back)
    assert "Hvad kræver det?" in writer.get(to("written_practice", made.pk)).text
    again = writer.get(to("rewrite_practice", made.pk)).text
    assert "Eleven vælger" in again
    assert "Ikke undersøgt endnu." not in again
    writer.post(to("write_practice_again", made.pk), OWN | {"implementation": "En bog"})
    reviewer.post(to("accept_practice", made.pk))

    card = signed_in(other_leader()).get(to("practice", f"999-{made.pk}")).text
    assert OWN["title"] in card
    assert "Ikke undersøgt endnu." in card


@pytest.mark.parametrize(
    "change",
    [
        *({name: ""} for name in ("title", "target_group", "method", "mechanism")),
        {"sectors": []},
        {"indicators": []},
        {"indicators": ["joy"]},
        {"core_parts": "x" * 201},
        {"cost_per_child": "-1"},
    ],
)
def test_a_practice_that_cannot_be_written_comes_back_with_the_reason(to, change):
    answer = signed_in(leader()).post(to("write_practice"), OWN | change)

    assert (answer.status_code, 'role="alert"' in answer.text) == (400, True)
    assert not WrittenPractice.objects.exists()


def test_a_written_one_comes_back_when_it_is_wrong_and_is_taken_back(to):
    made = written()
    writer, reviewer = signed_in(leader()), signed_in(chief())

    wrong = [
        writer.post(to("write_practice_again", made.pk), OWN | {"title": ""}),
        reviewer.post(to("send_back_practice", made.pk), {"words": ""}),
    ]
    writer.post(to("withdraw_practice", made.pk))

    assert [one.status_code for one in wrong] == [400, 400]
    assert "I har ikke skrevet nogen." in writer.get(to("written_practices")).text
    assert reviewer.get(to("rewrite_practice", made.pk)).status_code == 404


def test_who_writes_and_reviews_none_is_told_so(to):
    page = signed_in(holder_of(Role.COMMITTEE, TOWN)).get(to("written_practices"))

    assert "Din stilling skriver og læser ingen praksisser igennem." in page.text


def test_the_map_tells_what_is_needed_counted_and_planned(to):
    adopted(TWO)
    page = signed_in(leader())
    assert "1 kompetence er ikke talt." in page.get(to("competences")).text

    wrong = page.post(to("note_competence", TWO), {"have": "", "wanted": "4"})
    past = {"have": "1", "wanted": "4", "by_day": "2020-01-01"}
    late = page.post(to("note_competence", TWO), past)
    soon = (today() + timedelta(days=60)).isoformat()
    good = {"have": "1", "wanted": "4", "plan": "Kursus i marts", "by_day": soon}
    page.post(to("note_competence", TWO), good)

    assert (wrong.status_code, late.status_code) == (400, 400)
    assert CompetenceNote.objects.get().wanted == 4
    text = page.get(to("competences")).text
    assert "1 af de 4, der skal kunne det, kan det" in text
    assert "Der mangler 3, som kan det." in text
    assert "Plan: Kursus i marts (senest" in text
    assert 'value="4"' in page.get(to("count_competence", TWO)).text
    above = signed_in(chief()).get(to("competences")).text
    assert "Nordskolen" in above
    assert "Intet kræves hos: Sydskolen" in above
    assert "Tæl og planlæg" not in above


def test_a_competence_that_no_practice_asks_for_any_more_stays_counted(to):
    note("co-teaching", 5, 4, by=leader(), plan="Hold det ved lige")

    text = signed_in(leader()).get(to("competences")).text

    assert "Der mangler intet af det, der er talt." in text
    assert "Plan: Hold det ved lige" in text


def test_an_empty_map_and_an_empty_list_say_so(to):
    page = signed_in(leader())

    assert (
        "Ingen praksis i brug kræver en kompetence" in page.get(to("competences")).text
    )
    assert "Ingen praksis er i brug her." in page.get(to("in_use")).text
    assert "Ingen praksis er noteret i brug her." in page.get(to("desk")).text


def test_too_many_at_once_is_told_on_the_desk_and_above(to):
    too_many()

    for who in (leader(), chief()):
        text = signed_in(who).get(to("in_use")).text
        assert "5 praksisser og afprøvninger i gang på én gang" in text
    desk = signed_in(leader()).get(to("desk")).text
    assert "Nordskolen har 5 praksisser og afprøvninger i gang på én gang." in desk


def test_what_a_unit_uses_stands_on_its_page_for_those_who_read_practices(to):
    adopted()
    ended = adopted(TWO)
    adoptions.end(ended.pk, by=leader())

    inside = signed_in(other_leader()).get(to("institution", "999001")).text

    assert "Samtaler om fravær fra første uge" in inside
    assert "To voksne, der underviser sammen" not in inside
    assert "Samtaler om fravær" not in Client().get(to("institution", "999001")).text
    politician = signed_in(holder_of(Role.COMMITTEE, TOWN))
    assert "Samtaler om fravær" not in politician.get(to("institution", "999001")).text
    assert politician.get(to("practices")).status_code == 403


@pytest.mark.parametrize("route", ["practices", "in_use", "competences", "card"])
def test_more_uses_cost_no_more_queries(to, route, django_assert_max_num_queries):
    too_many()
    too_many(other_leader())
    decided()
    decided(by=director())
    page = signed_in(chief())
    address = to("practice", TALKS) if route == "card" else to(route)

    with django_assert_max_num_queries(MOST_QUERIES):
        assert page.get(address).status_code == 200


def test_what_a_practice_moves_is_named_without_a_link_where_there_is_no_page(to):
    page = signed_in(leader()).get(to("practice", "dialogic-reading")).text

    assert "Sprog i dagtilbud, set af forældre" in page
    assert to("indicator", "daycare-language") not in page


def test_a_forecast_is_asked_of_an_indicator_that_no_public_source_counts(to):
    page = signed_in(leader()).get(to("forecast", "dialogic-reading", "999001"))

    assert page.status_code == 200
    assert "Sprog i dagtilbud, set af forældre" in page.text


def test_what_was_learnt_of_a_practice_stands_on_its_card(to):
    learnt = Learnt(words="Ring samme morgen.", conditions="Små skoler", practice=TALKS)
    lessons.write(learnt, by=leader())
    card = signed_in(leader()).get(to("practice", TALKS)).text

    assert "Ring samme morgen." in card
    assert "Ring samme morgen." not in signed_in(leader()).get(to("practice", TWO)).text
