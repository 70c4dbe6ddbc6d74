"""What a leader does with commitments and colleagues, on a telephone, by keyboard."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
MOST_STEPS = 6
CALLS = "Klasselæreren ringer hjem samme dag"


def by_keyboard(visitor, role, name):
    """Press something by keyboard alone."""
    visitor.steps += 1
    visitor.page.get_by_role(role, name=name, exact=False).first.focus()
    visitor.page.keyboard.press("Enter")


def test_a_leader_sees_what_came_after_a_commitment_and_asks_to_see_how_others_do_it(
    visit,
):
    leader = visit(width=390)
    leader.enter("Skoleleder")
    leader.goto("/vurder/999001/school-absence/")
    leader.page.get_by_text("Se kurven").first.click()
    found = leader.page.get_by_role("list", name="Mærker på kurven")
    expect(found.get_by_role("listitem")).not_to_have_count(0)
    assert leader.faults() == []

    by_keyboard(leader, "link", "Hver klasse ser på sit fravær")
    expect(leader.page.get_by_role("heading", name="Hvad der skete")).to_be_visible()
    assert "Det viser ikke, at aftalen er årsagen." in leader.main()
    assert leader.faults() == []

    leader.goto("/kommune/999/faellesskaber/skolelederne/")
    assert leader.faults() == []
    by_keyboard(leader, "link", "Skoleleder, Skovskolen")
    leader.fill("Hvad vil du gerne se?", "Jeres morgen i 7. årgang.")
    by_keyboard(leader, "button", "Bed om besøget")
    expect(leader.page.get_by_role("status").first).to_contain_text("bedt om et besøg")
    assert leader.faults() == []
    assert leader.steps <= MOST_STEPS


def test_a_member_says_yes_to_what_the_community_agrees_on(visit):
    leader = visit(width=390)
    leader.enter("Skoleleder")
    by_keyboard(leader, "link", "venter på dit svar")
    waits = leader.page.get_by_role("article").filter(has_text="Sammen i").first
    assert leader.faults() == []
    leader.steps += 1
    waits.get_by_role("button", name="Jeg er med").focus()
    leader.page.keyboard.press("Enter")

    expect(leader.page.get_by_role("status").first).to_contain_text("Du er med.")
    assert CALLS not in leader.main()
    assert leader.faults() == []
    assert leader.steps <= MOST_STEPS
