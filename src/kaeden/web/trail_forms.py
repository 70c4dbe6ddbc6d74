"""The form of the trail: which rows to show."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kaeden.audit.models import Entry, Event, LookUp
from kaeden.audit.queries import Wanted
from kaeden.organisation.models import Unit

SEEN, DONE = "seen", "done"
TABLES: Mapping[str, type[Entry]] = {SEEN: LookUp, DONE: Event}
EVERYTHING = ("", _("All"))
UNKNOWN = {"invalid_choice": _("Choose one from the list.")}


class TrailForm(forms.Form):
    """Which rows of the trail to show; what is left out asks for all."""

    which = forms.ChoiceField(
        label=_("What to show"),
        choices=[(SEEN, _("Who saw what")), (DONE, _("What was done"))],
        required=False,
    )
    post = forms.TypedChoiceField(
        label=_("Post"),
        coerce=int,
        empty_value=None,
        required=False,
        error_messages=UNKNOWN,
    )
    place = forms.ChoiceField(
        label=_("Institution"), required=False, error_messages=UNKNOWN
    )

    def __init__(
        self,
        *args: Any,
        posts: Mapping[int, str],
        places: Iterable[Unit],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        named = sorted(posts.items(), key=lambda one: one[1])
        units = [(unit.code, unit.name) for unit in places]
        for name, choices in (("post", named), ("place", units)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [EVERYTHING, *choices]
        for name, label in (("first", _("From")), ("last", _("To and including"))):
            day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            self.fields[name] = forms.DateField(label=label, required=False, widget=day)

    @property
    def table(self) -> type[Entry]:
        """What was seen, unless something else is asked for."""
        return TABLES[self.cleaned_data["which"] or SEEN]

    def wanted(self) -> Wanted:
        """Return what `audit.queries.rows_of` takes of the form."""
        given = self.cleaned_data
        return Wanted(
            post_id=given["post"],
            place=given["place"],
            first=given["first"],
            last=given["last"],
        )
