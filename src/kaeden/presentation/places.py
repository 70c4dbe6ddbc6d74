"""Places as lists: what a search found, and a municipality's institutions."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaeden.goals.indicators import published
from kaeden.organisation.chain import Chain, ChainUnit
from kaeden.organisation.models import Unit
from kaeden.organisation.rules import INSTITUTIONS, Area, Kind, is_invented
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
        ListItem(
            text=marked(unit.code, unit.full_name), href=address(unit), note=_note(unit)
        )
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


def marked(code: str, name: str) -> str:
    """Return a place's name, marked where the place does not exist."""
    return (_("%(name)s (invented)") if is_invented(code) else "%(name)s") % {
        "name": name
    }


def _note(unit: Unit) -> str:
    """Return what kind of place it is, and where."""
    if unit.kind == Kind.MUNICIPALITY.value:
        return ""
    return ", ".join(part for part in (form_words(unit), _town(unit)) if part)


def _town(unit: Unit) -> str:
    town = town_of(unit)
    return town.name if town else ""


def town_of(unit: Unit) -> Unit | None:
    """Return the municipality that an institution lies in; read with its parents."""
    above = unit.parent
    while above and above.kind not in {Kind.MUNICIPALITY.value, Kind.COUNTRY.value}:
        above = above.parent
    return above if above and above.kind == Kind.MUNICIPALITY.value else None


def form_words(unit: Unit | ChainUnit) -> str:
    """Return the kind of institution, in a reader's words."""
    return str(FORM_NAMES.get(unit.form, unit.form))


def by_area(chain: Chain, query: str = "") -> list[Group]:
    """Return a municipality's institutions by area, those it does not lead last.

    An address ends with `query`, which keeps the day that is shown.
    """
    areas = {area.code: area for area in chain.below.get(chain.municipality, ())}
    found: dict[str, list[ChainUnit]] = {code: [] for code in areas}
    for unit in chain.units:
        if unit.kind.value in INSTITUTIONS:
            *_below, top, _town = chain.up(unit.code)
            found.setdefault(top.code, []).append(unit)
    return [
        _group(areas[code], inside, query)
        for code, inside in sorted(found.items(), key=_area_order)
        if inside
    ]


def _area_order(pair: tuple[str, object]) -> tuple[bool, int, str]:
    """Place the template's areas as the template has them, and the private ones last."""
    code, _units = pair
    known = {area.value: place for place, area in enumerate(Area)}
    return code == Area.OTHERS.value, known.get(code, len(known)), code


def _group(area: ChainUnit, inside: Iterable[ChainUnit], query: str) -> Group:
    is_outside = area.code == Area.OTHERS.value
    return Group(
        title=area.full_name,
        note=_("Not led by the municipality") if is_outside else "",
        items=tuple(
            ListItem(
                text=unit.name,
                href=reverse("web:institution", args=[unit.code]) + query,
                note=form_words(unit),
            )
            for unit in sorted(inside, key=lambda one: fold(one.name))
        ),
    )
