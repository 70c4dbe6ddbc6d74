"""Signing in with a password and a code, and looking after one's own account."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from kaeden.access.rules import SYSTEM, Actor, Role
from kaeden.accounts import actions
from kaeden.accounts.models import User
from kaeden.audit.models import Event
from kaeden.organisation.models import Holding
from kaeden.organisation.rules import POST_NAMES
from kaeden.shared.errors import BadInput, Forbidden, Refused
from kaeden.web.login import AccountAdapter
from tests.builders.places import LOADED, SCHOOLS, TOWN, a_holder, an_account, post_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fjordby")]
PASSWORD, NEW = "fjordby-fjordby", "solsikke-trompet-42"
DIRECTOR = (Role.DIRECTOR, TOWN)


@pytest.fixture(autouse=True)
def _outside_the_demo(settings):
    settings.KAEDEN_DEMO, settings.KAEDEN_SECOND_FACTOR = False, True
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    settings.CACHES = settings.CACHES | {"default": memory}
    cache.clear()


@pytest.fixture
def director(db):
    return a_holder(*DIRECTOR)


def sign_in(client, user, password=PASSWORD, **also):
    form = {"login": user.username, "password": password} | also
    return client.post(reverse("web:sign_in"), form)


def code_of(secret, *, step=0):
    """What the app on the telephone says now, or `step` half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def set_up(client):
    """Set up the app as a person does; return its secret and the recovery codes."""
    page = client.get(reverse("mfa_activate_totp"))
    secret = re.search(r'kd-secret">(\w+)<', page.text)[1]
    form = {"code": code_of(secret, step=-1)}
    codes = client.post(reverse("mfa_activate_totp"), form, follow=True)
    return secret, re.findall(r"<code>(\d{8})</code>", codes.text)


# Password -------------------------------------------------------------------------------


def test_one_signs_in_and_is_taken_to_the_page_one_came_for(client):
    user = an_account("nordskolen")

    answer = sign_in(client, user, next="/om/")

    assert answer.headers["Location"] == "/om/"
    assert "nordskolen" in client.get("/om/").text


def test_nobody_is_sent_to_another_site(client):
    answer = sign_in(client, an_account("nordskolen"), next="https://evil.example/")

    assert answer.headers["Location"] == reverse("web:desk")


def test_a_name_is_the_same_in_capitals(client):
    an_account("nordskolen")

    form = {"login": "Nordskolen", "password": PASSWORD}
    client.post(reverse("web:sign_in"), form)

    assert "_auth_user_id" in client.session


def test_an_unknown_name_and_a_wrong_password_are_told_the_same(client):
    user = an_account("nordskolen")

    wrong = sign_in(client, user, "guess").text
    unknown = sign_in(client, User(username="sydskolen"), PASSWORD).text

    told = "Brugernavnet eller adgangskoden er forkert. Prøv igen."
    assert told in wrong
    assert told in unknown


def test_who_guesses_a_password_is_stopped_after_five_times(client):
    user = an_account("nordskolen")
    for _time in range(5):
        assert "er forkert" in sign_in(client, user, "guess").text

    answer = sign_in(client, user)

    assert answer.status_code == 400
    assert "for mange gange" in answer.text
    assert "_auth_user_id" not in client.session


def test_who_is_stopped_at_one_account_is_not_stopped_at_another(client):
    user, other = an_account("nordskolen"), an_account("sydskolen")
    for _time in range(6):
        sign_in(client, user, "guess")

    assert sign_in(client, other).status_code == 302


def test_who_tries_many_names_is_stopped_by_where_they_come_from(client):
    for number in range(30):
        sign_in(client, User(username=f"name{number}"), "guess")

    answer = sign_in(client, an_account("nordskolen"))

    assert "for mange gange" in answer.text


def test_behind_a_web_server_attempts_are_counted_by_the_address_it_saw(
    client, settings
):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(61):
        client.post(
            reverse("web:sign_in"),
            {"login": f"n{number}"},
            headers={"X-Forwarded-For": f"10.9.8.{number}, 192.0.2.1"},
        )

    here = {"login": "x", "password": "x"}
    address = {"X-Forwarded-For": "192.0.2.1"}
    other = {"X-Forwarded-For": "192.0.2.2"}
    stopped = client.post(reverse("web:sign_in"), here, headers=address)
    free = client.post(reverse("web:sign_in"), here, headers=other)
    assert (stopped.status_code, free.status_code) == (429, 400)
    assert "For mange forsøg" in stopped.text


def test_a_disabled_account_is_told_that_it_is_closed(client, director):
    actions.disable(director, by=SYSTEM)

    answer = client.post(
        reverse("web:sign_in"),
        {"login": director.username, "password": PASSWORD},
        follow=True,
    )

    assert answer.status_code == 403
    assert "Kontoen er lukket." in answer.text
    assert "_auth_user_id" not in client.session


def test_disabling_ends_the_session_for_good(client, director):
    client.force_login(director)

    actions.disable(director, by=SYSTEM)
    actions.enable(director, by=SYSTEM)

    assert client.get(reverse("web:account")).status_code == 302


def test_nobody_makes_an_account_for_themselves(client):
    assert not AccountAdapter().is_open_for_signup(None)
    assert client.get("/accounts/signup/").status_code == 404


# The first password ---------------------------------------------------------------------


def test_a_first_password_must_be_changed_before_anything_else(client):
    issued = actions.add("solstraalen", by=SYSTEM)
    sign_in(client, issued.user, issued.password)

    assert client.get(reverse("web:desk"))["Location"] == reverse(
        "account_change_password"
    )
    form = {"oldpassword": issued.password, "password1": NEW, "password2": NEW}
    answer = client.post(reverse("account_change_password"), form, follow=True)

    assert answer.redirect_chain == [(reverse("web:account"), 302)]
    assert "Din nye adgangskode er gemt." in answer.text
    user = User.objects.get(pk=issued.user.pk)
    assert user.initial_password_until is None
    assert user.check_password(NEW)
    assert Event.objects.filter(kind=Event.Kind.PASSWORD_CHANGED).count() == 1


def test_a_first_password_that_nobody_used_in_a_week_is_void(client):
    issued = actions.add("solstraalen", by=SYSTEM)
    User.objects.update(initial_password_until="2026-01-01T00:00:00Z")

    answer = sign_in(client, issued.user, issued.password)

    assert answer.status_code == 409
    assert "Bed om en ny." in answer.text
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("kort-12", "12 tegn"),
        ("password1234", "almindelig"),
        ("solstraalen-1", "brugernavn"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(client, password, told):
    issued = actions.add("solstraalen-1", by=SYSTEM)
    sign_in(client, issued.user, issued.password)

    form = {"oldpassword": issued.password, "password1": password}
    answer = client.post(
        reverse("account_change_password"), form | {"password2": password}
    )

    assert told in answer.text
    assert User.objects.get(pk=issued.user.pk).initial_password_until


def test_a_new_password_ends_the_sessions_in_other_browsers(client):
    user, elsewhere = an_account("nordskolen"), Client()
    sign_in(client, user)
    sign_in(elsewhere, user)

    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    client.post(reverse("account_change_password"), form)

    assert client.get(reverse("web:account")).status_code == 200
    assert elsewhere.get(reverse("web:account")).status_code == 302


def test_one_can_sign_out_in_all_other_browsers(client):
    user, elsewhere = an_account("nordskolen"), Client()
    sign_in(client, user)
    sign_in(elsewhere, user)

    answer = client.post(reverse("web:end_other_sessions"), follow=True)

    assert "logget ud i alle andre browsere" in answer.text
    assert elsewhere.get(reverse("web:account")).status_code == 302


# The second factor ----------------------------------------------------------------------


def test_a_post_above_the_team_is_asked_for_a_second_factor_first(client, director):
    sign_in(client, director)

    assert client.get(reverse("web:desk"))["Location"] == reverse("mfa_activate_totp")
    text = client.get(reverse("web:denmark")).text
    assert "Du handler som" not in text

    _secret, recovery = set_up(client)
    assert len(recovery) == 10
    assert "Du handler som" in client.get(reverse("web:desk")).text
    assert Event.objects.filter(kind=Event.Kind.SECOND_FACTOR_SET).count() == 1


def test_a_duty_stops_what_would_change_something(client, director):
    sign_in(client, director)
    post = post_at(SCHOOLS, Role.CHIEF_SCHOOLS)

    answer = client.post(reverse("web:fill", args=[post.pk]), {"holder": "Kim"})

    assert answer["Location"] == reverse("mfa_activate_totp")
    assert not Holding.objects.filter(post=post).exists()


def test_who_has_no_post_needs_no_second_factor(client):
    sign_in(client, an_account("nordskolen"))

    assert client.get(reverse("web:account")).status_code == 200


def test_who_does_not_want_it_can_turn_it_off(client, director, settings):
    settings.KAEDEN_SECOND_FACTOR = False
    sign_in(client, director)

    assert client.get(reverse("web:desk")).status_code == 200


def test_a_code_is_asked_for_before_one_is_signed_in(client, director):
    sign_in(client, director)
    secret, _recovery = set_up(client)
    client.post(reverse("web:sign_out"))

    assert sign_in(client, director)["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("web:desk")).status_code == 302
    assert "Skriv koden" in client.get(reverse("mfa_authenticate")).text
    answer = client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})

    assert answer["Location"] == reverse("web:desk")
    assert client.get(reverse("web:desk")).status_code == 200


def test_a_code_is_used_once_for_as_long_as_it_fits(client, director, monkeypatch):
    sign_in(client, director)
    secret, _recovery = set_up(client)
    client.post(reverse("web:sign_out"))
    code = code_of(secret)
    sign_in(client, director)
    client.post(reverse("mfa_authenticate"), {"code": code})
    # allauth itself forgets a code after half a minute, while it still fits.
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.TOTP._mark_code_used", fits)
    thief = Client()
    sign_in(thief, director)

    answer = thief.post(reverse("mfa_authenticate"), {"code": code})

    assert "er forkert eller brugt" in answer.text
    assert "_auth_user_id" not in thief.session


def fits(*_asked):
    return True


def test_codes_are_guessed_five_times_only(client, director):
    sign_in(client, director)
    secret, _recovery = set_up(client)
    client.post(reverse("web:sign_out"))
    sign_in(client, director)
    for _time in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})

    answer = client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})

    assert "for mange gange" in answer.text
    assert "_auth_user_id" not in client.session


def test_a_recovery_code_lets_in_once(client, director):
    sign_in(client, director)
    _secret, recovery = set_up(client)
    client.post(reverse("web:sign_out"))

    for lets_in in (True, False):
        sign_in(client, director)
        client.post(reverse("mfa_authenticate"), {"code": recovery[0]})
        assert ("_auth_user_id" in client.session) is lets_in
        client.post(reverse("web:sign_out"))


def test_recovery_codes_are_shown_once(client, director):
    sign_in(client, director)
    _secret, recovery = set_up(client)

    again = client.get(reverse("mfa_view_recovery_codes")).text

    assert "Du har 10 koder tilbage" in again
    assert not [code for code in recovery if code in again]


def test_new_recovery_codes_make_the_old_ones_void(client, director):
    sign_in(client, director)
    _secret, recovery = set_up(client)

    page = client.post(reverse("mfa_generate_recovery_codes"), follow=True).text

    fresh = re.findall(r"<code>(\d{8})</code>", page)
    assert len(fresh) == 10
    assert not set(fresh) & set(recovery)


def test_secrets_lie_sealed_in_the_database(client, director, settings):
    sign_in(client, director)
    secret, _recovery = set_up(client)

    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert secret not in str(kept.data)
    assert kept.wrap().validate_code(code_of(secret))

    settings.SECRET_KEY = "another"
    assert not kept.wrap().validate_code(code_of(secret, step=1))


def test_setting_up_another_telephone_begins_by_forgetting_the_first(client, director):
    sign_in(client, director)
    set_up(client)

    answer = client.post(reverse("mfa_deactivate_totp"))

    assert answer["Location"] == reverse("web:account")
    assert not Authenticator.objects.exists()
    assert client.get(reverse("web:desk"))["Location"] == reverse("mfa_activate_totp")
    assert Event.objects.filter(kind=Event.Kind.SECOND_FACTOR_REMOVED).count() == 1


def test_setting_it_up_ends_weaker_sessions_in_other_browsers(client, director):
    elsewhere = Client()
    sign_in(elsewhere, director)
    sign_in(client, director)

    set_up(client)

    assert client.get(reverse("web:desk")).status_code == 200
    assert elsewhere.get(reverse("web:account"))["Location"].startswith("/log-ind/")


@pytest.mark.parametrize(
    "route", ["mfa_activate_totp", "mfa_deactivate_totp", "mfa_generate_recovery_codes"]
)
def test_an_old_session_shows_again_who_it_is(client, director, route):
    sign_in(client, director)
    set_up(client)
    if route == "mfa_activate_totp":
        client.post(reverse("mfa_deactivate_totp"))
    session = client.session
    session["began"] -= 3600
    session.save()

    first = client.get(reverse(route))
    assert first["Location"].startswith(reverse("account_reauthenticate"))
    page = client.get(first["Location"])
    assert "Skriv din adgangskode igen" in page.text
    answer = client.post(first["Location"], {"password": "guess"})
    assert "Adgangskoden er forkert" in answer.text
    done = client.post(first["Location"], {"password": PASSWORD})

    assert done["Location"] == reverse(route)
    assert client.get(reverse(route)).status_code == 200


def test_one_can_show_who_one_is_with_a_code(client, director):
    sign_in(client, director)
    secret, _recovery = set_up(client)
    address = reverse("mfa_reauthenticate") + "?next=" + reverse("mfa_deactivate_totp")

    assert "Skriv en kode igen" in client.get(address).text
    done = client.post(address, {"code": code_of(secret)})

    assert done["Location"] == reverse("mfa_deactivate_totp")


# One's own account ----------------------------------------------------------------------

OWN = (
    "account_change_password",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
)


def test_the_account_page_says_what_one_has(client, director):
    sign_in(client, director)
    set_up(client)

    text = client.get(reverse("web:account")).text

    assert str(POST_NAMES[Role.DIRECTOR.value]) + ", Fjordby" in text
    assert reverse("mfa_deactivate_totp") in text


def test_an_account_without_a_post_is_told_so(client):
    sign_in(client, an_account("nordskolen"))

    text = client.get(reverse("web:account")).text

    assert "Du har ingen stilling." in text
    assert reverse("mfa_activate_totp") in text


@pytest.mark.parametrize("route", OWN)
def test_who_is_not_signed_in_is_sent_to_sign_in(client, route):
    answer = client.get(reverse(route))

    assert answer["Location"] == f"/log-ind/?next={reverse(route)}"
    assert client.post(reverse(route))["Location"].startswith("/log-ind/?next=")


@pytest.mark.parametrize("route", OWN)
def test_an_account_without_a_password_here_has_none_to_change(client, route):
    client.force_login(an_account("demo", is_demo=True))

    answer = client.get(reverse(route))

    assert answer.status_code == 404
    assert "Du logger ind med et andet login." in answer.text


@pytest.mark.parametrize("route", [*OWN, "mfa_authenticate"])
def test_another_verb_is_refused(client, route):
    client.force_login(an_account("nordskolen"))

    assert client.put(reverse(route)).status_code == 405


def test_a_code_is_not_asked_of_who_has_not_written_a_password(client):
    answer = client.get(reverse("mfa_authenticate"))

    assert answer["Location"] == reverse("web:sign_in")


def test_a_team_member_needs_no_second_factor(client):
    user = an_account("team")
    post = post_at(TOWN, Role.DIRECTOR)
    post.role = Role.TEAM.value
    post.save()
    Holding.objects.create(post=post, user=user, valid_from=LOADED)
    sign_in(client, user)

    assert "Du handler som" in client.get(reverse("web:denmark")).text


# The weekly e-mail ----------------------------------------------------------------------


def test_one_says_where_the_weekly_email_goes_or_declines_it(client, settings):
    settings.KAEDEN_SECOND_FACTOR = False
    user = a_holder(*DIRECTOR)
    client.force_login(user)
    address = reverse("web:choose_reminders")

    assert "checked" in client.get(reverse("web:account")).text
    wrong = client.post(address, {"address": "nix", "wants": "on"})
    saved = client.post(address, {"address": "a@kaeden.dk"}, follow=True)

    assert (wrong.status_code, "Skriv en mailadresse" in wrong.text) == (400, True)
    assert "Det er gemt." in saved.text
    user.refresh_from_db()
    assert (user.email, user.wants_reminders) == ("a@kaeden.dk", False)
    assert Event.objects.filter(kind="reminders_chosen").count() == 1


def test_nobody_says_it_for_others_and_none_for_an_account_of_the_demo():
    user, other = a_holder(*DIRECTOR), an_account("other")
    demo = an_account("demo", is_demo=True)

    with pytest.raises(Forbidden):
        actions.choose_reminders(
            user, address="", wants=False, by=Actor(user_id=other.pk)
        )
    with pytest.raises(Refused):
        actions.choose_reminders(demo, address="", wants=False, by=SYSTEM)
    with pytest.raises(BadInput):
        actions.choose_reminders(user, address="nix", wants=True, by=SYSTEM)
