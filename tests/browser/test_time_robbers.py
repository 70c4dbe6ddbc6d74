"""A time robber from a telephone to its answer, by keyboard, in few steps."""

import pytest

pytestmark = pytest.mark.browser
MOST_STEPS = 6
LINE = "Jeg ringer selv rundt efter håndværkere"


def by_keyboard(visitor, role, name):
    """Press something by keyboard alone."""
    visitor.steps += 1
    visitor.page.get_by_role(role, name=name).first.focus()
    visitor.page.keyboard.press("Enter")


def choose(visitor, name):
    """Choose one of the answers by keyboard alone."""
    visitor.steps += 1
    visitor.page.get_by_role("radio", name=name, exact=True).focus()
    visitor.page.keyboard.press("Space")


def test_a_leader_reports_on_a_phone_what_others_lose_time_to_too(visit):
    leader = visit(width=390)
    leader.enter("Dagtilbudsleder")

    by_keyboard(leader, "link", "Meld en tidsrøver")
    leader.page.get_by_label("Hvad tager din tid?").focus()
    leader.page.keyboard.type(LINE)
    leader.steps += 1
    choose(leader, "30 min.")
    choose(leader, "En anden del af kommunen")
    by_keyboard(leader, "button", "Meld den")
    leader.page.get_by_role("heading", name="Er det en af dem her?").wait_for()
    offered = leader.main()
    faults = leader.faults()
    by_keyboard(leader, "button", "Ja, det er den")

    leader.page.get_by_text("Dine minutter er lagt til.").wait_for()
    assert "Sådan en har 3 andre også, i alt 4 timer om ugen." in offered
    assert "Du bruger 30 minutter om ugen på den." in leader.main()
    assert leader.steps <= MOST_STEPS
    assert [*faults, *leader.faults()] == []


def test_its_chief_decides_and_the_leader_reads_the_answer(visit):
    chief, leader = visit(width=390), visit(width=390)
    chief.enter("Skolechef")
    leader.enter("Skoleleder")

    by_keyboard(chief, "link", "Elevplaner skal udfyldes i fire felter, ingen læser")
    choose(chief, "Forenkl den")
    chief.page.get_by_label("Hvorfor?").focus()
    chief.page.keyboard.type("To felter er nok fra i dag.")
    chief.steps += 1
    by_keyboard(chief, "button", "Beslut")
    chief.page.get_by_text("Det er besluttet").wait_for()
    by_keyboard(leader, "link", "Tidsregnskabet")
    leader.page.get_by_role("heading", name="Besluttet").wait_for()

    assert "To felter er nok fra i dag." in leader.main()
    assert (chief.steps, leader.steps) == (4, 1)
    assert [*chief.faults(), *leader.faults()] == []
