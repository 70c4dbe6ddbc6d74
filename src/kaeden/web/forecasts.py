"""Will it work here? Asked before a practice is begun, and held against what happened."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kaeden.access.rules import Permission
from kaeden.goals.queries import get_listed_indicator
from kaeden.learning.actions import forecasts as actions
from kaeden.learning.queries import forecasts as queries
from kaeden.learning.queries.practices import get_practice, town_of
from kaeden.organisation.queries import get_unit_at
from kaeden.presentation import forecasts as page
from kaeden.presentation.figures import difference_form
from kaeden.presentation.forecasts_held import how_they_held
from kaeden.web.middleware import Request
from kaeden.web.policy import policy

INDICATOR = "indikator"
"""What an address says of which indicator is meant: ``?indikator=school-absence``."""


class GuessForm(forms.Form):
    """What one expects oneself, before the forecast is seen."""

    guess = forms.FloatField(
        label=gettext_lazy("What do you expect yourself?"),
        required=False,
        localize=True,
        error_messages={"invalid": gettext_lazy("Write a number, or leave it out.")},
    )

    def hint(self, unit: str) -> None:
        """Say in what the guess is counted."""
        said = _(
            "The change, with a minus if it falls. You and those above you see it."
        )
        self.fields["guess"].help_text = f"{said} ({unit})" if unit else said


@policy(Permission.READ_FORECAST)
@require_safe
def places(request: Request, key: str) -> HttpResponse:
    """List the institutions of one's line, and how often forecasts have held."""
    actor, town = request.actor, town_of(request.actor)
    practice = get_practice(key, town)
    shown = {
        "practice": practice,
        "places": page.places(key, queries.institutions_below(actor, key)),
        "held": how_they_held(queries.how_forecasts_held(actor, key, town)),
        "nav": "practices",
    }
    return render(request, "learning/forecasts.html", shown)


@policy(Permission.READ_FORECAST)
@require_safe
def forecast(request: Request, key: str, code: str) -> HttpResponse:
    """Show what a practice can give a place, or the question to guess at first."""
    town = town_of(request.actor)
    first = get_practice(key, town).indicators[0]
    return _forecast(request, key, code, request.GET.get(INDICATOR, first))


def _forecast(
    request: Request,
    key: str,
    code: str,
    name: str,
    *,
    wrong: GuessForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor, town = request.actor, town_of(request.actor)
    practice = get_practice(key, town)
    found = queries.ahead(actor, key, name, code)
    form = wrong or GuessForm()
    form.hint(difference_form(get_listed_indicator(name)).unit)
    shown = {
        "view": page.build(actor, practice, found),
        "held": how_they_held(queries.how_forecasts_held(actor, key, town)),
        "form": form,
        "wrong": wrong,
        "nav": "practices",
    }
    return render(request, "learning/forecast.html", shown, status=status)


@policy(Permission.ASK_FORECAST)
@require_POST
def ask(request: Request, key: str, name: str) -> HttpResponse:
    """Ask for one's own unit; show the question again with what is wrong."""
    form, code = GuessForm(request.POST), get_unit_at(request.actor.path).code
    if not form.is_valid():
        return _forecast(request, key, code, name, wrong=form, status=400)
    actions.ask(key, name, form.cleaned_data["guess"], by=request.actor)
    messages.success(request, _("The forecast is kept, and held against what happens."))
    return redirect(page.href(key, code, name))
