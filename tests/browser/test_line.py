"""Up, down and along the line in Fjordby, with the keyboard alone, each step counted."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_other_ways_in import tab_to

pytestmark = pytest.mark.browser

GOAL = "Alle elever er i skole og er en del af fællesskabet."
LEADERS = re.compile("Aftaler og resultater her.*Institutionsledere")
FIELD = "Hvad bekymrer dig, eller hvad har du brug for?"
WORDS = "Vi mangler et lokale til samtaler med forældre."
MOST_STEPS, MOST_CLICKS = 6, 3


class Keys:
    """Somebody with a keyboard alone; every press that leads on is counted."""

    def __init__(self, page):
        self.page, self.steps = page, 0

    def take(self, role, name, within=None):
        """Tab to a link or a button by its name, and press it."""
        place = within or self.page
        tab_to(self.page, place.get_by_role(role, name=name).first)
        self.page.keyboard.press("Enter")
        self.steps += 1

    def write(self, label, words):
        """Tab to a field, and type."""
        tab_to(self.page, self.page.get_by_label(label))
        self.page.keyboard.type(words)
        self.steps += 1


def test_from_a_political_goal_to_what_hangs_on_it_in_three_clicks_and_back(visit):
    politician, chief = visit(), visit()
    politician.enter("Politiker")
    keys = Keys(politician.page)
    keys.take("link", GOAL)
    keys.take("link", LEADERS)
    school = politician.page.get_by_role("article").filter(has_text="Nordskolen").first
    keys.take("link", re.compile("elever"), within=school)
    expect(politician.page).to_have_url(re.compile("/999001/school-absence/"))
    assert keys.steps <= MOST_CLICKS

    chief.enter("Skolechef")
    chief.goto("/kommune/999/maal/in-school-every-day/")
    keys = Keys(chief.page)
    keys.take("link", LEADERS)
    expect(chief.page.get_by_role("heading", name=GOAL)).to_be_visible()
    assert chief.faults() == []
    agreed = chief.page.locator("main a[href^='/aftaler/']").first
    tab_to(chief.page, agreed)
    chief.page.keyboard.press("Enter")
    expect(chief.page).to_have_url(re.compile(r"/aftaler/\d+/"))
    assert keys.steps + 1 <= MOST_CLICKS
    crumbs = chief.page.get_by_role("navigation", name="Her er du i kæden")
    expect(crumbs.get_by_role("link").nth(1)).to_have_text(re.compile("Skolechef"))
    Keys(chief.page).take("link", GOAL, within=crumbs)
    expect(chief.page).to_have_url(re.compile("/maal/in-school-every-day/"))
    assert chief.faults() == []


def test_a_concern_goes_up_and_its_answer_comes_down(visit):
    leader, chief = visit(), visit(width=390)
    leader.enter("Skoleleder")
    keys = Keys(leader.page)
    keys.take("link", "Skriv opad")
    keys.write(FIELD, WORDS)
    keys.take("button", "Send det op")
    expect(leader.page.get_by_text("Ligger hos Skolechef.")).to_be_visible()
    assert keys.steps <= MOST_STEPS
    assert leader.faults() == []

    chief.enter("Skolechef")
    keys = Keys(chief.page)
    keys.take("link", WORDS)
    keys.write("Dit svar", "I låner rådhusets mødelokale om onsdagen.")
    keys.take("button", "Send svaret")
    expect(chief.page.get_by_text("Dit svar er hos alle")).to_be_visible()
    assert keys.steps <= MOST_STEPS
    assert chief.faults() == []

    leader.page.reload()
    expect(leader.page.get_by_text("rådhusets mødelokale")).to_be_visible()
    leader.goto("/op-og-ned/")
    assert leader.faults() == []
