"""The forms of a visit to a colleague."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kaeden.dialogue.queries.visits import Host
from kaeden.dialogue.rules import visits
from kaeden.shared.clock import today
from kaeden.web.dialogue_forms import DayField, WordsField


class AskForm(forms.Form):
    """What one wants to see, and in which community, if both are in one."""

    why = WordsField(
        longest=visits.LONGEST,
        rows=3,
        label=_("What do you want to see?"),
        help_text=_("At most 300 characters. Name no child and no employee."),
    )

    def __init__(self, *args: Any, host: Host, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.pk, one.name) for one in host.communities]
        self.fields["community"] = forms.TypedChoiceField(
            label=_("As part of a community?"),
            choices=[("", _("No, between the two of us")), *choices],
            coerce=int,
            empty_value=None,
            required=False,
            initial=choices[0][0] if choices else "",
        )
        if not choices:
            self.fields["community"].widget = forms.HiddenInput()


class PlanForm(forms.Form):
    """The day of a visit."""

    day = DayField(label=_("Which day?"))

    def clean_day(self) -> date:
        """Return a day that a visit can be planned for."""
        day: date = self.cleaned_data["day"]
        if not visits.is_a_fair_day(day, on=today()):
            raise forms.ValidationError(
                _("Choose a day from today and %(days)d days ahead at the most."),
                params={"days": visits.LATEST.days},
            )
        return day


class LessonForm(forms.Form):
    """What one takes home."""

    lesson = WordsField(
        longest=visits.LONGEST,
        rows=3,
        label=_("What do you take home?"),
        help_text=_(
            "At most 300 characters. The community reads it, if it is a visit in one."
        ),
    )
