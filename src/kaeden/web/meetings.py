"""Meetings: call them, approve their agendas, and carry the papers away."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.access.rules import Actor, Permission, has, require
from kaeden.dialogue.actions import meetings as actions
from kaeden.dialogue.actions import minutes
from kaeden.dialogue.queries import agenda as agendas
from kaeden.dialogue.queries import commitments
from kaeden.dialogue.queries import meetings as queries
from kaeden.dialogue.queries.meetings import SeenMeeting
from kaeden.dialogue.queries.proposals import choices_for, goals_for_agenda
from kaeden.dialogue.rules.meetings import BODY_NAMES, BODY_OF, Stage, may_lead
from kaeden.presentation import commitments as commitments_page
from kaeden.presentation import meetings as page
from kaeden.presentation.commitments import CommitmentView
from kaeden.presentation.desks import meeting as desk
from kaeden.reports import meetings as papers
from kaeden.reports.office import docx
from kaeden.reports.paper import pdf
from kaeden.shared.errors import Refused
from kaeden.web.meeting_forms import MeetingForm, OwnItemForm, chosen
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy

SETTERS = {"pdf": pdf, "docx": docx}
TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
PAPERS = {"dagsorden": papers.agenda, "referat": papers.minutes}


@policy(Policy.POST)
@require_safe
def all_of_mine(request: Request) -> HttpResponse:
    """Show one's meetings, and the decisions one owns."""
    actor = request.actor
    view = page.page(queries.mine(actor), agendas.decisions_of(actor))
    may_call = has(actor, Permission.HOLD_MEETING)
    shown = {"view": view, "may_call": may_call, "nav": "meetings"}
    return render(request, "dialogue/meetings.html", shown)


def next_of(actor: Actor) -> desk.NextMeeting:
    """Return what a post's desk shows of its next meeting (2 queries)."""
    return desk.build(
        queries.next_of(actor),
        agendas.decisions_of(actor),
        may_call=bool(has(actor, Permission.HOLD_MEETING)),
    )


@policy(Permission.HOLD_MEETING)
@require_safe
def new(request: Request) -> HttpResponse:
    """Show the form that calls one's post's next meeting."""
    return _new(request, MeetingForm())


def _new(request: Request, form: MeetingForm, *, status: int = 200) -> HttpResponse:
    assert request.actor.role is not None, "the policy asks for a post"
    body = BODY_NAMES[BODY_OF[request.actor.role]]
    shown = {"form": form, "body": body, "nav": "meetings"}
    return render(request, "dialogue/new_meeting.html", shown, status=status)


@policy(Permission.HOLD_MEETING)
@require_POST
def call(request: Request) -> HttpResponse:
    """Call the meeting; show the form again with what is wrong."""
    form = MeetingForm(request.POST)
    if not form.is_valid():
        return _new(request, form, status=400)
    made = actions.call(form.when(), by=request.actor)
    messages.success(request, _("The meeting is called. Now look at its agenda."))
    return redirect("web:agenda", pk=made.pk)


@policy(Policy.POST)
@require_safe
def one(request: Request, pk: int) -> HttpResponse:
    """Show one meeting: its agenda, what was said, and what was decided."""
    return _one(request, pk)


def _one(
    request: Request, pk: int, form: MeetingForm | None = None, *, status: int = 200
) -> HttpResponse:
    found = queries.get_meeting(request.actor, pk)
    when = {name: getattr(found, name) for name in MeetingForm.base_fields}
    shown = {
        "view": page.view(found),
        "items": [page.item(i, found) for i in agendas.items_of(request.actor, found)],
        "form": form or MeetingForm(initial=when),
        "earlier": _earlier(request.actor, found),
        "nav": "meetings",
    }
    return render(request, "dialogue/meeting.html", shown, status=status)


def _earlier(actor: Actor, found: SeenMeeting) -> tuple[CommitmentView, ...]:
    """Return what one has agreed on with those who come, until it is minuted."""
    if found.minuted_on is not None:
        return ()
    posts = [found.holder_id, *(pk for pk, _name in found.asked)]
    agreed = commitments.since_last(actor, posts)
    return tuple(commitments_page.view(one) for one in agreed)


@policy(Permission.HOLD_MEETING)
@require_POST
def move(request: Request, pk: int) -> HttpResponse:
    """Move it; show the form again with what is wrong."""
    form = MeetingForm(request.POST)
    if not form.is_valid():
        return _one(request, pk, form, status=400)
    actions.move(pk, form.when(), by=request.actor)
    messages.success(request, _("The meeting is moved. Send the calendar file again."))
    return redirect("web:meeting", pk=pk)


@policy(Permission.HOLD_MEETING)
@require_POST
def cancel(request: Request, pk: int) -> HttpResponse:
    """Call it off."""
    actions.cancel(pk, by=request.actor)
    messages.success(request, _("The meeting is called off."))
    return redirect("web:meetings")


@policy(Permission.HOLD_MEETING)
@require_safe
def agenda(request: Request, pk: int) -> HttpResponse:
    """Show what is proposed for an agenda, for the chair to approve."""
    return _agenda(request, pk)


def _agenda(
    request: Request, pk: int, form: OwnItemForm | None = None, *, status: int = 200
) -> HttpResponse:
    found = _led(request.actor, pk)
    rows = choices_for(pk)
    lines = page.choices(rows)
    shown = {
        "view": page.view(found),
        "lines": lines,
        "lead": page.lead_of(lines, [why for _key, why, *_rest in rows]),
        "form": form or OwnItemForm(goals=goals_for_agenda(pk)),
        "nav": "meetings",
    }
    return render(request, "dialogue/agenda.html", shown, status=status)


def _led(actor: Actor, pk: int) -> SeenMeeting:
    """Return a meeting whose agenda one's post can approve now."""
    found = queries.get_meeting(actor, pk)
    verdict = may_lead(Stage.AGREED, found.stage, reader=found.reader)
    require(verdict, otherwise=Refused)
    return found


@policy(Permission.HOLD_MEETING)
@require_POST
def approve_agenda(request: Request, pk: int) -> HttpResponse:
    """Approve the agenda as the chair has chosen."""
    on, off = chosen(request.POST)
    actions.approve_agenda(pk, on=on, off=off, by=request.actor)
    messages.success(request, _("The agenda is approved. Those who meet can read it."))
    return redirect("web:meeting", pk=pk)


@policy(Permission.HOLD_MEETING)
@require_POST
def add_item(request: Request, pk: int) -> HttpResponse:
    """Add an item of the chair's own; show the form again with what is wrong."""
    _led(request.actor, pk)
    form = OwnItemForm(request.POST, goals=goals_for_agenda(pk))
    if not form.is_valid():
        return _agenda(request, pk, form, status=400)
    actions.add_item(pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("The item is added."))
    return redirect("web:agenda", pk=pk)


@policy(Permission.HOLD_MEETING)
@require_POST
def approve_minutes(request: Request, pk: int) -> HttpResponse:
    """Approve the minutes."""
    minutes.approve(pk, by=request.actor)
    messages.success(request, _("The minutes are approved, and stay as they are."))
    return redirect("web:meeting", pk=pk)


@policy(Policy.POST)
@require_safe
def calendar(request: Request, pk: int) -> HttpResponse:
    """Hand out the meeting as a calendar file."""
    found = queries.get_meeting(request.actor, pk)
    return _file(papers.calendar(found), f"moede-{found.day}.ics", "text/calendar")


@policy(Policy.POST)
@require_safe
def paper(request: Request, pk: int, what: str, form: str) -> HttpResponse:
    """Hand out agenda or minutes as a PDF, or as a document to go on with."""
    if what not in PAPERS or form not in TYPES:
        raise Http404
    found = queries.get_meeting(request.actor, pk)
    view = page.view(found)
    if not view.shows_agenda:
        raise Refused(_("The agenda has not been approved yet."))
    items = [page.item(one, found) for one in agendas.items_of(request.actor, found)]
    made = SETTERS[form](PAPERS[what](found, view, items))
    return _file(made, f"{what}-{found.day}.{form}", TYPES[form])


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
