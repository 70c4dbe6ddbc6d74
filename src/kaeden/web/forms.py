"""The forms of the pages: what is asked, and what comes back as plain values."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kaeden.goals.queries import MunicipalGoal
from kaeden.presentation.numbers import number
from kaeden.shared.errors import BadInput
from kaeden.shared.periods import Period


class TargetForm(forms.Form):
    """The number to reach, and by when; both may be left out."""

    value = forms.DecimalField(
        label=_("Target"),
        required=False,
        localize=True,
        error_messages={"invalid": _("Write a number, such as 7.5.")},
    )
    by_period = forms.CharField(
        label=_("By which year"),
        required=False,
        max_length=9,
        help_text=_("For example 2027/28"),
    )

    def __init__(self, *args: Any, goal: MunicipalGoal, **kwargs: Any) -> None:
        suggestion = goal.suggestion
        kwargs.setdefault(
            "initial",
            {"value": suggestion.value, "by_period": suggestion.by or ""}
            if suggestion
            else {},
        )
        super().__init__(*args, **kwargs)
        self.indicator = goal.indicator

    def clean_value(self) -> Decimal | None:
        """Return a target that the indicator could reach, or none."""
        value: Decimal | None = self.cleaned_data["value"]
        indicator = self.indicator
        if value is None or indicator is None or indicator.plausible is None:
            return value
        known = indicator.plausible
        if not indicator.direction.judges:
            raise forms.ValidationError(
                _("“%(title)s” has no better way, so it can have no target."),
                params={"title": indicator.title},
            )
        if not known.lowest <= value <= known.highest:
            raise forms.ValidationError(
                _("Write a number between %(lowest)s and %(highest)s."),
                params={
                    "lowest": number(known.lowest),
                    "highest": number(known.highest),
                },
            )
        return value

    def clean_by_period(self) -> str:
        """Return a year that can be read, or none."""
        text: str = self.cleaned_data["by_period"]
        if not text:
            return ""
        try:
            return str(Period.parse(text))
        except BadInput as error:
            raise forms.ValidationError(str(error.message)) from error

    def clean(self) -> dict[str, Any]:
        """Ask for the year of a number."""
        given = super().clean() or self.cleaned_data
        if given.get("value") is not None and given.get("by_period") == "":
            self.add_error(
                "by_period", _("Write by which year the target is to be met.")
            )
        return given

    def target(self) -> dict[str, Any]:
        """Return what `writing.adopt` takes of the form."""
        value = self.cleaned_data["value"]
        return {
            "target": None if value is None else float(value),
            "by_period": self.cleaned_data["by_period"],
        }
