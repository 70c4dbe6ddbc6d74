"""The municipality's own login: who is let in, and which posts it gives.

django-allauth speaks OIDC and SAML. Here stand what we ask of what it is told, and how
the login file becomes its configuration. What is told is used at once; only the login's
identifier of the person and the name are kept.
"""

import hashlib
import logging
import time
from collections.abc import Iterator
from typing import Any, ClassVar

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.openid_connect.provider import (
    OpenIDConnectProvider,
)
from allauth.socialaccount.providers.saml.provider import SAMLProvider
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kaeden.accounts import actions as accounts
from kaeden.accounts import claims
from kaeden.accounts.connecting import Connection, connections
from kaeden.accounts.errors import LoginRefused
from kaeden.accounts.login_file import AnyLogin, OidcLogin, OiosamlLogin, SamlLogin
from kaeden.accounts.models import User
from kaeden.organisation import actions as organisation
from kaeden.organisation.models import Post
from kaeden.organisation.queries import get_municipality, posts_by_key
from kaeden.shared.errors import BadInput, NotFound
from kaeden.web.middleware import page_of

# As apps they would be imported by every command, with all that speaks HTTP.
registry.register(OpenIDConnectProvider)
registry.register(SAMLProvider)

log = logging.getLogger(__name__)
METADATA_LASTS = 365 * 24 * 60 * 60


def connected() -> tuple[Connection, ...]:
    """Return the logins of the installation; a file that can't be read gives none."""
    if settings.KAEDEN_LOGIN is None:
        return ()
    try:
        return connections(settings.KAEDEN_LOGIN)
    except BadInput:
        log.exception("The login file can't be used. `kaeden account check` says why.")
        return ()


def _connection(name: str) -> Connection:
    return next(one for one in connected() if one.login.id == name)


class MunicipalLoginAdapter(DefaultSocialAccountAdapter):
    """What a municipal login means: an account without a password, and its posts."""

    error_messages: ClassVar[dict[str, str | Promise]] = (
        DefaultSocialAccountAdapter.error_messages
    )

    def list_apps(
        self,
        request: HttpRequest,
        provider: str | None = None,
        client_id: str | None = None,
    ) -> list[SocialApp]:
        """Return the logins of the file, and no others (0 queries)."""
        return [
            app
            for app in map(_app, connected())
            if (provider is None or provider in {app.provider, app.provider_id})
            and (client_id is None or client_id == app.client_id)
        ]

    def is_open_for_signup(self, *_asked: Any) -> bool:
        """Whoever is let in has an account from then on."""
        return True

    def populate_user(
        self, _request: HttpRequest, sociallogin: SocialLogin, _data: dict[str, Any]
    ) -> User:
        """Take what was told out of what will be stored; name the account."""
        account, user = sociallogin.account, sociallogin.user
        told = account.extra_data
        sociallogin.told = claims.claims_from(told.get("id_token", told))
        account.extra_data, sociallogin.email_addresses = {}, []
        digest = hashlib.sha256(account.uid.encode()).hexdigest()
        user.username = f"{account.provider}-{digest[:20]}"
        return user  # type: ignore[no-any-return]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let in whom the login file lets in; another is told why not.

        A new account is made only for somebody whom the login gives a post.
        """
        connection = _connection(sociallogin.account.provider)
        login, told = connection.login, sociallogin.told
        try:
            claims.check(login, told)
            sociallogin.posts = _posts(login, claims.granted(login, told))
            _check_new(sociallogin)
        except LoginRefused as refused:
            log.warning("The login %s let somebody not in.", login.id)
            raise ImmediateHttpResponse(page_of(request, refused)) from refused
        sociallogin.full_name = claims.name_of(login, told)

    def on_authentication_error(self, *_asked: Any, **_told: Any) -> None:
        """Note that somebody came back in vain, not who."""
        log.warning("Somebody came back from a municipal login and was not let in.")


def _check_new(sociallogin: SocialLogin) -> None:
    if not sociallogin.posts and not sociallogin.is_existing:
        words = _(
            "Your login gives you no post in Kæden. Ask whoever looks after logins "
            "with you."
        )
        raise LoginRefused(words)


def _posts(login: AnyLogin, keys: tuple[str, ...]) -> list[Post]:
    """Return the posts of some keys (2 queries); one that is not there is left out."""
    try:
        there = posts_by_key(get_municipality(login.municipality))
    except NotFound:
        there = {}
    for key in keys:
        if key not in there:
            log.warning(
                "The login %s gives a post that is not there: %s", login.id, key
            )
    return [there[key] for key in keys if key in there]


def give_posts(
    request: HttpRequest, user: User, sociallogin: SocialLogin, *, is_new: bool
) -> None:
    """Let somebody hold just the posts of their login, and say which are taken."""
    accounts.know_as(user, sociallogin.full_name, is_new=is_new)
    given = organisation.hold_by_login(
        user, sociallogin.posts, login=sociallogin.account.provider
    )
    for post in given.taken:
        messages.warning(
            request,
            _(
                "Your login gives you a post that another one holds: %(post)s. Ask "
                "whoever fills posts to vacate it, and sign in again."
            )
            % {"post": post},
        )


# The login file as allauth's configuration ----------------------------------------------


def _app(connection: Connection) -> SocialApp:
    login = connection.login
    if isinstance(login, OidcLogin):
        return SocialApp(
            provider="openid_connect",
            provider_id=login.id,
            name=login.name,
            client_id=login.client_id,
            secret=connection.texts["secret"],
            settings={
                "server_url": login.server,
                "uid_field": login.person,
                "fetch_userinfo": False,
            },
        )
    return SocialApp(
        provider="saml",
        provider_id=login.id,
        name=login.name,
        client_id=login.id,
        settings=_saml_settings(login, connection),
    )


def _saml_settings(
    login: SamlLogin | OiosamlLogin, connection: Connection
) -> dict[str, Any]:
    """Return the settings of SAML; all that it can ask for is off unless said here."""
    provider = {
        "entity_id": login.provider.entity_id,
        "sso_url": login.provider.sign_in,
        "x509cert": connection.texts["provider.certificate"],
    }
    if login.provider.sign_out:
        provider["slo_url"] = login.provider.sign_out
    return {
        "idp": provider,
        "sp": {"entity_id": login.entity_id},
        "attribute_mapping": {"uid": login.person},
        "advanced": {
            "strict": True,
            "authn_request_signed": True,
            "logout_response_signed": True,
            "want_assertion_signed": True,
            "want_assertion_encrypted": True,
            "want_attribute_statement": True,
            "reject_deprecated_algorithm": True,
            "reject_idp_initiated_sso": True,
            "metadata_valid_until": int(time.time()) + METADATA_LASTS,
            "private_key": connection.texts["key"],
            "x509cert": connection.texts["certificate"],
        },
    }


def doors(next_page: str) -> Iterator[tuple[str, str]]:
    """Give the name and the address of each municipal login, for the sign-in page."""
    adapter = MunicipalLoginAdapter()
    for connection in connected():
        provider = adapter.get_provider(None, connection.login.id)
        extra = {"next": next_page} if next_page else {}
        yield connection.login.name, provider.get_login_url(None, **extra)
