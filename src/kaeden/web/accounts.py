"""Sign in and out, choose the post to act in; in the demo, as a post that one picks."""

from typing import cast

from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from kaeden.access.rules import Role
from kaeden.accounts import actions as accounts
from kaeden.accounts.models import User
from kaeden.accounts.queries import has_second_factor
from kaeden.organisation import actions, queries
from kaeden.organisation.models import Unit
from kaeden.organisation.rules import CHIEFS, INVENTED, POST_NAMES
from kaeden.presentation.fjordby import DOORS
from kaeden.shared.errors import Forbidden, NotFound
from kaeden.web.account_forms import RemindersForm, SignInForm
from kaeden.web.headers import CLEARED
from kaeden.web.middleware import ACTING_POST, Request
from kaeden.web.municipal_login import doors as municipal_doors
from kaeden.web.policy import Policy, policy
from kaeden.web.sessions import end_others

DEMO_ROLES = (Role.DIRECTOR, *CHIEFS.values())


@policy(Policy.PUBLIC, same_for_all=True)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
def sign_in(request: Request) -> HttpResponse:
    """Show the sign-in page, or sign in with name and password."""
    too_many = ratelimit.consume_or_429(request, action="login")
    if too_many:
        return cast("HttpResponse", too_many)
    wanted = get_next_redirect_url(request) or ""
    form = SignInForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        return cast("HttpResponse", form.login(request, redirect_url=wanted))
    chosen = request.GET.get("kommune", "")
    town = queries.get_municipality(chosen) if chosen else None
    return render(
        request,
        "accounts/sign_in.html",
        {
            "form": form,
            "next": wanted,
            "municipal_logins": list(municipal_doors(wanted)),
            "is_demo": settings.KAEDEN_DEMO,
            "doors": DOORS
            if settings.KAEDEN_DEMO and queries.is_there(INVENTED)
            else (),
            "municipalities": queries.municipalities(),
            "chosen": town,
            "roles": [(role.value, POST_NAMES[role.value]) for role in DEMO_ROLES],
            "institutions": _led(town) if town else [],
        },
        status=400 if request.method == "POST" else 200,
    )


def _led(town: Unit) -> list[Unit]:
    return [unit for unit in queries.institutions_of(town) if unit.is_in_chain]


@policy(Policy.PUBLIC)
@require_POST
def enter_demo(request: Request) -> HttpResponse:
    """Enter the demo as the holder of a post; go to the desk, or where one came from."""
    if not settings.KAEDEN_DEMO:
        raise NotFound(_("There are no demo logins here."))
    wanted = get_next_redirect_url(request)
    login(request, _demo_user(request.POST))
    return redirect(wanted or "web:desk")


def _demo_user(chosen: QueryDict) -> User:
    """Return the account of a post in Fjordby, else of a role in a real municipality."""
    post = chosen.get("post")
    if post:
        return actions.enter_fjordby(post)
    return actions.enter_demo(
        chosen.get("role", ""),
        municipality=chosen.get("kommune", ""),
        institution=chosen.get("institution", ""),
    )


@policy(Policy.PUBLIC)
@require_POST
def sign_out(request: Request) -> HttpResponseRedirect:
    """Sign out; the browser forgets what it was shown."""
    logout(request)
    return HttpResponseRedirect(reverse("web:denmark"), headers=CLEARED)


@policy(Policy.SIGNED_IN)
@require_POST
def act(request: Request) -> HttpResponse:
    """Act in another of one's own posts from now on, and go to its desk."""
    chosen = request.POST.get("post", "")
    seat = next((one for one in request.seats if str(one.post_id) == chosen), None)
    if seat is None:
        raise NotFound(_("You do not hold such a post. Choose one of your own."))
    request.session[ACTING_POST] = seat.post_id
    return redirect("web:desk")


@policy(Policy.SIGNED_IN)
@require_safe
def account(request: Request) -> HttpResponse:
    """Show one's own account: posts, password, codes, e-mail, sessions."""
    user = cast("User", request.user)
    initial = {"address": user.email, "wants": user.wants_reminders}
    return _account(request, RemindersForm(initial=initial))


def _account(
    request: Request, form: RemindersForm, *, status: int = 200
) -> HttpResponse:
    user = cast("User", request.user)
    shown = {
        "seats": request.seats,
        "has_codes": has_second_factor(user),
        "form": form,
    }
    return render(request, "accounts/account.html", shown, status=status)


@policy(Policy.SIGNED_IN)
@require_POST
def choose_reminders(request: Request) -> HttpResponse:
    """Say where the weekly e-mail goes, or that one does not want it."""
    form = RemindersForm(request.POST)
    if not form.is_valid():
        return _account(request, form, status=400)
    user = cast("User", request.user)
    accounts.choose_reminders(user, **form.cleaned_data, by=request.actor)
    messages.success(request, _("It is saved."))
    return redirect("web:account")


@policy(Policy.SIGNED_IN)
@require_POST
def end_other_sessions(request: Request) -> HttpResponse:
    """Sign out in all other browsers."""
    end_others(request)
    messages.success(request, _("You are signed out in all other browsers."))
    return redirect("web:account")


@policy(Policy.PUBLIC)
@require_safe
def cancelled(request: Request) -> HttpResponse:
    """Say that a municipal login was given up, and go back to the sign-in page."""
    messages.info(request, _("You did not sign in there. You can try again."))
    return redirect("web:sign_in")


@policy(Policy.PUBLIC)
@require_safe
def closed(_request: Request) -> HttpResponse:
    """Say that an account is closed."""
    raise Forbidden(
        _("This account is closed. Ask whoever looks after accounts with you.")
    )
