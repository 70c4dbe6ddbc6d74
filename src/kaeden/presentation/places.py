"""Places as lists: what a search found, and a municipality's institutions."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaeden.goals.indicators import published
from kaeden.organisation.models import Unit
from kaeden.organisation.rules import AREA_NAMES, Area, Kind
from kaeden.presentation.charts.marks import ListItem
from kaeden.shared.words import fold

FORM_NAMES: dict[str, str | Promise] = {
    "folkeskole": gettext_lazy("municipal school"),
    "fri/privat grundskole": gettext_lazy("private school"),
    "efterskole": gettext_lazy("boarding school"),
    "ungdomsskole": gettext_lazy("youth school"),
    "aldersintegreret": gettext_lazy("nursery and kindergarten"),
    "boernehave": gettext_lazy("kindergarten"),
    "dagpleje": gettext_lazy("childminders"),
    "vuggestue": gettext_lazy("nursery"),
    "klub": gettext_lazy("club"),
    "sfo": gettext_lazy("after-school care"),
    "specialskole": gettext_lazy("special school"),
    "familietilbud": gettext_lazy("social service"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Institutions of one area."""

    title: str
    note: str
    items: tuple[ListItem, ...]


def address(unit: Unit) -> str:
    """Return the page of a municipality or an institution."""
    name = "municipality" if unit.kind == Kind.MUNICIPALITY.value else "institution"
    return reverse(f"web:{name}", kwargs={"code": unit.code})


def found(words: str, units: Iterable[Unit]) -> list[ListItem]:
    """Return what a search found: places first, then indicators."""
    folded = fold(words)
    places = [
        ListItem(text=_name(unit), href=address(unit), note=_note(unit))
        for unit in units
    ]
    indicators = [
        ListItem(
            text=str(one.title),
            href=reverse("web:indicator", kwargs={"name": one.id}),
            note=_("Indicator"),
        )
        for one in published().values()
        if len(folded) >= 2 and folded in fold(str(one.title))
    ]
    return [*places, *indicators]


def _name(unit: Unit) -> str:
    """Return a place's name, marked where it does not exist."""
    form = _("%(name)s (invented)") if unit.is_invented else "%(name)s"
    return form % {"name": unit.full_name}


def _note(unit: Unit) -> str:
    """Return what kind of place it is, and where."""
    if unit.kind == Kind.MUNICIPALITY.value:
        return ""
    return ", ".join(part for part in (form_words(unit), _town(unit)) if part)


def _town(unit: Unit) -> str:
    """Return the municipality that an institution lies in; read with its parents."""
    above = unit.parent
    while above and above.kind not in {Kind.MUNICIPALITY.value, Kind.COUNTRY.value}:
        above = above.parent
    return above.name if above and above.kind == Kind.MUNICIPALITY.value else ""


def form_words(unit: Unit) -> str:
    """Return the kind of institution, in a reader's words."""
    return str(FORM_NAMES.get(unit.form, unit.form))


def by_area(units: Iterable[Unit]) -> list[Group]:
    """Return a municipality's institutions by area, each by name."""
    areas: dict[str, list[Unit]] = {area.value: [] for area in Area}
    for unit in units:
        areas.setdefault(unit.path.split("/")[2], []).append(unit)
    return [
        Group(
            title=str(AREA_NAMES.get(code, code)),
            note=_("Not led by the municipality") if code == Area.OTHERS.value else "",
            items=tuple(
                ListItem(text=unit.name, href=address(unit), note=form_words(unit))
                for unit in inside
            ),
        )
        for code, inside in areas.items()
        if inside
    ]
