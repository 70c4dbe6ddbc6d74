"""What Fjordby's roles meet on their desks, and what passes between two of them."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
MOST_STEPS = 6
ABSENCE = "Alle elever er i skole og er en del af fællesskabet."


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
    assert "elever er væk på en almindelig skoledag." in page
    assert "Ejeren: Vi tror på det." in page
    assert "Nordskolen" not in page
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


# The leaders ---------------------------------------------------------------------------


def test_an_area_leader_stands_between_the_chief_and_the_leaders(at_desk):
    area_leader = at_desk("Områdeleder", width=390)

    assert "Svalereden kan ansætte de to pædagoger" in area_leader.main()
    assert area_leader.faults() == []


# The officer ---------------------------------------------------------------------------


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
