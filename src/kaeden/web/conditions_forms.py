"""The forms of conditions: what leaders tell of their time."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kaeden.conditions.actions.time_robbers import Remover
from kaeden.conditions.queries.time_robbers import SeenRobber
from kaeden.conditions.rules.time_robbers import (
    LONGEST,
    LONGEST_TITLE,
    MINUTES,
    MINUTES_NOW,
    Decision,
    Outside,
)
from kaeden.organisation.models import Post
from kaeden.organisation.queries import name_of
from kaeden.presentation.minutes import CHIPS
from kaeden.presentation.time_robbers import OUTSIDE
from kaeden.web.dialogue_forms import WordsField

DECISIONS = (
    (Decision.REMOVE.value, _("Remove it")),
    (Decision.SIMPLIFY.value, _("Make it simpler")),
    (Decision.KEEP.value, _("Keep it")),
)


class JoinForm(forms.Form):
    """What takes the time, and how many minutes a week."""

    title = WordsField(
        longest=LONGEST_TITLE,
        label=_("What takes your time?"),
        help_text=_("One line. Other leaders here may read it, but not whose it is."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    minutes = forms.TypedChoiceField(
        label=_("How much, a week?"),
        choices=[(one, CHIPS[one]) for one in MINUTES],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how much.")},
    )
    more = WordsField(
        longest=LONGEST,
        required=False,
        rows=3,
        label=_("Tell more"),
        help_text=_("For whoever decides, and for others who lose time to the same."),
    )


class ReportForm(JoinForm):
    """Also who could remove it; `anyway` says that it is none of those that sound alike."""

    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, posts: Iterable[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = [(str(post.pk), name_of(post)) for post in posts]
        outside = [(one.value, OUTSIDE[one]) for one in Outside]
        self.fields["remover"] = forms.ChoiceField(
            label=_("Who could remove it?"),
            choices=[*above, *outside],
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose who could remove it.")},
        )

    def report(self) -> dict[str, Any]:
        """Return what `actions.time_robbers.report` takes of the form."""
        given, chosen = self.cleaned_data, self.cleaned_data["remover"]
        remover: Remover = int(chosen) if chosen.isdecimal() else Outside(chosen)
        said = {name: given[name] for name in ("title", "minutes", "more")}
        return {**said, "remover": remover}


class DecisionForm(forms.Form):
    """What becomes of it, and why."""

    decision = forms.TypedChoiceField(
        label=_("What becomes of it?"),
        choices=DECISIONS,
        coerce=Decision,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three.")},
    )
    reason = WordsField(
        longest=LONGEST,
        rows=3,
        label=_("Why?"),
        help_text=_("All who have a post in the municipality may read it."),
    )


class HandOnForm(forms.Form):
    """Which post above it goes to."""

    def __init__(self, *args: Any, posts: Iterable[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = forms.TypedChoiceField(
            label=_("Pass it on to"),
            choices=[(post.pk, name_of(post)) for post in posts],
            coerce=int,
            error_messages={"required": _("Choose a post.")},
        )


class MergeForm(forms.Form):
    """Which other one it is the same as, and what the two are called."""

    def __init__(self, *args: Any, others: Iterable[SeenRobber], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["into"] = forms.TypedChoiceField(
            label=_("It is the same as"),
            choices=[(one.id, one.title) for one in others],
            coerce=int,
            error_messages={"required": _("Choose another one.")},
        )
        self.fields["title"] = WordsField(
            longest=LONGEST_TITLE,
            required=False,
            label=_("What the two are called from now on"),
            widget=forms.TextInput,
        )


class MeasureForm(forms.Form):
    """How many minutes a week it takes now."""

    minutes_now = forms.TypedChoiceField(
        label=_("How much, a week, now?"),
        choices=[(one, CHIPS[one]) for one in MINUTES_NOW],
        coerce=int,
        error_messages={"required": _("Choose how much.")},
    )
