"""What a login tells of somebody, whether it is enough, and which posts it gives.

Pure; no database. Nothing of what is told is logged.
"""

import base64
import binascii
from collections.abc import Mapping
from typing import Any, TypeAlias

from django.utils.translation import gettext as _
from lxml import etree

from kaeden.accounts.errors import LoginRefused
from kaeden.accounts.login_file import EID, AnyLogin, OiosamlLogin

Claims: TypeAlias = Mapping[str, tuple[str, ...]]
PRIVILEGES = f"{EID}/privilegesIntermediate"
SCOPE = "urn:dk:gov:saml:cvrNumberIdentifier:"
LONGEST_NAME = 150
HELD_BACK = "_claim_names"
"""Where Entra ID names the claims that it did not send because they were too long."""


def claims_from(told: Mapping[str, Any]) -> Claims:
    """Return what was told, each claim as all its values in words."""
    return {
        name: tuple(str(one) for one in value)
        if isinstance(value, (list, tuple))
        else tuple(value)
        if isinstance(value, dict)
        else (str(value),)
        for name, value in told.items()
    }


def check(login: AnyLogin, claims: Claims) -> None:
    """Let through what the file asks of a login.

    Raises
    ------
    LoginRefused
        If the login is not sure enough, is about another company, does not say who it
        is about, lacks a required claim, or held its list of groups back.
    """
    for name, wanted in login.required.items():
        if claims.get(name) != (wanted,):
            raise LoginRefused(_refusal("required"))
    if not "".join(claims.get(login.person, ())).strip():
        raise LoginRefused(_refusal("person"))
    if login.claim in claims.get(HELD_BACK, ()):
        raise LoginRefused(_refusal("held_back"))
    if isinstance(login, OiosamlLogin):
        _check_oiosaml(login, claims)


def _check_oiosaml(login: OiosamlLogin, claims: Claims) -> None:
    if claims.get(login.told_cvr) != (login.cvr,):
        raise LoginRefused(_refusal("cvr"))
    told = claims.get(login.told_assurance, ())
    if len(told) != 1 or not login.assurance.is_reached_by(told[0]):
        raise LoginRefused(_refusal("assurance"))


def _refusal(kind: str) -> str:
    """Return the sentence that somebody is shown; the log says no more than that."""
    return {
        "required": _(
            "Your login does not tell what Kæden asks of it. Ask whoever looks after "
            "logins with you."
        ),
        "person": _(
            "Your login does not tell who you are. Ask whoever looks after logins with "
            "you."
        ),
        "held_back": _(
            "You are in so many groups that your login did not send them. Ask whoever "
            "looks after logins with you to send those of Kæden only."
        ),
        "cvr": _(
            "You have signed in for another company. Sign in as an employee of the "
            "municipality."
        ),
        "assurance": _(
            "You have signed in with too weak a login. Sign in again with a code or "
            "with MitID."
        ),
        "privileges": _(
            "The rights that your login sent can't be read. Ask whoever looks after "
            "logins with you."
        ),
    }[kind]


def granted(login: AnyLogin, claims: Claims) -> tuple[str, ...]:
    """Return the keys of the posts that the claims give, in the order of the file.

    Raises
    ------
    LoginRefused
        If the list of privileges can't be read.
    """
    values = set(claims.get(login.claim, ()))
    if login.claim == PRIVILEGES:
        scope = login.cvr if isinstance(login, OiosamlLogin) else ""
        values = {one for text in values for one in privileges(text, cvr=scope)}
    keys = [grant.post for grant in login.posts if grant.claim in values]
    return tuple(dict.fromkeys(keys))


def name_of(login: AnyLogin, claims: Claims) -> str:
    """Return what somebody is called, as the login tells it; empty if it doesn't."""
    return " ".join(" ".join(claims.get(login.person_name, ())).split())[:LONGEST_NAME]


def privileges(encoded: str, *, cvr: str) -> set[str]:
    """Return the privileges of OIO's basic profile that count for a company.

    A group for another company counts for nothing, and neither does one with a
    constraint: we can't tell what it leaves out.

    Raises
    ------
    LoginRefused
        If it is not a list of privileges.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(base64.b64decode(encoded, validate=True), parser)
    except (binascii.Error, ValueError, etree.XMLSyntaxError) as error:
        raise LoginRefused(_refusal("privileges")) from error
    groups = root.iterfind("{*}PrivilegeGroup")
    return {
        (privilege.text or "").strip()
        for group in groups
        if group.get("Scope") == f"{SCOPE}{cvr}" and group.find("{*}Constraint") is None
        for privilege in group.iterfind("{*}Privilege")
    }
