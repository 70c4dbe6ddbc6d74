"""What a conversation gives out: one page, and the part that parents may see."""

from collections.abc import Callable, Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kaeden.dialogue.errors import NoSuchConversation
from kaeden.dialogue.queries import conversations as queries
from kaeden.reports import conversations as papers
from kaeden.reports.document import Document
from kaeden.reports.office import docx
from kaeden.reports.paper import pdf
from kaeden.web import conversation_parts as parts
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy

FORMS: Mapping[str, tuple[Callable[[Document], bytes], str]] = {
    "pdf": (pdf, "application/pdf"),
    "docx": (
        docx,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
}


@policy(Policy.POST)
@require_safe
def one_page(request: Request, pk: int, form: str) -> HttpResponse:
    """Give the page that the two take with them."""
    whole = queries.get_whole(request.actor, pk)
    made = papers.one_page(whole, parts.figures_of(whole))
    return _file(made, form, f"samtale-{pk}")


@policy(Policy.POST)
@require_safe
def for_parents(request: Request, pk: int) -> HttpResponse:
    """Show what parents' representatives may see, ready to print."""
    whole = queries.get_whole(request.actor, pk)
    made = papers.for_parents(whole, parts.figures_of(whole))
    shown = {"paper": made, "pk": pk, "is_over": whole.talk.is_over}
    return render(request, "dialogue/conversation_for_parents.html", shown)


@policy(Policy.POST)
@require_safe
def parents_page(request: Request, pk: int, form: str) -> HttpResponse:
    """Give what parents' representatives may see as a file."""
    whole = queries.get_whole(request.actor, pk)
    if not papers.open_parts(whole):
        raise NoSuchConversation(
            _("Nothing is ticked for parents' representatives yet.")
        )
    made = papers.for_parents(whole, parts.figures_of(whole))
    return _file(made, form, f"samtale-{pk}-foraeldre")


def _file(document: Document, form: str, name: str) -> HttpResponse:
    if form not in FORMS:
        raise NoSuchConversation(_("It is given as PDF and DOCX only."))
    make, kind = FORMS[form]
    answer = HttpResponse(make(document), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer
