"""What each role of Fjordby comes to do, in at most six steps from its desk."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from kaeden.shared.clock import today

pytestmark = pytest.mark.browser
MOST_STEPS = 6
ABSENCE = "Alle elever er i skole og er en del af fællesskabet."
SOON = (today() + timedelta(days=40)).isoformat()


@pytest.fixture
def at_desk(visit):
    """Somebody who has come in by a door; afterwards, what they did took few steps."""
    visitors = []

    def enter(door, **window):
        visitor = visit(**window)
        visitor.enter(door)
        visitors.append(visitor)
        return visitor

    yield enter
    assert [one.steps for one in visitors if one.steps > MOST_STEPS] == []
    assert [one.complaints for one in visitors if one.complaints] == []


def told(visitor):
    """Return what the page says has been done."""
    return visitor.page.get_by_role("status").first


# The politician ------------------------------------------------------------------------


def test_a_politician_sees_which_goals_move_and_how_sure_their_owners_are(at_desk):
    politician = at_desk("Politiker")
    page = politician.main()

    assert politician.page.get_by_role("heading", level=2).count() >= 7
    assert "Ti af tolv skoler taler med barnet samme uge." in page
    assert "Nordskolen" not in page
    assert politician.faults() == []


def test_a_politician_opens_the_gap_of_a_goal(at_desk):
    politician = at_desk("Politiker")
    politician.follow(ABSENCE)

    assert "særlig støtte" in politician.main()
    assert politician.faults() == []


def test_a_politician_puts_a_question_and_its_owner_finds_it(at_desk):
    politician, chief = at_desk("Politiker"), at_desk("Skolechef")
    words = "Hvad siger børnene selv, når de ikke kommer i skole?"
    politician.press_at(ABSENCE, "Spørg om det")
    politician.fill("Dit spørgsmål", words)
    politician.press("Spørg")
    expect(told(politician)).to_be_visible()

    chief.enter("Skolechef")
    chief.follow(words)
    assert words in chief.main()
    assert chief.faults() == []


# The director --------------------------------------------------------------------------


def test_a_director_finds_the_weakest_link_whose_it_is_and_what_mends_it(at_desk):
    director = at_desk("Direktør")
    worst = director.page.get_by_role("listitem").filter(has_text="Ungehuset Kajen")

    expect(worst.first).to_contain_text("Ejer: Familiechef")
    assert director.faults() == []
    worst.first.get_by_role("link").click()
    expect(director.page.get_by_label("Hvem skal have stillingen?")).to_be_visible()


def test_a_director_sees_what_was_promised(at_desk):
    director = at_desk("Direktør")

    promise = director.page.get_by_role("article").filter(has_text="Skolechef").first
    expect(promise).to_contain_text("Jeg tager specialområdets økonomi op")


# The chief -----------------------------------------------------------------------------


def test_a_chief_reads_and_confirms_what_a_leader_may_expect(at_desk):
    chief = at_desk("Skolechef")
    assert chief.faults() == []
    waits = chief.page.get_by_role("article").filter(
        has=chief.page.get_by_text("Det kan man forvente af dig")
    )
    expect(waits.first).to_contain_text("Skoleleder, Nordskolen")

    waits.first.get_by_role("button", name="Bekræft").click()
    expect(told(chief)).to_have_text("Du har bekræftet ordene.")


def test_a_chief_gives_a_leader_a_promise(at_desk):
    chief = at_desk("Dagtilbudschef")
    chief.follow("Alle aftaler, og en ny")
    chief.follow("Områdeleder, Område Syd")
    chief.fill("Det, der loves", "Jeg er med på jeres møde i næste uge.")
    chief.fill("Senest hvilken dag", SOON)
    chief.press("Foreslå")

    expect(told(chief)).to_be_visible()
    assert "Jeg er med på jeres møde" in chief.main()


# The leaders ---------------------------------------------------------------------------


def test_a_leader_sees_what_is_expected_and_what_may_be_decided(at_desk):
    leader = at_desk("Skoleleder")
    page = leader.main()

    for words in ("Det forventes af dig", "Det bestemmer du selv", "Spørg en anden om"):
        assert words in page
    assert leader.faults() == []


def test_a_leader_ticks_a_promise_with_the_keyboard_alone(at_desk):
    leader = at_desk("Dagtilbudsleder")
    mine = leader.page.get_by_role("article").filter(has_text="Du har lovet").first
    mine.get_by_role("button", name="Den er holdt").focus()
    leader.page.keyboard.press("Enter")

    expect(told(leader)).to_be_visible()


def test_a_leader_renegotiates_a_promise(at_desk):
    leader = at_desk("Skoleleder")
    leader.follow("Vi ringer hjem den første fraværsdag", exact=False)
    leader.page.get_by_text("Aftal noget andet").click()
    leader.fill("Det, der loves", "Vi ringer hjem i 7. og 8. årgang til jul.")
    leader.fill("Senest hvilken dag", SOON)
    leader.press("Foreslå")

    expect(told(leader)).to_be_visible()
    assert leader.faults() == []


def test_an_area_leader_stands_between_the_chief_and_the_leaders(at_desk):
    area_leader = at_desk("Områdeleder", width=390)

    assert "Svalereden kan ansætte de to pædagoger" in area_leader.main()
    assert area_leader.faults() == []


# The team ------------------------------------------------------------------------------


def test_a_team_sees_what_the_goals_mean_here(at_desk):
    team = at_desk("Team")

    assert "I udskolingen har hver elev en voksen" in team.main()
    assert team.faults() == []


def test_a_team_answers_the_pulse(at_desk):
    team = at_desk("Team", width=390)
    team.follow("Svar på pulsen")
    questions = team.page.get_by_role("radiogroup").or_(team.page.locator("fieldset"))
    for number in range(questions.count()):
        questions.nth(number).get_by_label("Enig", exact=True).check()
        team.steps += 1
    team.press("Send mine svar")

    assert "Tak" in team.main()


# The analyst and the officer -----------------------------------------------------------


def test_an_analyst_sees_why_a_number_is_missing_and_checks_an_indicator(at_desk):
    analyst = at_desk("Analytiker")
    assert "så ingen offentlig kilde har et tal for den" in analyst.main()
    assert analyst.faults() == []

    analyst.follow("Fravær i skolen")
    analyst.page.get_by_role("heading", name="Pas på").wait_for()
    assert "Må ikke bruges sådan:" in analyst.main()


def test_a_data_protection_officer_finds_who_has_seen_what(at_desk):
    officer = at_desk("Databeskyttelsesrådgiver")
    assert "Hvad der er gjort" in officer.main()
    assert officer.faults() == []

    officer.follow("Alt, der er set, i logbogen")
    assert "/bord/" in officer.main()


def test_the_doors_into_fjordby_are_sound(visit):
    visitor = visit()
    visitor.goto("/log-ind/")

    assert visitor.page.get_by_role("button").filter(has_text="Politiker").count() == 1
    assert visitor.faults() == []


def test_fjordby_is_entered_without_javascript(at_desk):
    leader = at_desk("Familiechef", javascript=False)

    assert "Ungehuset Kajen" in leader.main()
