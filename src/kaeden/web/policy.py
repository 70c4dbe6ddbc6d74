"""Who may open each address, said once beside its view and held by one middleware.

A view says `@policy(Policy.PUBLIC)`, `SIGNED_IN`, `POST`, or a `Permission` that the
post one acts in must have somewhere. Which *objects* it may be used on is judged by the
queries and actions that the view calls. An address that says nothing is open to nobody.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeAlias, TypeVar, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from kaeden.access.rules import YES, Actor, Permission, Verdict, has
from kaeden.shared.errors import Forbidden
from kaeden.web.kept import sign_in_again
from kaeden.web.middleware import Answer, Request, page_of

View = TypeVar("View", bound=Callable[..., HttpResponse])


class Policy(StrEnum):
    """Who may open an address, where no permission is asked for."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    POST = "post"


Needed: TypeAlias = Policy | Permission

DECLARED: Mapping[str, Needed] = {
    "django.views.i18n.set_language": Policy.PUBLIC,
}
"""The policies of views that others wrote, by their full name."""

WHY_NOT = {
    Policy.SIGNED_IN: _("Sign in to see this."),
    Policy.POST: _("Sign in with a post to do this."),
    None: _("It is not decided who may open this page, so nobody can."),
}


def policy(needed: Needed, *, same_for_all: bool = False) -> Callable[[View], View]:
    """Declare who may open a view; stands as its uppermost decorator.

    `same_for_all` says that it shows everybody the same, so that it need not be written
    down who sees it. Say it of no view that asks who the actor is.
    """

    def declare(view: View) -> View:
        view.__dict__.update(policy=needed, same_for_all=same_for_all)
        return view

    return declare


def policy_of(view: Callable[..., Any]) -> Needed | None:
    """Return what a view declares, or what is declared for it; else none."""
    return getattr(view, "policy", None) or DECLARED.get(_full_name(view))


def is_same_for_all(view: Callable[..., Any]) -> bool:
    """Whether a view shows everybody the same; those of others know no results."""
    return _full_name(view) in DECLARED or bool(getattr(view, "same_for_all", False))


def _full_name(view: Callable[..., Any]) -> str:
    origin = getattr(view, "view_class", view)
    return f"{origin.__module__}.{origin.__qualname__}"


def judge(actor: Actor, needed: Needed | None) -> Verdict:
    """Judge whether somebody may open what has a policy; without one, nobody may."""
    if isinstance(needed, Permission):
        return has(actor, needed)
    known = {
        Policy.PUBLIC: True,
        Policy.SIGNED_IN: actor.user_id is not None,
        Policy.POST: actor.role is not None,
    }
    if needed is None or not known[needed]:
        return Verdict(allowed=False, why_not=WHY_NOT[needed])
    return YES


class PolicyMiddleware:
    """Let a request through to its view, or say why not."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; what is asked for is known first in `process_view`."""
        return self.answer(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *_arguments: Any
    ) -> HttpResponse | None:
        """Send who is not signed in to the sign-in page; refuse others with a reason."""
        actor, needed = cast("Request", request).actor, policy_of(view)
        verdict = judge(actor, needed)
        if verdict:
            return None
        is_swap = bool(getattr(request, "htmx", False))
        if needed and actor.user_id is None and not is_swap:
            return sign_in_again(request)
        return page_of(request, Forbidden(verdict.why_not))
