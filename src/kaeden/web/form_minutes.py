"""Every form says what it takes, by what it has taken those who used it.

A page that shows a form notes inside it when it was opened, signed so that nobody can
make it up. When it has been sent and taken, the time between is counted as one of a few
lengths, and the note is thrown away: it names a form and a moment, and nobody.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from kaeden.conditions.actions.form_minutes import count_use
from kaeden.conditions.queries.form_minutes import seconds_of_forms
from kaeden.presentation.minutes import takes
from kaeden.shared.clock import now
from kaeden.web.form_estimates import FILLED, PRESS, PRESSED
from kaeden.web.middleware import Answer

OPENED = "opened"
"""The name of the hidden field that says when a form was opened."""
MEASURED = "form_seconds"
"""Where a request keeps what has been measured."""
TAKEN = 302
log = logging.getLogger(__name__)
_signer = Signer(salt="kaeden form minutes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """That a form was opened at a moment."""

    form: str
    at: int

    def __str__(self) -> str:
        return _signer.sign(f"{self.form} {self.at}")


def opened(text: str) -> Opened | None:
    """Return what a note says; None for one that is missing or not ours."""
    try:
        form, _space, at = _signer.unsign(text).partition(" ")
    except BadSignature:
        return None
    return Opened(form=form, at=int(at))


def opened_in(request: HttpRequest | None, form: str) -> Opened:
    """Return when a form was opened first: it may come back with what is wrong."""
    sent = opened(request.POST.get(OPENED, "")) if request else None
    if sent is not None and sent.form == form:
        return sent
    return Opened(form=form, at=_moment())


def says(form: str, measured: Mapping[str, int]) -> str:
    """Return what a form takes: measured, else as estimated."""
    return takes(measured.get(form, FILLED[form]), is_estimate=form not in measured)


def measured_for(request: HttpRequest | None) -> Mapping[str, int]:
    """Return what forms take by their use, read once for a page (1 query)."""
    if request is None:
        return seconds_of_forms()
    facts: dict[str, Mapping[str, int]] = request.__dict__
    if MEASURED not in facts:
        facts[MEASURED] = seconds_of_forms()
    return facts[MEASURED]


class FormMinutesMiddleware:
    """Count what a form or a button has taken, when it has been sent and taken."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then count; that it can't be counted stops nobody."""
        response = self.answer(request)
        if request.method == "POST" and response.status_code == TAKEN:
            _count(request)
        return response


def _count(request: HttpRequest) -> None:
    note, match = opened(request.POST.get(OPENED, "")), request.resolver_match
    route = match.url_name if match else None
    try:
        if note is not None:
            count_use(note.form, _moment() - note.at)
        elif route in PRESSED:
            count_use(str(route), PRESS)
    except DatabaseError:
        log.exception("A use of a form could not be counted.")


def _moment() -> int:
    return int(now().timestamp())
