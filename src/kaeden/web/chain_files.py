"""The chain as a file: download it, send it, see what it would change, load it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kaeden.access.rules import Permission, may, require
from kaeden.organisation import queries, uploads
from kaeden.organisation.errors import NoSuchUnit
from kaeden.organisation.files.reading import write_chain
from kaeden.organisation.models import Unit
from kaeden.organisation.snapshot import chain_of
from kaeden.presentation import changes as said
from kaeden.presentation.numbers import number
from kaeden.shared.clock import today
from kaeden.web.middleware import Request
from kaeden.web.organisation_forms import ChainFileForm
from kaeden.web.policy import policy

TYPES = {
    "yaml": "application/yaml; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _town(request: Request, code: str) -> Unit:
    """Return the municipality, if one's post may load its chain."""
    town = queries.get_municipality(code)
    within = may(request.actor, Permission.LOAD_CHAIN, at=town.path)
    require(within, otherwise=NoSuchUnit)
    return town


@policy(Permission.LOAD_CHAIN)
@require_safe
def chain_file(request: Request, code: str) -> HttpResponse:
    """Show how to download the chain and how to send it."""
    return _page(request, _town(request, code), ChainFileForm())


def _page(
    request: Request, town: Unit, form: ChainFileForm, *, status: int = 200
) -> HttpResponse:
    context = {"town": town, "form": form}
    return render(request, "organisation/chain_file.html", context, status=status)


@policy(Permission.LOAD_CHAIN)
@require_safe
def chain_download(request: Request, code: str, form: str) -> HttpResponse:
    """Give the chain of today as a file."""
    town = _town(request, code)
    if form not in TYPES:
        raise Http404
    name = f"kaede-{town.code}-{today()}.{form}"
    answer = HttpResponse(
        write_chain(chain_of(town, today()), name), content_type=TYPES[form]
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@policy(Permission.LOAD_CHAIN)
@require_POST
def chain_send(request: Request, code: str) -> HttpResponse:
    """Keep a chain that is sent; show what is wrong with one that can't be used."""
    town = _town(request, code)
    form = ChainFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, town, form, status=400)
    chain, name = form.cleaned_data["file"], str(request.FILES["file"])
    upload = uploads.keep_upload(chain, file_name=name, town=town, by=request.actor)
    return redirect("web:chain_changes", code=code, pk=upload.pk)


@policy(Permission.LOAD_CHAIN)
@require_safe
def chain_changes(request: Request, code: str, pk: int) -> HttpResponse:
    """Show what a chain that was sent would change."""
    town = _town(request, code)
    upload = uploads.get_upload(request.actor, town, pk)
    found = uploads.proposal_of(upload, by=request.actor)
    context = {
        "town": town,
        "upload": upload,
        "mark": found.mark,
        "heading": said.heading(found.changes, found.chain, found.chain.as_of),
        "groups": said.grouped(found.changes),
    }
    return render(request, "organisation/chain_changes.html", context)


@policy(Permission.LOAD_CHAIN)
@require_POST
def chain_load(request: Request, code: str, pk: int) -> HttpResponse:
    """Let a chain that was sent hold from its day."""
    upload = uploads.get_upload(request.actor, _town(request, code), pk)
    seen = request.POST.get("seen", "")
    changes = uploads.apply_upload(upload, seen=seen, by=request.actor)
    loaded = ngettext(
        "The chain is loaded: %(count)s change.",
        "The chain is loaded: %(count)s changes.",
        len(changes),
    )
    messages.success(request, loaded % {"count": number(len(changes))})
    return redirect("web:structure", code=code)


@policy(Permission.LOAD_CHAIN)
@require_POST
def chain_discard(request: Request, code: str, pk: int) -> HttpResponse:
    """Throw a chain that was sent away."""
    upload = uploads.get_upload(request.actor, _town(request, code), pk)
    uploads.discard_upload(upload, by=request.actor)
    messages.success(request, _("The file is thrown away. Nothing is changed."))
    return redirect("web:chain_file", code=code)
