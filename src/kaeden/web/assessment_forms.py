"""The forms of results: what they are judged to be, and what was done about them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kaeden.dialogue.actions.assessments import LONGEST
from kaeden.dialogue.models import Assessment
from kaeden.dialogue.rules.assessments import JUDGEMENT_NAMES, Words
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
