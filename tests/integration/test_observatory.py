"""Every kind of answer is worth an A+ at Mozilla's Observatory, errors included."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.builders.places import FJORDBY
from tests.integration import production
from tests.integration.routes import GET, ROUTES
from tests.plain.observatory import GRADE_A_PLUS, score

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fjordby")]
HOST = "kaeden.example.dk"


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    return production.settings_of(tmp_path_factory.mktemp("home"))


@pytest.fixture
def visitor(installed, settings, tmp_path):
    """A browser that visits an installation over HTTPS."""
    for name, value in installed.items():
        setattr(settings, name, value)
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "kaeden.css").write_text("main { color: black; }")
    return Client(HTTP_HOST=HOST, raise_request_exception=False)


def enter(visitor):
    form = {"role": "director", "kommune": FJORDBY}
    return visitor.post("/log-ind/demo/", form, secure=True)


ANSWERS = {
    "/": 200,
    "/log-ind/": 200,
    "/log-ind/?kommune=999": 200,
    "/indikator/school-absence/tal.csv": 200,
    "/static/css/kaeden.css": 200,
    "/nowhere/": 404,
    "/kommune/000/": 404,
    "/soeg/?q=a%00b": 400,
    "/bord/": 302,
    "/log-ud/": 405,
}


@pytest.mark.parametrize(("address", "status"), ANSWERS.items())
def test_what_a_visitor_asks_for_is_an_a_plus(visitor, address, status):
    answer = visitor.get(address, secure=True)

    assert answer.status_code == status
    assert score(answer) >= GRADE_A_PLUS
    answer.close()


READS = {name: route for name, route in ROUTES.items() if GET in route.verbs}


@pytest.mark.parametrize("name", READS)
@pytest.mark.parametrize("who", ["nobody", "director"])
def test_every_route_is_an_a_plus_whatever_it_answers(visitor, name, who):
    if who == "director":
        enter(visitor)

    answer = visitor.get(reverse(f"web:{name}", args=READS[name].good), secure=True)

    assert answer.status_code < 500
    assert score(answer) >= GRADE_A_PLUS


def test_signing_in_and_being_signed_in_is_an_a_plus(visitor):
    entered = enter(visitor)

    assert entered.status_code == 302
    assert "__Host-sessionid" in entered.cookies
    assert score(entered) >= GRADE_A_PLUS
    assert score(visitor.get("/bord/", secure=True)) >= GRADE_A_PLUS
    assert score(visitor.post("/log-ud/", secure=True)) >= GRADE_A_PLUS


def test_a_refusal_is_an_a_plus(visitor):
    strict = Client(HTTP_HOST=HOST, enforce_csrf_checks=True)
    enter(visitor)

    forged = strict.post("/log-ud/", secure=True)
    forbidden = visitor.post("/stilling/0/udfyld/", {"holder": "K"}, secure=True)

    assert (forged.status_code, forbidden.status_code) == (403, 404)
    assert score(forged) >= GRADE_A_PLUS
    assert score(forbidden) >= GRADE_A_PLUS


def test_a_fault_of_our_own_is_an_a_plus(visitor, monkeypatch):
    def fail(*_asked, **_also):
        raise RuntimeError("a fault of our own")

    monkeypatch.setattr("kaeden.web.data.render", fail)

    answer = visitor.get("/data/", secure=True)

    assert answer.status_code == 500
    assert score(answer) >= GRADE_A_PLUS


def test_whoever_comes_without_https_is_sent_to_it_on_the_same_host(visitor):
    answer = visitor.get("/om/")

    assert answer.status_code == 301
    assert answer["Location"] == f"https://{HOST}/om/"


def test_the_web_server_in_front_may_say_that_it_spoke_https(visitor):
    answer = visitor.get("/om/", headers={"X-Forwarded-Proto": "https"})

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("Content-Security-Policy", "default-src 'self' 'unsafe-inline'"),
        ("Content-Security-Policy", ""),
        ("Strict-Transport-Security", "max-age=60"),
        ("X-Content-Type-Options", ""),
        ("Cross-Origin-Resource-Policy", "cross-origin"),
    ],
)
def test_a_worse_answer_gets_a_worse_score(visitor, name, bad):
    answer = visitor.get("/om/", secure=True)
    good = score(answer)

    answer[name] = bad

    assert score(answer) < good


def test_a_bare_answer_is_no_a_plus():
    assert score(HttpResponse("<p>Bare</p>")) < GRADE_A_PLUS


def test_the_check_of_an_installation_has_nothing_to_say(tmp_path):
    words = ["-m", "django", "check", "--deploy", "--fail-level", "WARNING"]

    done = production.run(words, tmp_path)

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout
