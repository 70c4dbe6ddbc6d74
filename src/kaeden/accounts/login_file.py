"""The reviewed file that connects a municipality's own login, and gives posts by it.

Secrets, keys and certificates lie in files beside it, so that it can be read by all
who review it.
"""

import re
from collections import Counter
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, ClassVar, Literal, TypeAlias
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

EID = "https://data.gov.dk/model/core/eid"


class Assurance(StrEnum):
    """How sure a login is of who somebody is: the levels of NSIS, lowest first."""

    LOW = "low"
    SUBSTANTIAL = "substantial"
    HIGH = "high"

    def is_reached_by(self, told: str) -> bool:
        """Whether what a login told, such as ``Substantial``, is at least this."""
        levels = [level.value for level in Assurance]
        said = told.rpartition("/")[2].lower()
        return said in levels and levels.index(said) >= levels.index(self.value)


def _is_safe(address: str) -> str:
    """Refuse an address over which others could read along."""
    parts = urlsplit(address)
    is_here = parts.hostname in {"127.0.0.1", "localhost"}
    schemes = {"http", "https"} if is_here else {"https"}
    if not parts.netloc or parts.scheme not in schemes:
        raise ValueError(_("must be an address that begins with https://"))
    return address


def _shaped(pattern: str, why_not: Callable[[], str]) -> AfterValidator:
    """Refuse a text of another form, with a sentence of ours."""

    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(why_not())
        return text

    return AfterValidator(check)


ID = _shaped(
    r"[a-z0-9]+(-[a-z0-9]+){0,9}",
    lambda: _("must be small letters and digits, with hyphens between them"),
)
CODE = _shaped(r"\d{3}", lambda: _("must be a municipality's code, such as 999"))
CVR = _shaped(r"\d{8}", lambda: _("must be a CVR number of eight digits"))
FILE = _shaped(
    r"[^/\\]{1,100}", lambda: _("must be the name of a file that lies beside this one")
)

Address: TypeAlias = Annotated[str, AfterValidator(_is_safe)]
Word: TypeAlias = Annotated[str, Field(min_length=1, max_length=300)]
Id: TypeAlias = Annotated[str, Field(max_length=40), ID]
FileName: TypeAlias = Annotated[str, FILE]


class Part(BaseModel):
    """A part of the file: no field that isn't known, nothing changed once read."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Grant(Part):
    """Who has this claim holds this post, a key of the municipality's chain."""

    claim: Word
    post: Word


class Login(Part):
    """What all logins have; `required` are claims that must be told just so."""

    id: Id
    name: Annotated[str, Field(min_length=1, max_length=60)]
    municipality: Annotated[str, CODE]
    required: dict[Word, Word] = {}
    posts: tuple[Grant, ...]

    @field_validator("posts")
    @classmethod
    def _once(cls, posts: tuple[Grant, ...]) -> tuple[Grant, ...]:
        if not posts:
            raise ValueError(_("gives no post. Add a claim and its post."))
        for grant, times in Counter(posts).items():
            if times > 1:
                said = {"claim": grant.claim, "post": grant.post}
                raise ValueError(
                    _("“%(claim)s” gives %(post)s twice. Keep one of them.") % said
                )
        return posts


class OidcLogin(Login):
    """OpenID Connect: Entra ID, Keycloak, and others."""

    kind: Literal["oidc"]
    server: Address
    client_id: Word
    secret: FileName
    person: Word = "sub"
    person_name: Word = "name"
    claim: Word = "groups"


class IdentityProvider(Part):
    """The other end of SAML: what its metadata says of it."""

    entity_id: Word
    sign_in: Address
    sign_out: Address | None = None
    certificate: FileName


class SamlLogin(Login):
    """SAML 2.0 with the attributes that one names: AD FS, and others."""

    kind: Literal["saml"]
    entity_id: Word
    provider: IdentityProvider
    key: FileName
    certificate: FileName
    person: Word
    person_name: Word
    claim: Word


class OiosamlLogin(Login):
    """SAML as OIOSAML 3.0 has it: OS2faktor, Context Handler, NemLog-in.

    The assertion must be about an employee of the company `cvr`, at the level
    `assurance` or higher.
    """

    kind: Literal["oiosaml"]
    entity_id: Word
    provider: IdentityProvider
    key: FileName
    certificate: FileName
    cvr: Annotated[str, CVR]
    assurance: Assurance = Assurance.SUBSTANTIAL

    person: ClassVar[str] = f"{EID}/professional/uuid/persistent"
    person_name: ClassVar[str] = f"{EID}/fullName"
    claim: ClassVar[str] = f"{EID}/privilegesIntermediate"
    told_cvr: ClassVar[str] = f"{EID}/professional/cvr"
    told_assurance: ClassVar[str] = "https://data.gov.dk/concept/core/nsis/loa"


AnyLogin: TypeAlias = OidcLogin | SamlLogin | OiosamlLogin


class LoginFile(Part):
    """All logins of an installation."""

    logins: tuple[Annotated[AnyLogin, Field(discriminator="kind")], ...]

    @field_validator("logins")
    @classmethod
    def _each_has_its_id(cls, logins: tuple[AnyLogin, ...]) -> tuple[AnyLogin, ...]:
        for name, times in Counter(one.id for one in logins).items():
            if times > 1:
                raise ValueError(
                    _(
                        "two logins are called “%(id)s”. Call one of them something else."
                    )
                    % {"id": name}
                )
        return logins
