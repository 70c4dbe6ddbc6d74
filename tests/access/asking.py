"""Ask the product what the reference is asked, through a client, as a browser would."""

import io
import re
import zipfile
from contextlib import nullcontext
from datetime import datetime, time, timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from kaeden.web.apps import BEGAN, SEEN
from kaeden.web.middleware import ACTING_POST
from kaeden.web.sessions import SECOND_FACTOR
from tests.access import states
from tests.access.moves import MOVES
from tests.access.reference import expected
from tests.access.routes import ROUTES
from tests.access.things import after_a_move
from tests.access.world import HERE

WORD = re.compile(r"zq\d{4}(?:qz|kk)|nm\d{4}mn")
AFRESH = 0.25  # how often somebody is asked for whose posts have just changed
CLOCKS = (time(0, 0), time(0, 30), time(2, 30), time(12, 0), time(23, 59, 59))
ANY_OF = {
    states.LET_THROUGH: {200, 302, 400, 409},
    states.OWN_ACCOUNT: {200, 302, 404},
}
TURNS = ("2026-10-25", "2027-03-28", "2027-10-31", "2028-03-26")


class Browser(Client):
    """A client that forgets each answer: no cookies of it, no copies of templates."""

    def request(self, **request):
        return self.handler(self._base_environ(**request))


class Browsers:
    """A browser for each person and the post they chose, signed in just now."""

    def __init__(self, world):
        self.world, self.known = world, {}

    def of(self, user, acting):
        if user is None:
            return Browser()
        if (user, acting) not in self.known:
            self.known[user, acting] = Browser(), self._session(user, acting)
        browser, session = self.known[user, acting]
        moment = self.world.moment.timestamp()
        if session.get(SEEN) != moment:
            session |= {BEGAN: moment, SEEN: moment}
            stored = SessionStore()
            stored.update(session)
            stored.save(must_create=True)
            browser.cookies[settings.SESSION_COOKIE_NAME] = stored.session_key
        return browser

    def _session(self, user, acting):
        account = self.world.accounts[user]
        signed_in = {
            SESSION_KEY: str(account.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: account.get_session_auth_hash(),
        }
        signed_in[SECOND_FACTOR] = self.world.plain["users"][user]["strong"]
        number = acting and self.world.plain["posts"][acting]["number"]
        return signed_in | ({ACTING_POST: number} if acting else {})


def draws(world, rng, count, near=()):
    """Give random questions about the world as it is."""
    users, posts = [None, *world.accounts], list(world.plain["posts"])
    routes = list(near or ROUTES)
    weights = [ROUTES[name].weight for name in routes]
    shares = [weight / sum(weights) for weight in weights]
    abouts = {name: ROUTES[name].keys(world) for name in routes}
    for name in rng.choice(routes, size=count, p=shares):
        user = users[rng.integers(len(users))]
        if rng.random() < AFRESH:
            user = world.touched[rng.integers(len(world.touched))]
        held = [one["post"] for one in world.plain["holdings"] if one["user"] == user]
        other = posts[rng.integers(len(posts))] if rng.random() < 0.1 else None
        acting = (other, *held)[rng.integers(len(held) + 1)]
        yield {
            "user": user,
            "acting": acting if user else None,
            "moment": world.moment,
            "route": str(name),
            "object": abouts[name][rng.integers(len(abouts[name]))],
        }


def answer(world, browsers, draw):
    """The product's answer: status, words, names; nothing stays changed."""
    route = ROUTES[draw["route"]]
    args = route.args(world, draw["object"])
    address = reverse(f"{route.space}{draw['route']}", args=args)
    address += route.query(world, draw["object"]) if route.query else ""
    client = browsers.of(draw["user"], draw["acting"])
    if route.form is None:
        said = client.get(address)
    else:
        with transaction.atomic():
            said = client.post(address, route.form(world, draw["object"]))
            transaction.set_rollback(True)
    text = text_of(said)
    shown = text.partition("<main")[2] or text
    found = set(WORD.findall(shown))
    people = {one for one in found if one.startswith("nm")}
    return said.status_code, found - people, people


def text_of(said):
    """What an answer tells, whatever its form; spreadsheets and papers are looked into."""
    if said.status_code == 302:
        return ""
    if said.content.startswith(b"%PDF"):
        pages = PdfReader(io.BytesIO(said.content)).pages
        return "".join(page.extract_text() for page in pages)
    if not said.content.startswith(b"PK"):
        return said.text
    with zipfile.ZipFile(io.BytesIO(said.content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist())


def agrees(told, wanted, rule):
    """Whether an answer is as wanted; names may be left out, and some pages' words."""
    (status, words, people), (wanted_status, all_words, all_people) = told, wanted
    if wanted_status in ANY_OF:
        return status in ANY_OF[wanted_status]
    needed = {one for one, kind in all_words.items() if kind not in rule["some"]}
    is_same = needed <= words <= all_words.keys()
    return status == wanted_status and is_same and people <= all_people


def later(world, rng):
    """Let time pass: to some day soon, or to a night when the clocks are turned."""
    day = world.day + timedelta(days=int(rng.choice([0, 1, 1, 2, 3, 9])))
    turns = [datetime.fromisoformat(one).date() for one in TURNS]
    coming = [turn for turn in turns if turn > day]
    if coming and rng.random() < 0.05:
        day = coming[0]
    clock = CLOCKS[rng.integers(len(CLOCKS))]
    world.moment = max(
        world.moment, datetime.combine(day, clock, tzinfo=HERE).astimezone(HERE)
    )


def differences(world, rng, *, states, count, near=(), during=nullcontext):
    """Ask in one state after the other; give each question and both answers.

    `during` is entered around the questions of a state, not around what happens.
    """
    browsers = Browsers(world)
    for _state in range(states):
        MOVES[rng.integers(len(MOVES))](world, rng)
        after_a_move(world)
        with during():
            for draw in draws(world, rng, count, near):
                told = answer(world, browsers, draw)
                wanted = expected(world.plain, draw, ROUTES[draw["route"]].rule)
                yield draw, told, wanted
        later(world, rng)
