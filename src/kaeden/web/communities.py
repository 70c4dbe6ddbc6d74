"""Communities of leaders: those one sees, one of them, and the form that binds posts."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.access.rules import Permission, has, require
from kaeden.dialogue.queries import shared, visits
from kaeden.organisation import communities as organisation
from kaeden.organisation.communities import SeenCommunity
from kaeden.organisation.models import Unit
from kaeden.organisation.queries import get_municipality
from kaeden.presentation import communities as communities_page
from kaeden.presentation import shared as shared_page
from kaeden.presentation.as_of import as_of
from kaeden.shared.clock import today
from kaeden.web.hanging import on_community
from kaeden.web.middleware import Request
from kaeden.web.organisation_forms import CommunityForm
from kaeden.web.policy import policy


@policy(Permission.READ_HOLDERS)
@require_safe
def communities(request: Request, code: str) -> HttpResponse:
    """List the communities of a day that one sees."""
    town = get_municipality(code)
    shown = as_of(request.path, request.GET.dict())
    found = organisation.communities_of(request.actor, town, shown.day)
    context = {
        "town": town,
        "as_of": shown,
        "communities": list(communities_page.listed(found, shown)),
        "may_form": has(request.actor, Permission.FORM_COMMUNITY),
    }
    return render(request, "organisation/communities.html", context)


@policy(Permission.READ_HOLDERS)
@require_safe
def community(request: Request, code: str, key: str) -> HttpResponse:
    """Show a community with its members on a day."""
    town = get_municipality(code)
    shown = as_of(request.path, request.GET.dict())
    found = organisation.get_community(request.actor, town, key, shown.day)
    context = {
        "town": town,
        "as_of": shown,
        "view": communities_page.build(found, shown),
        "may_change": found.may_change if shown.is_now else None,
    }
    if shown.is_now:
        context["hanging"] = on_community(request.actor, found)
        context["together"] = _together(request, found)
    return render(request, "organisation/community.html", context)


def _together(request: Request, found: SeenCommunity) -> shared_page.Together:
    """Return what a community has agreed on, and how it is followed up (6 queries)."""
    actor, row, count = request.actor, found.row, len(found.members)
    posts = {one.post.pk: one.post for one in found.members}
    is_member = actor.post_id in posts
    may_visit = is_member and has(actor, Permission.VISIT)
    hosts = visits.hosts_in(actor, posts) if may_visit else set()
    return shared_page.together(
        shared.in_community(actor, row) if is_member else (),
        visits.in_community(actor, row) if is_member else (),
        [post for pk, post in posts.items() if pk in hosts],
        (shared.follow_up(row, count), visits.held_of_planned(row, count)),
        is_member=is_member,
    )


@policy(Permission.FORM_COMMUNITY)
@require_safe
def new(request: Request, code: str) -> HttpResponse:
    """Show the form that binds posts to each other."""
    town = get_municipality(code)
    organisation.communities_of(request.actor, town, today())
    return _form(request, town, _asked(request, town))


@policy(Permission.FORM_COMMUNITY)
@require_POST
def form(request: Request, code: str) -> HttpResponse:
    """Bind posts to each other; show the form again with what is missing."""
    town = get_municipality(code)
    organisation.communities_of(request.actor, town, today())
    asked = _asked(request, town, request.POST)
    if not asked.is_valid():
        return _form(request, town, asked, status=400)
    made = organisation.form_community(town, **asked.cleaned_data, by=request.actor)
    messages.success(request, _("The community is formed."))
    return redirect("web:community", code=code, key=made.key)


@policy(Permission.FORM_COMMUNITY)
@require_safe
def change(request: Request, code: str, key: str) -> HttpResponse:
    """Show the form of a community, with what holds today."""
    town = get_municipality(code)
    found = organisation.get_community(request.actor, town, key, today())
    require(found.may_change)
    initial = {
        "name": found.row.name,
        "purpose": found.row.purpose,
        "members": sorted(found.keys),
    }
    return _form(request, town, _asked(request, town, initial=initial), key=key)


@policy(Permission.FORM_COMMUNITY)
@require_POST
def save(request: Request, code: str, key: str) -> HttpResponse:
    """Change a community; show the form again with what is missing."""
    town = get_municipality(code)
    found = organisation.get_community(request.actor, town, key, today())
    asked = _asked(request, town, request.POST)
    if not asked.is_valid():
        return _form(request, town, asked, key=key, status=400)
    organisation.change_community(found.row, **asked.cleaned_data, by=request.actor)
    messages.success(request, _("The community is changed."))
    return redirect("web:community", code=code, key=key)


@policy(Permission.FORM_COMMUNITY)
@require_POST
def end(request: Request, code: str, key: str) -> HttpResponse:
    """Let a community end."""
    town = get_municipality(code)
    found = organisation.get_community(request.actor, town, key, today())
    organisation.end_community(found.row, by=request.actor)
    messages.success(request, _("The community has ended. What it was is kept."))
    return redirect("web:communities", code=code)


def _asked(
    request: Request, town: Unit, data: Any = None, **more: Any
) -> CommunityForm:
    posts = organisation.bindable(request.actor, town)
    choices = [(one.key, communities_page.post_words(one)) for one in posts]
    return CommunityForm(data, posts=choices, **more)


def _form(
    request: Request,
    town: Unit,
    asked: CommunityForm,
    *,
    key: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {"town": town, "form": asked, "key": key}
    return render(request, "organisation/community_form.html", context, status=status)
