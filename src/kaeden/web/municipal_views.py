"""The addresses of OIDC and SAML: django-allauth's views, asked for a little more."""

import zlib
from http import HTTPStatus
from typing import Any, cast

import jwt
import xmlsec
from allauth.core import ratelimit
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import (
    OAuth2CallbackView,
    OAuth2LoginView,
)
from allauth.socialaccount.providers.openid_connect.views import (
    OpenIDConnectOAuth2Adapter,
)
from allauth.socialaccount.providers.saml.views import (
    ACSView,
    FinishACSView,
    LoginView,
    MetadataView,
    SLSView,
)
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
)
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from lxml.etree import LxmlError
from onelogin.saml2.errors import OneLogin_Saml2_ValidationError

from kaeden.shared.errors import BadInput, KaedenError
from kaeden.web.headers import CLEARED
from kaeden.web.middleware import page_of

ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "ES256"})
UNREADABLE = (
    *(LxmlError, xmlsec.Error, OneLogin_Saml2_ValidationError),
    *(ValueError, zlib.error),
)
"""What is raised over an answer that is no XML, or not sealed for us."""
LARGEST_RESPONSE = 500_000
"""Characters of a SAML response: many times the largest that one meets."""


class LoginUnreachable(KaedenError):
    """The municipality's login does not answer."""

    http_status = 503


class _IdentityTokens(OpenIDConnectOAuth2Adapter):
    """OIDC whose identity token is always verified, also when it came over TLS."""

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        try:
            algorithm = jwt.get_unverified_header(id_token).get("alg")
        except jwt.PyJWTError as error:
            raise OAuth2Error("No identity token.") from error
        if algorithm not in ALGORITHMS:
            raise OAuth2Error("The identity token is not signed by a known algorithm.")
        told = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        if not told.get(app.settings["uid_field"]):
            raise OAuth2Error("The identity token does not tell who it is about.")
        return cast("dict[str, Any]", told)


def _too_many(request: HttpRequest) -> HttpResponse | None:
    """Count an attempt; return a page if there have been too many from one place."""
    refusal = ratelimit.consume_or_429(
        request, action="municipal_login", limit_get=True
    )
    return cast("HttpResponse | None", refusal)


def _unreachable(request: HttpRequest) -> HttpResponse:
    words = _(
        "The municipality's login does not answer just now. Try again in a few minutes."
    )
    return page_of(request, LoginUnreachable(words))


def oidc_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send somebody to the municipality's OIDC."""
    return _too_many(request) or _oidc(OAuth2LoginView, request, provider_id)


def oidc_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take somebody back from there."""
    return _oidc(OAuth2CallbackView, request, provider_id)


def _oidc(
    view: type[OAuth2LoginView | OAuth2CallbackView],
    request: HttpRequest,
    provider_id: str,
) -> HttpResponse:
    try:
        answer = view.adapter_view(_IdentityTokens(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except OSError:
        return _unreachable(request)
    return cast("HttpResponse", answer)


saml_metadata = MetadataView.as_view()


def saml_login(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Send somebody to the municipality's SAML."""
    answer = _too_many(request) or LoginView.as_view()(
        request, organization_slug=organization_slug
    )
    return cast("HttpResponse", answer)


class TakeBack(ACSView):
    """Take a response from SAML, and go on in the session of who sent it."""

    def dispatch(self, request: HttpRequest, organization_slug: str) -> HttpResponse:
        """Keep what was sent for the next request; it comes from another site.

        Raises
        ------
        BadInput
            If it is no response, or far too large.
        """
        refusal = _too_many(request)
        if refusal:
            return refusal
        self.get_provider(organization_slug)
        if not 0 < len(request.POST.get("SAMLResponse", "")) < LARGEST_RESPONSE:
            raise BadInput(_("This is no answer from a login. Begin again."))
        answer: HttpResponse = super().dispatch(request, organization_slug)
        for cookie in answer.cookies.values():
            cookie["httponly"] = True
        return answer


class GoOn(FinishACSView):
    """Go on with SAML's answer; one that can't even be read lets nobody in."""

    def dispatch(self, request: HttpRequest, organization_slug: str) -> HttpResponse:
        """Sign in, or say that the answer could not be used."""
        try:
            answer = super().dispatch(request, organization_slug)
        except UNREADABLE:
            provider = self.get_provider(organization_slug)
            answer = render_authentication_error(request, provider)
        return cast("HttpResponse", answer)


class SignOutThere(SLSView):
    """Sign somebody out here because they signed out there: only when it is signed."""

    def dispatch(self, request: HttpRequest, organization_slug: str) -> HttpResponse:
        """Sign out and go back there.

        Raises
        ------
        BadInput
            If nobody of theirs has asked for it.
        """
        provider = super().get_provider(organization_slug)
        if "slo_url" not in provider.app.settings["idp"]:
            raise Http404
        try:
            answer: HttpResponse = super().dispatch(request, organization_slug)
        except UNREADABLE:
            answer = HttpResponseBadRequest()
        if answer.status_code == HTTPStatus.BAD_REQUEST:
            raise BadInput(_("This is no wish to sign out that can be used."))
        for name, value in CLEARED.items():
            answer.headers[name] = value
        return answer

    def get_provider(self, organization_slug: str) -> Any:
        """Return the login, asking for signatures on messages too."""
        provider = super().get_provider(organization_slug)
        provider.app.settings["advanced"]["want_message_signed"] = True
        return provider


# It comes from another site, which has no token of ours; the answer is signed.
saml_acs = csrf_exempt(TakeBack.as_view())
saml_finish = GoOn.as_view()
saml_sls = SignOutThere.as_view()
