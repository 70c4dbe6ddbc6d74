"""The forms of the dialogue: what people write to each other along the chain."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kaeden.dialogue.rules import expectations
from kaeden.dialogue.rules.words import whole
from kaeden.shared.errors import BadInput


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
