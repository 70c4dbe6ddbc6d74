"""Every page on all Denmark's public results: one module, loaded once."""

import csv
import io
from decimal import Decimal

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import get_resolver, resolve, reverse

from kaeden.access.rules import SYSTEM, Role
from kaeden.data import actions as data
from kaeden.data import lake
from kaeden.goals.indicators import published
from kaeden.organisation.actions import enter_demo
from kaeden.organisation.queries import municipalities
from kaeden.web.policy import Policy, policy_of
from tests.integration.routes import GET, POST, ROUTES, SIGN_IN_ROUTES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country")]
MOST_QUERIES, ITS_ROW_IN_THE_TRAIL = 24, 4  # a chain: 14; the row, its transaction
THE_CHAIN_CHECK = dict.fromkeys(("municipality", "chain", "breaks"), 32) | {"desk": 58}
READS = {name: route for name, route in ROUTES.items() if GET in route.verbs}


def needed_for(name):
    """What the policy of a route asks for."""
    return policy_of(resolve(reverse(f"web:{name}", args=ROUTES[name].good)).func)


OPEN = [name for name in READS if needed_for(name) is Policy.PUBLIC]
CLOSED = [name for name in READS if name not in OPEN]
WORDS = {"search": "?q=skole", "sign_in": "?kommune=706"}
ADDRESSES = [
    *(reverse(f"web:{name}", args=READS[name].good) for name in OPEN),
    *(reverse(f"web:{name}", args=READS[name].good) + q for name, q in WORDS.items()),
    "/?indikator=high-absence",
    "/indikator/school-absence/?kommune=706",
    *(f"/indikator/{name}/" for name in published()),
]
NOT_FOUND = [
    reverse(f"web:{name}", args=arguments)
    for name in OPEN
    for arguments in READS[name].unknown
] + ["/nowhere/", "/?indikator=joy", "/log-ind/?kommune=000"]
POSTS = {
    Role.DIRECTOR: {},
    Role.CHIEF_SCHOOLS: {},
    Role.CHIEF_DAYCARE: {},
    Role.CHIEF_FAMILIES: {},
    Role.LEADER: {"institution": "101003"},
}


@pytest.fixture(params=[None, *POSTS], ids=lambda role: role or "nobody")
def visitor(request):
    client = Client()
    if request.param:
        place = {"municipality": "101"} | POSTS[request.param]
        client.force_login(enter_demo(request.param.value, **place))
    return client


# The table is whole -------------------------------------------------------------------


def test_every_route_stands_in_the_table_and_every_line_is_a_route():
    names = {route.name for route in every(get_resolver().url_patterns)}

    assert names == set(ROUTES) | SIGN_IN_ROUTES | {"set_language"}


def every(patterns):
    for one in patterns:
        yield from every(one.url_patterns) if hasattr(one, "url_patterns") else [one]


# Opening ------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ADDRESSES)
def test_anybody_opens_a_page_at_a_small_price(
    client, address, django_assert_max_num_queries
):
    with django_assert_max_num_queries(MOST_QUERIES):
        answer = client.get(address)

    assert answer.status_code == 200


@pytest.mark.parametrize("name", CLOSED)
def test_a_page_for_some_sends_a_visitor_to_the_sign_in_page_and_back(client, name):
    address = reverse(f"web:{name}", args=READS[name].good)

    answer = client.get(address)

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{reverse('web:sign_in')}?next={address}"


@pytest.mark.parametrize("name", READS)
def test_whoever_only_asks_whether_a_page_is_there_is_told(client, name):
    answer = client.head(reverse(f"web:{name}", args=READS[name].good))

    assert answer.status_code == (302 if name in CLOSED else 200)
    assert answer.content == b""


@pytest.mark.parametrize("name", READS)
def test_whoever_is_signed_in_opens_a_page_at_a_small_price(
    visitor, name, django_assert_max_num_queries
):
    address = reverse(f"web:{name}", args=READS[name].good) + WORDS.get(name, "")

    most = MOST_QUERIES + ITS_ROW_IN_THE_TRAIL + THE_CHAIN_CHECK.get(name, 0)
    with django_assert_max_num_queries(most):
        answer = visitor.get(address)

    assert answer.status_code in ({200} if name in OPEN else {200, 302, 403, 404})
    kept = "_auth_user_id" in visitor.session
    assert answer.get("Cache-Control", "") == ("no-store" if kept else "")


@pytest.mark.parametrize("address", NOT_FOUND)
def test_what_is_not_there_is_said_on_a_page_of_ours(client, address):
    answer = client.get(address)

    assert answer.status_code == 404
    assert "<h1>" in answer.text
    assert reverse("web:denmark") in answer.text


@pytest.mark.parametrize("name", ROUTES)
def test_the_wrong_verb_is_refused(client, name):
    route = ROUTES[name]
    wrong = {GET, POST, "put", "delete"} - set(route.verbs)

    refusals = {405} if needed_for(name) is Policy.PUBLIC else {302, 403}

    for verb in wrong:
        answer = getattr(client, verb)(reverse(f"web:{name}", args=route.good))
        assert answer.status_code in refusals


WRITES = [name for name, route in ROUTES.items() if POST in route.verbs]


@pytest.mark.parametrize("name", WRITES)
def test_nothing_is_changed_without_the_pages_own_token(name):
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(reverse(f"web:{name}", args=ROUTES[name].good))

    assert answer.status_code == 403


@pytest.mark.parametrize("word", ["%", "_", "'; --", "<script>", "x" * 5000])
def test_strange_words_are_searched_for_and_shown_as_words(client, word):
    answer = client.get("/soeg/", {"q": word})

    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert word != "<script>" or "&lt;script&gt;" in answer.text


@pytest.mark.parametrize("code", ["7%22onload=", "..%2F..", "x" * 900])
def test_a_strange_code_is_no_place(client, code):
    for page in ("kommune", "institution"):
        assert client.get(f"/{page}/{code}/").status_code == 404


@pytest.mark.parametrize(
    "address", ["/soeg/?q=a%00b", "/kommune/%00/", "/log-ind/?kommune=%00"]
)
def test_a_zero_byte_is_refused_with_a_sentence(client, address):
    answer = client.get(address)

    assert answer.status_code == 400
    assert "<h1>" in answer.text


# What every answer carries ------------------------------------------------------------

EVERY_ANSWER = [*ADDRESSES[: len(OPEN)], "/nowhere/", "/kommune/000/"]


@pytest.mark.parametrize("address", EVERY_ANSWER)
def test_every_answer_guards_its_reader(client, address):
    headers = client.get(address).headers

    policy = dict(
        part.strip().split(" ", 1)
        for part in headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("address", EVERY_ANSWER)
def test_a_visitor_gets_no_cookie_but_the_forms_own_token(client, address):
    text = client.get(address).text

    token = {"csrftoken"} if "csrfmiddlewaretoken" in text else set()
    assert set(client.cookies) == token


def test_only_pages_with_a_form_that_changes_something_set_the_token(client):
    with_cookie = set()
    for name in OPEN:
        visitor = Client()
        visitor.get(reverse(f"web:{name}", args=READS[name].good))
        with_cookie |= {name} if visitor.cookies else set()

    assert with_cookie <= {"sign_in", "goal", "chain"}
    assert "sign_in" in with_cookie


def test_a_visitors_token_is_kept_from_other_sites(client):
    client.get("/log-ind/")

    assert client.cookies["csrftoken"]["samesite"] == "Lax"


@pytest.mark.parametrize("address", EVERY_ANSWER)
def test_no_page_needs_a_script_or_carries_one_inside(client, address):
    text = client.get(address).text

    assert "<script>" not in text
    assert " style=" not in text
    assert " onclick=" not in text
    assert text.count("<form") == text.count('action="')


@pytest.mark.parametrize("address", [a for a in EVERY_ANSWER if not a.endswith(".csv")])
def test_a_page_has_one_heading_its_landmarks_and_a_way_past_them(client, address):
    text = client.get(address).text

    assert text.count("<h1") == 1
    assert text.count("<main") == text.count("<footer") == 1
    assert 'href="#main-content"' in text
    assert '<html lang="da">' in text


def test_the_files_that_pages_ask_for_are_there():
    for name in ("css/kaeden.css", "js/kaeden.js", "img/kaeden.svg"):
        assert finders.find(name)


def test_large_and_small_municipalities_and_each_type_of_school_can_be_opened(client):
    towns = municipalities()
    kinds = {unit.type: unit.code for unit in lake.units("schools")}
    kinds |= {unit.type: unit.code for unit in lake.units("daycare_register")}

    assert len(towns) == 98
    pages = [f"/kommune/{one.code}/" for one in towns[::9]]
    pages += [f"/institution/{code}/" for code in kinds.values()]
    assert {client.get(page).status_code for page in pages} == {200}


# Figures as a file --------------------------------------------------------------------


def table_of(client, name):
    answer = client.get(reverse("web:download", args=[name]))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}-v1.csv"'
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


NUMBERS = ("value", "fair_estimate", "low_95", "high_95", "peers_mean", "difference")


@pytest.mark.parametrize("name", published())
def test_a_file_has_no_more_digits_than_the_release_and_no_formula(client, name):
    most = published()[name].decimals

    for row in table_of(client, name):
        for column in (*NUMBERS, "usual_swing"):
            digits = -Decimal(row[column] or 0).normalize().as_tuple().exponent
            finer = 0 if (column, row["origin"]) == ("value", "published") else 1
            assert digits <= most + finer, (column, row[column])
        for column in set(row) - {*NUMBERS, "usual_swing"}:
            assert not row[column].startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("name", ["school-absence", "exam-mark"])
def test_a_hidden_row_is_blank_and_says_so(client, name):
    rows = table_of(client, name)

    without = [row for row in rows if row["status"] not in {"value", "zero"}]
    assert without
    for row in without:
        assert {row[column] for column in (*NUMBERS, "signal")} == {""}
    hidden = [row for row in rows if row["status"] == "hidden"]
    assert all(row["n"] == "" for row in hidden)


def test_a_file_names_its_release_and_its_source(client):
    row = table_of(client, "school-absence")[0]

    assert row["release"] == "1"
    assert row["source"].startswith("Kilde: ")


def test_a_file_has_every_unit_once(client):
    rows = table_of(client, "school-absence")

    keys = {(row["unit_kind"], row["unit_code"]) for row in rows}
    assert len(keys) == len(rows) == 2303 + 98 + 1


# Nothing leaves the release by another way --------------------------------------------


def test_no_page_reads_the_lake(client, monkeypatch):
    def closed(*_asked, **_also):
        raise AssertionError("a page opened the lake")

    for name in ("measure", "units"):
        monkeypatch.setattr(lake, name, closed)

    for address in ADDRESSES[: len(OPEN)]:
        assert client.get(address).status_code == 200


def test_the_lake_can_be_imported_again_without_a_change(country):
    before = lake.snapshot()

    data.import_shipped(by=SYSTEM)

    assert lake.snapshot() == before
