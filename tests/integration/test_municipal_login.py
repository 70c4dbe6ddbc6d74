"""Signing in with the municipality's login, there and back, and what is refused."""

import datetime as dt
import html
import logging
import re
import urllib.parse
import urllib.request

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_socket import socket_allow_hosts

from kaeden.access.rules import SYSTEM, Role
from kaeden.accounts import actions
from kaeden.accounts.models import User
from kaeden.audit.models import Event
from kaeden.organisation.models import Holding
from tests.builders import logins
from tests.builders.logins import CHIEF, CPR, DIRECTOR, Assertion, an_employee
from tests.builders.places import LOADED, SCHOOLS, TOWN, a_holder, post_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fjordby")]
TAKE_BACK = "/log-ind/saml/os2faktor/svar/"


@pytest.fixture(autouse=True)
def _no_network():
    """Only this machine: the logins are served on loopback."""
    socket_allow_hosts(["127.0.0.1"])


@pytest.fixture(autouse=True)
def _outside_the_demo(settings):
    settings.KAEDEN_DEMO, settings.KAEDEN_SECOND_FACTOR = False, True
    settings.ALLOWED_HOSTS = [logins.HOST]
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    settings.CACHES = settings.CACHES | {"default": memory}
    cache.clear()


@pytest.fixture
def connected(settings, tmp_path):
    settings.KAEDEN_LOGIN = logins.a_login_file(tmp_path)


@pytest.fixture
def oidc(settings, tmp_path):
    with logins.an_oidc_server() as server:
        settings.KAEDEN_LOGIN = logins.a_login_file(tmp_path, server=server.address)
        yield server


@pytest.fixture
def browser():
    return a_browser()


def a_browser():
    return Client(HTTP_HOST=logins.HOST)


def is_signed_in(browser):
    return "_auth_user_id" in browser.session


def begin(browser):
    """Begin at SAML, and return the number of the request."""
    answer = browser.get("/log-ind/saml/os2faktor/?next=/om/", secure=True)
    return logins.request_id_of(answer["Location"])


def bring(browser, response):
    """Bring SAML's answer back as a browser does; return what is shown."""
    answer = browser.post(TAKE_BACK, {"SAMLResponse": response}, secure=True)
    while answer.status_code == 302 and "videre" in answer["Location"]:
        answer = browser.get(answer["Location"], secure=True)
    return answer


def sign_in(browser, *privileges, **told):
    """Sign in with SAML as an employee with some privileges."""
    assertion = Assertion(
        told=an_employee(*privileges, **told), in_response_to=begin(browser)
    )
    return bring(browser, assertion.sent())


def holdings():
    return {
        (one.post.key, one.user.get_full_name(), one.valid_to is None)
        for one in Holding.objects.select_related("post", "user")
    }


# SAML, there and back -------------------------------------------------------------------


def test_one_signs_in_at_saml_and_comes_back_in_ones_post(settings, tmp_path, browser):
    with logins.a_saml_server(an_employee(DIRECTOR)) as sign_in_page:
        settings.KAEDEN_LOGIN = logins.a_login_file(tmp_path, sign_in=sign_in_page)
        page = browser.get("/log-ind/?next=/om/", secure=True).text
        door = html.unescape(re.search(r'href="(/log-ind/saml/[^"]+)"', page)[1])
        there = browser.get(door, secure=True)["Location"]
        with urllib.request.urlopen(there) as answer:
            form = answer.read().decode()

    action, response = re.search(r'action="([^"]+)".*value="([^"]+)"', form).groups()
    assert action == f"https://{logins.HOST}{TAKE_BACK}"
    back = bring(browser, response)

    assert back["Location"] == "/om/"
    text = browser.get("/om/", secure=True).text
    assert "Du handler som</span> Børne- og ungedirektør, Fjordby" in text
    assert holdings() == {("director", "Åse Ærø Ødegård", True)}


def test_an_answer_comes_from_another_site_and_needs_no_token_of_ours(connected):
    browser = Client(HTTP_HOST=logins.HOST, enforce_csrf_checks=True)
    assertion = Assertion(told=an_employee(DIRECTOR), in_response_to=begin(browser))

    answer = browser.post(
        TAKE_BACK,
        {"SAMLResponse": assertion.sent()},
        secure=True,
        headers={"Origin": "https://idp.fjordby.dk"},
    )
    browser.get(answer["Location"], secure=True)

    assert is_signed_in(browser)


def test_a_municipal_login_is_asked_for_no_second_factor_and_has_no_password(
    connected, browser
):
    sign_in(browser, DIRECTOR)

    text = browser.get("/konto/", secure=True).text

    assert "Du logger ind med et andet login." in text
    assert browser.get("/bord/", secure=True).status_code == 200


def test_what_is_told_is_kept_nowhere(connected, browser, caplog):
    caplog.set_level(logging.DEBUG)
    sign_in(browser, DIRECTOR)

    account = SocialAccount.objects.get()
    user = User.objects.get()
    assert account.extra_data == {}
    assert (user.email, user.get_full_name()) == ("", "Åse Ærø Ødegård")
    kept = [str(one.get_decoded()) for one in Session.objects.all()]
    assert CPR not in f"{kept} {caplog.text} {vars(user)}"
    assert "Ærø" not in caplog.text
    assert logins.PERSON not in user.username


def test_a_new_account_leaves_its_rows_in_the_trail(connected, browser):
    sign_in(browser, DIRECTOR)

    kinds = list(Event.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds[-2:] == [Event.Kind.ACCOUNT_ADDED, Event.Kind.POST_FILLED]


def test_signing_in_again_is_the_same_account_and_knows_a_new_name(connected, browser):
    sign_in(browser, DIRECTOR)
    browser.post("/log-ud/", secure=True)

    sign_in(browser, DIRECTOR, name="Åse Ødegård Å")

    assert User.objects.count() == 1
    assert holdings() == {("director", "Åse Ødegård Å", True)}
    assert Holding.objects.get().holder_name == "Åse Ødegård Å"


def test_the_session_has_a_new_key_after_signing_in(connected, browser):
    response = Assertion(
        told=an_employee(DIRECTOR), in_response_to=begin(browser)
    ).sent()
    before = browser.session.session_key

    bring(browser, response)

    assert browser.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()


def test_the_request_is_signed_and_the_metadata_lasts_a_year(connected, browser):
    there = browser.get("/log-ind/saml/os2faktor/", secure=True)["Location"]
    metadata = browser.get("/log-ind/saml/os2faktor/metadata/", secure=True)

    assert there.startswith("https://idp.fjordby.dk/sso?")
    assert logins.is_signed_by_us(there)
    text = metadata.content.decode()
    until = re.search(r'validUntil="([^"]+)"', text)[1]
    left = dt.datetime.fromisoformat(until) - dt.datetime.fromisoformat(
        "2026-11-24T00:00:00Z"
    )
    assert left.days > 300
    assert 'entityID="https://kaeden.fjordby.dk"' in text
    assert 'AuthnRequestsSigned="true" WantAssertionsSigned="true"' in text
    assert 'use="encryption"' in text


# SAML, refused --------------------------------------------------------------------------


BAD = {
    "plain": lambda one: one.sent(encrypted=False),
    "unsigned": lambda one: one.sent(one.xml().encode()),
    "unsigned and plain": lambda one: one.sent(one.xml().encode(), encrypted=False),
    "tampered": lambda one: one.sent(
        one.signed().replace(b"Substantial", b"High-------")
    ),
    "signed by a stranger": lambda one: one.sent(one.signed(by=logins.STRANGER)),
    "sealed for another": lambda one: one.sent(sealed_for=logins.STRANGER),
    "rubbish": lambda _one: "c29tZXRoaW5n",
    "not base64": lambda _one: "%%%",
}


@pytest.mark.parametrize("how", BAD)
def test_an_answer_that_is_not_as_it_should_be_lets_nobody_in(connected, browser, how):
    assertion = Assertion(told=an_employee(DIRECTOR), in_response_to=begin(browser))

    answer = bring(browser, BAD[how](assertion))

    assert answer.status_code == 401
    assert "Du blev ikke logget ind" in answer.text
    assert not is_signed_in(browser)
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"age": dt.timedelta(minutes=10)},
        {"age": -dt.timedelta(minutes=10)},
        {"audience": "https://another.dk"},
        {"issuer": "https://another.dk"},
        {"recipient": "https://another.dk/svar/"},
    ],
)
def test_an_answer_for_another_time_or_place_lets_nobody_in(connected, browser, wrong):
    assertion = Assertion(
        told=an_employee(DIRECTOR), in_response_to=begin(browser), **wrong
    )

    assert bring(browser, assertion.sent()).status_code == 401
    assert not is_signed_in(browser)


def test_an_answer_is_used_once(connected, browser):
    response = Assertion(
        told=an_employee(DIRECTOR), in_response_to=begin(browser)
    ).sent()
    bring(browser, response)
    assert is_signed_in(browser)
    browser.post("/log-ud/", secure=True)

    again = bring(browser, response)

    assert again.status_code == 403
    assert "Det kan ikke lade sig gøre herfra" in again.text
    assert not is_signed_in(browser)


def test_an_answer_belongs_to_the_session_that_asked(connected, browser):
    response = Assertion(
        told=an_employee(DIRECTOR), in_response_to=begin(browser)
    ).sent()
    thief = a_browser()
    begin(thief)

    assert bring(thief, response).status_code == 403
    assert not is_signed_in(thief)


def test_an_answer_that_nobody_asked_for_lets_nobody_in(connected, browser):
    assertion = Assertion(told=an_employee(DIRECTOR), in_response_to="_nothing")
    response = assertion.sent()

    assert bring(browser, response).status_code == 403
    assert not is_signed_in(browser)


def test_an_answer_that_was_asked_for_too_long_ago_lets_nobody_in(
    connected, browser, monkeypatch
):
    asked = begin(browser)
    monkeypatch.setattr("allauth.socialaccount.internal.statekit.STATE_TTL", -1)

    answer = bring(
        browser, Assertion(told=an_employee(DIRECTOR), in_response_to=asked).sent()
    )

    assert answer.status_code == 403


@pytest.mark.parametrize("sent", ["", "x" * 600_000])
def test_what_is_no_answer_at_all_is_refused_at_the_door(connected, browser, sent):
    answer = browser.post(TAKE_BACK, {"SAMLResponse": sent}, secure=True)

    assert answer.status_code == 400
    assert not Session.objects.exists()


def test_going_on_without_an_answer_leads_nowhere(connected, browser):
    answer = browser.get("/log-ind/saml/os2faktor/videre/", secure=True)

    assert answer.status_code == 401


def test_the_cookie_of_the_way_back_is_kept_from_scripts(connected, browser):
    response = Assertion(told={}, in_response_to="_x").sent()
    browser.post(TAKE_BACK, {"SAMLResponse": response}, secure=True)

    cookie = browser.cookies["saml-acs-session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


WEAK = {
    "low": ({"loa": "Low"}, "for svagt et login"),
    "none": ({"loa": None}, "for svagt et login"),
    "odd": ({"loa": "Very high"}, "for svagt et login"),
    "company": ({"cvr": "12345678"}, "en anden virksomhed"),
    "no company": ({"cvr": None}, "en anden virksomhed"),
    "no rights": ({"privileges": None}, "giver dig ingen stilling"),
    "bad rights": ({"privileges": "%%%"}, "kan ikke læses"),
    "rights of another company": (
        {"privileges": logins.privilege_list(DIRECTOR, cvr="12345678")},
        "giver dig ingen stilling",
    ),
}


@pytest.mark.parametrize("how", WEAK)
def test_a_good_answer_that_tells_too_little_lets_nobody_in(connected, browser, how):
    told, why = WEAK[how]

    answer = sign_in(browser, DIRECTOR, **told)

    assert answer.status_code == 403
    assert why in answer.text
    assert not is_signed_in(browser)
    assert not User.objects.exists()


def test_a_disabled_account_is_not_let_in_by_its_municipality(connected, browser):
    sign_in(browser, DIRECTOR)
    actions.disable(User.objects.get(), by=SYSTEM)
    assert browser.get("/bord/", secure=True).status_code == 302

    assert sign_in(browser, DIRECTOR)["Location"] == "/log-ind/lukket/"
    assert not is_signed_in(browser)


# Signing out there ----------------------------------------------------------------------


def sign_out_there(browser, *, signed):
    from onelogin.saml2.logout_request import OneLogin_Saml2_Logout_Request as Request
    from onelogin.saml2.settings import OneLogin_Saml2_Settings as Settings
    from onelogin.saml2.utils import OneLogin_Saml2_Utils as Utils

    theirs = logins.a_pair(logins.THEIRS)
    settings = Settings(
        {
            "sp": {
                "entityId": "https://idp.fjordby.dk",
                "assertionConsumerService": {"url": "https://idp.fjordby.dk/acs"},
                "x509cert": theirs.certificate,
                "privateKey": theirs.key,
            },
            "idp": {
                "entityId": "https://kaeden.fjordby.dk",
                "singleSignOnService": {"url": "https://kaeden.fjordby.dk/sso"},
                "singleLogoutService": {
                    "url": f"https://{logins.HOST}/log-ind/saml/os2faktor/log-ud/"
                },
                "x509cert": logins.a_pair(logins.OURS).certificate,
            },
        }
    )
    query = {"SAMLRequest": Request(settings, name_id="abc-123").get_request()}
    if signed:
        query["SigAlg"] = logins.RSA_SHA256
        text = urllib.parse.urlencode(query)
        query["Signature"] = Utils.b64encode(
            Utils.sign_binary(text, theirs.key, logins_algorithm())
        )
    return browser.get("/log-ind/saml/os2faktor/log-ud/", query, secure=True)


def logins_algorithm():
    import xmlsec

    return xmlsec.constants.TransformRsaSha256


@pytest.mark.parametrize("signed", [True, False])
def test_signing_out_there_signs_out_here_when_it_is_signed(connected, browser, signed):
    sign_in(browser, DIRECTOR)

    answer = sign_out_there(browser, signed=signed)

    assert is_signed_in(browser) is not signed
    assert answer.status_code == (302 if signed else 400)
    if signed:
        assert answer["Location"].startswith("https://idp.fjordby.dk/slo?SAMLResponse=")
        assert "Signature=" in answer["Location"]
        assert "Clear-Site-Data" in answer.headers


@pytest.mark.parametrize("query", [{}, {"SAMLRequest": "x"}, {"SAMLResponse": "%%"}])
def test_what_is_no_wish_to_sign_out_is_refused(connected, browser, query):
    sign_in(browser, DIRECTOR)

    answer = browser.get("/log-ind/saml/os2faktor/log-ud/", query, secure=True)

    assert answer.status_code == 400
    assert "<h1>" in answer.text
    assert is_signed_in(browser)


def test_without_an_address_for_signing_out_nobody_is_signed_out_there(
    settings, tmp_path, browser
):
    text = logins.OIOSAML.replace("      sign_out: https://idp.fjordby.dk/slo\n", "")
    settings.KAEDEN_LOGIN = logins.a_login_file(tmp_path, text)
    sign_in(browser, DIRECTOR)

    answer = sign_out_there(browser, signed=True)

    assert answer.status_code == 404


# Posts ----------------------------------------------------------------------------------


def test_a_claim_that_is_gone_ends_the_post_today(connected, browser):
    sign_in(browser, DIRECTOR, CHIEF)
    browser.post("/log-ud/", secure=True)

    sign_in(browser, CHIEF)

    name = "Åse Ærø Ødegård"
    assert holdings() == {("director", name, False), ("chief-schools", name, True)}
    assert "ungedirektør" not in browser.get("/om/", secure=True).text


def test_who_has_lost_all_claims_has_no_post_and_is_told_so(connected, browser):
    sign_in(browser, DIRECTOR)
    browser.post("/log-ud/", secure=True)

    sign_in(browser)

    assert "Du har ingen stilling." in browser.get("/konto/", secure=True).text


def test_a_post_goes_over_to_whoever_signs_in_with_it_now(connected, browser):
    sign_in(browser, DIRECTOR)

    sign_in(a_browser(), DIRECTOR, person="urn:uuid:another", name="Bo Ny")

    assert holdings() == {
        ("director", "Åse Ærø Ødegård", False),
        ("director", "Bo Ny", True),
    }
    assert "Du handler som" not in browser.get("/om/", secure=True).text


def test_a_post_that_was_filled_by_hand_stays_with_its_holder(connected, browser):
    holder = a_holder(Role.DIRECTOR, TOWN)

    sign_in(browser, DIRECTOR, CHIEF)

    text = browser.get("/konto/", secure=True).text
    assert "giver dig en stilling, som en anden har: Børne- og ungedirektør" in text
    assert Holding.objects.get(post__key="director").user == holder


def test_what_was_filled_by_hand_for_oneself_stays_without_a_claim(connected, browser):
    sign_in(browser, DIRECTOR)
    user = User.objects.get()
    Holding.objects.create(
        post=post_at(SCHOOLS, Role.CHIEF_SCHOOLS), user=user, valid_from=LOADED
    )
    browser.post("/log-ud/", secure=True)

    sign_in(browser)

    assert {(key, held) for key, _name, held in holdings()} == {
        ("director", False),
        ("chief-schools", True),
    }


def test_a_post_that_is_not_in_the_chain_is_logged_without_who(
    connected, browser, caplog
):
    sign_in(browser, CHIEF, "urn:dk:kaeden:borgmester")

    assert "gives a post that is not there: mayor" in caplog.text
    assert "Ærø" not in caplog.text
    assert is_signed_in(browser)


def test_a_municipality_that_is_not_there_gives_no_posts(
    settings, tmp_path, browser, caplog
):
    text = logins.OIOSAML.replace("municipality: 999", "municipality: 461")
    settings.KAEDEN_LOGIN = logins.a_login_file(tmp_path, text)

    assert sign_in(browser, DIRECTOR).status_code == 403
    assert "gives a post that is not there: director" in caplog.text


# OIDC -----------------------------------------------------------------------------------


def oidc_sign_in(browser, server, **changed):
    """Sign in with OIDC as a browser does; return what one is shown."""
    there = browser.get("/log-ind/oidc/entra/?next=/om/", secure=True)["Location"]
    query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(there).query))
    back = {"code": "abc", "state": query["state"]} | changed
    return browser.get("/log-ind/oidc/entra/svar/", back, secure=True)


def test_one_signs_in_at_oidc_with_pkce_and_comes_back_in_ones_post(oidc, browser):
    oidc.told = {"groups": ["kaeden-direktoer", "everybody"]}
    there = browser.get("/log-ind/oidc/entra/?next=/om/", secure=True)["Location"]
    query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(there).query))
    assert there.startswith(f"{oidc.address}/auth?")
    assert query["code_challenge_method"] == "S256"
    assert query["redirect_uri"] == f"https://{logins.HOST}/log-ind/oidc/entra/svar/"

    back = browser.get(
        "/log-ind/oidc/entra/svar/", {"code": "a", "state": query["state"]}, secure=True
    )

    assert back["Location"] == "/om/"
    asked = next(one for one in oidc.asked if "code_verifier" in one)
    assert (asked["client_id"], asked["client_secret"]) == ("kaeden", "a secret")
    assert {"path": "/keys"} in oidc.asked
    assert holdings() == {("director", "Åse Ærø Ødegård", True)}
    assert SocialAccount.objects.get().extra_data == {}


BAD_TOKENS = {
    "signed by a stranger": {"signed_by": logins.STRANGER},
    "signed with a password": {"algorithm": "HS256"},
    "for another": {"told": {"aud": "another"}},
    "from another": {"told": {"iss": "https://another.dk"}},
    "too old": {"told": {"exp": 1}},
    "about nobody": {"told": {"sub": None}},
}


@pytest.mark.parametrize("how", BAD_TOKENS)
def test_a_token_that_is_not_as_it_should_be_lets_nobody_in(oidc, browser, how):
    for name, value in BAD_TOKENS[how].items():
        setattr(oidc, name, value)
    oidc.told = {"groups": ["kaeden-direktoer"]} | oidc.told

    answer = oidc_sign_in(browser, oidc)

    assert answer.status_code == 401
    assert "Du blev ikke logget ind" in answer.text
    assert not is_signed_in(browser)


def test_a_token_that_is_none_lets_nobody_in(oidc, browser, monkeypatch):
    monkeypatch.setattr(oidc, "token", lambda: "nothing")

    assert oidc_sign_in(browser, oidc).status_code == 401


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"tid": "another"}, "fortæller ikke det, Kæden beder om"),
        ({"tid": None}, "fortæller ikke det, Kæden beder om"),
        ({"_claim_names": {"groups": "src1"}}, "så mange grupper"),
        ({"groups": []}, "giver dig ingen stilling"),
        ({"groups": "kaeden"}, "giver dig ingen stilling"),
    ],
)
def test_a_good_token_that_tells_too_little_lets_nobody_in(oidc, browser, told, why):
    oidc.told = told

    answer = oidc_sign_in(browser, oidc)

    assert answer.status_code == 403
    assert why in answer.text
    assert not User.objects.exists()


def test_a_list_of_groups_that_was_held_back_ends_no_post(oidc, browser):
    oidc.told = {"groups": ["kaeden-direktoer"]}
    oidc_sign_in(browser, oidc)
    browser.post("/log-ud/", secure=True)

    oidc.told = {"_claim_names": {"groups": "src1"}}
    oidc_sign_in(browser, oidc)

    assert holdings() == {("director", "Åse Ærø Ødegård", True)}


def test_an_answer_from_oidc_belongs_to_the_session_that_asked(oidc, browser):
    answer = oidc_sign_in(browser, oidc, state="another")

    assert answer.status_code == 401
    assert not is_signed_in(browser)


def test_whoever_gives_up_at_oidc_is_back_at_the_sign_in_page(oidc, browser):
    answer = oidc_sign_in(browser, oidc, code="", error="access_denied")

    assert answer["Location"] == "/log-ind/afbrudt/"
    page = browser.get(answer["Location"], secure=True, follow=True)
    assert "Du loggede ikke ind dér." in page.text


def test_a_login_that_is_down_is_said_and_leaves_signed_in_people_alone(oidc, browser):
    oidc.is_down = True

    answer = browser.get("/log-ind/oidc/entra/", secure=True)

    assert answer.status_code == 503
    assert "svarer ikke lige nu" in answer.text


# Configured, and not --------------------------------------------------------------------

NAMES = ("os2faktor", "entra", "nothing")


@pytest.mark.parametrize(
    "address", ["oidc/{}/", "oidc/{}/svar/", "saml/{}/", "saml/{}/metadata/"]
)
@pytest.mark.parametrize("name", NAMES)
def test_without_the_file_there_is_no_municipal_login(browser, address, name):
    answer = browser.get(f"/log-ind/{address.format(name)}", secure=True)

    assert answer.status_code == 404
    assert browser.post(TAKE_BACK, secure=True).status_code == 404
    assert "kommunens login" not in browser.get("/log-ind/", secure=True).text


def test_a_login_is_reached_in_its_own_way_only(connected, browser):
    assert browser.get("/log-ind/saml/entra/", secure=True).status_code == 404
    assert browser.get("/log-ind/oidc/nothing/", secure=True).status_code == 404


def test_a_file_that_cannot_be_used_leaves_the_passwords_working(
    settings, tmp_path, browser, caplog
):
    settings.KAEDEN_LOGIN = tmp_path / "nothing.yaml"

    answer = browser.get("/log-ind/", secure=True)

    assert answer.status_code == 200
    assert "kaeden account check" in caplog.text


def test_too_many_from_one_place_are_slowed_down(connected, browser, settings):
    settings.ACCOUNT_RATE_LIMITS = {"municipal_login": "1/m/ip"}

    answers = [browser.get("/log-ind/saml/os2faktor/", secure=True) for _time in "12"]

    assert [one.status_code for one in answers] == [302, 429]
    assert browser.post(TAKE_BACK, {"SAMLResponse": "x"}).status_code == 429


@pytest.mark.parametrize("name", ["openid_connect_login", "saml_login"])
def test_another_verb_is_refused(connected, browser, name):
    slug = {"openid_connect_login": "entra"}.get(name, "os2faktor")

    assert browser.post(reverse(name, args=[slug]), secure=True).status_code == 405
