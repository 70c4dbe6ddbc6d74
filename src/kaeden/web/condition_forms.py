"""The forms of conditions: what leaders write about time, support and presence."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from kaeden.conditions.rules import presence, support
from kaeden.shared.clock import today
from kaeden.web.dialogue_forms import DayField, WordsField


class FairDayField(DayField):
    """A day from today, within a year."""

    def clean(self, value: Any) -> Any:
        """Return the day, or say which days can be chosen."""
        day = super().clean(value)
        if day is not None and not support.is_a_fair_day(day, asked_on=today()):
            raise forms.ValidationError(
                _("Choose a day from today and %(days)d days ahead at the most."),
                params={"days": support.LATEST.days},
            )
        return day


class OfferForm(forms.Form):
    """What a post offers, for whom, and its promise."""

    what = WordsField(
        longest=support.LONGEST_OFFER,
        rows=2,
        label=_("What do you offer?"),
        help_text=_("For example: an observation in a class, and a talk about it."),
    )
    for_whom = WordsField(
        longest=support.LONGEST_OFFER, rows=2, label=_("For whom is it?")
    )
    answer_days = forms.IntegerField(
        label=_("Within how many working days do you answer?"),
        min_value=support.FASTEST,
        max_value=support.SLOWEST,
        initial=5,
        error_messages={"required": _("Write a number of days.")},
    )


class NeedForm(forms.Form):
    """What one needs, and by when."""

    words = WordsField(
        longest=support.LONGEST,
        rows=4,
        label=_("What do you need?"),
        help_text=_("Write of the task. Name no child and no employee."),
    )
    wanted_by = FairDayField(label=_("By when do you want it?"))
    offer = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def need(self) -> dict[str, Any]:
        """Return what `actions.support.need` takes of the form."""
        given = self.cleaned_data
        return {
            "words": given["words"],
            "wanted_by": given["wanted_by"],
            "of": given["offer"],
        }


class NeedAnswerForm(forms.Form):
    """What is done about a need, and by when."""

    words = WordsField(longest=support.LONGEST, rows=3, label=_("What will you do?"))
    met_by = FairDayField(label=_("By which day is it done?"))


class NotMetForm(forms.Form):
    """Why a need is not met."""

    reason = WordsField(
        longest=support.LONGEST_REASON, rows=2, label=_("Why is it not met?")
    )


class DecisionForm(forms.Form):
    """What a post above answers to a need that is not met."""

    words = WordsField(
        longest=support.LONGEST,
        rows=3,
        label=_("Your answer"),
        help_text=_("The post with the need and the support read it."),
    )


class RatingForm(forms.Form):
    """One of four, and words if one wants to."""

    rating = forms.TypedChoiceField(
        choices=[(one.value, name) for one, name in support.RATING_NAMES.items()],
        coerce=lambda one: support.Rating(int(one)),
    )
    words = forms.CharField(required=False, max_length=support.LONGEST_REASON)


class PresenceForm(forms.Form):
    """One tap says how one was there; whom with may be left out."""

    kind = forms.TypedChoiceField(
        label=_("How were you there today?"),
        choices=list(presence.PRESENCE_NAMES.items()),
        coerce=presence.PresenceKind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you were there.")},
    )
    team = forms.TypedChoiceField(
        label=_("With whom?"),
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={
            "invalid_choice": _("Choose one of those whom you lead, or none.")
        },
    )

    def __init__(self, *args: Any, teams: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose = cast("forms.ChoiceField", self.fields["team"])
        choose.choices = [("", _("Nobody in particular")), *teams]


def a_number(label: Any) -> forms.IntegerField:
    """Return a field for how often something is planned."""
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=presence.MOST_IN_A_MONTH,
        error_messages={"required": _("Write a number, 0 if none.")},
    )


class PlanForm(forms.Form):
    """How often in a month."""

    visits = a_number(_("Visits"))
    observations = a_number(_("Observations"))
    feedback = a_number(_("Talks with feedback"))
