"""The forms of meetings: when they are, what is on their agenda, what was said."""

import re
from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kaeden.dialogue.actions.meetings import Appointment
from kaeden.dialogue.models.meetings import LONGEST_MINUTE
from kaeden.dialogue.queries.meetings import SeenMeeting
from kaeden.dialogue.rules import decisions, meetings
from kaeden.dialogue.rules.agenda import LONGEST_OWN
from kaeden.goals.queries import MunicipalGoal
from kaeden.shared.clock import today
from kaeden.web.dialogue_forms import DayField, WordsField

LINE = re.compile(r"key-(\d{1,3})")
LAST = 999


class HourField(forms.TimeField):
    """An hour of the day."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        kwargs["error_messages"] = {
            "required": _("Write an hour, such as 09:00."),
            "invalid": _("Write an hour, such as 09:00."),
        }
        super().__init__(**kwargs)


class MeetingForm(forms.Form):
    """When and where a meeting is held."""

    day = DayField(label=_("Day"))
    starts = HourField(label=_("Starts at"))
    ends = HourField(label=_("Ends at"))
    place = WordsField(
        longest=meetings.LONGEST_PLACE,
        label=_("Place"),
        widget=forms.TextInput(),
    )

    def clean_day(self) -> date:
        """Return a day that a meeting can be called for."""
        day: date = self.cleaned_data["day"]
        if not meetings.is_a_fair_day(day, called_on=today()):
            raise forms.ValidationError(
                _("Choose a day from today and %(days)d days ahead at the most."),
                params={"days": meetings.LATEST.days},
            )
        return day

    def clean(self) -> dict[str, Any]:
        """Hold the hours to their order."""
        given = super().clean() or self.cleaned_data
        starts, ends = given.get("starts"), given.get("ends")
        if isinstance(starts, time) and isinstance(ends, time) and ends <= starts:
            self.add_error("ends", _("The meeting ends before it starts."))
        return given

    def when(self) -> Appointment:
        """Return what `actions.meetings` takes of the form."""
        return Appointment(**self.cleaned_data)


class OwnItemForm(forms.Form):
    """An item of the chair's own."""

    title = WordsField(
        longest=LONGEST_OWN,
        label=_("An item of your own"),
        widget=forms.TextInput(),
    )
    goal = forms.TypedChoiceField(
        label=_("Which goal is it about?"),
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": _("Choose one of the municipality's goals.")},
    )

    def __init__(
        self, *args: Any, goals: Iterable[MunicipalGoal], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goal"].choices = [  # type: ignore[attr-defined]
            ("", _("None of them")),
            *((one.id, one.sentence) for one in goals),
        ]


class MinuteForm(forms.Form):
    """What was said about an item, and which version the writer had read."""

    words = WordsField(
        longest=LONGEST_MINUTE,
        rows=6,
        label=_("What was said"),
        help_text=_("A few sentences. Name no child. Decisions have their own place."),
    )
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=32_000)


class CorrectionForm(forms.Form):
    """What is added to minutes that are approved."""

    words = WordsField(
        longest=LONGEST_MINUTE,
        rows=3,
        label=_("The correction"),
        help_text=_("It stands beside the minutes, which stay as they were."),
    )


class DecisionForm(forms.Form):
    """What was decided, whose it is, and by when."""

    words = WordsField(longest=decisions.LONGEST, rows=2, label=_("What is decided"))
    owner = forms.TypedChoiceField(
        label=_("Whose it is"),
        coerce=int,
        error_messages={
            "required": _("Choose one of those who meet."),
            "invalid_choice": _("Choose one of those who meet."),
        },
    )
    due = DayField(label=_("By which day"))

    def __init__(self, *args: Any, meeting: SeenMeeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        self.fields["owner"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *meeting.asked,
        ]

    def clean_due(self) -> date:
        """Return a day that something can be decided for."""
        due: date = self.cleaned_data["due"]
        if not decisions.is_a_fair_day(due, after=self.meeting.day):
            raise forms.ValidationError(
                _("Choose the day of the meeting or a later one, within two years.")
            )
        return due


class OutcomeForm(forms.Form):
    """What came of a decision."""

    outcome = WordsField(longest=decisions.LONGEST, rows=2, label=_("What came of it?"))


class CarryForm(forms.Form):
    """To which day a decision is carried on, and why."""

    reason = WordsField(
        longest=decisions.LONGEST, rows=2, label=_("Why does it take longer?")
    )
    due = DayField(label=_("The new day"))


def chosen(posted: QueryDict) -> tuple[list[str], list[str]]:
    """Return the keys that the chair keeps, in their places, and those left off.

    A place that is no number comes last; the order on the page decides between equals.
    """
    lines = sorted(
        (_place(posted, found[1]), int(found[1]), str(posted[name]))
        for name in posted
        if (found := LINE.fullmatch(name))
    )
    on = [key for _at, number, key in lines if f"on-{number}" in posted]
    return on, [key for *_rest, key in lines if key not in on]


def _place(posted: QueryDict, number: str) -> int:
    said = str(posted.get(f"place-{number}", ""))
    return int(said) if said.isdecimal() and len(said) < 4 else LAST
