"""What somebody writes is not lost: where it is kept, the way back, and what is sent.

The browser keeps it (`static/js/kept.js`), by the account and the post one acts in. The
server keeps nothing of it: it says whose it is, tells the browser when a form has come
through, and leads whose session is over back to the form.
"""

from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.crypto import salted_hmac
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from kaeden.web.middleware import Answer, Request

SENT = f"{settings.HOST_ONLY}sent"
"""The cookie that tells the browser which form has come through; scripts read it."""
SENT_FOR = 60
"""Seconds for which it does."""


class SignInAgain(HttpResponseRedirect):
    """The way to the sign-in page, and from there back; nothing has been done."""


def sign_in_again(request: HttpRequest) -> SignInAgain:
    """Lead to the sign-in page and back to the page, or to the page of the form."""
    if request.method == "POST":
        messages.info(
            request,
            _(
                "You are signed out, so what you wrote has not been sent. Sign in, and "
                "you come back to the form. What you wrote is kept in this browser; "
                "without JavaScript it is not."
            ),
            fail_silently=True,
        )
        back = page_of_form(request)
    else:
        back = request.get_full_path()
    return SignInAgain(redirect_to_login(back).url)


def page_of_form(request: HttpRequest) -> str:
    """Return the address of the page that a form was sent from, else the desk's.

    A form that was shown again stands at the address that it is sent to; its page is
    the one above that.
    """
    sender = request.headers.get("Referer", "")
    came_from = urlsplit(sender)
    is_ours = url_has_allowed_host_and_scheme(sender, {request.get_host()})
    if is_ours and came_from.path not in {"", request.path}:
        path = came_from.path
        back = came_from._replace(scheme="", netloc="", fragment="").geturl()
    else:
        path = back = request.path.rstrip("/").rpartition("/")[0] + "/"
    try:
        resolve(path)
    except Resolver404:
        return reverse("web:desk")
    return back


class SentMiddleware:
    """Tell the browser that a form has come through, so that it forgets the words."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; a form has come through when it leads on."""
        response = self.answer(request)
        leads_on = request.method == "POST" and response.status_code == 302
        knows = cast("Request", request).actor.user_id is not None
        is_over = isinstance(response, SignInAgain) or "Clear-Site-Data" in response
        if leads_on and knows and not is_over:
            response.set_cookie(
                SENT,
                iri_to_uri(request.path),
                max_age=SENT_FOR,
                secure=settings.SESSION_COOKIE_SECURE,
                samesite="Lax",
            )
        return response


def keeper(request: HttpRequest) -> dict[str, str]:
    """Give pages the name under which the browser keeps what is written on them.

    It tells nobody who it is; whoever is not signed in has none.
    """
    actor = getattr(request, "actor", None)
    if actor is None or actor.user_id is None:
        return {"keeper": ""}
    whose = f"{actor.user_id} {actor.post_id}"
    return {"keeper": salted_hmac("kaeden.kept", whose).hexdigest()[:20]}
