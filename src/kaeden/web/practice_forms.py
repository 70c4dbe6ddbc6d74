"""The forms of practices: what leaders write of their own, tell of and decide."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kaeden.goals.indicators import Sector, published
from kaeden.learning.cards import competences
from kaeden.learning.practices import OwnWords, Practice
from kaeden.learning.rules import practices as rules
from kaeden.learning.rules.competences import MOST_STAFF
from kaeden.presentation.practice_card import CHOICES
from kaeden.presentation.words import SECTOR_NAMES
from kaeden.shared.clock import today
from kaeden.web.dialogue_forms import DayField, WordsField


class PastDayField(DayField):
    """A day on which something can have begun."""

    def clean(self, value: Any) -> Any:
        """Return the day, or say which days can be chosen."""
        day = super().clean(value)
        if day is not None:
            verdict = rules.may_start_on(day, on=today(), free_from=None)
            if not verdict:
                raise forms.ValidationError(str(verdict.why_not))
        return day


class StartForm(forms.Form):
    """From which day, if not from today."""

    on = PastDayField(label=_("From which day?"), required=False)


class TellForm(forms.Form):
    """How far a practice is followed, and what is adapted."""

    fidelity = forms.TypedChoiceField(
        label=_("How far do you follow it?"),
        choices=list(rules.FIDELITY_NAMES.items()),
        coerce=rules.Fidelity,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the four.")},
    )
    adaptations = WordsField(
        longest=rules.LONGEST,
        required=False,
        rows=4,
        label=_("What do you do otherwise, and why?"),
        help_text=_("Others who use the practice read it. Name no child."),
    )


class EndForm(forms.Form):
    """Why a unit uses a practice no longer."""

    why = WordsField(
        longest=rules.LONGEST_REASON,
        required=False,
        rows=2,
        label=_("Why do you stop?"),
        help_text=_("You and those above you read it."),
    )


class DecideForm(forms.Form):
    """What becomes of a practice, and why."""

    choice = forms.TypedChoiceField(
        label=_("What becomes of it, where you lead?"),
        choices=CHOICES,
        coerce=rules.PracticeChoice,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    reason = WordsField(
        longest=rules.LONGEST_REASON,
        rows=3,
        label=_("Why?"),
        help_text=_("It stands on the practice's page, with your post."),
    )


class SendBackForm(forms.Form):
    """What is missing."""

    words = WordsField(
        longest=rules.LONGEST_REASON,
        rows=3,
        label=_("What is missing?"),
        help_text=_("The one who wrote it reads it, and sends it again."),
    )


class CountForm(forms.Form):
    """How many staff have a competence, how many are to have it, and the plan."""

    have = forms.IntegerField(
        label=_("How many of your staff have it?"),
        min_value=0,
        max_value=MOST_STAFF,
        error_messages={"required": _("Write a number, 0 if none.")},
    )
    wanted = forms.IntegerField(
        label=_("How many are to have it?"),
        min_value=0,
        max_value=MOST_STAFF,
        error_messages={"required": _("Write a number, 0 if none.")},
    )
    plan = WordsField(
        longest=rules.LONGEST_REASON,
        required=False,
        rows=3,
        label=_("What will you do about it?"),
        help_text=_("Write of numbers and courses. Name no employee."),
    )
    by_day = DayField(label=_("By when?"), required=False)

    def clean_by_day(self) -> date | None:
        """Return a day that has not passed, or none."""
        day: date | None = self.cleaned_data["by_day"]
        if day is not None and day < today():
            raise forms.ValidationError(_("Choose a day that has not passed."))
        return day


def words(label: Any, hint: Any = "", *, rows: int = 3, **more: Any) -> WordsField:
    """Return a field of a practice's words."""
    longest = more.pop("longest", rules.LONGEST)
    return WordsField(longest=longest, label=label, help_text=hint, rows=rows, **more)


class PracticeForm(forms.Form):
    """A practice in a leader's words: six questions to answer, the rest if it is known."""

    title = words(
        _("What do you call it?"),
        longest=rules.LONGEST_TITLE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    target_group = words(_("For whom is it?"), rows=2)
    method = words(_("What do you do?"), _("So that another could do the same."))
    mechanism = words(
        _("What makes the effect?"),
        _("What happens in the child that makes it work? Not what you do."),
    )
    sectors = forms.MultipleChoiceField(
        label=_("Where is it for?"),
        choices=[(one.value, SECTOR_NAMES[one]) for one in Sector],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Say for which sectors it is.")},
    )
    indicators = forms.MultipleChoiceField(
        label=_("What should it move?"),
        choices=[],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    core_parts = words(
        _("What may not be left out?"), _("One part a line."), required=False
    )
    implementation = words(_("What does it take to begin?"), required=False)
    effect = words(
        _("What do you know of the effect?"),
        _("Only what somebody has looked into. Else leave it out."),
        required=False,
    )
    economy = words(_("What does it cost?"), rows=2, required=False)
    cost_per_child = forms.FloatField(
        label=_("Kroner per child a year"), min_value=0, required=False, localize=True
    )
    staff_hours = forms.FloatField(
        label=_("Staff hours a year"), min_value=0, required=False, localize=True
    )
    competences = forms.MultipleChoiceField(
        label=_("What must the staff be able to do?"),
        choices=[],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    sources = words(
        _("Where do you know it from?"),
        _("A book, a course, another institution. One a line."),
        rows=2,
        required=False,
    )

    NEEDED = ("title", "target_group", "method", "mechanism", "sectors", "indicators")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        movable = (
            (name, f"{one.title} ({SECTOR_NAMES[one.sector]})")
            for name, one in published().items()
        )
        able = ((key, str(one.name)) for key, one in competences().items())
        _offer(self, "indicators", movable)
        _offer(self, "competences", able)

    def needed(self) -> list[forms.BoundField]:
        """Return the questions that must be answered."""
        return [self[name] for name in self.NEEDED]

    def more(self) -> list[forms.BoundField]:
        """Return those that are answered if it is known."""
        return [field for field in self if field.name not in self.NEEDED]

    def own_words(self) -> OwnWords:
        """Return what `actions.practices.write` takes of the form."""
        given = dict(self.cleaned_data)
        parts = (line.strip() for line in given.pop("core_parts").splitlines())
        return OwnWords(
            core_parts=tuple(line for line in parts if line),
            sectors=tuple(Sector(one) for one in given.pop("sectors")),
            indicators=tuple(given.pop("indicators")),
            competences=tuple(given.pop("competences")),
            **given,
        )

    def clean_core_parts(self) -> str:
        """Return the parts, none of them too long."""
        parts: str = self.cleaned_data["core_parts"]
        if any(len(line.strip()) > rules.LONGEST_PART for line in parts.splitlines()):
            raise forms.ValidationError(
                _("Each part has %(most)d characters at the most."),
                params={"most": rules.LONGEST_PART},
            )
        return parts


def _offer(form: forms.Form, name: str, choices: Iterable[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.MultipleChoiceField)
    field.choices = list(choices)


def as_initial(practice: Practice, *, unsaid: Iterable[str]) -> dict[str, Any]:
    """Return a practice as the form shows it, to be written again.

    What was not said stays empty.
    """
    texts = ("title", "target_group", "method", "mechanism")
    optional = ("implementation", "effect", "economy")
    said = {name: str(getattr(practice, name)) for name in (*texts, *optional)}
    said |= dict.fromkeys(unsaid, "")
    return {
        **said,
        "sectors": [one.value for one in practice.sectors],
        "indicators": list(practice.indicators),
        "competences": list(practice.competences),
        "core_parts": "\n".join(str(part) for part in practice.core_parts),
        "cost_per_child": practice.cost_per_child,
        "staff_hours": practice.staff_hours,
        "sources": "\n".join(practice.sources),
    }
