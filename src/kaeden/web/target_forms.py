"""The form of a target: one for each kind, so that each asks little."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaeden.goals.actions.following import WantedTarget, checked
from kaeden.goals.indicators import published
from kaeden.goals.queries import MunicipalGoal
from kaeden.goals.rules import GROUP_NAMES, PAIRS, Group, TargetKind
from kaeden.shared.errors import BadInput
from kaeden.web.goal_forms import words, years

KIND_NAMES: dict[TargetKind, str | Promise] = {
    TargetKind.LEVEL: _("A level to reach"),
    TargetKind.DEVELOPMENT: _("A change from today"),
    TargetKind.GAP: _("A smaller gap between children"),
    TargetKind.WORDS: _("In words"),
}
ADDRESS: dict[str, TargetKind] = {
    "niveau": TargetKind.LEVEL,
    "udvikling": TargetKind.DEVELOPMENT,
    "forskel": TargetKind.GAP,
    "ord": TargetKind.WORDS,
}
"""The kinds as they stand in an address."""

AMOUNTS: dict[TargetKind, str | Promise] = {
    TargetKind.LEVEL: _("The level"),
    TargetKind.DEVELOPMENT: _("How much better?"),
    TargetKind.GAP: _("The gap may be at most"),
}


class UnitTargetForm(forms.Form):
    """What a unit wants of a goal by a year, in one of four ways."""

    by_period = forms.ChoiceField(label=_("By which school year?"))

    def __init__(
        self, *args: Any, kind: TargetKind, goal: MunicipalGoal, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        by = self.fields.pop("by_period")
        fields = _in_words() if kind is TargetKind.WORDS else _in_numbers(kind, goal)
        assert isinstance(by, forms.ChoiceField)
        by.choices, by.initial = years(), years()[1][0]
        self.fields.update(fields | {"by_period": by})

    def clean(self) -> dict[str, Any]:
        """Say what can't be, in the words of the verb that will be asked."""
        given = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                checked(self.wanted())
            except BadInput as error:
                self.add_error(None, str(error.message))
        return given

    def wanted(self) -> WantedTarget:
        """Return the target as it was set."""
        given = self.cleaned_data
        value = given.get("value")
        pair = given.get("pair", "").split("/")
        return WantedTarget(
            kind=self.kind,
            by_period=given["by_period"],
            indicator=given.get("indicator", ""),
            value=None if value is None else float(value),
            since_period=given.get("since_period", ""),
            pair=(Group(pair[0]), Group(pair[1])) if len(pair) == 2 else None,
            reached=given.get("reached", ""),
            on_the_way=given.get("on_the_way", ""),
            not_yet=given.get("not_yet", ""),
        )


def _in_words() -> dict[str, forms.Field]:
    return {
        "reached": words(
            _("What one sees when it is reached"),
            _("Write what one sees when the target is reached."),
            longest=300,
        ),
        "on_the_way": words(
            _("What one sees on the way"),
            _("Write what one sees on the way."),
            longest=300,
        ),
        "not_yet": words(
            _("What one sees before that"),
            _("Write what one sees before it is reached."),
            longest=300,
        ),
    }


def _in_numbers(kind: TargetKind, goal: MunicipalGoal) -> dict[str, forms.Field]:
    near = {one.id: one for one in goal.indicators} | dict(published())
    judged = [
        one
        for name, one in near.items()
        if one.direction.judges and name in published()
    ]
    fields: dict[str, forms.Field] = {
        "indicator": forms.ChoiceField(
            label=_("What shows it?"),
            choices=[(one.id, str(one.title)) for one in judged],
            initial=goal.lead,
        ),
        "value": forms.DecimalField(
            label=str(AMOUNTS[kind]),
            localize=True,
            error_messages={
                "invalid": _("Write a number, such as 7.5."),
                "required": _("Write a number, such as 7.5."),
            },
        ),
    }
    if kind is TargetKind.DEVELOPMENT:
        back = years(back=4, ahead=0)
        fields["since_period"] = forms.ChoiceField(
            label=_("Compared with which school year?"), choices=back
        )
    if kind is TargetKind.GAP:
        fields["pair"] = forms.ChoiceField(
            label=_("Between which children?"),
            choices=[(f"{one}/{other}", _pair(one, other)) for one, other in PAIRS],
        )
    return fields


def _pair(one: Group, other: Group) -> str:
    return f"{GROUP_NAMES[one]} – {GROUP_NAMES[other]}"
