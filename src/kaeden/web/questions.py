"""Questions on goals: put by a committee, answered by the goal's owner."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kaeden.access.rules import Permission, may, require
from kaeden.dialogue.actions import questions as actions
from kaeden.dialogue.queries import inquiries
from kaeden.dialogue.queries import questions as queries
from kaeden.dialogue.queries.agenda import decisions_on_question
from kaeden.dialogue.queries.inquiries import those_who_can_be_asked
from kaeden.dialogue.queries.questions import AskedQuestion
from kaeden.dialogue.queries.whereabouts import Whereabouts, of_questions
from kaeden.dialogue.rules.questions import State
from kaeden.goals.queries import get_goal
from kaeden.organisation.queries import get_municipality
from kaeden.presentation import inquiries as inquiry_page
from kaeden.presentation import meetings
from kaeden.presentation import questions as page
from kaeden.web.concern_forms import FromBelowForm, SendDownForm
from kaeden.web.dialogue_forms import AnswerForm, QuestionForm
from kaeden.web.middleware import Request
from kaeden.web.policy import Policy, policy


@policy(Policy.POST)
@require_safe
def all_of_mine(request: Request) -> HttpResponse:
    """Show what waits for one's post to be answered, and what it has asked."""
    asked = queries.asked_by(request.actor)
    shown = {
        "waiting": page.views(queries.waiting_for(request.actor)),
        "asked": page.views(asked, where_are(asked)),
    }
    return render(request, "dialogue/questions.html", shown)


def where_are(asked: Sequence[AskedQuestion]) -> Mapping[int, Whereabouts]:
    """Return at which meetings the open ones of a municipality's questions come up."""
    waiting = [one for one in asked if one.state is State.OPEN]
    if not waiting:
        return {}
    town = get_municipality(waiting[0].municipality)
    return of_questions(town, [one.id for one in waiting])


@policy(Policy.POST)
@require_safe
def one(request: Request, pk: int) -> HttpResponse:
    """Show one question, with the form that answers it."""
    return show(request, pk)


def show(
    request: Request,
    pk: int,
    *,
    answer: AnswerForm | None = None,
    down: SendDownForm | None = None,
    below: FromBelowForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a question with the forms that its reader needs; one of them may be wrong."""
    found, asked = (
        queries.get_question(request.actor, pk),
        inquiries.on_question(request.actor, pk),
    )
    view = page.view(found, where_are([found]).get(pk))
    decided = decisions_on_question(request.actor, pk)
    known = [one.answer for one in asked if one.answer and view.may_answer]
    shown = {
        "view": view,
        "decisions": [meetings.decision(one) for one in decided],
        "inquiries": inquiry_page.views(asked),
        "wrong": answer or down or below,
        "form": answer or AnswerForm(initial={"words": "".join(known[-1:])}),
        "down": down or (_down(request) if view.may_send_down else None),
        "below": below or FromBelowForm(prefix="nedefra"),
    }
    return render(request, "dialogue/question.html", shown, status=status)


def _down(request: Request) -> SendDownForm | None:
    """Return the form that sends a question on, where there is somebody below."""
    posts = those_who_can_be_asked(request.actor)
    return SendDownForm(posts=posts, prefix="ned") if posts else None


@policy(Permission.ASK_QUESTION)
@require_safe
def new(request: Request, code: str, key: str) -> HttpResponse:
    """Show the form that puts a question on a goal."""
    return _new(request, code, key, QuestionForm())


def _new(
    request: Request, code: str, key: str, form: QuestionForm, *, status: int = 200
) -> HttpResponse:
    town = get_municipality(code)
    require(may(request.actor, Permission.ASK_QUESTION, at=town.path))
    shown = {"town": town, "goal": get_goal(town, key), "form": form}
    return render(request, "dialogue/new_question.html", shown, status=status)


@policy(Permission.ASK_QUESTION)
@require_POST
def ask(request: Request, code: str, key: str) -> HttpResponse:
    """Put the question; show the form again with what is wrong."""
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _new(request, code, key, form, status=400)
    made = actions.ask(
        get_municipality(code), key, by=request.actor, **form.cleaned_data
    )
    messages.success(request, _("Your question is asked. The answer comes here."))
    return redirect("web:question", pk=made.pk)


@policy(Policy.POST)
@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """Answer it; show the form again with what is wrong."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return show(request, pk, answer=form, status=400)
    actions.answer(pk, by=request.actor, **form.cleaned_data)
    messages.success(request, _("Your answer stands on the question and on the goal."))
    return redirect("web:question", pk=pk)


@policy(Policy.POST)
@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take back a question that one's post has asked."""
    actions.withdraw(pk, by=request.actor)
    messages.success(request, _("The question is taken back."))
    return redirect("web:questions")
