"""A leader with a telephone: present in two taps, a page for the team in one press."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from kaeden.shared.clock import today
from tests.builders.documents import opened

pytestmark = pytest.mark.browser
SOON = (today() + timedelta(days=20)).isoformat()


def test_a_leader_notes_presence_in_two_taps_and_prints_for_the_team_in_one(visit):
    leader = visit(width=390)
    leader.enter("Skoleleder")
    leader.page.get_by_role("radio", name="Observation").focus()

    leader.page.keyboard.press("Space")
    leader.page.keyboard.press("Tab")
    leader.page.keyboard.press("Enter")
    expect(leader.page.get_by_role("status").first).to_contain_text(
        "Det er noteret. Kun du kan se det."
    )
    assert leader.faults() == []

    leader.goto("/bord/")
    address = leader.page.get_by_role("link", name="Udskriv A4-siden")
    made = leader.page.request.get(address.get_attribute("href"))
    assert len(opened(made.body()).pages) == 1


def test_a_leader_says_what_is_needed_and_the_support_answers(visit):
    leader, support = visit(width=390), visit()
    leader.enter("Skoleleder")
    leader.goto("/kommune/999/stoette/")
    assert leader.faults() == []
    leader.press_at("Hjælp til at læse jeres egne tal", "Skriv, hvad du har brug for")
    leader.fill("Hvad har du brug for?", "Hjælp til at læse trivslen i 5. klasse.")
    leader.fill("Hvornår vil du gerne have det?", SOON)
    leader.press("Send behovet")
    expect(leader.page.get_by_role("status").first).to_contain_text("Svaret kommer her")

    support.enter("Analytiker")
    support.follow("Hjælp til at læse trivslen i 5. klasse.")
    support.fill("Hvad gør I?", "Jeg er med på teammødet torsdag.")
    support.press("Send svaret")
    expect(support.page.get_by_role("status").first).to_contain_text("Dit svar står")

    assert "Jeg er med på teammødet torsdag." in support.main()
    assert support.steps <= 4
    assert support.faults() == []
