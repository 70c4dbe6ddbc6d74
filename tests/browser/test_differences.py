"""From the own result to how it is worked out: with the keyboard alone, wide and narrow."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_line import Keys

pytestmark = pytest.mark.browser
RESULT = "/vurder/999001/wellbeing-general/"
HERE = "/kommune/999/forskelle/wellbeing-general/"
MOST_STEPS = 4


def test_a_leader_goes_from_the_own_result_to_how_it_is_worked_out(visit):
    leader = visit()
    leader.enter("Skoleleder")
    leader.goto(RESULT)
    keys = Keys(leader.page)

    keys.take("link", "Hvor ligger forskellene, og hvad er retfærdigt?")
    said = re.compile(r"^Af forskellene mellem elever ligger \d+\s% mellem skoler")
    expect(leader.page.get_by_text(said)).to_be_visible()
    assert leader.faults() == []

    pages = leader.page.get_by_role("navigation", name="Sider om det her")
    keys.take("link", "Rå og retfærdige tal side om side", within=pages)
    expect(leader.page.get_by_text("Nordskolen: Den rå værdi er")).to_be_visible()
    assert leader.faults() == []

    keys.take("link", "Hvad baggrund betyder", within=pages)
    expect(leader.page.get_by_text(re.compile("Nordskolen:.*følges"))).to_be_visible()
    assert leader.faults() == []

    keys.take("link", "Sådan er det regnet ud", within=pages)
    words = "Beregningen fandt det bedste svar, og det er efterprøvet"
    expect(leader.page.get_by_text(words)).to_be_visible()
    assert leader.faults() == []
    assert keys.steps <= MOST_STEPS


def test_a_chief_reads_of_all_schools_and_a_politician_of_none(visit):
    chief, politician = visit(), visit()
    chief.enter("Skolechef")
    chief.goto(f"{HERE}spredning/")
    chief.page.get_by_text("Vis som tabel").first.click()
    expect(chief.page.get_by_role("rowheader", name="Nordskolen")).to_be_visible()
    assert chief.faults() == []

    politician.enter("Politiker")
    politician.goto(HERE)
    expect(politician.page.get_by_text("Af forskellene mellem elever")).to_be_visible()
    assert "Nordskolen" not in politician.main()
    assert politician.faults() == []
    assert politician.goto(f"{HERE}retfaerdigt/").status == 403


def test_anybody_reads_the_worked_example(visit):
    visitor = visit()
    visitor.goto("/eksempel/pisa-2003/")

    expect(visitor.page.get_by_text("OECD (PISA 2003)").first).to_be_visible()
    expect(visitor.page.get_by_text("Af forskellene mellem elever")).to_be_visible()
    assert visitor.faults() == []
