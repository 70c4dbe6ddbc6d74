"""Read the login file with the keys that lie beside it; every problem at once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import load_pem_x509_certificate
from django.utils.translation import gettext as _
from pydantic import ValidationError

from kaeden.accounts.login_file import AnyLogin, LoginFile, OidcLogin
from kaeden.shared.clock import now
from kaeden.shared.errors import BadInput
from kaeden.shared.files import decoded, read_bytes, refusal
from kaeden.shared.findings import sentences
from kaeden.shared.strict_yaml import Tree, read_yaml
from kaeden.shared.where import Place

KINDS = ("oidc", "saml", "oiosaml")
PRIVATE = ("secret", "key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A login with what lies in the files beside it, by the field that names each.

    `lines` says where in the file each of its `posts` stands.
    """

    login: AnyLogin
    texts: Mapping[str, str] = field(repr=False)
    lines: tuple[str, ...]


@lru_cache(maxsize=8)
def connections(path: Path) -> tuple[Connection, ...]:
    """Return the logins of a file; what is read is kept until the program stops.

    Raises
    ------
    BadInput
        With everything that is wrong, each with its line.
    """
    problems: list[str] = []
    found = tuple(_read(path, problems))
    if problems:
        raise refusal(path, tuple(problems))
    return found


def _read(path: Path, problems: list[str]) -> Iterator[Connection]:
    """Give each login that can be used, and add what is wrong with the others."""
    tree = read_yaml(decoded(read_bytes(path)), as_text=True)
    problems += tree.problems
    said = _place_in(tree)
    try:
        logins = LoginFile.model_validate(tree.content).logins
    except ValidationError as error:
        problems += sentences(error, said, private=PRIVATE)
        return
    for number, login in enumerate(logins):
        texts: dict[str, str] = {}
        for place, name in _files_of(login):
            try:
                texts[".".join(place)] = _checked(path.parent / name, place[-1])
            except BadInput as refused:
                where = said(("logins", number, *place))
                problems.append(f"{where}: {refused.message}")
        lines = (said(("logins", number, "posts", n)) for n in range(len(login.posts)))
        yield Connection(login=login, texts=texts, lines=tuple(lines))


def _place_in(tree: Tree) -> Callable[[Place], str]:
    """Return the words for a place in the file: its line, and the fields to it."""

    def said(place: Place) -> str:
        # pydantic names the kind of login on the way; the file does not.
        plain = tuple(x for n, x in enumerate(place) if n != 2 or x not in KINDS)
        fields = " → ".join(str(x + 1) if isinstance(x, int) else x for x in plain)
        line = _("line %(line)d") % {"line": tree.line(plain)}
        return f"{line}, {fields}" if fields else line

    return said


def _files_of(login: AnyLogin) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return the files that a login names, each with the fields that lead to it."""
    if isinstance(login, OidcLogin):
        return ((("secret",), login.secret),)
    return (
        (("key",), login.key),
        (("certificate",), login.certificate),
        (("provider", "certificate"), login.provider.certificate),
    )


def _checked(path: Path, kind: str) -> str:
    """Return what is in a file, if it is a secret, a key, or a certificate still valid."""
    data = read_bytes(path)
    text = decoded(data).strip()
    try:
        if kind == "key":
            load_pem_private_key(data, password=None)
        if kind == "certificate":
            until = load_pem_x509_certificate(data).not_valid_after_utc
            if until <= now():
                raise BadInput(
                    _(
                        "the certificate has not been valid since %(date)s. Get a new one."
                    )
                    % {"date": until.date()}
                )
    except (ValueError, TypeError) as error:
        raise BadInput(
            _("the file is not in PEM, or it is protected by a password.")
        ) from error
    if not text:
        raise BadInput(_("the file is empty."))
    return text
