"""Addresses of signing in under the names that django-allauth asks for.

Only these of its views can be reached; there is no signing up and no page of its own.
"""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from kaeden.web import accounts, municipal_views, second_factor
from kaeden.web.policy import Policy, policy

View = Callable[..., HttpResponse]


def _form(view: View, needed: Policy) -> View:
    """Return a page with one form, and who may open it."""
    return policy(needed)(require_http_methods(["GET", "HEAD", "POST"])(view))


def _before(view: View) -> View:
    return _form(view, Policy.PUBLIC)


def _own(view: View) -> View:
    return _form(view, Policy.SIGNED_IN)


def _there_and_back(view: View) -> View:
    """Return an address of a municipal login, which everybody may open."""
    return policy(Policy.PUBLIC)(require_safe(view))


urlpatterns = [
    # The same pages as web:sign_in and web:account: here they have allauth's names.
    path("log-ind/", accounts.sign_in, name="account_login"),
    path("konto/", accounts.account, name="mfa_index"),
    path("log-ind/lukket/", accounts.closed, name="account_inactive"),
    path(
        "log-ind/kode/",
        _before(second_factor.AskForCode.as_view()),
        name="mfa_authenticate",
    ),
    path(
        "konto/adgangskode/",
        _own(second_factor.NewPassword.as_view()),
        name="account_change_password",
    ),
    path(
        "konto/bekraeft/",
        _own(second_factor.PasswordAgain.as_view()),
        name="account_reauthenticate",
    ),
    path(
        "konto/bekraeft/kode/",
        _own(second_factor.CodeAgain.as_view()),
        name="mfa_reauthenticate",
    ),
    path(
        "konto/koder/",
        _own(second_factor.SetUpCodes.as_view()),
        name="mfa_activate_totp",
    ),
    path(
        "konto/koder/fjern/",
        _own(second_factor.RemoveCodes.as_view()),
        name="mfa_deactivate_totp",
    ),
    path(
        "konto/noedkoder/",
        _own(second_factor.RecoveryCodes.as_view()),
        name="mfa_view_recovery_codes",
    ),
    path(
        "konto/noedkoder/nye/",
        _own(second_factor.NewRecoveryCodes.as_view()),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "log-ind/oidc/<slug:provider_id>/",
        _there_and_back(municipal_views.oidc_login),
        name="openid_connect_login",
    ),
    path(
        "log-ind/oidc/<slug:provider_id>/svar/",
        _there_and_back(municipal_views.oidc_callback),
        name="openid_connect_callback",
    ),
    path(
        "log-ind/saml/<slug:organization_slug>/",
        _there_and_back(municipal_views.saml_login),
        name="saml_login",
    ),
    path(
        "log-ind/saml/<slug:organization_slug>/metadata/",
        _there_and_back(municipal_views.saml_metadata),
        name="saml_metadata",
    ),
    path(
        "log-ind/saml/<slug:organization_slug>/svar/",
        policy(Policy.PUBLIC)(require_POST(municipal_views.saml_acs)),
        name="saml_acs",
    ),
    path(
        "log-ind/saml/<slug:organization_slug>/videre/",
        _there_and_back(municipal_views.saml_finish),
        name="saml_finish_acs",
    ),
    path(
        "log-ind/saml/<slug:organization_slug>/log-ud/",
        _there_and_back(municipal_views.saml_sls),
        name="saml_sls",
    ),
    path(
        "log-ind/afbrudt/",
        accounts.cancelled,
        name="socialaccount_login_cancelled",
    ),
]
