"""The forms of the pages: what is asked, and what comes back as plain values."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from kaeden.dialogue.actions import LONGEST
from kaeden.dialogue.rules import JUDGEMENT_NAMES
from kaeden.goals.queries import MunicipalGoal
from kaeden.shared.errors import BadInput


class SignInForm(AuthenticationForm):
    """Name and password; the page opens at its top and not in the middle of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["username"].widget.attrs["autofocus"]


class AssessmentForm(forms.Form):
    """A chief's judgement: one of four, a sentence, the next step."""

    judgement = forms.ChoiceField(
        label=_("Your judgement"),
        choices=list(JUDGEMENT_NAMES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the four judgements.")},
    )
    sentence = forms.CharField(
        label=_("Why do you judge so? One sentence"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write one sentence.")},
    )
    next_step = forms.CharField(
        label=_("The next step"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write the next step.")},
    )


class TargetForm(forms.Form):
    """The number to reach, and by when; both may be left out."""

    value = forms.DecimalField(label=_("Target"), required=False, localize=True)
    by_period = forms.CharField(
        label=_("By which year"), required=False, max_length=9, help_text=_("2027/28")
    )

    def __init__(self, *args: Any, goal: MunicipalGoal, **kwargs: Any) -> None:
        suggestion = goal.suggestion
        kwargs.setdefault(
            "initial",
            {"value": suggestion.value, "by_period": suggestion.by or ""}
            if suggestion
            else {},
        )
        super().__init__(*args, **kwargs)

    def require_valid(self) -> None:
        """Go on, or refuse with the first thing that is wrong.

        Raises
        ------
        BadInput
            If the target is no number, or a number without a year.
        """
        if not self.is_valid():
            raise BadInput(str(next(iter(self.errors.values()))[0]))
        if (
            self.cleaned_data["value"] is not None
            and not self.cleaned_data["by_period"]
        ):
            raise BadInput(_("Write by which year the target is to be met."))

    def target(self) -> dict[str, Any]:
        """Return what `goals.actions.adopt` takes of the form."""
        value = self.cleaned_data["value"]
        return {
            "target": None if value is None else float(value),
            "by_period": self.cleaned_data["by_period"],
        }
