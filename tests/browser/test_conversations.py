"""A leader chooses the focus of the next conversation, on a telephone, by keyboard."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
MOST_STEPS = 6
FOCUS = "Opkaldene i 7. årgang: virker de?"


def by_keyboard(visitor, role, name):
    """Press something by keyboard alone."""
    visitor.steps += 1
    visitor.page.get_by_role(role, name=name, exact=False).first.focus()
    visitor.page.keyboard.press("Space" if role == "checkbox" else "Enter")


def test_a_leader_chooses_the_focus_and_the_chiefs_side_opens(visit):
    leader, chief = visit(width=390), visit()
    leader.enter("Skoleleder")
    by_keyboard(leader, "link", "Vælg fokus")
    assert leader.faults() == []
    leader.fill("Fokus 1", FOCUS)
    by_keyboard(leader, "checkbox", "elever er væk")
    by_keyboard(leader, "button", "Del det med den anden")

    expect(leader.page.get_by_role("status").first).to_contain_text("Det er delt")
    main = leader.main()
    assert "Det aftalte I" in main
    assert "Retfærdigt skøn" in main
    assert leader.faults() == []
    assert leader.steps <= MOST_STEPS

    chief.enter("Skolechef")
    chief.goto("/samtaler/")
    chief.press_at("Nordskolen", "Skriv din side")
    chief.fill("Fokus 1", "Hvad hører I i opkaldene?")
    chief.press("Del det med den anden")
    expect(chief.page.get_by_role("main")).to_contain_text(FOCUS)
    assert chief.faults() == []
    assert chief.steps <= MOST_STEPS


def test_the_year_is_read_on_a_telephone(visit):
    leader = visit(width=390)
    leader.enter("Skoleleder")
    by_keyboard(leader, "link", "Årshjulet")

    assert "Det næste for dig" in leader.main()
    assert leader.faults() == []
