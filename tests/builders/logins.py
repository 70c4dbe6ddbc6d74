"""A municipality's login on this machine: its keys, its file, OIDC and SAML."""

import base64
import datetime as dt
import json
import re
import threading
import urllib.parse
import uuid
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jwt
import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID
from lxml import etree
from onelogin.saml2.utils import OneLogin_Saml2_Utils as Saml

from kaeden.shared import clock

HOST = "kaeden.fjordby.dk"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
EID = "https://data.gov.dk/model/core/eid"
LOA = "https://data.gov.dk/concept/core/nsis/loa"
CVR = "29189999"
PERSON = "urn:uuid:0d2c6f6e-1111-4222-8333-123456789abc"
DIRECTOR, CHIEF = "urn:dk:kaeden:direktoer", "urn:dk:kaeden:skolechef"
CPR = "0101701234"
"""A number that no row, log or session may ever hold."""


@dataclass(frozen=True)
class Pair:
    """A private key and its certificate, as PEM."""

    key: str
    certificate: str


@lru_cache
def a_pair(name: str, *, days: int = 30) -> Pair:
    """A key and a certificate, made once a run for each name."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = clock.now()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=400))
        .not_valid_after(now + dt.timedelta(days=days))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, encryption_algorithm=NoEncryption()
    )
    return Pair(private.decode(), certificate.public_bytes(Encoding.PEM).decode())


OURS, THEIRS, STRANGER = "kaeden", "identity provider", "stranger"

OIOSAML = """
  - id: os2faktor
    kind: oiosaml
    name: Fjordby Kommune
    municipality: 999
    entity_id: https://kaeden.fjordby.dk
    provider:
      entity_id: https://idp.fjordby.dk
      sign_in: {sign_in}
      sign_out: https://idp.fjordby.dk/slo
      certificate: idp.crt
    key: kaeden.key
    certificate: kaeden.crt
    cvr: 29189999
    posts:
      - claim: urn:dk:kaeden:direktoer
        post: director
      - claim: urn:dk:kaeden:skolechef
        post: chief-schools
      - claim: urn:dk:kaeden:borgmester
        post: mayor
"""
OIDC = """
  - id: entra
    kind: oidc
    name: Fjordby Kommune
    municipality: 999
    server: {server}
    client_id: kaeden
    secret: entra.secret
    required:
      tid: fjordby
    posts:
      - claim: kaeden-direktoer
        post: director
      - claim: kaeden-skolechef
        post: chief-schools
"""


def a_login_file(folder: Path, *logins: str, **places: str) -> Path:
    """A login file with its keys beside it."""
    known = {"sign_in": "https://idp.fjordby.dk/sso", "server": "https://oidc.dk"}
    text = "".join(logins or (OIOSAML, OIDC))
    for name, place in (known | places).items():
        text = text.replace(f"{{{name}}}", place)
    (folder / "kaeden.key").write_text(a_pair(OURS).key)
    (folder / "kaeden.crt").write_text(a_pair(OURS).certificate)
    (folder / "idp.crt").write_text(a_pair(THEIRS).certificate)
    (folder / "entra.secret").write_text("a secret\n")
    path = folder / "login.yaml"
    path.write_text(f"logins:{text}")
    return path


# SAML -----------------------------------------------------------------------------------


def request_id_of(location: str) -> str:
    """The number of the request for sign-in that an address carries."""
    return re.search(r' ID="([^"]+)"', request_in(location))[1]


def request_in(location: str) -> str:
    """The request for sign-in that an address carries."""
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(location).query)
    return zlib.decompress(base64.b64decode(query["SAMLRequest"][0]), -15).decode()


def is_signed_by_us(location: str) -> bool:
    """Whether the request in an address is signed with our key, as it was sent."""
    parts = urllib.parse.urlsplit(location).query.split("&")
    sent = {name: value for name, _is, value in (one.partition("=") for one in parts)}
    signature = sent.pop("Signature")
    order = ("SAMLRequest", "RelayState", "SigAlg")
    text = "&".join(f"{name}={sent[name]}" for name in order if name in sent)
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(
        a_pair(OURS).certificate, xmlsec.constants.KeyDataFormatCertPem
    )
    try:
        context.verify_binary(
            text.encode(),
            xmlsec.constants.TransformRsaSha256,
            base64.b64decode(urllib.parse.unquote(signature)),
        )
    except xmlsec.Error:
        return False
    return f"SigAlg={urllib.parse.quote(RSA_SHA256, safe='')}" in text


def privilege_list(*privileges: str, cvr: str = CVR, extra: str = "") -> str:
    """Privileges of OIO's basic profile, as they are sent."""
    inside = "".join(f"<Privilege>{one}</Privilege>" for one in privileges)
    text = (
        '<bpp:PrivilegeList xmlns:bpp="http://itst.dk/oiosaml/basic_privilege_profile">'
        f'<PrivilegeGroup Scope="urn:dk:gov:saml:cvrNumberIdentifier:{cvr}">'
        f"{extra}{inside}</PrivilegeGroup></bpp:PrivilegeList>"
    )
    return base64.b64encode(text.encode()).decode()


def an_employee(*privileges: str, **told: str | None) -> dict[str, str]:
    """What OIOSAML tells of an employee; None leaves something out."""
    known = {
        "https://data.gov.dk/model/core/specVersion": "OIO-SAML-3.0",
        LOA: "Substantial",
        f"{EID}/professional/uuid/persistent": PERSON,
        f"{EID}/professional/cvr": CVR,
        f"{EID}/fullName": "Åse Ærø Ødegård",
        f"{EID}/email": "åse@fjordby.dk",
        f"{EID}/cprNumber": CPR,
        f"{EID}/privilegesIntermediate": privilege_list(*privileges),
    }
    names = {
        "loa": LOA,
        "cvr": f"{EID}/professional/cvr",
        "person": f"{EID}/professional/uuid/persistent",
        "privileges": f"{EID}/privilegesIntermediate",
        "name": f"{EID}/fullName",
    }
    known |= {names[name]: value for name, value in told.items()}
    return {name: value for name, value in known.items() if value is not None}


@dataclass(frozen=True, kw_only=True)
class Assertion:
    """An assertion as it should be; each field is something to get wrong."""

    told: dict[str, str]
    in_response_to: str
    age: dt.timedelta = dt.timedelta()
    audience: str = "https://kaeden.fjordby.dk"
    issuer: str = "https://idp.fjordby.dk"
    recipient: str = f"https://{HOST}/log-ind/saml/os2faktor/svar/"

    def xml(self) -> str:
        """The assertion, not signed yet."""
        now = clock.now() - self.age
        at = {
            name: (now + dt.timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")
            for name, minutes in (("now", 0), ("from", -2), ("to", 5))
        }
        said = "".join(
            f'<saml:Attribute Name="{name}"><saml:AttributeValue>{value}'
            "</saml:AttributeValue></saml:Attribute>"
            for name, value in self.told.items()
        )
        return (
            '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" '
            f'Version="2.0" ID="_{uuid.uuid4().hex}" IssueInstant="{at["now"]}">'
            f"<saml:Issuer>{self.issuer}</saml:Issuer><saml:Subject><saml:NameID "
            'Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">abc-123'
            "</saml:NameID><saml:SubjectConfirmation "
            'Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">'
            f'<saml:SubjectConfirmationData NotOnOrAfter="{at["to"]}" '
            f'Recipient="{self.recipient}" InResponseTo="{self.in_response_to}"/>'
            "</saml:SubjectConfirmation></saml:Subject>"
            f'<saml:Conditions NotBefore="{at["from"]}" NotOnOrAfter="{at["to"]}">'
            f"<saml:AudienceRestriction><saml:Audience>{self.audience}</saml:Audience>"
            "</saml:AudienceRestriction></saml:Conditions>"
            f'<saml:AuthnStatement AuthnInstant="{at["now"]}" SessionIndex="_s1">'
            "<saml:AuthnContext><saml:AuthnContextClassRef>"
            f"{LOA}/Substantial</saml:AuthnContextClassRef></saml:AuthnContext>"
            f"</saml:AuthnStatement><saml:AttributeStatement>{said}"
            "</saml:AttributeStatement></saml:Assertion>"
        )

    def signed(self, *, by: str = THEIRS) -> bytes:
        """The assertion with the signature of its issuer, or of a stranger."""
        pair = a_pair(by)
        text: str | bytes = Saml.add_sign(
            self.xml(),
            pair.key,
            pair.certificate,
            sign_algorithm=RSA_SHA256,
            digest_algorithm=SHA256,
        )
        return text.encode() if isinstance(text, str) else text

    def sent(
        self,
        content: bytes | None = None,
        *,
        encrypted: bool = True,
        sealed_for: str = OURS,
    ) -> str:
        """The answer that a browser carries to us."""
        node = etree.fromstring(self.signed() if content is None else content)
        answer = etree.fromstring(self._envelope())
        if encrypted:
            place = etree.SubElement(
                answer, "{urn:oasis:names:tc:SAML:2.0:assertion}EncryptedAssertion"
            )
            place.append(node)
            _encrypt(node, sealed_for)
        else:
            answer.append(node)
        return base64.b64encode(etree.tostring(answer)).decode()

    def _envelope(self) -> str:
        now = clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")
        return (
            '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" '
            'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" '
            f'ID="_{uuid.uuid4().hex}" Version="2.0" IssueInstant="{now}" '
            f'Destination="{self.recipient}" InResponseTo="{self.in_response_to}">'
            f"<saml:Issuer>{self.issuer}</saml:Issuer><samlp:Status><samlp:StatusCode "
            'Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>'
            "</samlp:Response>"
        )


def _encrypt(node: Any, reader: str) -> None:
    """Encrypt an assertion where it stands, for one reader: AES-256-GCM, RSA-OAEP."""
    data = xmlsec.template.encrypted_data_create(
        node,
        xmlsec.constants.TransformAes256Gcm,
        type=xmlsec.constants.TypeEncElement,
        ns="xenc",
    )
    xmlsec.template.encrypted_data_ensure_cipher_value(data)
    info = xmlsec.template.encrypted_data_ensure_key_info(data, ns="dsig")
    key = xmlsec.template.add_encrypted_key(info, xmlsec.constants.TransformRsaOaep)
    xmlsec.template.encrypted_data_ensure_cipher_value(key)
    manager = xmlsec.KeysManager()
    manager.add_key(
        xmlsec.Key.from_memory(
            a_pair(reader).certificate, xmlsec.constants.KeyDataFormatCertPem
        )
    )
    context = xmlsec.EncryptionContext(manager)
    context.key = xmlsec.Key.generate(
        xmlsec.constants.KeyDataAes, 256, xmlsec.constants.KeyDataTypeSession
    )
    context.encrypt_xml(data, node)


# OIDC -----------------------------------------------------------------------------------


@dataclass
class Oidc:
    """An OIDC server: what it tells, and what it was asked."""

    address: str = ""
    told: dict[str, Any] = field(default_factory=dict)
    signed_by: str = THEIRS
    algorithm: str = "RS256"
    is_down: bool = False
    asked: list[dict[str, str]] = field(default_factory=list)

    def token(self) -> str:
        """An identity token, good for five minutes."""
        now = clock.now()
        said = {
            "iss": self.address,
            "aud": "kaeden",
            "sub": "oid-1",
            "iat": now,
            "exp": now + dt.timedelta(minutes=5),
            "tid": "fjordby",
            "name": "Åse Ærø Ødegård",
            "email": "åse@fjordby.dk",
            "cpr": CPR,
        } | self.told
        said = {name: value for name, value in said.items() if value is not None}
        key = a_pair(self.signed_by).key if self.algorithm != "HS256" else "x" * 32
        return jwt.encode(said, key, algorithm=self.algorithm, headers={"kid": "key 1"})

    def keys(self) -> dict[str, Any]:
        """The public keys that tokens are verified with."""
        certificate = x509.load_pem_x509_certificate(
            a_pair(THEIRS).certificate.encode()
        )
        public = jwt.algorithms.RSAAlgorithm.to_jwk(certificate.public_key())
        return {"keys": [json.loads(public) | {"kid": "key 1", "alg": "RS256"}]}


@contextmanager
def an_oidc_server():
    """Serve OIDC on loopback until the test is done."""
    server = Oidc()

    class Answers(BaseHTTPRequestHandler):
        def log_message(self, *_words):
            """Say nothing."""

        def do_GET(self):
            server.asked.append({"path": self.path})
            known = {
                "/.well-known/openid-configuration": {
                    "issuer": server.address,
                    "authorization_endpoint": f"{server.address}/auth",
                    "token_endpoint": f"{server.address}/token",
                    "jwks_uri": f"{server.address}/keys",
                },
                "/keys": server.keys(),
            }
            self._say(known[self.path])

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            server.asked.append(dict(urllib.parse.parse_qsl(body)))
            self._say({"access_token": "a", "id_token": server.token()})

        def _say(self, content):
            data = json.dumps(content).encode()
            self.send_response(503 if server.is_down else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    with _served(Answers) as server.address:
        yield server


@contextmanager
def a_saml_server(told: dict[str, str]):
    """Serve SAML's sign-in page on loopback; whoever comes is the one that is told of."""

    class Answers(BaseHTTPRequestHandler):
        def log_message(self, *_words):
            """Say nothing."""

        def do_GET(self):
            assert is_signed_by_us(self.path)
            assertion = Assertion(told=told, in_response_to=request_id_of(self.path))
            page = (
                f'<form action="{assertion.recipient}" method="post">'
                f'<input name="SAMLResponse" value="{assertion.sent()}"></form>'
            ).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

    with _served(Answers) as address:
        yield f"{address}/sso"


@contextmanager
def _served(answers: type[BaseHTTPRequestHandler]):
    http = ThreadingHTTPServer(("127.0.0.1", 0), answers)
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{http.server_port}"
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


def a_protected_key() -> str:
    """A private key that nobody can read without its password."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    sealed = key.private_bytes(
        Encoding.PEM,
        PrivateFormat.PKCS8,
        encryption_algorithm=BestAvailableEncryption(b"a password"),
    )
    return sealed.decode()
