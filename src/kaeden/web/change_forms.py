"""The forms of tests of change and of lessons."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kaeden.dialogue.queries.links import name_of
from kaeden.goals.indicators import published
from kaeden.learning.actions.lessons import Learnt
from kaeden.learning.actions.observations import Count
from kaeden.learning.actions.tests_of_change import Counting, Onward, Plan
from kaeden.learning.practices import Practice
from kaeden.learning.rules import lessons
from kaeden.learning.rules import tests_of_change as rules
from kaeden.learning.rules.tests_of_change import Counted, Decision, MeasureKind
from kaeden.organisation.models import Post
from kaeden.presentation.tests_of_change import TestView
from kaeden.shared.clock import today
from kaeden.web.dialogue_forms import DayField, WordsField

OWN = "own"
SIX_WEEKS, A_QUARTER = timedelta(days=42), timedelta(days=91)
ASKED: Mapping[MeasureKind, tuple[Any, Any]] = {
    MeasureKind.OUTCOME: (
        _("Outcome: what is to become better?"),
        _("For example: children who are there when the day begins."),
    ),
    MeasureKind.PROCESS: (
        _("Process: do you do what you meant to?"),
        _("For example: calls home before 9."),
    ),
    MeasureKind.BALANCING: (
        _("Balancing: does something else become worse?"),
        _("For example: minutes spent on calls."),
    ),
}
"""What is asked of each measure, with an example."""


class EndField(DayField):
    """A day that something can be tried until."""

    def clean(self, value: Any) -> date | None:
        """Return a day ahead, and not years ahead."""
        day: date | None = super().clean(value)
        if day and not rules.is_a_fair_end(day, on=today()):
            raise forms.ValidationError(
                _("Choose a day after today, and two years ahead at the most.")
            )
        return day


class PastField(DayField):
    """A day that has come."""

    def clean(self, value: Any) -> date:
        """Return today or a day before."""
        day: date = super().clean(value)
        if day > today():
            raise forms.ValidationError(
                _("The day has not come. Choose today or a day before.")
            )
        return day


class NumberField(forms.DecimalField):
    """A number as people write it, with the language's own mark."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("localize", True)
        number = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        kwargs.setdefault("widget", number)
        wrong = {"invalid": _("Write a number, such as 7.5.")}
        kwargs.setdefault("error_messages", wrong | {"required": _("Write a number.")})
        super().__init__(**kwargs)


class PlanForm(forms.Form):
    """An aim, one change, and three measures."""

    name = forms.CharField(
        label=_("What do you call it?"),
        max_length=rules.LONGEST_NAME,
        error_messages={"required": _("Write some words.")},
    )
    change = WordsField(longest=rules.LONGEST, rows=3, label=_("The one thing you try"))
    aim = WordsField(
        longest=rules.LONGEST,
        rows=2,
        label=_("What is to become better?"),
        help_text=_("Name no child and no employee."),
    )
    aim_value = NumberField(
        label=_("How much?"),
        help_text=_("The number that the outcome is to reach. A share in percent."),
    )
    aim_by = EndField(label=_("By when?"))
    ends_on = EndField(label=_("Try it until"))

    def __init__(
        self, *args: Any, practices: Mapping[str, Practice], **kwargs: Any
    ) -> None:
        first = {"aim_by": today() + A_QUARTER, "ends_on": today() + SIX_WEEKS}
        kwargs["initial"] = first | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        for kind in MeasureKind:
            self._add(kind)
        titles = sorted((str(one.title), key) for key, one in practices.items())
        self.fields["practice"] = forms.ChoiceField(
            label=_("Does it try a practice that is described?"),
            choices=[("", _("No")), *((key, title) for title, key in titles)],
            required=False,
            error_messages={"invalid_choice": _("Choose a practice from the list.")},
        )

    def _add(self, kind: MeasureKind) -> None:
        """Add what is asked of one measure."""
        label, example = ASKED[kind]
        known = sorted((str(one.title), key) for key, one in published().items())
        self.fields[f"{kind}_by"] = forms.ChoiceField(
            label=_("How do you know it?"),
            choices=[
                *rules.COUNTED_NAMES.items(),
                (_("An indicator"), [(key, title) for title, key in known]),
            ],
            error_messages={"invalid_choice": _("Choose one from the list.")},
        )
        self.fields[f"{kind}_words"] = forms.CharField(
            label=label,
            help_text=example,
            max_length=rules.LONGEST_NAME,
            required=False,
        )
        self.fields[f"{kind}_unit"] = forms.CharField(
            label=_("Counted in"),
            help_text=_("For example: children, calls, minutes."),
            max_length=rules.LONGEST_UNIT,
            required=False,
        )
        self.fields[f"{kind}_better"] = forms.ChoiceField(
            label=_("Which way is it to go?"),
            choices=list(rules.BETTER_NAMES.items()),
            error_messages={"invalid_choice": _("Choose one from the list.")},
        )

    def measures(self) -> list[list[forms.BoundField]]:
        """Return the fields of each measure."""
        names = ("words", "by", "unit", "better")
        return [[self[f"{kind}_{name}"] for name in names] for kind in MeasureKind]

    def clean(self) -> dict[str, Any]:
        """Ask for words where the team counts itself."""
        given = super().clean() or self.cleaned_data
        for kind in MeasureKind:
            counts = given.get(f"{kind}_by") in set(Counted)
            if counts and not given.get(f"{kind}_words", "").strip():
                self.add_error(f"{kind}_words", _("Write what you count."))
        return given

    def plan(self) -> Plan:
        """Return what `actions.tests_of_change.plan` takes of the form."""
        given = self.cleaned_data
        is_share = given[f"{MeasureKind.OUTCOME}_by"] == Counted.SHARE
        return Plan(
            name=given["name"],
            aim=given["aim"],
            aim_value=float(given["aim_value"]) / (100 if is_share else 1),
            aim_by=given["aim_by"],
            change=given["change"],
            ends_on=given["ends_on"],
            practice=given["practice"],
            measures={kind: self._counting(kind) for kind in MeasureKind},
        )

    def _counting(self, kind: MeasureKind) -> Counting:
        given = self.cleaned_data
        by, better = given[f"{kind}_by"], given[f"{kind}_better"]
        if by not in set(Counted):
            return Counting(better=better, indicator=by)
        words, unit = given[f"{kind}_words"], given[f"{kind}_unit"]
        return Counting(better=better, words=words, counted=by, unit_of_measure=unit)


class CountForm(forms.Form):
    """What was counted today: a measure, a number, and of how many."""

    number = NumberField(label=_("How many?"), min_value=0)
    of = forms.IntegerField(
        label=_("Of how many?"),
        required=False,
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Write a whole number.")},
    )
    day = PastField(label=_("Which day?"))

    field_order = ("measure", "number", "of", "day")

    def __init__(self, *args: Any, view: TestView, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"day": today()})
        super().__init__(*args, **kwargs)
        own = [(one.id, one.title) for one in view.measures if one.counted]
        self.fields["measure"] = forms.TypedChoiceField(
            label=_("What did you count?"),
            choices=own,
            coerce=int,
            initial=own[0][0] if own else None,
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose what you counted.")},
        )
        if not any(one.counted == Counted.SHARE for one in view.measures):
            self.fields["of"].widget = forms.HiddenInput()
        self.order_fields(self.field_order)

    def count(self) -> Count:
        """Return what `actions.observations.observe` takes of the form."""
        given = self.cleaned_data
        return Count(
            measure=given["measure"],
            day=given["day"],
            number=float(given["number"]),
            of=given["of"],
        )


class BeginForm(forms.Form):
    """The day on which the change began."""

    day = PastField(label=_("It began on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"day": today()})
        super().__init__(*args, **kwargs)


class DecideForm(forms.Form):
    """Adopt, adapt or abandon, with a sentence of why."""

    decision = forms.ChoiceField(
        label=_("What do you do with it?"),
        choices=list(rules.DECISION_NAMES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three.")},
    )
    why = WordsField(longest=rules.LONGEST, rows=2, label=_("Why, in a sentence?"))
    change = WordsField(
        longest=rules.LONGEST,
        rows=2,
        required=False,
        label=_("If you adapt it: what do you try now?"),
    )
    ends_on = EndField(required=False, label=_("If you adapt it: try it until"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"ends_on": today() + SIX_WEEKS})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Ask for what is tried next, where it is adapted."""
        given = super().clean() or self.cleaned_data
        if given.get("decision") == Decision.ADAPT:
            if not given.get("change"):
                self.add_error("change", _("Write what you try from now on."))
            if not given.get("ends_on"):
                self.add_error("ends_on", _("Choose a day."))
        return given

    def decided(self) -> dict[str, Any]:
        """Return what `actions.tests_of_change.decide` takes of the form."""
        given = self.cleaned_data
        onward = None
        if given["decision"] == Decision.ADAPT:
            onward = Onward(change=given["change"], ends_on=given["ends_on"])
        return {"decision": given["decision"], "why": given["why"], "onward": onward}


class ShareForm(forms.Form):
    """With whom a test is shared; it is said that it can't be taken back."""

    audience = forms.ChoiceField(
        label=_("Who is to read it?"),
        widget=forms.RadioSelect,
        help_text=_(
            "They read the aim, the counts and what you decide. Sharing is not taken "
            "back."
        ),
        error_messages={
            "required": _("Choose who is to read it."),
            "invalid_choice": _("It is shared that far already."),
        },
    )

    def __init__(self, *args: Any, view: TestView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["audience"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(view.wider)


class ProlongForm(forms.Form):
    """Another end."""

    ends_on = EndField(label=_("Try it until"))


class AskToJoinForm(forms.Form):
    """Which post is asked to take part with its unit."""

    post = forms.TypedChoiceField(
        label=_("Who is asked to take part?"),
        coerce=int,
        error_messages={
            "required": _("Choose a post."),
            "invalid_choice": _("Choose a post that somebody holds."),
        },
    )

    def __init__(self, *args: Any, posts: Sequence[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["post"]
        assert isinstance(field, forms.ChoiceField)
        named = ((post.pk, name_of(post)) for post in posts)
        field.choices = [("", _("Choose a post")), *named]


class LearntForm(forms.Form):
    """What was learnt, and when it holds."""

    words = WordsField(
        longest=lessons.LONGEST,
        label=_("What have you learnt?"),
        help_text=_("Name no child and no employee. At most 1,000 characters."),
    )
    conditions = WordsField(
        longest=lessons.LONGEST_CONDITIONS,
        rows=2,
        label=_("Under which conditions?"),
        help_text=_("For example: with two adults, with the youngest children."),
    )
    test = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(
        self, *args: Any, practices: Mapping[str, Practice], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        titles = sorted((str(one.title), key) for key, one in practices.items())
        self.fields["practice"] = forms.ChoiceField(
            label=_("Is it about a practice that is described?"),
            choices=[("", _("No")), *((key, title) for title, key in titles)],
            required=False,
            error_messages={"invalid_choice": _("Choose a practice from the list.")},
        )

    def learnt(self) -> Learnt:
        """Return what `actions.lessons.write` takes of the form."""
        return Learnt(**self.cleaned_data)
