"""A post: what it leads and decides, who holds it, and the form of its charter."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.access.rules import Permission, may, may_at_any, require
from kaeden.organisation import actions, charters, queries
from kaeden.organisation.chain import Chain
from kaeden.organisation.errors import NoSuchUnit
from kaeden.organisation.history import post_history
from kaeden.organisation.models import Post, Unit
from kaeden.organisation.snapshot import chain_of
from kaeden.presentation import posts as posts_page
from kaeden.presentation.as_of import as_of
from kaeden.shared.clock import today
from kaeden.web.middleware import Request
from kaeden.web.organisation_forms import CharterForm, written
from kaeden.web.policy import Policy, policy


@policy(Policy.PUBLIC)
@require_safe
def post(request: Request, code: str, key: str) -> HttpResponse:
    """Show a post on a day; its charter to its line, names to the municipality."""
    town = queries.get_municipality(code)
    shown = as_of(request.path, request.GET.dict())
    row = queries.get_post_by_key(town, key)
    may_read = may_at_any(
        request.actor, Permission.READ_CHARTER, at=queries.paths_of(row.unit)
    )
    chain = chain_of(town, shown.day)
    view = posts_page.build(
        chain,
        key,
        post_history(town, key),
        shown,
        may_read=may_read,
        with_names=bool(may(request.actor, Permission.READ_HOLDERS, at=town.path)),
    )
    context = {"town": town, "view": view, "as_of": shown, "post": row}
    if shown.is_now and key in chain.post and may_read:
        context |= {
            "may_write": charters.may_write_charter(request.actor, row, chain),
            "may_fill": may(request.actor, Permission.FILL_POST, at=row.unit.path),
        }
    return render(request, "organisation/post.html", context)


@policy(Permission.WRITE_CHARTER)
@require_safe
def charter(request: Request, code: str, key: str) -> HttpResponse:
    """Show the form of a post's charter, with what holds today."""
    town, _row, chain = _to_write(request, code, key)
    held = post_history(town, key).charter
    initial = written(chain.post[key].charter, held)
    form = CharterForm(chain=chain, key=key, initial=initial)
    return _charter(request, chain, key, form)


@policy(Permission.WRITE_CHARTER)
@require_POST
def write_charter(request: Request, code: str, key: str) -> HttpResponse:
    """Write the charter; show the form again with what is missing."""
    _town, row, chain = _to_write(request, code, key)
    form = CharterForm(request.POST, chain=chain, key=key)
    if not form.is_valid():
        return _charter(request, chain, key, form, status=400)
    read = form.cleaned_data["read"]
    actions.write_charter(row, form.charter(), by=request.actor, read=read)
    messages.success(request, _("The charter is written. The one before it is kept."))
    return redirect("web:post", code=code, key=key)


def _to_write(request: Request, code: str, key: str) -> tuple[Unit, Post, Chain]:
    """Return a post of today whose charter one may write, with its chain."""
    town = queries.get_municipality(code)
    row = queries.get_post_by_key(town, key)
    chain = chain_of(town, today())
    if key not in chain.post:
        raise NoSuchUnit(_("The post is closed. Its last charter stands on its page."))
    require(charters.may_write_charter(request.actor, row, chain))
    return town, row, chain


def _charter(
    request: Request, chain: Chain, key: str, form: CharterForm, *, status: int = 200
) -> HttpResponse:
    said = {"name": chain.post_name(key), "post": chain.post[key], "chain": chain}
    return render(
        request, "organisation/charter.html", said | {"form": form}, status=status
    )
