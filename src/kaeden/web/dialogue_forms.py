"""The forms of the dialogue: what people write to each other along the chain."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kaeden.dialogue.instrument import instrument
from kaeden.dialogue.queries.pulse import Invitation, Part
from kaeden.dialogue.rules import commitments, expectations, questions
from kaeden.dialogue.rules.pulse import Side
from kaeden.shared.clock import today
from kaeden.shared.errors import BadInput
from kaeden.shared.written import whole


class WordsField(forms.CharField):
    """Words for others to read, held to the rule that the station holds them to."""

    def __init__(self, *, longest: int, rows: int = 4, **kwargs: Any) -> None:
        self.longest = longest
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        kwargs.setdefault("error_messages", {"required": _("Write some words.")})
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        """Return the words without blanks round them, or say what is wrong."""
        words: str = super().clean(value)
        try:
            return whole(words, longest=self.longest) if words else ""
        except BadInput as error:
            raise forms.ValidationError(str(error.message)) from error


class ExpectationForm(forms.Form):
    """What one end of a link may expect, and which words the writer had read."""

    words = WordsField(
        longest=expectations.LONGEST,
        label=_("The words you propose"),
        help_text=_("Say what can be seen when it happens. At most 1,000 characters."),
    )
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=32_000)


class PulseForm(forms.Form):
    """The pulse's few questions, as one holder of a post is asked them."""

    def __init__(self, *args: Any, asked: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        choices = [(at, str(a)) for at, a in enumerate(instrument().answers, start=1)]
        for statement in instrument().statements:
            for part in asked.parts:
                self.fields[f"{part.side}_{statement.id}"] = forms.TypedChoiceField(
                    label=_link_name(part),
                    choices=choices,
                    coerce=int,
                    widget=forms.RadioSelect,
                    error_messages={"required": _("Choose one of the five answers.")},
                )
        if asked.time:
            self.fields["tenths"] = forms.TypedChoiceField(
                label=f"{len(instrument().statements) + 1}. {instrument().time.text}",
                help_text=str(instrument().time.hint),
                choices=[("", _("Choose")), *((n, f"{n * 10} %") for n in range(11))],
                coerce=int,
                error_messages={"required": _("Choose a share.")},
            )

    def questions(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return each statement with the fields that answer it."""
        return [
            (
                str(statement.text),
                [self[f"{part.side}_{statement.id}"] for part in self.asked.parts],
            )
            for statement in instrument().statements
        ]

    def answers(self) -> dict[str, Any]:
        """Return what `actions.pulse.answer` takes of the form."""
        scores = {
            part.side: {
                item: self.cleaned_data[f"{part.side}_{item}"]
                for item in instrument().items
            }
            for part in self.asked.parts
        }
        return {"scores": scores, "tenths": self.cleaned_data.get("tenths")}


def _link_name(part: Part) -> str:
    if part.side is Side.UPPER:
        return gettext("Down: you and those you lead")
    return gettext("Up: you and %(across)s") % {"across": part.across}


class DayField(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        kwargs.setdefault("widget", day)
        kwargs.setdefault(
            "error_messages",
            {"required": _("Choose a day."), "invalid": _("Choose a day.")},
        )
        super().__init__(**kwargs)


class CommitmentForm(forms.Form):
    """What is promised, and by when."""

    words = WordsField(longest=commitments.LONGEST, rows=3, label=_("What is promised"))
    due = DayField(label=_("By which day"))

    def clean_due(self) -> date:
        """Return a day that something can be promised for."""
        due: date = self.cleaned_data["due"]
        if not commitments.is_a_fair_day(due, proposed_on=today()):
            raise forms.ValidationError(
                _("Choose a day from today and %(days)d days ahead at the most."),
                params={"days": commitments.LATEST.days},
            )
        return due


class NewCommitmentForm(CommitmentForm):
    """Also who promises: oneself, or the other post; `om` names what it hangs on."""

    field_order = ("who", "words", "due")
    om = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)

    def __init__(self, *args: Any, across: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        other = gettext("I ask %(across)s to promise") % {"across": across}
        self.fields["who"] = forms.ChoiceField(
            label=_("Who promises?"),
            choices=[("me", _("I promise")), ("other", other)],
            initial="me",
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose who promises.")},
        )
        self.order_fields(self.field_order)

    def promise(self) -> dict[str, Any]:
        """Return what `actions.commitments.promise` takes of the form."""
        given = self.cleaned_data
        return {
            "words": given["words"],
            "due": given["due"],
            "asks": given["who"] == "other",
        }


class ReasonForm(forms.Form):
    """Why a commitment was not kept."""

    reason = WordsField(
        longest=commitments.LONGEST_REASON,
        rows=3,
        label=_("Why was it not kept?"),
    )


class QuestionForm(forms.Form):
    """A question on a goal, and by when it is to be answered."""

    words = WordsField(
        longest=questions.LONGEST,
        label=_("Your question"),
        help_text=_(
            "Ask about the goal and its results. Name no child and no employee."
        ),
    )
    answer_by = DayField(label=_("To be answered by"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        day = today() + questions.ANSWERED_WITHIN
        kwargs.setdefault("initial", {"answer_by": day})
        super().__init__(*args, **kwargs)

    def clean_answer_by(self) -> date:
        """Return a day within a year."""
        day: date = self.cleaned_data["answer_by"]
        if not questions.is_a_fair_day(day, asked_on=today()):
            raise forms.ValidationError(
                _("Choose a day after today and %(days)d days ahead at the most."),
                params={"days": questions.LATEST.days},
            )
        return day


class AnswerForm(forms.Form):
    """The answer of the post that owns the goal."""

    words = WordsField(
        longest=questions.LONGEST,
        label=_("Your answer"),
        help_text=_("The committee and all in the goal's line read it."),
    )
