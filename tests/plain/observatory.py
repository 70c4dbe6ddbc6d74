"""Mozilla's HTTP Observatory as a plain function: what it takes and gives for headers.

Source: the table "Tests and Score Modifiers" of the HTTP Observatory (MDN, CC BY-SA),
read 2026-11-24. Beginning at 100, points are taken for what is missing; bonuses count
only from 90 points. Where two versions of the table differ, the one that gives fewer
points is used. What no header tells (preloading, certificates) is left out.
"""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

GRADE_A_PLUS = 100
BONUSES_FROM = 90
PRIVATE = {
    "no-referrer",
    "same-origin",
    "strict-origin",
    "strict-origin-when-cross-origin",
}
SIX_MONTHS = 15_768_000
BROAD = {"*", "http:", "https:", "data:", "blob:"}


def score(answer):
    """Return the score of one answer over HTTPS."""
    points = [rule(answer) for rule in RULES]
    penalties = 100 + sum(min(0, one) for one in points)
    bonuses = sum(max(0, one) for one in points)
    return penalties + (bonuses if penalties >= BONUSES_FROM else 0)


def cookies(answer):
    """All secure, sessions out of reach of scripts, none to other sites: 5."""
    found = [one for one in answer.cookies.values() if one["max-age"] != 0]
    sites = {one["samesite"] for one in found}
    worst = min((penalty(one) for one in found), default=0)
    return 5 if found and not worst and sites <= {"Lax", "Strict"} else worst


def penalty(cookie):
    """What one cookie costs."""
    is_session = re.search("sess|login", cookie.key) is not None
    if is_session and not cookie["secure"]:
        return -40
    if is_session and not cookie["httponly"]:
        return -30
    is_bare = "csrf" in cookie.key and not cookie["samesite"]
    is_odd = cookie["samesite"] not in {"", "Lax", "Strict"}
    return -20 if is_bare or is_odd or not cookie["secure"] else 0


def sharing(answer):
    """Everything to everybody: -50."""
    return -50 if answer.get("Access-Control-Allow-Origin") else 0


def policy(answer):
    """The policy as a table of its directives."""
    parts = answer.get("Content-Security-Policy", "").split(";")
    words = [part.split() for part in parts if part.strip()]
    return {name: set(values) for name, *values in words}


def content_policy(answer):
    """Nothing by default and nothing unsafe: 10."""
    table = policy(answer)
    if not table:
        return -25
    default = table.get("default-src", set())
    scripts = table.get("script-src", default)
    styles = table.get("style-src", default)
    objects = table.get("object-src", default)
    if not default or scripts & (BROAD | {"'unsafe-inline'"}) or objects & BROAD:
        return -20
    if "'unsafe-eval'" in scripts:
        return -10
    if styles & (BROAD | {"'unsafe-inline'"}):
        return 0
    return 10 if default == {"'none'"} else 5


def transport(answer):
    """HTTPS for at least six months: 0."""
    age = re.match(r"max-age=(\d+)", answer.get("Strict-Transport-Security", ""))
    if not age:
        return -20
    return 0 if int(age[1]) >= SIX_MONTHS else -10


def referrer(answer):
    """Other sites are told nothing of the address: 5."""
    said = answer.get("Referrer-Policy")
    if said is None:
        return 0
    return 5 if said in PRIVATE else -5


class _Scripts(HTMLParser):
    def __init__(self):
        super().__init__()
        self.hosts = set()

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        if tag == "script" and not known.get("integrity"):
            self.hosts.add(urlsplit(known.get("src") or "").netloc)


def integrity(answer):
    """No script comes from elsewhere: 0."""
    if not answer.get("Content-Type", "").startswith("text/html"):
        return 0
    page = _Scripts()
    page.feed(answer.content.decode())
    return -5 if page.hosts - {""} else 0


def sniffing(answer):
    """A file is what it says: 0."""
    return 0 if answer.get("X-Content-Type-Options") == "nosniff" else -5


def framing(answer):
    """In nobody's frame, by the content policy: 5."""
    if policy(answer).get("frame-ancestors"):
        return 5
    return 0 if answer.get("X-Frame-Options") in {"DENY", "SAMEORIGIN"} else -20


def embedding(answer):
    """Given to no other site to embed: 0."""
    said = answer.get("Cross-Origin-Resource-Policy", "same-origin")
    return 0 if said in {"same-origin", "same-site"} else -20


RULES = (
    cookies,
    sharing,
    content_policy,
    transport,
    referrer,
    integrity,
    sniffing,
    framing,
    embedding,
)
