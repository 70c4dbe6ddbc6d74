"""Ask OS2mo over GraphQL: a token that is renewed, pages to the end, patience.

Only reading queries are sent, so that asking again is safe.
"""

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import urllib3
from django.utils.translation import gettext as _

from kaeden.organisation.errors import NoAnswer
from kaeden.shared.errors import BadInput

VERSION = "v30"
TOKEN_PATH = "/auth/realms/mo/protocol/openid-connect/token"  # noqa: S105 - an address
QUERIES = (Path(__file__).parent / "queries.graphql").read_text(encoding="utf-8")
PAGE = 500
MOST_PAGES = 10_000
LARGEST = 50_000_000
EARLY = 30
"""Seconds before its end at which a token is renewed."""
TRIES = urllib3.Retry(
    total=4,
    backoff_factor=0.5,
    status_forcelist=(429, 500, 502, 503, 504),
    allowed_methods={"POST"},
    raise_on_status=False,
    redirect=False,
    retry_after_max=30,
)
WAITS = urllib3.Timeout(connect=5, read=60)
LOOPBACK = {"127.0.0.1", "localhost", "::1"}

Variables = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Where OS2mo is, and who asks."""

    url: str
    client_id: str
    client_secret: str = field(repr=False)


class Os2mo:
    """A conversation with one OS2mo; not for use by two threads."""

    def __init__(
        self,
        access: Access,
        *,
        tries: urllib3.Retry = TRIES,
        waits: urllib3.Timeout = WAITS,
    ) -> None:
        parts = urlsplit(access.url)
        is_safe = parts.scheme == "https" or parts.hostname in LOOPBACK
        if not is_safe or parts.scheme not in {"http", "https"}:
            raise BadInput(
                _("“%(url)s” is no address of OS2mo. It must begin with https://")
                % {"url": access.url}
            )
        self._access = access
        self._base = access.url.rstrip("/")
        self._pool = urllib3.PoolManager(timeout=waits, retries=tries)
        self._token = ""
        self._ends = 0.0

    def objects(self, query: str, **variables: Any) -> Iterator[dict[str, Any]]:
        """Give every object of a query, page by page.

        A page may be short or empty before the end; only a page without a next cursor
        is the last.

        Raises
        ------
        NoAnswer
            If OS2mo does not answer, refuses, or answers what we don't understand.
        """
        cursor = None
        for _page in range(MOST_PAGES):
            asked = {"limit": PAGE, "cursor": cursor, **variables}
            page = self._page(query, asked)
            yield from page["objects"]
            cursor = page["page_info"]["next_cursor"]
            if cursor is None:
                return
        raise NoAnswer(_("OS2mo keeps on giving pages. Ask those who run it."))

    def _page(self, query: str, variables: Variables) -> dict[str, Any]:
        body = {"query": QUERIES, "operationName": query, "variables": variables}
        answer = self._ask(body)
        if answer.status == 401:  # The token can be taken back before its time.
            self._token = ""
            answer = self._ask(body)
        content = _content(answer)
        if content.get("errors"):
            said = "; ".join(str(one.get("message")) for one in content["errors"])
            raise NoAnswer(_("OS2mo could not answer: %(said)s") % {"said": said[:300]})
        try:
            page: dict[str, Any] = content["data"]["page"]
            page["objects"], page["page_info"]["next_cursor"]
        except (KeyError, TypeError) as error:
            raise NoAnswer(_not_understood()) from error
        return page

    def _ask(self, body: Mapping[str, Any]) -> urllib3.BaseHTTPResponse:
        return self._post(
            f"/graphql/{VERSION}",
            json.dumps(body).encode(),
            {
                "Authorization": f"Bearer {self._bearer()}",
                "Content-Type": "application/json",
            },
        )

    def _bearer(self) -> str:
        """Return a token that holds yet; there is none to refresh, only a new one."""
        if self._token and time.monotonic() < self._ends:
            return self._token
        form = {
            "grant_type": "client_credentials",
            "client_id": self._access.client_id,
            "client_secret": self._access.client_secret,
        }
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = self._post(TOKEN_PATH, urlencode(form).encode(), kind)
        if answer.status in {400, 401, 403}:
            raise NoAnswer(
                _("OS2mo's login does not know the client. Check its id and secret.")
            )
        content = _content(answer)
        try:
            token, lasts = str(content["access_token"]), float(content["expires_in"])
        except (KeyError, TypeError, ValueError) as error:
            raise NoAnswer(_not_understood()) from error
        self._token, self._ends = token, time.monotonic() + lasts - EARLY
        return token

    def _post(
        self, path: str, body: bytes, headers: Mapping[str, str]
    ) -> urllib3.BaseHTTPResponse:
        try:
            return self._pool.request(
                "POST", self._base + path, body=body, headers=headers, redirect=False
            )
        except urllib3.exceptions.HTTPError as error:
            raise NoAnswer(
                _("OS2mo does not answer at %(url)s. Try again later.")
                % {"url": self._base}
            ) from error


def _content(answer: urllib3.BaseHTTPResponse) -> dict[str, Any]:
    """Return what an answer holds, if it is one."""
    if answer.status != 200:
        raise NoAnswer(
            _(
                "OS2mo answered with the code %(status)d. Try again later, or check "
                "that it knows version %(version)s of GraphQL."
            )
            % {"status": answer.status, "version": VERSION}
        )
    try:
        content = json.loads(answer.data) if len(answer.data) <= LARGEST else None
    except ValueError as error:
        raise NoAnswer(_not_understood()) from error
    if not isinstance(content, dict):
        raise NoAnswer(_not_understood())
    return content


def _not_understood() -> str:
    return _("OS2mo answered in a form that Kæden does not know.")
