"""Goals on the pages: written with the check, taken up, followed, and read in line."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from kaeden.goals.actions import following, meaning, values, writing
from kaeden.goals.models import (
    CheckIn,
    Contribution,
    Deviation,
    Effort,
    Goal,
    GoalDraft,
    Meaning,
    Strategy,
    Target,
    Value,
)
from kaeden.goals.rules import Confidence, LeadershipLevel, State
from kaeden.organisation.models import Holding
from kaeden.shared.clock import today
from tests.builders import goals as built
from tests.builders.figures import a_release, a_town_result
from tests.builders.goals import (
    a_level,
    a_written_goal,
    acting,
    in_words,
    post_of,
    unit_of,
)
from tests.builders.places import an_account

pytestmark = pytest.mark.django_db
TOWN, SCHOOL, LEADER = "999", "999001", "leder-999001"
EFFORT = "Vi indfører makkere på alle skoler, så ingen elever er alene."
SILENT = "Skriv, hv"


@pytest.fixture(autouse=True)
def town(db):
    place = built.fjordby()
    a_release(
        a_town_result(
            indicator="school-absence",
            period="2024/25",
            value=6.5,
            estimate=6.5,
            low=6.3,
            high=6.7,
        )
    )
    return place


@pytest.fixture
def goal():
    return a_written_goal(indicator="school-absence", on=built.BEGAN)


def signed_in(key):
    """A client that acts in the post with a key."""
    held = Holding.objects.get(post=post_of(key), valid_to=None)
    held.user = held.user or an_account(key)
    held.save()
    client = Client()
    client.force_login(held.user)
    return client


def wanted(**facts):
    return {"sentence": "Flere elever har en ven.", "sectors": ["school"]} | facts


# The goals as sentences ---------------------------------------------------------------


def test_the_goals_stand_as_sentences_with_four_answers(goal, to):
    following.set_target(goal, a_level(), unit=goal.unit, by=acting("udvalg"))

    page = Client().get(to("goals", TOWN)).text.replace("\xa0", " ")

    assert "Alle børn har en ven." in page
    for asks in ("Hvor er vi?", "Hvilken vej?", "Når vi målet?", "Gælder det alle?"):
        assert asks in page
    assert "Fravær i skolen: højst 6,0 % i 2027/28" in page
    assert "Målet er ikke nået endnu" in page


def test_the_politicians_page_has_no_efforts_no_unit_and_no_leaders_name(goal, to):
    meaning.begin_effort(goal, "Legevagter", by=acting(LEADER))
    unit = unit_of(SCHOOL)
    following.set_target(goal, a_level(), unit=unit, by=acting(LEADER))

    for page in (
        signed_in("udvalg").get(to("goals", TOWN)).text,
        signed_in("udvalg").get(to("goal", TOWN, goal.key)).text,
    ):
        assert "Legevagter" not in page
        assert "Kim" not in page
    assert "Nordskolen" not in signed_in("udvalg").get(to("goals", TOWN)).text


def test_goals_are_shown_as_they_stood_on_a_day(goal, to):
    writing.reword(goal, built.a_text("Alle børn har to venner."), by=acting("udvalg"))

    now = Client().get(to("goals", TOWN)).text
    then = Client().get(to("goals", TOWN), {"dato": "2025-01-01"}).text

    assert "Alle børn har to venner." in now
    assert "Alle børn har en ven." in then
    assert "Alle børn har en ven." not in now


def test_an_areas_goal_stands_apart(to):
    a_written_goal("skolechef", sentence="Alle klasser er rolige.", name="Ro")

    page = Client().get(to("goals", TOWN)).text

    assert page.index("Områdernes egne mål") < page.index("Alle klasser er rolige.")


def test_many_goals_cost_what_one_does(to, django_assert_max_num_queries):
    for number in range(6):
        made = a_written_goal(name=f"Mål {number}", indicator="school-absence")
        following.set_target(made, a_level(), unit=made.unit, by=acting("udvalg"))
    page = signed_in("udvalg")

    # PostgreSQL takes a lock of its own before the look-up is written.
    with django_assert_max_num_queries(23 + (connection.vendor == "postgresql")):
        assert page.get(to("goals", TOWN)).text.count("Når vi målet?") == 6


# Writing with the check ---------------------------------------------------------------


def test_the_check_answers_as_one_writes_and_nothing_is_kept(to):
    page = signed_in("udvalg")

    answer = page.post(
        to("check_goal", TOWN), wanted(sentence=EFFORT), headers={"HX-Request": "true"}
    )

    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "Prøv:</strong> Ingen elever er alene." in answer.text
    assert not Goal.objects.exists()
    assert not GoalDraft.objects.exists()


def test_without_javascript_the_whole_page_comes_back_with_what_was_written(to):
    answer = signed_in("udvalg").post(to("check_goal", TOWN), wanted(sentence=EFFORT))

    assert "<html" in answer.text
    assert EFFORT in answer.text
    assert "Prøv:" in answer.text


def test_the_check_tells_where_the_chosen_indicator_stands(to):
    answer = signed_in("udvalg").post(
        to("check_goal", TOWN), wanted(indicator="school-absence")
    )

    assert "6,5" in answer.text
    assert "I ved, hvor I begynder." in answer.text


def test_an_effort_is_adopted_all_the_same_for_nobody_is_stopped(to):
    answer = signed_in("udvalg").post(
        to("adopt_own", TOWN), wanted(sentence=EFFORT), follow=True
    )

    assert "Målet er vedtaget." in answer.text
    assert Goal.objects.get().words.get().sentence == EFFORT


def test_a_goal_is_adopted_with_its_owner_and_the_draft_goes(to):
    page = signed_in("udvalg")
    kept = page.post(to("save_draft", TOWN), wanted(name="Venner"), follow=True)
    draft = GoalDraft.objects.get()
    assert "Kladden er gemt." in kept.text
    assert "Flere elever har en ven." in kept.text
    assert "Flere elever har en ven." in page.get(to("goals", TOWN)).text

    page.post(
        to("adopt_own", TOWN),
        wanted(name="Venner", owner="skolechef", kladde=draft.pk),
    )

    assert Goal.objects.get().key == "venner"
    assert Goal.objects.get().ownerships.get().post.key == "skolechef"
    assert not GoalDraft.objects.exists()


def test_without_a_sentence_the_form_comes_back_with_the_rest(to):
    answer = signed_in("udvalg").post(
        to("adopt_own", TOWN), wanted(sentence="", for_whom="De yngste")
    )

    assert answer.status_code == 400
    assert "Skriv målet i en sætning." in answer.text
    assert "De yngste" in answer.text


def test_a_chief_writes_a_goal_of_the_area_that_serves_the_municipalitys(goal, to):
    page = signed_in("skolechef")
    assert "Hvilket mål er det et skridt mod?" in page.get(to("write_goal", TOWN)).text

    page.post(to("adopt_own", TOWN), wanted(name="Makkere", serves=goal.key))

    made = Goal.objects.get(key="makkere")
    assert (made.unit.code, made.serves) == ("schools", goal)


def test_a_draft_is_thrown_away_by_its_post_alone(to):
    draft = writing.save_draft(wanted(), by=acting("direktor"))

    assert signed_in("udvalg").post(to("drop_draft", TOWN, draft.pk)).status_code == 404
    other = to("write_goal", TOWN)
    assert signed_in("skolechef").get(other, {"kladde": draft.pk}).status_code == 404
    signed_in("direktor").post(to("drop_draft", TOWN, draft.pk))
    assert not GoalDraft.objects.exists()


@pytest.mark.parametrize(
    "route", ["write_goal", "check_goal", "adopt_own", "save_draft"]
)
def test_who_writes_no_goals_or_none_here_is_refused(route, to):
    built.havby()
    for key in (LEADER, "havby-direktor"):
        page = signed_in(key)
        verb = page.get if route == "write_goal" else page.post
        assert verb(to(route, TOWN)).status_code == 403


def test_a_goal_is_written_anew_and_given_to_another_post(goal, to):
    page = signed_in("udvalg")
    assert "Alle børn har en ven." in page.get(to("reword_goal", TOWN, goal.key)).text
    assert page.post(to("save_reworded_goal", TOWN, goal.key), {}).status_code == 400

    page.post(to("save_reworded_goal", TOWN, goal.key), wanted(name="En ven"))
    page.get(to("goal_owner", TOWN, goal.key))
    empty = page.post(to("give_goal", TOWN, goal.key), {})
    page.post(to("give_goal", TOWN, goal.key), {"owner": "dagtilbudschef"})

    assert goal.words.get(valid_to=None).sentence == "Flere elever har en ven."
    assert "Vælg en stilling." in empty.text
    assert goal.ownerships.get(valid_to=None).post.key == "dagtilbudschef"


def test_a_year_and_an_indicator_of_before_are_still_there_when_it_is_written_anew(to):
    kept = {"indicator": "notifications-assessed-in-time", "by_period": "2021/22"}
    goal = a_written_goal(**kept)
    page, form = signed_in("udvalg"), wanted(name="En ven")

    shown = page.get(to("reword_goal", TOWN, goal.key)).text
    page.post(to("save_reworded_goal", TOWN, goal.key), form | kept)

    assert "2021/22" in shown
    assert "(ingen tal endnu)" in shown
    now = goal.words.get(valid_to=None)
    assert (now.indicator, now.by_period) == (kept["indicator"], "2021/22")


def test_a_goal_is_ended_and_no_longer_shown(goal, to):
    answer = signed_in("udvalg").post(to("end_goal", TOWN, goal.key), follow=True)

    assert "Målet er afsluttet." in answer.text
    assert Client().get(to("goal", TOWN, goal.key)).status_code == 404
    earlier = Client().get(to("goal", TOWN, goal.key), {"dato": "2025-01-01"})
    assert earlier.status_code == 200


@pytest.mark.parametrize("route", ["reword_goal", "goal_owner"])
def test_another_areas_chief_does_not_change_the_goal(route, goal, to):
    page = signed_in("dagtilbudschef")

    assert page.get(to(route, TOWN, goal.key)).status_code == 403
    assert page.post(to("end_goal", TOWN, goal.key)).status_code == 403


# Taking it up -------------------------------------------------------------------------


def test_a_leader_takes_a_goal_up_and_reads_what_it_means_above(goal, to):
    meaning.take_up(goal, "Skolerne kender hvert barn.", by=acting("skolechef"))
    page = signed_in(LEADER)
    here = to("goal_here", TOWN, goal.key)
    assert "Skolerne kender hvert barn." in page.get(here).text

    form = {"meaning-words": "Her er ingen alene."}
    answer = page.post(to("take_up_goal", TOWN, goal.key), form, follow=True)

    assert "Målet er taget op hos jer." in answer.text
    assert "Her er ingen alene." in answer.text
    assert Meaning.objects.get(post__key=LEADER).words == "Her er ingen alene."
    page.post(to("let_go_of_goal", TOWN, goal.key))
    assert not Meaning.objects.at(today()).filter(post__key=LEADER).exists()


def test_the_way_what_is_done_and_what_is_brought_are_told_apart(goal, to):
    page = signed_in(LEADER)
    place = (TOWN, goal.key)

    page.post(to("write_strategy", *place), {"strategy-words": "Gennem leg."})
    page.post(to("begin_effort", *place), {"effort-words": "Legevagter"})
    brought = {"contribution-words": "Vi bygger bro.", "contribution-indicator": ""}
    page.post(to("contribute", *place), brought)

    here = page.get(to("goal_here", *place)).text
    for words in ("Gennem leg.", "Legevagter", "Vi bygger bro."):
        assert words in here
    above = signed_in("skolechef").get(to("goal", *place)).text
    assert all(
        words in above for words in ("Gennem leg.", "Legevagter", "Vi bygger bro.")
    )
    page = signed_in(LEADER)
    page.post(to("end_effort", *place, Effort.objects.get().pk))
    page.post(to("end_contribution", *place))
    assert Strategy.objects.count() == 1
    assert not Effort.objects.at(today()).exists()
    assert not Contribution.objects.at(today()).exists()


@pytest.mark.parametrize(
    "route", ["take_up_goal", "write_strategy", "begin_effort", "contribute"]
)
def test_what_is_left_empty_is_asked_for_on_the_same_page(route, goal, to):
    answer = signed_in(LEADER).post(to(route, TOWN, goal.key), {})

    assert answer.status_code == 400
    assert SILENT in answer.text


def test_the_owner_does_not_contribute_and_is_told_why(goal, to):
    page = signed_in("skolechef")

    assert "ejer målet" in page.get(to("goal_here", TOWN, goal.key)).text
    brought = {"contribution-words": "Alt."}
    assert page.post(to("contribute", TOWN, goal.key), brought).status_code == 409


@pytest.mark.parametrize("key", ["udvalg", "leder-solstraalen"])
def test_a_goal_of_another_area_is_not_taken_up(key, to):
    goal = a_written_goal("skolechef")

    answer = signed_in(key).get(to("goal_here", TOWN, goal.key))

    assert answer.status_code == 403


def test_an_effort_of_another_post_is_not_there(goal, to):
    effort = meaning.begin_effort(goal, "Legevagter", by=acting("leder-999002"))

    page = signed_in(LEADER)

    assert page.post(to("end_effort", TOWN, goal.key, effort.pk)).status_code == 404


# The way through the chain ------------------------------------------------------------


def test_everybody_reads_how_many_and_the_line_reads_who_and_what(goal, to):
    meaning.take_up(goal, "Ingen er alene.", by=acting("leder-999002"))
    meaning.take_up(goal, "Kend hvert barn.", by=acting("skolechef"))
    address = to("goal", TOWN, goal.key)

    public = Client().get(address).text
    chief = signed_in("skolechef").get(address).text
    leader, sister = signed_in(LEADER).get(address).text, "Ingen er alene."

    assert "1 af 3 har taget det op" in public
    assert "Kend hvert barn." not in public
    assert sister in chief
    assert "Nordskolen" in chief
    assert "Her stopper det" in chief
    assert "Kend hvert barn." in leader
    assert sister not in leader


def test_a_level_that_takes_up_a_goal_of_those_below_is_shown_too(goal, to):
    meaning.take_up(goal, "Det er også mit.", by=acting("direktor"))

    page = signed_in("skolechef").get(to("goal", TOWN, goal.key)).text

    assert page.index("Direktør") < page.index("Det er også mit.")


def test_a_neighbouring_municipality_reads_what_the_public_reads(goal, to):
    built.havby()
    meaning.take_up(goal, "Kend hvert barn.", by=acting("skolechef"))

    page = signed_in("havby-direktor").get(to("goal", TOWN, goal.key)).text

    assert "Kend hvert barn." not in page
    assert "Her stopper det" not in page


def test_many_words_at_a_level_are_folded(goal, to, monkeypatch):
    monkeypatch.setattr("kaeden.presentation.goal_thread.FEW", 1)
    for key in (LEADER, "leder-999002"):
        meaning.take_up(goal, f"Ord fra {key}.", by=acting(key))

    page = signed_in("skolechef").get(to("goal", TOWN, goal.key)).text

    assert "1 mere har sagt, hvad det betyder" in page


def test_the_page_of_a_goal_costs_a_chain_and_little_more(
    goal, to, django_assert_max_num_queries
):
    page = signed_in("skolechef")

    with django_assert_max_num_queries(40):
        page.get(to("goal", TOWN, goal.key))


# Targets ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "form", "says"),
    [
        ("niveau", {"indicator": "school-absence", "value": "5,5"}, "højst 5,5 %"),
        (
            "udvikling",
            {"indicator": "exam-mark", "value": "0,5", "since_period": "2024/25"},
            "højere i",
        ),
        (
            "forskel",
            {"indicator": "exam-mark", "value": "1", "pair": "boys/girls"},
            "mellem drenge og piger",
        ),
        (
            "ord",
            {"reached": "Alle leger.", "on_the_way": "Flere.", "not_yet": "Få."},
            "Alle leger",
        ),
    ],
)
def test_a_leader_sets_a_target_of_each_kind(kind, form, says, goal, to):
    page = signed_in(LEADER)
    query = f"?slags={kind}"
    form = page.get(to("set_target", TOWN, goal.key, SCHOOL) + query) and form

    answer = page.post(
        to("save_target", TOWN, goal.key, SCHOOL) + query,
        form | {"by_period": this_year(2)},
        follow=True,
    )

    assert "Måltallet er sat." in answer.text
    assert says in answer.text.replace("\xa0", " ")
    assert Target.objects.get().unit.code == SCHOOL
    there = page.get(to("set_target", TOWN, goal.key, SCHOOL)).text
    assert "Det er allerede sat" in there


def this_year(ahead):
    return next(name for name, _same in built_years()[ahead:])


def built_years():
    from kaeden.web.goal_forms import years

    return years()


@pytest.mark.parametrize(
    ("kind", "form", "says"),
    [
        (
            "niveau",
            {"indicator": "school-absence", "value": "99"},
            "Skriv et andet tal",
        ),
        ("niveau", {"indicator": "school-absence", "value": ""}, "Skriv et tal"),
        ("ord", {"reached": "Alle leger."}, "Skriv, hvad man ser"),
    ],
)
def test_a_target_that_cannot_be_is_asked_for_again(kind, form, says, goal, to):
    answer = signed_in(LEADER).post(
        f"{to('save_target', TOWN, goal.key, SCHOOL)}?slags={kind}",
        form | {"by_period": this_year(1)},
    )

    assert answer.status_code == 400
    assert says in answer.text
    assert not Target.objects.exists()


def test_a_sisters_target_is_not_set(goal, to):
    page = signed_in(LEADER)

    assert page.get(to("set_target", TOWN, goal.key, "999002")).status_code == 403


@pytest.fixture
def target(goal):
    return following.set_target(
        goal, in_words(), unit=unit_of(SCHOOL), by=acting(LEADER)
    )


SAID = {
    "state": "on_the_way",
    "confidence": "high",
    "words": "De fleste leger.",
    "hand_up": "on",
}


def test_the_answerable_leader_says_how_it_goes_and_the_words_stay(target, to):
    page, place = signed_in(LEADER), (TOWN, target.pk)
    assert page.post(to("check_in", *place), {}).status_code == 400

    page.post(to("check_in", *place), SAID)
    later = SAID | {"words": "Alle leger nu.", "state": "reached"}
    answer = page.post(to("check_in", *place), later, follow=True)

    assert "Alle leger nu." in answer.text
    assert "De fleste leger." in answer.text
    assert CheckIn.objects.count() == 2


def test_what_is_not_handed_up_is_read_by_nobody_else(target, to):
    page, place = signed_in(LEADER), to("target", TOWN, target.pk)
    page.post(to("check_in", TOWN, target.pk), SAID | {"hand_up": ""})

    own, chief = page.get(place).text, signed_in("skolechef").get(place).text

    assert "De fleste leger." in own
    assert "De fleste leger." not in chief
    assert "Ingen har skrevet, hvordan det går" in chief


def test_the_post_above_accepts_that_it_is_missed_for_a_time(target, to):
    page, place = signed_in("skolechef"), (TOWN, target.pk)
    until = today() + timedelta(days=100)
    assert page.post(to("accept_deviation", *place), {}).status_code == 400

    form = {"reason": "Skolen bygges om.", "until": until.isoformat()}
    answer = page.post(to("accept_deviation", *place), form, follow=True)

    assert "Aftalt afvigelse til" in answer.text
    assert Deviation.objects.get().reason == "Skolen bygges om."
    soon = form | {"until": (today() + timedelta(days=1)).isoformat()}
    again = page.post(to("accept_deviation", *place), soon, follow=True)
    assert "Skolen bygges om." in again.text


def test_a_deviation_of_a_number_remembers_where_it_stood(goal, to):
    target = following.set_target(goal, a_level(), unit=goal.unit, by=acting("udvalg"))
    form = {"reason": "Nyt tal.", "until": (today() + timedelta(days=9)).isoformat()}

    signed_in("direktor").post(to("accept_deviation", TOWN, target.pk), form)

    assert Deviation.objects.get().value == 6.5


def test_a_deviation_that_never_ends_is_refused(target, to):
    form = {"reason": "Altid.", "until": "2099-01-01"}

    answer = signed_in("skolechef").post(to("accept_deviation", TOWN, target.pk), form)

    assert answer.status_code == 400
    assert "inden for et år" in answer.text


@pytest.mark.parametrize("key", ["leder-999002", "leder-solstraalen"])
def test_a_sister_does_not_find_the_target(key, target, to):
    page = signed_in(key)

    for route in ("check_in", "accept_deviation", "end_target"):
        assert page.post(to(route, TOWN, target.pk), SAID).status_code == 404
    assert page.get(to("target", TOWN, target.pk)).status_code == 404


def test_a_target_ends_and_its_page_is_kept(target, to):
    page = signed_in(LEADER)

    answer = page.post(to("end_target", TOWN, target.pk), follow=True)

    assert "Måltallet er afsluttet." in answer.text
    assert page.post(to("check_in", TOWN, target.pk), SAID).status_code == 409


def test_the_public_reads_the_municipalitys_targets_and_no_units(goal, target, to):
    following.set_target(goal, a_level(), unit=goal.unit, by=acting("udvalg"))

    page = Client().get(to("goal", TOWN, goal.key)).text

    assert "Fravær i skolen" in page
    assert "nogen at lege med" not in page


def test_how_sure_the_owner_is_stands_on_the_politicians_page(goal, to):
    own = following.set_target(goal, in_words(), unit=goal.unit, by=acting("udvalg"))
    said = following.CheckInText(
        state=State.ON_THE_WAY,
        confidence=Confidence.LOW,
        words="Halvdelen er med.",
        hand_up=True,
    )
    following.check_in(own, said, by=acting("skolechef"))

    page = signed_in("udvalg").get(to("goals", TOWN)).text

    assert "På vej" in page
    assert "Vi tvivler" in page


# Vision and values --------------------------------------------------------------------

VALUE = {
    "name": "Nysgerrighed",
    "meaning": "Vi spørger først.",
    "leader": "Lederen spørger, før hun svarer.",
}


def test_the_vision_is_written_and_read_by_all(to):
    page = signed_in("udvalg")
    assert page.post(to("write_vision", TOWN), {}).status_code == 400

    page.post(to("write_vision", TOWN), {"sentence": "Alle hører til.", "why": ""})

    assert "Alle hører til." in Client().get(to("held", TOWN)).text
    assert "Alle hører til." in Client().get(to("goals", TOWN)).text


def test_a_value_is_written_seen_changed_and_let_go(to):
    page = signed_in("udvalg")
    assert page.post(to("write_value", TOWN), {"name": "Mod"}).status_code == 400
    unseen = page.post(to("write_value", TOWN), {"name": "Mod", "meaning": "Vi tør."})
    assert "på mindst ét niveau" in unseen.text

    page.post(to("write_value", TOWN), VALUE)
    value = Value.objects.get()
    shown = page.get(to("held", TOWN), {"vaerdi": value.pk}).text
    assert 'value="Nysgerrighed"' in shown
    assert "Institutionsledere: Sådan ses det" in shown
    answer = page.post(to("end_value", TOWN, value.pk), follow=True)

    assert "Værdien er fjernet." in answer.text
    assert Client().get(to("held", TOWN)).text.count("Nysgerrighed") == 0


def test_values_are_the_committees_and_the_directors_to_write(town, to):
    value = values.write_value(
        "Mod",
        meaning="Vi tør.",
        seen={LeadershipLevel.TEAM: "Vi siger det højt."},
        municipality=town,
        by=acting("udvalg"),
    )
    page = signed_in("skolechef")

    assert page.post(to("write_value", TOWN), VALUE).status_code == 403
    assert page.post(to("write_vision", TOWN), {"sentence": "Os."}).status_code == 403
    assert page.post(to("end_value", TOWN, value.pk)).status_code == 403
    assert "Skriv en værdi" not in page.get(to("held", TOWN)).text
    assert page.post(to("end_value", TOWN, 10**9)).status_code == 403
    assert signed_in("udvalg").post(to("end_value", TOWN, 10**9)).status_code == 404
