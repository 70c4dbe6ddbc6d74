"""What one writes survives a reload, a lost connection and a session that is over."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

LEADER = "Skoleleder"
FIELD = "Hvad bekymrer dig, eller hvad har du brug for?"
WORDS = "Vi mangler en rådgiver om tirsdagen, og klasse 4 venter."
STORED = (
    "() => Object.keys(localStorage).filter(one => one.startsWith('kaeden:')).length"
)


def kept_in(page):
    return page.evaluate(STORED)


def write(one, words=WORDS):
    one.goto("/op-og-ned/ny/")
    one.page.get_by_label(FIELD).press_sequentially(words)


def test_a_draft_survives_and_is_forgotten_when_it_is_sent(visit):
    one = visit()
    page = one.page
    one.enter(LEADER)
    write(one)

    page.reload()
    expect(page.get_by_label(FIELD)).to_have_value("")
    box = page.get_by_role("status").filter(has_text="Vi har gemt det, du skrev")
    expect(box).to_contain_text("Vi mangler en rådgiver")
    assert one.faults() == []
    box.get_by_role("button", name="Brug det").press("Enter")
    expect(page.get_by_label(FIELD)).to_have_value(WORDS)

    page.context.set_offline(True)
    page.get_by_role("button", name="Send det op").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Der er ingen forbindelse")
    expect(page.get_by_label(FIELD)).to_have_value(WORDS)
    page.context.set_offline(False)

    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Send det op").press("Enter")
    expect(page.get_by_text("er ikke sendt. Log ind")).to_be_visible()
    one.press(LEADER)
    expect(page).to_have_url(f"{one.product.address}/op-og-ned/ny/")
    page.get_by_role("button", name="Brug det").press("Enter")
    page.get_by_role("button", name="Send det op").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(WORDS)
    assert kept_in(page) == 0


def test_a_draft_is_discarded_shown_to_its_writer_alone_and_gone_at_sign_out(visit):
    one = visit()
    page = one.page
    one.enter(LEADER)
    write(one)
    page.reload()
    page.get_by_role("button", name="Kassér").press("Enter")
    assert kept_in(page) == 0

    write(one, "Skriv til mig på 010190-1234.")
    assert WORDS[:10] not in page.evaluate("() => JSON.stringify({...localStorage})")
    assert "010190" not in page.evaluate("() => JSON.stringify({...localStorage})")
    write(one)
    one.enter("Skolechef")
    one.goto("/op-og-ned/ny/")
    expect(page.get_by_text("Vi har gemt det, du skrev")).to_have_count(0)
    assert kept_in(page) == 1
    one.press("Log ud")
    expect(page.get_by_role("link", name="Log ind")).to_be_visible()
    assert kept_in(page) == 0
