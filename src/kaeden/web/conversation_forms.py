"""The forms of a conversation: plan it, write one's side, agree, and what weighs."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kaeden.dialogue.actions.conversations import Words
from kaeden.dialogue.rules.conversations import (
    LATEST,
    LONGEST_BURDEN,
    LONGEST_CONCLUSION,
    LONGEST_CORRECTION,
    LONGEST_FOCUS,
    LONGEST_PART,
    MOST_FOCUS,
    MOST_RESULTS,
    Part,
    is_a_fair_day,
)
from kaeden.dialogue.rules.links import End
from kaeden.presentation.conversations import PARTS, SIDES
from kaeden.shared.clock import today
from kaeden.web.dialogue_forms import DayField, WordsField

HIGHEST = 32_000


def number() -> forms.IntegerField:
    """Return the hidden field that says which words the writer had read."""
    return forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, max_value=HIGHEST, initial=0
    )


class DayForm(forms.Form):
    """The day of a conversation."""

    planned_for = DayField(label=_("The day of the conversation"))

    def clean_planned_for(self) -> Any:
        """Return a day that a conversation can be planned for."""
        day = self.cleaned_data["planned_for"]
        if not is_a_fair_day(day, on=today()):
            raise forms.ValidationError(
                _("Choose a day from today and %(days)d days ahead at the most."),
                params={"days": LATEST.days},
            )
        return day


class HeldForm(forms.Form):
    """The day that a conversation was held; no day means today."""

    on = DayField(label=_("The day it was held"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"on": today()})
        super().__init__(*args, **kwargs)


class SideForm(forms.Form):
    """What one end writes before the conversation."""

    after = number()

    def __init__(
        self,
        *args: Any,
        end: End,
        results: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _title, *labels = SIDES[end]
        for place in range(1, MOST_FOCUS + 1):
            self.fields[f"focus_{place}"] = WordsField(
                longest=LONGEST_FOCUS,
                widget=forms.TextInput,
                required=place == 1,
                label=_("Focus %(place)d") % {"place": place},
            )
        if results:
            self.fields["results"] = forms.MultipleChoiceField(
                choices=results,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                label=_("Results to look at"),
                help_text=_("Choose four at the most. They are shown as they are now."),
                error_messages={"invalid_choice": _("Choose among those shown.")},
            )
        for name, label in zip(("tried", "needs"), labels, strict=True):
            self.fields[name] = WordsField(
                longest=LONGEST_PART, rows=3, required=False, label=label
            )

    def clean_results(self) -> list[str]:
        """Return at most four."""
        chosen: list[str] = self.cleaned_data["results"]
        if len(chosen) > MOST_RESULTS:
            raise forms.ValidationError(
                _("You have chosen %(count)d. Choose four at the most."),
                params={"count": len(chosen)},
            )
        return chosen

    def words(self) -> Words:
        """Return what `actions.prepare` takes of the form."""
        given = self.cleaned_data
        lines = (given[f"focus_{place}"] for place in range(1, MOST_FOCUS + 1))
        return Words(
            focus=[one for one in lines if one],
            tried=given["tried"],
            needs=given["needs"],
            results=given.get("results", []),
        )


class ConclusionForm(forms.Form):
    """What the two agree on, and what of it parents' representatives may see."""

    words = WordsField(
        longest=LONGEST_CONCLUSION,
        rows=5,
        label=_("What you agree on"),
        help_text=_("Name no child and no employee. At most 700 characters."),
    )
    open_parts = forms.MultipleChoiceField(
        choices=[(part.value, words) for part, words in PARTS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Parents' representatives may see"),
        help_text=_("Only what you tick comes on their page."),
        error_messages={"invalid_choice": _("Choose among those shown.")},
    )
    after = number()

    def parts(self) -> Iterable[Part]:
        """Return the parts that are ticked."""
        return [Part(one) for one in self.cleaned_data["open_parts"]]


class ConfirmForm(forms.Form):
    """Which words somebody confirms."""

    number = number()


class AddForm(forms.Form):
    """Something added after both have confirmed."""

    words = WordsField(
        longest=LONGEST_CORRECTION,
        rows=3,
        label=_("What is to be added or put right"),
        help_text=_("What you confirmed stays as it is."),
    )


class BurdenForm(forms.Form):
    """What weighs on the two; it is deleted on a day."""

    words = WordsField(longest=LONGEST_BURDEN, rows=5, label=_("What weighs on us"))
    after = number()
