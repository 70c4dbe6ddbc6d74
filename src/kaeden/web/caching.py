"""Public pages are kept until anything changes.

A page for somebody without a session depends on its address, the language and what has
been done so far. The newest row of the audit trail names the last of these: every
action writes one, so no page can be older than the newest change.
"""

import hashlib
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from kaeden.audit.queries import latest

SECONDS = 24 * 60 * 60
LARGEST = 1_000_000


class PublicPageMiddleware:
    """Answer a public page from the cache, or keep the answer there."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; only GET, only without a session (1 query, for the newest event)."""
        if request.method != "GET" or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return self.answer(request)
        key = _key(request)
        pages = caches["pages"]
        kept = cast("HttpResponse | None", pages.get(key))
        if kept is not None:
            return kept
        response = self.answer(request)
        if _may_be_kept(response):
            pages.set(key, response, SECONDS)
        return response


def _key(request: HttpRequest) -> str:
    """Return what a public page depends on, as a short name (1 query)."""
    parts = f"{latest()} {get_language()} {request.get_full_path()}"
    return hashlib.sha256(parts.encode()).hexdigest()


def _may_be_kept(response: HttpResponse) -> bool:
    """Whether an answer is the same for all: nothing set, nothing wrong."""
    return (
        response.status_code == 200
        and not response.cookies
        and not response.streaming
        and len(response.content) <= LARGEST
    )
