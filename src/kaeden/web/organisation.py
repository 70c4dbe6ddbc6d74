"""Search, a municipality's units, its chain, and who holds a post."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.access.rules import Permission, has, may, require
from kaeden.chaincheck import queries as chaincheck
from kaeden.goals import queries as goals
from kaeden.organisation import actions, charters, queries
from kaeden.organisation.errors import NoSuchUnit
from kaeden.organisation.history import unit_history
from kaeden.organisation.snapshot import chain_of
from kaeden.presentation import breaks as breaks_page
from kaeden.presentation import chain as chain_page
from kaeden.presentation import places
from kaeden.presentation import structure as structure_page
from kaeden.presentation import unit as unit_page
from kaeden.presentation.as_of import as_of
from kaeden.presentation.sources import register_attribution
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy


@policy(Policy.PUBLIC, same_for_all=True)
@require_safe
def search(request: Request) -> HttpResponse:
    """Find municipalities, institutions and indicators by name."""
    words = request.GET.get("q", "")
    found = places.found(words, queries.search(words))
    return render(
        request,
        "organisation/search.html",
        {
            "search_words": words,
            "found": found,
            "attribution": register_attribution(),
        },
    )


@policy(Policy.PUBLIC, same_for_all=True)
@require_safe
def units(request: Request, code: str) -> HttpResponse:
    """List a municipality's institutions on a day, by area and name."""
    town = queries.get_municipality(code)
    shown = as_of(request.path, request.GET.dict())
    groups = places.by_area(chain_of(town, shown.day), shown.query)
    context = {"town": town, "groups": groups, "as_of": shown}
    return render(
        request,
        "organisation/units.html",
        context | {"attribution": register_attribution()},
    )


@policy(Policy.PUBLIC, same_for_all=True)
@require_safe
def unit(request: Request, code: str, unit: str) -> HttpResponse:
    """Show a unit on a day, and what it has been; an ended one answers too."""
    town = queries.get_municipality(code)
    shown = as_of(request.path, request.GET.dict())
    row = queries.get_unit(town, unit)
    view = unit_page.build(chain_of(town, shown.day), unit_history(row), shown)
    context = {"town": town, "view": view, "as_of": shown}
    return render(request, "organisation/unit.html", context)


@policy(Permission.READ_HOLDERS)
@require_safe
def structure(request: Request, code: str) -> HttpResponse:
    """Show what the structure lacks, and the tasks of the posts that one may read."""
    town = queries.get_municipality(code)
    within = may(request.actor, Permission.READ_HOLDERS, at=town.path)
    require(within, otherwise=NoSuchUnit)
    shown = as_of(request.path, request.GET.dict())
    found = chain_of(town, shown.day)
    readable = charters.readable_posts(request.actor, town, found)
    view = structure_page.build(found, shown, readable=readable)
    context = {
        "town": town,
        "view": view,
        "as_of": shown,
        "may_load": may(request.actor, Permission.LOAD_CHAIN, at=town.path),
    }
    return render(request, "organisation/structure.html", context)


@policy(Policy.PUBLIC)
@require_safe
def chain(request: Request, code: str) -> HttpResponse:
    """Show a municipality's chain on a day: its map and its breaks, as far as one may."""
    town = queries.get_municipality(code)
    shown = as_of(request.path, request.GET.dict())
    known = chaincheck.known_to(request.actor, town, shown.day)
    wanted = goals.goals_of(town) if shown.is_now else []
    view = chain_page.build(known, wanted, as_of=shown)
    return render(
        request,
        "organisation/chain.html",
        {
            "town": town,
            "view": view,
            "as_of": shown,
            "all_href": f"{reverse('web:breaks', args=[code])}{shown.query}",
            "within": may(request.actor, Permission.READ_HOLDERS, at=town.path),
            "may_draw": has(request.actor, Permission.DRAW_DRAFT),
            "attribution": register_attribution(),
        },
    )


@policy(Policy.PUBLIC)
@require_safe
def breaks(request: Request, code: str) -> HttpResponse:
    """List all breaks of a municipality's chain on a day, or those one owns."""
    town = queries.get_municipality(code)
    shown = as_of(request.path, request.GET.dict())
    known = chaincheck.known_to(request.actor, town, shown.day)
    only_mine = request.GET.get(breaks_page.WHOSE) == breaks_page.MINE
    view = breaks_page.build(known, only_mine=only_mine, as_of=shown)
    context = {"town": town, "view": view, "as_of": shown}
    return render(request, "organisation/breaks.html", context)


@policy(Permission.FILL_POST)
@require_POST
def fill(request: Request, pk: int) -> HttpResponse:
    """Let somebody hold a vacant post."""
    post = queries.get_post(pk)
    actions.fill_post(
        post, holder_name=request.POST.get("holder", ""), by=request.actor
    )
    messages.success(request, _("The post is filled."))
    return redirect("web:chain", code=post.unit.municipality_code)


@policy(Permission.FILL_POST)
@require_POST
def vacate(request: Request, pk: int) -> HttpResponse:
    """End the holding of a post."""
    post = queries.get_post(pk)
    actions.vacate_post(post, by=request.actor)
    messages.success(request, _("The post is vacant."))
    return redirect("web:chain", code=post.unit.municipality_code)
