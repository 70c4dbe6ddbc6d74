"""The forms of results: what they are judged to be, and what was done about them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kaeden.dialogue.actions.assessments import LONGEST
from kaeden.dialogue.models import Assessment
from kaeden.dialogue.rules import hypotheses
from kaeden.dialogue.rules.assessments import JUDGEMENT_NAMES, Words
from kaeden.dialogue.rules.lifted import LONGEST as LONGEST_TOLD
from kaeden.shared.errors import BadInput
from kaeden.shared.periods import Period
from kaeden.web.dialogue_forms import WordsField


class AssessmentForm(forms.Form):
    """A judgement: one of four, a sentence, the next step, and what had been read."""

    judgement = forms.ChoiceField(
        label=_("Your judgement"),
        choices=list(JUDGEMENT_NAMES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the four judgements.")},
    )
    sentence = WordsField(
        longest=LONGEST,
        rows=3,
        label=_("Why do you judge so? One sentence"),
        error_messages={"required": _("Write one sentence.")},
    )
    next_step = WordsField(
        longest=LONGEST,
        rows=2,
        label=_("The next step"),
        error_messages={"required": _("Write the next step.")},
    )
    after = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=32_000
    )

    def clean_after(self) -> int:
        """Return the number of the own words that were read; 0 for none."""
        return self.cleaned_data["after"] or 0

    def said(self) -> dict[str, Any]:
        """Return what `actions.assess` takes of the form."""
        given = dict(self.cleaned_data)
        return {"after": given.pop("after"), "words": Words(**given)}


def assessment_form(
    own: Assessment | None, written: dict[str, Any] | None = None
) -> AssessmentForm:
    """Return the form with the post's newest words, or with what was just written.

    It goes on after the newest words, so that what was written is not lost when somebody
    else in the post was quicker.
    """
    words = written or {}
    if own is not None and written is None:
        words = {
            "judgement": own.judgement,
            "sentence": own.sentence,
            "next_step": own.next_step,
        }
    return AssessmentForm(initial={**words, "after": own.number if own else 0})


class HypothesisForm(forms.Form):
    """What is believed, which way the number goes, and by which year."""

    words = WordsField(
        longest=hypotheses.LONGEST,
        rows=3,
        label=_("What do you believe?"),
        help_text=_("For example: that more of us at the gate gives fewer days away."),
    )
    expected = forms.ChoiceField(
        label=_("How will it show in the number?"),
        choices=list(hypotheses.EXPECTED_NAMES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose which way the number goes.")},
    )
    by_period = forms.CharField(
        label=_("By which year"),
        max_length=9,
        help_text=_("For example 2027/28"),
        error_messages={"required": _("Write by which year it is to be seen.")},
    )

    def clean_by_period(self) -> str:
        """Return a year that can be read."""
        try:
            return str(Period.parse(self.cleaned_data["by_period"]))
        except BadInput as error:
            raise forms.ValidationError(str(error.message)) from error


class LearntForm(forms.Form):
    """What was learnt from a claim, whatever the number said."""

    learnt = WordsField(
        longest=hypotheses.LONGEST, rows=3, label=_("What have you learnt?")
    )


class WhatWeDidForm(forms.Form):
    """What was done before a result became better, and which words had been read."""

    words = WordsField(
        longest=LONGEST_TOLD,
        rows=4,
        label=_("What did we do?"),
        help_text=_("Say what others could try too. Name no child and no employee."),
    )
    after = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=2**62
    )

    def clean_after(self) -> int:
        """Return the row whose words were read; 0 for none."""
        return self.cleaned_data["after"] or 0
