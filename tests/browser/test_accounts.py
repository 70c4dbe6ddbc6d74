"""A person with an account of their own: the first sign-in, and the next ones."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PASSWORD = "solsikke-trompet-42"


def code_of(secret, *, step):
    """What the app on the telephone says, some half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def sign_in(person, password):
    person.goto("/log-ind/")
    person.fill("Brugernavn", "syddjurs")
    person.fill("Adgangskode", password)
    person.press("Log ind")


def title(person):
    return person.page.get_by_role("heading", level=1)


def choose(person, old, new):
    """Choose a new password."""
    person.fill("Din nuværende adgangskode", old)
    person.fill("Ny adgangskode", new)
    person.fill("Den nye adgangskode igen", new)
    person.press("Gem")


def set_up(person):
    """Set up the app on the telephone; return its secret."""
    person.follow("Sæt en kode op på din telefon")
    person.page.get_by_text("Skriv hemmeligheden i stedet").click()
    secret = person.page.locator(".kd-secret").inner_text()
    assert person.faults() == []
    person.fill("Koden fra appen", code_of(secret, step=-1))
    person.press("Gem")
    expect(title(person)).to_have_text("Dine nødkoder")
    return secret


@pytest.fixture(scope="module")
def slip(product):
    """The slip of paper with a first password that the operator hands over."""
    said = product.command(
        *("account", "add", "syddjurs", "--post", "706/chief-daycare"),
        *("--post", "706/chief-families"),
    )
    return re.search(r": (\w{5}(?:-\w{5}){3})", said)[1]


def test_somebody_chooses_a_password_sets_up_a_code_and_signs_in_with_both(visit, slip):
    person = visit()
    sign_in(person, slip)
    expect(title(person)).to_have_text("Vælg en ny adgangskode")
    choose(person, slip, "kort")
    expect(person.page.get_by_role("alert")).to_contain_text("mindst 12 tegn")
    assert person.faults() == []
    choose(person, slip, PASSWORD)
    expect(person.page.get_by_role("status").first).to_contain_text("er gemt")
    assert person.faults() == []

    secret = set_up(person)
    assert person.faults() == []
    person.follow("Jeg har gemt dem")
    person.press("Log ud")
    sign_in(person, PASSWORD)
    expect(title(person)).to_have_text("Skriv koden fra din telefon")
    assert person.faults() == []
    person.fill("Kode", code_of(secret, step=0))
    person.press("Log ind")
    expect(person.page.get_by_text("Mit bord ·")).to_be_visible()


def test_somebody_with_two_posts_changes_between_them(visit, product):
    product.command("account", "reset-second-factor", "syddjurs")
    person = visit(javascript=False)
    sign_in(person, PASSWORD)
    head = person.page.get_by_role("banner")
    expect(head).to_contain_text("Du handler som Dagtilbudschef, Syddjurs")

    person.page.get_by_text("Skift stilling").click()
    person.press("Familiechef, Syddjurs")

    expect(head).to_contain_text("Du handler som Familiechef, Syddjurs")
