"""A leader judges a result, then the chief beside it; on a telephone, by keyboard."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
MOST_STEPS = 6
SENTENCE = "Hvorfor vurderer du sådan? Skriv én sætning"
LEADERS = "De to klasser har fået nye lærere."


def by_keyboard(visitor, role, name):
    """Press something by keyboard alone."""
    visitor.steps += 1
    visitor.page.get_by_role(role, name=name, exact=False).first.focus()
    visitor.page.keyboard.press("Enter")


def arrived(visitor, heading):
    """Wait until the page with a heading is there."""
    visitor.page.get_by_role("heading", name=heading, level=1).wait_for()


def judge(visitor, judgement, sentence):
    """Choose one of the four and write the two sentences."""
    visitor.page.get_by_label(judgement).focus()
    visitor.page.keyboard.press("Space")
    visitor.fill(SENTENCE, sentence)
    visitor.fill("Det næste skridt", "Vi spørger igen til foråret.")
    by_keyboard(visitor, "button", "Gem vurderingen")
    expect(visitor.page.get_by_role("status").first).to_contain_text("gemt")


def test_a_leader_judges_and_the_chief_reads_it_beside_the_own_words(visit):
    leader, chief = visit(width=390), visit(width=390)
    leader.enter("Skoleleder")
    by_keyboard(leader, "link", "Vurdér Social trivsel")
    arrived(leader, "Nordskolen: Social trivsel")
    assert leader.faults() == []
    judge(leader, "For usikkert at sige", LEADERS)
    assert leader.steps <= MOST_STEPS

    chief.enter("Skolechef")
    by_keyboard(chief, "link", "Vurdér Social trivsel, Nordskolen")
    expect(chief.page.get_by_role("article").filter(has_text=LEADERS)).to_be_visible()
    assert chief.faults() == []
    judge(chief, "Reel udfordring", "Det er tredje år i træk.")
    assert chief.steps <= MOST_STEPS

    by_keyboard(chief, "link", "Det, du har vurderet")
    arrived(chief, "Det, du har vurderet, og hvad der skete siden")
    assert "Siden: " in chief.main()
    assert chief.faults() == []


def test_a_leader_sees_who_has_lifted_themselves_and_tests_a_claim(visit):
    leader = visit(width=390)
    leader.enter("Skoleleder")
    by_keyboard(leader, "link", "Se hvem, og hvad de gjorde")
    arrived(leader, "Hvem har løftet sig?")
    assert "Klasselæreren ringer hjem" in leader.main()
    assert leader.faults() == []

    leader.goto("/hypoteser/")
    assert leader.faults() == []
    by_keyboard(leader, "link", "En voksen ved porten")
    arrived(leader, "En hypotese")
    assert leader.faults() == []
    leader.fill("Hvad har I lært?", "En voksen er ikke nok til de største.")
    by_keyboard(leader, "button", "Luk hypotesen")
    expect(leader.page.get_by_role("status").first).to_contain_text("lært")
    assert leader.steps <= MOST_STEPS
