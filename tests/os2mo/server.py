"""A local OS2mo: the real queries, executed against an SDL, over HTTP on loopback.

It has Keycloak's token endpoint, tokens that end, cursors, short and empty pages before
the end, and faults that can be ordered. The real client talks to it and knows nothing.
"""

import json
import threading
import time
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import urllib3
from graphql import build_schema, graphql_sync

SCHEMA = build_schema((Path(__file__).parent / "schema.graphql").read_text())
LISTS = ("classes", "org_units", "managers", "persons")
TOKEN = "/auth/realms/mo/protocol/openid-connect/token"
CLIENT, SECRET = "kaeden", "fjord-fjord"
SILENT = 0
"""The status of a fault that says nothing for some seconds."""
TODAY = date(2026, 11, 23)
QUICK = urllib3.Retry(
    total=2,
    backoff_factor=0,
    status_forcelist=(429, 500, 502, 503, 504),
    allowed_methods={"POST"},
    raise_on_status=False,
    redirect=False,
)
"""Patience without waiting."""


class World:
    """What this OS2mo holds, how it pages, and what goes wrong next.

    `pages` are the sizes of the pages of a list; the last one repeats. `faults` are
    answers given instead of the next ones to a query, each a status, headers, body.
    """

    def __init__(self, *, classes=(), org_units=(), managers=(), persons=()):
        self.lists = dict(
            zip(LISTS, map(list, (classes, org_units, managers, persons)), strict=True)
        )
        self.pages = (2,)
        self.faults = []
        self.lasts = 300
        self.given = 0
        self.taken_back = set()
        self.asked = []

    def page(self, name, filter=None, limit=None, cursor=None):  # noqa: A002 - its name
        found = [one for one in self.lists[name] if _is_asked_for(one, filter or {})]
        start, number = (cursor or {"start": 0, "number": 0}).values()
        size = self.pages[min(number, len(self.pages) - 1)]
        end = start + min(size, limit or size)
        at_end = start >= len(found)
        after = None if at_end else {"start": end, "number": number + 1}
        shown = [_within(one, filter or {}) for one in found[start:end]]
        return {"objects": shown, "page_info": {"next_cursor": after}}


def _is_asked_for(one, asked):
    keys = {fact.get("user_key") for fact in one["validities"]}
    facet = asked.get("facet") or {}
    return (
        ("uuids" not in asked or one["uuid"] in asked["uuids"])
        and ("user_keys" not in asked or keys & set(asked["user_keys"]))
        and ("user_keys" not in facet or one["facet"] in facet["user_keys"])
        and bool(_within(one, asked)["validities"])
    )


def _within(one, asked):
    """Without dates only what holds now; with null, without end in that direction."""
    has_all = {"from_date", "to_date"} <= asked.keys()
    now = [fact for fact in one["validities"] if _holds_now(fact["validity"])]
    current = now[0] if now else None
    return {
        **one,
        "current": current,
        "validities": one["validities"] if has_all else now,
    }


def _holds_now(validity):
    begun = validity["from"] is None or validity["from"][:10] <= str(TODAY)
    return begun and (validity["to"] is None or validity["to"][:10] >= str(TODAY))


class Handler(BaseHTTPRequestHandler):
    """Answers as Keycloak and as OS2mo do."""

    world: World

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == TOKEN:
            self._token({name: one[0] for name, one in parse_qs(body).items()})
        elif self.path == "/graphql/v30":
            self._graphql(json.loads(body))
        else:
            self._answer(404, {"detail": "Not Found"})

    def _token(self, form):
        wanted = {
            "grant_type": "client_credentials",
            "client_id": CLIENT,
            "client_secret": SECRET,
        }
        if form != wanted:
            self._answer(401, {"error": "unauthorized_client"})
            return
        self.world.given += 1
        token = {"access_token": f"token-{self.world.given}", "token_type": "Bearer"}
        self._answer(200, {**token, "expires_in": self.world.lasts})

    def _graphql(self, body):
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        known = {f"token-{number + 1}" for number in range(self.world.given)}
        if token not in known - self.world.taken_back:
            self._answer(401, {"msg": "Not authenticated"})
            return
        self.world.asked.append(body)
        if self.world.faults:
            status, headers, content = self.world.faults.pop(0)
            if status == SILENT:
                time.sleep(content)
                self.close_connection = True
                return
            self._answer(status, content, headers)
            return
        result = graphql_sync(
            SCHEMA,
            body["query"],
            root_value=self._root(),
            variable_values=body["variables"],
            operation_name=body["operationName"],
        )
        self._answer(200, result.formatted)

    def _root(self):
        def of(name):
            return lambda _info, **asked: self.world.page(name, **asked)

        return {name: of(name) for name in LISTS}

    def _answer(self, status, content, headers=()):
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        for name, value in dict(headers).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_words):
        """Say nothing."""


@contextmanager
def serving(world):
    """Serve a world; give its address."""
    handler = type("Its", (Handler,), {"world": world})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
