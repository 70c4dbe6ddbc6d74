"""The same errands with the keyboard alone, and with no JavaScript."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SENTENCE = "Hvorfor vurderer du sådan? Skriv én sætning"
NEXT_STEP = "Det næste skridt"
MOST_STOPS = 200
FOCUS_IS_SEEN = """
() => {
  const style = getComputedStyle(document.activeElement);
  const outline = parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== "none";
  return outline || style.boxShadow !== "none";
}
"""


def tab_to(page, wanted):
    """Press Tab until `wanted` has the focus, and see that one can see it there."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            assert page.evaluate(FOCUS_IS_SEEN), wanted
            return
    pytest.fail(f"{MOST_STOPS} stops, and never at {wanted}")


def choose_town(page, code):
    """Choose in the list that has the focus, with the arrow keys."""
    box = page.get_by_label("Kommune", exact=True)
    codes = box.evaluate("one => [...one.options].map(option => option.value)")
    for _step in range(codes.index(code)):
        page.keyboard.press("ArrowDown")
    assert box.input_value() == code


def test_the_skip_link_is_the_first_stop_and_leads_past_the_menu(visit):
    page = visit().page
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Gå til indholdet")

    expect(skip).to_be_focused()
    assert page.evaluate(FOCUS_IS_SEEN)
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_the_map_can_be_skipped(visit):
    page = visit().page
    page.goto("/")
    tab_to(page, page.get_by_role("link", name="Spring kortet over"))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("() => document.activeElement.textContent") == "Vis som tabel"


def test_every_stop_on_the_way_through_a_municipality_can_be_seen(visit):
    page = visit().page
    page.goto("/kommune/706/")
    for _stop in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_IS_SEEN), page.evaluate(
            "() => document.activeElement.outerHTML"
        )


def test_a_chief_assesses_with_the_keyboard_alone(visit, product):
    page, town = visit().page, product.towns_with_a_queue()[4]
    page.goto("/log-ind/")
    tab_to(page, page.get_by_text("Vælg en rigtig kommune"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Kommune", exact=True))
    choose_town(page, town)
    tab_to(page, page.get_by_role("button", name="Vælg"))
    page.keyboard.press("Enter")
    real = page.get_by_role("group").filter(has_text="Vælg en rigtig kommune")
    tab_to(page, real.get_by_role("button", name="Skolechef"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name=re.compile("^Vurdér")).first)
    page.keyboard.press("Enter")

    tab_to(page, page.get_by_label("Tilfældig variation"))
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Reel forbedring")).to_be_checked()
    tab_to(page, page.get_by_label(SENTENCE))
    page.keyboard.type("Tallene løfter sig hvert år.")
    tab_to(page, page.get_by_label(NEXT_STEP))
    page.keyboard.type("Vi spørger skolen, hvad de gør.")
    tab_to(page, page.get_by_role("button", name="Gem vurderingen"))
    page.keyboard.press("Enter")

    expect(page.get_by_role("status").first).to_contain_text("gemt")


def test_a_chief_assesses_without_javascript(visit, product):
    chief, town = visit(javascript=False), product.towns_with_a_queue()[5]
    chief.sign_in("Skolechef", town)
    chief.follow("Vurdér", exact=False)
    chief.page.get_by_label("Tilfældig variation").check()
    chief.fill(SENTENCE, "Ét år er for lidt.")
    chief.fill(NEXT_STEP, "Vi ser igen om et år.")
    chief.press("Gem vurderingen")

    assert "Din vurdering er gemt" in chief.main()
    assert "Du har vurderet 1 resultat." in chief.main()


def test_a_curve_and_its_table_unfold_without_javascript(visit):
    citizen = visit(javascript=False)
    citizen.goto("/kommune/706/")
    card = citizen.page.get_by_role("article").first
    card.get_by_text("Se kurven").click()
    card.get_by_text("Vis som tabel").first.click()

    expect(card.get_by_role("table").first).to_be_visible()
