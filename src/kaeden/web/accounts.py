"""Sign in and out, choose the post to act in; in the demo, as a post that one picks."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kaeden.access.rules import Role
from kaeden.organisation import actions, queries
from kaeden.organisation.models import Unit
from kaeden.organisation.rules import CHIEFS, POST_NAMES
from kaeden.shared.errors import NotFound
from kaeden.web.forms import SignInForm
from kaeden.web.headers import CLEARED
from kaeden.web.middleware import ACTING_POST, Request
from kaeden.web.policy import Policy, policy

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"
DEMO_ROLES = (Role.DIRECTOR, *CHIEFS.values())


@policy(Policy.PUBLIC, same_for_all=True)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: Request) -> HttpResponse:
    """Show the sign-in page, or sign in with name and password."""
    form = SignInForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return redirect("web:desk")
    chosen = request.GET.get("kommune", "")
    town = queries.get_municipality(chosen) if chosen else None
    return render(
        request,
        "accounts/sign_in.html",
        {
            "form": form,
            "is_demo": settings.KAEDEN_DEMO,
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
    """Enter the demo as the holder of a post, and go to the desk."""
    if not settings.KAEDEN_DEMO:
        raise NotFound(_("There are no demo logins here."))
    user = actions.enter_demo(
        request.POST.get("role", ""),
        municipality=request.POST.get("kommune", ""),
        institution=request.POST.get("institution", ""),
    )
    login(request, user, backend=MODEL_BACKEND)
    return redirect("web:desk")


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
